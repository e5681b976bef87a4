-- name: buckets
SELECT b.id, p.offering_id, b.capacity - b.promised AS free FROM promises_bucket b JOIN promises_pool p ON p.id = b.pool_id
WHERE b.kind = 'on_hand' AND p.offering_id = ANY(%(offerings)s::uuid[]) ORDER BY b.id FOR UPDATE OF b

-- name: place
WITH o AS (
    INSERT INTO orders_order (id, key, number, channel, party_id, language, currency, email, phone,
        billing_name, billing_extra, billing_street, billing_postal_code, billing_city, billing_country,
        shipping_name, shipping_extra, shipping_street, shipping_postal_code, shipping_city, shipping_country,
        payment_method, shipping_method, net_amount, tax_amount, gross_amount)
    SELECT id, id, 'T-' || nextval('order_number'), 'web', party, 'de', 'EUR', 'a@example.org', '',
        'Anna Behrens', '', 'Am Deich 12', '28199', 'Bremen', 'DE', 'Anna Behrens', '', 'Am Deich 12', '28199', 'Bremen', 'DE',
        'invoice', 'parcel', gross - tax, tax, gross
    FROM unnest(%(orders)s::uuid[], %(parties)s::uuid[], %(grosses)s::numeric[], %(taxes)s::numeric[]) AS x(id, party, gross, tax)
    RETURNING id, number
), d AS (
    INSERT INTO promises_demand (id, pool_id, party_id, quantity)
    SELECT x.id, p.id, x.party, x.quantity
    FROM unnest(%(demands)s::uuid[], %(demand_offerings)s::uuid[], %(demand_parties)s::uuid[], %(demand_quantities)s::numeric[])
         AS x(id, offering, party, quantity)
    JOIN promises_pool p ON p.offering_id = x.offering
), l AS (
    INSERT INTO orders_orderline (id, order_id, party_id, position, kind, offering_id, number, name, quantity, unit, unit_price,
        tax_code, tax_rate, gross_amount, demand_id)
    SELECT id, order_id, party, position, CASE WHEN demand IS NULL THEN 'shipping' ELSE 'item' END, offering, number, name,
        quantity, 'piece', price, 'standard', 19, round(price * quantity, 2), demand
    FROM unnest(%(lines)s::uuid[], %(line_orders)s::uuid[], %(line_parties)s::uuid[], %(positions)s::int[], %(offerings)s::uuid[],
        %(numbers)s::text[], %(names)s::text[], %(quantities)s::numeric[], %(prices)s::numeric[], %(line_demands)s::uuid[])
        AS x(id, order_id, party, position, offering, number, name, quantity, price, demand)
), p AS (
    INSERT INTO promises_promise (demand_id, bucket_id, quantity, state, expires_at)
    SELECT x.id, x.bucket, x.quantity, 'hold', 'infinity'
    FROM unnest(%(demands)s::uuid[], %(demand_buckets)s::uuid[], %(demand_quantities)s::numeric[]) AS x(id, bucket, quantity)
), e AS (
    INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name)
    SELECT uuidv7(), 'orders.OrderPlaced', number, id, '{}', 'visitor', '' FROM o
)
UPDATE promises_bucket b SET promised = b.promised + x.quantity
FROM (SELECT bucket, sum(quantity) AS quantity
      FROM unnest(%(demand_buckets)s::uuid[], %(demand_quantities)s::numeric[]) AS y(bucket, quantity) GROUP BY bucket) x
WHERE b.id = x.bucket

-- name: lock_orders
SELECT id, gross_amount, tax_amount FROM orders_order WHERE id = ANY(%(orders)s::uuid[]) ORDER BY id FOR NO KEY UPDATE

-- name: confirm
WITH o AS (
    UPDATE orders_order SET state = 'confirmed', confirmed_at = now(), released_at = now(), promised_on = current_date + 3
    WHERE id = ANY(%(orders)s::uuid[]) RETURNING id, number, party_id
), c AS (
    INSERT INTO charges_charge (id, order_id, order_line_id, party_id, quantity, tax_code, tax_rate, gross_amount, currency, arose_on)
    SELECT uuidv7(), l.order_id, l.id, l.party_id, l.quantity, l.tax_code, l.tax_rate, l.gross_amount, 'EUR', current_date
    FROM orders_orderline l WHERE l.order_id = ANY(%(orders)s::uuid[])
), m AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT l.id, l.order_id, l.party_id, 'confirmed', l.quantity, now() FROM orders_orderline l
    WHERE l.order_id = ANY(%(orders)s::uuid[]) AND l.kind = 'item'
), e AS (
    INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name)
    SELECT uuidv7(), 'orders.OrderConfirmed', number, id, '{"payment_method": "invoice"}', 'schedule', 'Kontor' FROM o
)
UPDATE promises_promise p SET state = 'firm', expires_at = NULL FROM orders_orderline l
WHERE l.order_id = ANY(%(orders)s::uuid[]) AND p.demand_id = l.demand_id

-- name: open_lines
SELECT l.id, l.order_id, l.offering_id, l.demand_id, l.quantity, p.bucket_id
FROM orders_orderline l JOIN promises_promise p ON p.demand_id = l.demand_id
WHERE l.order_id = ANY(%(orders)s::uuid[]) ORDER BY p.bucket_id

-- name: ship
WITH s AS (
    INSERT INTO logistics_shipment (id, key, number, order_id, carrier, actor_name)
    SELECT id, id, 'TL-' || nextval('shipment_number'), order_id, 'weser', 'Kontor'
    FROM unnest(%(shipments)s::uuid[], %(orders)s::uuid[]) AS x(id, order_id) RETURNING id, order_id
), sl AS (
    INSERT INTO logistics_shipmentline (shipment_id, order_line_id, quantity)
    SELECT s.id, l.id, l.quantity FROM s JOIN orders_orderline l ON l.order_id = s.order_id AND l.kind = 'item'
), pa AS (
    INSERT INTO logistics_parcel (id, shipment_id) SELECT uuidv7(), id FROM s
), mv AS (
    INSERT INTO warehouse_move (id, offering_id, location_id, kind, quantity, order_line_id, reference, reason, actor_name)
    SELECT uuidv7(), l.offering_id, %(location)s::uuid, 'issue', -l.quantity, l.id, 'shipment', '', 'Kontor'
    FROM orders_orderline l WHERE l.order_id = ANY(%(orders)s::uuid[]) AND l.kind = 'item'
), ol AS (
    UPDATE orders_orderline SET delivered_quantity = quantity WHERE order_id = ANY(%(orders)s::uuid[])
), m AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT l.id, l.order_id, l.party_id, 'shipped', l.quantity, now() FROM orders_orderline l
    WHERE l.order_id = ANY(%(orders)s::uuid[]) AND l.kind = 'item'
), e AS (
    INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name)
    SELECT uuidv7(), 'logistics.GoodsShipped', id::text, order_id, '{}', 'staff', 'Kontor' FROM s
)
UPDATE promises_promise p SET state = 'used' FROM orders_orderline l
WHERE l.order_id = ANY(%(orders)s::uuid[]) AND p.demand_id = l.demand_id

-- name: take_stock
WITH x AS (
    SELECT bucket, offering, sum(quantity) AS quantity
    FROM unnest(%(buckets)s::uuid[], %(offerings)s::uuid[], %(quantities)s::numeric[]) AS y(bucket, offering, quantity)
    GROUP BY bucket, offering
), h AS (
    UPDATE warehouse_onhand h SET quantity = h.quantity - x.quantity FROM x
    WHERE h.offering_id = x.offering AND h.location_id = %(location)s::uuid
)
UPDATE promises_bucket b SET promised = b.promised - x.quantity, capacity = b.capacity - x.quantity FROM x WHERE b.id = x.bucket

-- name: draw
UPDATE numbers_numberrange SET next_value = next_value + %(count)s::bigint WHERE code = %(code)s RETURNING next_value - %(count)s::bigint

-- name: invoice
WITH i AS (
    INSERT INTO invoicing_invoice (id, key, number, kind, order_id, party_id, issued_on, delivered_on, due_on, currency,
        net_amount, tax_amount, gross_amount, issued_at, house_id)
    SELECT x.id, x.id, 'TR-' || (%(first)s::bigint + x.place), 'invoice', o.id, o.party_id, current_date, current_date, current_date + 14,
        'EUR', o.net_amount, o.tax_amount, o.gross_amount, now(), %(house)s
    FROM unnest(%(invoices)s::uuid[], %(orders)s::uuid[]) WITH ORDINALITY AS x(id, order_id, place)
    JOIN orders_order o ON o.id = x.order_id RETURNING id, order_id, number
), il AS (
    INSERT INTO invoicing_invoiceline (invoice_id, charge_id, position, number, name, quantity, unit, unit_price, tax_code, tax_rate,
        net_amount, gross_amount)
    SELECT i.id, c.id, l.position, l.number, l.name, l.quantity, l.unit, l.unit_price, l.tax_code, l.tax_rate,
        round(l.gross_amount / 1.19, 2), l.gross_amount
    FROM i JOIN orders_orderline l ON l.order_id = i.order_id JOIN charges_charge c ON c.order_line_id = l.id
), it AS (
    INSERT INTO invoicing_invoicetax (invoice_id, tax_code, tax_rate, net_amount, tax_amount)
    SELECT x.id, 'standard', 19, o.net_amount, o.tax_amount
    FROM unnest(%(invoices)s::uuid[], %(orders)s::uuid[]) AS x(id, order_id) JOIN orders_order o ON o.id = x.order_id
), c AS (
    UPDATE charges_charge SET invoiced_quantity = quantity, invoiced_gross = gross_amount WHERE order_id = ANY(%(orders)s::uuid[])
), m AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT l.id, l.order_id, l.party_id, 'invoiced', l.quantity, now() FROM orders_orderline l
    WHERE l.order_id = ANY(%(orders)s::uuid[]) AND l.kind = 'item'
)
INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name)
SELECT uuidv7(), 'invoicing.InvoiceIssued', number, id, '{}', 'schedule', 'Kontor' FROM i

-- name: post_invoice
WITH i AS (
    SELECT i.*, x.place FROM unnest(%(invoices)s::uuid[]) WITH ORDINALITY AS x(id, place) JOIN invoicing_invoice i ON i.id = x.id
), e AS (
    INSERT INTO ledger_entry (id, number, source, source_id, document_number, booked_on, text, posted_at, actor_name, currency)
    SELECT uuidv7(), %(first)s::bigint + place - 1, 'invoice', id, number, issued_on, number, now(), 'Kontor', 'EUR' FROM i
    RETURNING id, source_id
), el AS (
    INSERT INTO ledger_entryline (entry_id, position, account_id, amount, party_id, tax_code, tax_rate)
    SELECT e.id, s.position, s.account, s.amount, s.party, s.code, s.rate FROM e JOIN i ON i.id = e.source_id
    CROSS JOIN LATERAL (VALUES (1, '1400', i.gross_amount, i.party_id, '', NULL::numeric), (2, '8400', -i.net_amount, NULL, 'standard', 19),
        (3, '1776', -i.tax_amount, NULL, 'standard', 19)) AS s(position, account, amount, party, code, rate)
)
INSERT INTO ledger_openitem (id, source, source_id, document_number, order_id, party_id, currency, amount, open_amount, booked_on, due_on)
SELECT uuidv7(), 'invoice', id, number, order_id, party_id, 'EUR', gross_amount, gross_amount, issued_on, due_on FROM i

-- name: pay
WITH p AS (
    INSERT INTO payments_payment (id, key, method, party_id, order_id, amount, currency, received_on, reference, payer)
    SELECT x.id, x.id, 'transfer', o.party_id, o.id, o.gross_amount, 'EUR', current_date, o.number, ''
    FROM unnest(%(payments)s::uuid[], %(orders)s::uuid[]) AS x(id, order_id) JOIN orders_order o ON o.id = x.order_id RETURNING id, reference
)
INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name)
SELECT uuidv7(), 'payments.PaymentRecorded', reference, id, '{}', 'staff', 'Kontor' FROM p

-- name: settle
WITH p AS (
    SELECT p.*, x.place, i.id AS item FROM unnest(%(payments)s::uuid[]) WITH ORDINALITY AS x(id, place)
    JOIN payments_payment p ON p.id = x.id JOIN ledger_openitem i ON i.order_id = p.order_id AND i.source = 'invoice'
), e AS (
    INSERT INTO ledger_entry (id, number, source, source_id, document_number, booked_on, text, posted_at, actor_name, currency)
    SELECT uuidv7(), %(first)s::bigint + place - 1, 'payment', id, reference, received_on, reference, now(), 'Kontor', 'EUR' FROM p
    RETURNING id, source_id
), el AS (
    INSERT INTO ledger_entryline (entry_id, position, account_id, amount, party_id, tax_code)
    SELECT e.id, s.position, s.account, s.amount, s.party, '' FROM e JOIN p ON p.id = e.source_id
    CROSS JOIN LATERAL (VALUES (1, '1200', p.amount, NULL::uuid), (2, '1400', -p.amount, p.party_id)) AS s(position, account, amount, party)
), oi AS (
    INSERT INTO ledger_openitem (id, source, source_id, document_number, order_id, party_id, currency, amount, open_amount, booked_on, due_on, cleared_on)
    SELECT uuidv7(), 'payment', id, reference, order_id, party_id, 'EUR', -amount, 0, received_on, received_on, received_on FROM p
    RETURNING id, order_id
), mt AS (
    INSERT INTO ledger_match (id, credit_id, debit_id, amount, actor_name)
    SELECT uuidv7(), oi.id, p.item, p.amount, 'Kontor' FROM p JOIN oi ON oi.order_id = p.order_id
), di AS (
    UPDATE ledger_openitem i SET open_amount = 0, cleared_on = current_date FROM p WHERE i.id = p.item
), o AS (
    UPDATE orders_order SET paid_at = now() WHERE id = ANY(%(orders)s::uuid[]) RETURNING id, number
), m AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT l.id, l.order_id, l.party_id, 'paid', l.quantity, now() FROM orders_orderline l
    WHERE l.order_id = ANY(%(orders)s::uuid[]) AND l.kind = 'item'
)
INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name)
SELECT uuidv7(), 'orders.OrderPaid', number, id, '{}', 'schedule', 'Kontor' FROM o
