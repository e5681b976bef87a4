-- name: standing_orders  (which sales are wholly in: placed, billed and paid)
SELECT number FROM orders_order WHERE channel = 'import' AND paid_at IS NOT NULL

-- name: standing_orders_begun
SELECT number FROM orders_order WHERE channel = 'import'

-- name: standing_notes  (which credit notes are wholly in: nothing is open of them)
SELECT i.number FROM invoicing_invoice i
LEFT JOIN ledger_openitem o ON o.source = 'credit_note' AND o.source_id = i.id
WHERE i.kind = 'credit_note' AND (i.gross_amount = 0 OR o.open_amount = 0)

-- name: standing_moves  (corrections and returns that are in)
SELECT id, kind FROM warehouse_move WHERE kind IN ('count', 'return')

-- name: opening_stock
SELECT o.number, sum(m.quantity) AS quantity FROM warehouse_move m JOIN catalogue_offering o ON o.id = m.offering_id
WHERE m.kind = 'opening' GROUP BY o.number

-- name: free_stock
SELECT o.number, sum(b.capacity - b.promised) AS quantity
FROM promises_bucket b JOIN promises_pool p ON p.id = b.pool_id JOIN catalogue_offering o ON o.id = p.offering_id
WHERE b.kind = 'on_hand' GROUP BY o.number

-- name: standing_entries
SELECT source_id FROM ledger_entry WHERE source = 'bad_debt'

-- name: invoices_of_orders
SELECT id, number, order_id, party_id, gross_amount FROM invoicing_invoice
WHERE order_id = ANY(%(orders)s::uuid[]) AND kind = 'invoice'

-- name: charges_of_lines
SELECT order_line_id, id FROM charges_charge WHERE order_line_id = ANY(%(lines)s::uuid[])

-- name: revenue_by_month_and_country
SELECT to_char(i.issued_on, 'YYYY-MM') AS month, a.city AS country, i.kind,
       sum(i.net_amount) AS net_amount, sum(i.tax_amount) AS tax_amount, count(*) AS documents
FROM invoicing_invoice i JOIN parties_address a ON a.party_id = i.party_id
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3

-- name: stock_by_article
SELECT o.number, coalesce(sum(h.quantity), 0) AS quantity, count(h.id) > 0 AS lies
FROM catalogue_offering o LEFT JOIN warehouse_onhand h ON h.offering_id = o.id WHERE o.kind = 'goods' GROUP BY o.number

-- name: balances
SELECT a.number, a.name_en, a.kind, sum(l.amount) AS balance, count(*) AS lines
FROM ledger_entryline l JOIN ledger_account a ON a.number = l.account_id GROUP BY a.number ORDER BY a.number

-- name: still_open
SELECT (SELECT count(*) FROM ledger_openitem WHERE open_amount <> 0) AS items,
       (SELECT count(*) FROM events_delivery) AS deliveries,
       (SELECT count(*) FROM tasks_task WHERE done_at IS NULL) AS tasks,
       (SELECT count(*) FROM orders_order WHERE channel = 'import' AND paid_at IS NULL) AS orders

-- name: known_orders
SELECT number FROM orders_order WHERE id = ANY(%(ids)s::uuid[])
