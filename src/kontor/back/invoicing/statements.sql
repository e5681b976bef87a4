-- name: issue  (bills what is due of the orders' charges: one invoice per order and key, gapless number drawn here)
WITH asked AS (
    SELECT * FROM unnest(%(orders)s::uuid[], %(keys)s::uuid[], %(numbers)s::text[], %(issued_on)s::date[], %(due_on)s::date[])
        AS a(order_id, key, number, issued_on, due_on)
), chosen AS (
    SELECT * FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS l(order_line_id, quantity)
), locked AS (
    SELECT c.*, a.key, a.number AS own_number, a.issued_on, a.due_on, l.position, l.number AS article, l.name, l.unit,
           l.unit_price, l.delivered_quantity
    FROM asked a JOIN charges_charge c ON c.order_id = a.order_id JOIN orders_orderline l ON l.id = c.order_line_id
    WHERE NOT EXISTS (SELECT FROM invoicing_invoice i WHERE i.key = a.key)
    ORDER BY c.id FOR NO KEY UPDATE OF c
), due AS (
    -- Chosen lines: as much as was asked (the check on charges refuses more). Else all that is ordered, or delivered.
    SELECT *, CASE WHEN cardinality(%(lines)s::uuid[]) > 0
                   THEN coalesce((SELECT h.quantity FROM chosen h WHERE h.order_line_id = locked.order_line_id), 0)
                   WHEN %(is_ahead)s::boolean THEN quantity - cancelled_quantity - invoiced_quantity
                   ELSE delivered_quantity - invoiced_quantity END AS billed
    FROM locked
), line AS (
    SELECT *, CASE WHEN billed = quantity - invoiced_quantity THEN gross_amount - invoiced_gross
                   ELSE round(unit_price * billed, 2) END AS line_gross
    FROM due WHERE billed > 0
), rated AS (
    -- Tax once per rate from the gross sum; net lines by largest remainder (kernel.money.split_gross says the same).
    SELECT *, sum(line_gross) OVER g - round(sum(line_gross) OVER g * tax_rate / (100 + tax_rate), 2) AS rate_net,
           sum(line_gross) OVER g AS rate_gross
    FROM line WINDOW g AS (PARTITION BY order_id, tax_code, tax_rate)
), floored AS (
    SELECT *, coalesce(trunc(rate_net * line_gross / nullif(rate_gross, 0), 2), 0) AS floor_net,
           coalesce(rate_net * line_gross / nullif(rate_gross, 0), 0) AS exact_net
    FROM rated
), ranked AS (
    SELECT *, rate_net - sum(floor_net) OVER g AS left_over,
           row_number() OVER (g ORDER BY exact_net - floor_net DESC, position) AS place
    FROM floored WINDOW g AS (PARTITION BY order_id, tax_code, tax_rate)
), final AS (
    SELECT *, floor_net + CASE WHEN place <= left_over * 100 THEN 0.01 ELSE 0 END AS line_net FROM ranked
), head AS (
    SELECT order_id, key, own_number, issued_on, due_on, party_id, currency, sum(line_gross) AS gross, sum(line_net) AS net,
           row_number() OVER (PARTITION BY own_number IS NULL ORDER BY order_id) AS place, uuidv7() AS id
    FROM final GROUP BY order_id, key, own_number, issued_on, due_on, party_id, currency
), drawn AS (
    UPDATE numbers_numberrange SET next_value = next_value + (SELECT count(*) FROM head WHERE own_number IS NULL)
    WHERE code = 'invoice'
    RETURNING old.next_value AS first, prefix, width
), invoice AS (
    INSERT INTO invoicing_invoice (id, key, number, kind, order_id, party_id, issued_on, delivered_on, due_on, currency,
                                   net_amount, tax_amount, gross_amount, issued_at, house_id)
    SELECT h.id, h.key, coalesce(h.own_number, d.prefix || lpad((d.first + h.place - 1)::text, d.width, '0')), 'invoice',
           h.order_id, h.party_id, h.issued_on, CASE WHEN NOT %(is_ahead)s::boolean THEN h.issued_on END, h.due_on, h.currency,
           h.net, h.gross - h.net, h.gross, %(at)s::timestamptz, (SELECT max(id) FROM parties_house)
    FROM head h CROSS JOIN drawn d
    RETURNING id, order_id, number
), lines AS (
    INSERT INTO invoicing_invoiceline (invoice_id, charge_id, position, number, name, quantity, unit, unit_price, tax_code,
                                       tax_rate, net_amount, gross_amount)
    SELECT h.id, f.id, f.position, f.article, f.name, f.billed, f.unit, f.unit_price, f.tax_code, f.tax_rate, f.line_net, f.line_gross
    FROM final f JOIN head h ON h.order_id = f.order_id ORDER BY h.id, f.position
), taxes AS (
    INSERT INTO invoicing_invoicetax (invoice_id, tax_code, tax_rate, net_amount, tax_amount)
    SELECT h.id, f.tax_code, f.tax_rate, sum(f.line_net), sum(f.line_gross) - sum(f.line_net)
    FROM final f JOIN head h ON h.order_id = f.order_id GROUP BY h.id, f.tax_code, f.tax_rate
), charged AS (
    UPDATE charges_charge c SET invoiced_quantity = c.invoiced_quantity + f.billed, invoiced_gross = c.invoiced_gross + f.line_gross
    FROM final f WHERE c.id = f.id
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT f.order_line_id, f.order_id, f.party_id, 'invoiced', f.billed, %(at)s::timestamptz FROM final f
    JOIN orders_orderline l ON l.id = f.order_line_id WHERE l.kind = 'item'
)
SELECT id, order_id, number FROM invoice

-- name: invoices_by_key
SELECT id, order_id, number, key FROM invoicing_invoice WHERE key = ANY(%(keys)s::uuid[])

-- name: draw_credit_numbers
UPDATE numbers_numberrange SET next_value = next_value + %(count)s::bigint WHERE code = 'credit_note'
RETURNING old.next_value AS first, prefix, width

-- name: insert_credit_notes
WITH note AS (
    INSERT INTO invoicing_invoice (id, key, number, kind, order_id, party_id, refers_to_id, issued_on, delivered_on, due_on,
                                   currency, reason, net_amount, tax_amount, gross_amount, issued_at, house_id)
    SELECT id, key, number, 'credit_note', order_id, party_id, refers_to_id, issued_on, delivered_on, due_on,
           currency, reason, net_amount, tax_amount, gross_amount, issued_at, (SELECT max(id) FROM parties_house)
    FROM json_populate_recordset(NULL::invoicing_invoice, %(notes)s::json)
), lines AS (
    INSERT INTO invoicing_invoiceline (invoice_id, charge_id, position, number, name, quantity, unit, unit_price, tax_code,
                                       tax_rate, net_amount, gross_amount)
    SELECT invoice_id, charge_id, position, number, name, quantity, unit, unit_price, tax_code, tax_rate, net_amount, gross_amount
    FROM json_populate_recordset(NULL::invoicing_invoiceline, %(lines)s::json)
)
INSERT INTO invoicing_invoicetax (invoice_id, tax_code, tax_rate, net_amount, tax_amount)
SELECT invoice_id, tax_code, tax_rate, net_amount, tax_amount
FROM json_populate_recordset(NULL::invoicing_invoicetax, %(taxes)s::json)

-- name: lock_charges_of_invoices  (before what is left to credit is read: two clerks cannot credit the same piece)
SELECT c.id FROM charges_charge c
WHERE c.id IN (SELECT charge_id FROM invoicing_invoiceline WHERE invoice_id = ANY(%(ids)s::uuid[]))
ORDER BY c.id FOR NO KEY UPDATE

-- name: creditable  (what of each line of these invoices has not been credited yet)
SELECT l.id, l.invoice_id, l.charge_id, c.order_line_id, l.position, l.number, l.name, l.unit, l.unit_price, l.tax_code,
       l.tax_rate, l.quantity AS billed, l.quantity - coalesce(done.quantity, 0) AS quantity,
       l.gross_amount - coalesce(done.gross_amount, 0) AS gross_amount,
       i.number AS invoice_number, i.party_id, i.order_id, i.currency
FROM invoicing_invoiceline l
JOIN invoicing_invoice i ON i.id = l.invoice_id AND i.kind = 'invoice'
LEFT JOIN charges_charge c ON c.id = l.charge_id
LEFT JOIN LATERAL (
    SELECT -sum(n.quantity) AS quantity, -sum(n.gross_amount) AS gross_amount
    FROM invoicing_invoice k JOIN invoicing_invoiceline n ON n.invoice_id = k.id
    WHERE k.refers_to_id = l.invoice_id AND n.charge_id = l.charge_id) done ON true
WHERE l.invoice_id = ANY(%(ids)s::uuid[]) ORDER BY i.issued_on, i.number, l.position

-- name: invoices_of_orders
SELECT i.id, i.order_id, o.language FROM invoicing_invoice i JOIN orders_order o ON o.id = i.order_id
WHERE i.order_id = ANY(%(orders)s::uuid[]) AND i.kind = 'invoice' ORDER BY i.issued_on, i.number

-- name: cancel_charges  (what will never be billed of cancelled orders)
UPDATE charges_charge c SET cancelled_quantity = c.quantity - c.invoiced_quantity
FROM orders_order o WHERE o.id = c.order_id AND o.id = ANY(%(orders)s::uuid[]) AND o.state = 'cancelled'
  AND c.quantity > c.invoiced_quantity + c.cancelled_quantity

-- name: lock_charges_of_orders
SELECT id FROM charges_charge WHERE order_id = ANY(%(orders)s::uuid[]) ORDER BY id FOR NO KEY UPDATE

-- name: cancel_rest_charges  (what was not billed of cancelled pieces never will be; says how much of them was billed)
UPDATE charges_charge c
SET cancelled_quantity = greatest(c.cancelled_quantity, least(l.cancelled_quantity, c.quantity - c.invoiced_quantity))
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE l.id = c.order_line_id AND c.order_id = ANY(%(orders)s::uuid[]) AND l.cancelled_quantity > 0
RETURNING c.order_id, o.number, c.order_line_id, l.cancelled_quantity - new.cancelled_quantity AS billed,
          new.cancelled_quantity > old.cancelled_quantity AS is_changed

-- name: paid_before  (of each invoice: what had come in for its order when it was issued, less what was billed before)
SELECT i.id, greatest(0, least(i.gross_amount,
    coalesce((SELECT sum(p.amount) FROM payments_payment p WHERE p.order_id = i.order_id AND p.recorded_at <= i.issued_at), 0)
    - coalesce((SELECT sum(e.gross_amount) FROM invoicing_invoice e WHERE e.order_id = i.order_id
                AND (e.issued_at, e.id) < (i.issued_at, i.id)), 0))) AS amount
FROM invoicing_invoice i WHERE i.id = ANY(%(ids)s::uuid[]) AND i.kind = 'invoice'

-- name: to_print  (of these, the ones no import brought along and no file stands for)
SELECT i.id FROM invoicing_invoice i LEFT JOIN orders_order o ON o.id = i.order_id
WHERE i.id = ANY(%(ids)s::uuid[]) AND (%(asked_for)s::boolean OR o.channel <> 'import')
  AND NOT EXISTS (SELECT FROM documents_document d WHERE d.kind = i.kind AND d.number = i.number)
ORDER BY i.issued_at, i.id

-- name: standing  (what the ledger says of a document: due, open, and what settled it)
SELECT o.id AS item_id, o.open_amount, o.due_on, o.cleared_on,
       (SELECT jsonb_agg(jsonb_build_object('amount', m.amount, 'at', m.matched_at, 'source', c.source,
                                          'document', c.document_number, 'on', c.booked_on, 'actor', m.actor_name) ORDER BY m.id)
        FROM ledger_match m JOIN ledger_openitem c ON c.id = CASE WHEN m.debit_id = o.id THEN m.credit_id ELSE m.debit_id END
        WHERE m.debit_id = o.id OR m.credit_id = o.id) AS settlements
FROM ledger_openitem o WHERE o.source = %(kind)s AND o.source_id = %(id)s::uuid

-- name: billable  (the lines of an order with what was billed and delivered of each)
SELECT c.id, l.id AS line_id, l.position, l.number, l.name, l.unit, l.kind, l.unit_price, l.tax_rate, l.quantity,
       l.delivered_quantity, c.invoiced_quantity, c.cancelled_quantity,
       c.quantity - c.invoiced_quantity - c.cancelled_quantity AS open_quantity
FROM charges_charge c JOIN orders_orderline l ON l.id = c.order_line_id
WHERE c.order_id = %(order_id)s::uuid ORDER BY l.position

-- name: ranges  (each range of numbers: how many were drawn, how many stand, which are missing)
SELECT r.code, r.prefix, r.width, r.next_value - 1 AS drawn, count(i.id) AS standing,
       min(i.issued_on) AS first_on, max(i.issued_on) AS last_on,
       (SELECT array_agg(r.prefix || lpad(n::text, r.width, '0')) FROM (
            SELECT n FROM generate_series(1, r.next_value - 1) n
            WHERE NOT EXISTS (SELECT FROM invoicing_invoice m WHERE m.number = r.prefix || lpad(n::text, r.width, '0'))
            ORDER BY n LIMIT 20) missing) AS missing
FROM numbers_numberrange r
LEFT JOIN invoicing_invoice i ON i.kind = r.code AND starts_with(i.number, r.prefix)
     AND substr(i.number, length(r.prefix) + 1) ~ '^[0-9]+$' AND length(i.number) >= length(r.prefix) + r.width
WHERE r.code IN ('invoice', 'credit_note') GROUP BY r.code ORDER BY r.code DESC

-- name: tab_counts  (counted to a limit: nobody counts a big table)
SELECT (SELECT count(*) FROM (SELECT FROM ledger_openitem WHERE open_amount <> 0 AND source IN ('invoice', 'credit_note') LIMIT %(most)s::int) a) AS open,
       (SELECT count(*) FROM (SELECT FROM ledger_openitem WHERE open_amount <> 0 AND source = 'invoice' AND due_on < %(today)s::date LIMIT %(most)s::int) b) AS overdue

-- name: file_state  (the file of a document, when it was mailed, and what kept it back)
SELECT d.id, f.name, f.rendered_at, encode(f.sha256, 'hex') AS sha256, m.queued_at, m.sent_at, m.recipient, t.detail AS kept_back
FROM (VALUES (1)) one(row)
LEFT JOIN documents_document d ON d.kind = %(kind)s AND d.number = %(number)s
LEFT JOIN documents_documentfile f ON f.document_id = d.id
LEFT JOIN tasks_mail m ON m.key = 'documents.ready:' || d.id
LEFT JOIN tasks_task t ON t.key = 'invoicing.violations:' || %(id)s AND t.done_at IS NULL
