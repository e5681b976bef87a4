-- name: facts  (what a side has written so far, asked of both: the twin's session finds its own tables first)
SELECT 'orders, paid' AS what, count(*) AS count, sum(gross_amount) AS sum FROM orders_order WHERE state IN ('confirmed', 'done') AND paid_at IS NOT NULL
UNION ALL SELECT 'order lines, delivered', count(*), sum(gross_amount) FROM orders_orderline WHERE delivered_quantity = quantity
UNION ALL SELECT 'demands', count(*), sum(quantity) FROM promises_demand
UNION ALL SELECT 'promises, used', count(*), sum(quantity) FROM promises_promise WHERE state = 'used'
UNION ALL SELECT 'promised in buckets', count(*), sum(promised) FROM promises_bucket
UNION ALL SELECT 'capacity in buckets', count(*), sum(capacity) FROM promises_bucket
UNION ALL SELECT 'charges, invoiced', count(*), sum(invoiced_gross) FROM charges_charge WHERE invoiced_quantity = quantity
UNION ALL SELECT 'milestones: ' || step, count(*), sum(quantity) FROM progress_milestone GROUP BY step
UNION ALL SELECT 'events: ' || type, count(*), 0 FROM events_event GROUP BY type
UNION ALL SELECT 'shipments', count(*), 0 FROM logistics_shipment
UNION ALL SELECT 'shipment lines', count(*), sum(quantity) FROM logistics_shipmentline
UNION ALL SELECT 'parcels', count(*), 0 FROM logistics_parcel
UNION ALL SELECT 'moves', count(*), sum(quantity) FROM warehouse_move WHERE order_line_id IS NOT NULL
UNION ALL SELECT 'on hand', count(*), sum(quantity) FROM warehouse_onhand
UNION ALL SELECT 'invoices', count(*), sum(gross_amount) FROM invoicing_invoice
UNION ALL SELECT 'invoice lines', count(*), sum(gross_amount) FROM invoicing_invoiceline
UNION ALL SELECT 'taxes of invoices', count(*), sum(tax_amount) FROM invoicing_invoicetax
UNION ALL SELECT 'entries', count(*), 0 FROM ledger_entry
UNION ALL SELECT 'entry lines of ' || account_id, count(*), sum(amount) FROM ledger_entryline GROUP BY account_id
UNION ALL SELECT 'open items', count(*), sum(amount) FROM ledger_openitem WHERE open_amount = 0
UNION ALL SELECT 'matches', count(*), sum(amount) FROM ledger_match
UNION ALL SELECT 'payments', count(*), sum(amount) FROM payments_payment
UNION ALL SELECT 'numbers drawn from ' || code, next_value, 0 FROM numbers_numberrange
