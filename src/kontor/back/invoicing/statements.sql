-- name: issue  (bills what is due of the orders' charges: one invoice per order and key, gapless number drawn here)
WITH asked AS (
    SELECT * FROM unnest(%(orders)s::uuid[], %(keys)s::uuid[], %(numbers)s::text[], %(issued_on)s::date[], %(due_on)s::date[])
        AS a(order_id, key, number, issued_on, due_on)
), locked AS (
    SELECT c.*, a.key, a.number AS own_number, a.issued_on, a.due_on, l.position, l.number AS article, l.name, l.unit,
           l.unit_price, l.delivered_quantity
    FROM asked a JOIN charges_charge c ON c.order_id = a.order_id JOIN orders_orderline l ON l.id = c.order_line_id
    WHERE NOT EXISTS (SELECT FROM invoicing_invoice i WHERE i.key = a.key)
    ORDER BY c.id FOR NO KEY UPDATE OF c
), due AS (
    SELECT *, CASE WHEN %(is_ahead)s::boolean THEN quantity - cancelled_quantity ELSE delivered_quantity END
              - invoiced_quantity AS billed
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
                                   currency, net_amount, tax_amount, gross_amount, issued_at, house_id)
    SELECT id, key, number, 'credit_note', order_id, party_id, refers_to_id, issued_on, delivered_on, due_on,
           currency, net_amount, tax_amount, gross_amount, issued_at, (SELECT max(id) FROM parties_house)
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

-- name: uncredited_lines  (what of an order's invoices has not been credited yet; locks the charges)
WITH locked AS (
    SELECT c.id FROM charges_charge c WHERE c.order_id = %(order_id)s::uuid ORDER BY c.id FOR NO KEY UPDATE
)
SELECT il.charge_id, il.number, il.name, il.unit, il.unit_price, il.tax_code, il.tax_rate, il.position,
       l.id AS order_line_id, l.delivered_quantity - l.returned_quantity AS kept_quantity, l.quantity AS ordered_quantity,
       sum(il.quantity) AS quantity, sum(il.gross_amount) AS gross_amount,
       (array_agg(i.id ORDER BY i.issued_on, i.number) FILTER (WHERE i.kind = 'invoice'))[1] AS invoice_id,
       i.party_id, i.currency
FROM locked c JOIN invoicing_invoiceline il ON il.charge_id = c.id JOIN invoicing_invoice i ON i.id = il.invoice_id
JOIN charges_charge ch ON ch.id = c.id JOIN orders_orderline l ON l.id = ch.order_line_id
GROUP BY il.charge_id, il.number, il.name, il.unit, il.unit_price, il.tax_code, il.tax_rate, il.position,
         l.id, l.delivered_quantity, l.returned_quantity, l.quantity, i.party_id, i.currency
HAVING sum(il.quantity) > 0 ORDER BY il.position
