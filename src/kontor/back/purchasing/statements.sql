-- name: insert_supplier
INSERT INTO purchasing_supplier (id, key, number, name, email, phone, lead_days, note, created_at)
VALUES (uuidv7(), %(key)s::uuid, 'L-' || nextval('purchasing_supplier_number'), %(name)s, %(email)s, %(phone)s,
        %(lead_days)s::int, %(note)s, %(at)s::timestamptz)
ON CONFLICT (key) DO NOTHING RETURNING id

-- name: supplier_by_key
SELECT id FROM purchasing_supplier WHERE key = %(key)s::uuid

-- name: orders_by_key
SELECT id, key, number FROM purchasing_purchaseorder WHERE key = ANY(%(keys)s::uuid[])

-- name: draw_numbers
SELECT 'BE-' || nextval('purchasing_number') AS number FROM generate_series(1, %(count)s::int)

-- name: insert_orders
INSERT INTO purchasing_purchaseorder (id, key, number, supplier_id, currency, due_at, ordered_at, ordered_by, note)
SELECT o.id, o.key, o.number, o.supplier_id, %(currency)s, o.due_at, %(at)s::timestamptz, %(actor)s, o.note
FROM unnest(%(ids)s::uuid[], %(keys)s::uuid[], %(numbers)s::text[], %(suppliers)s::uuid[], %(due)s::timestamptz[],
            %(notes)s::text[]) AS o(id, key, number, supplier_id, due_at, note)

-- name: insert_lines
INSERT INTO purchasing_purchaseline (id, order_id, position, offering_id, bucket_id, quantity, unit_price, expected_at)
SELECT uuidv7(), l.order_id, l.position, l.offering_id, l.bucket_id, l.quantity, l.unit_price, l.expected_at
FROM unnest(%(orders)s::uuid[], %(positions)s::int[], %(offerings)s::uuid[], %(buckets)s::uuid[],
            %(quantities)s::numeric[], %(prices)s::numeric[], %(expected)s::timestamptz[])
     AS l(order_id, position, offering_id, bucket_id, quantity, unit_price, expected_at)

-- name: lock  (orders by their ids or the ids of their lines)
SELECT o.id, o.number, o.state, o.cancel_reason FROM purchasing_purchaseorder o
WHERE o.id IN (SELECT l.order_id FROM purchasing_purchaseline l
               WHERE l.id = ANY(%(ids)s::uuid[]) OR l.order_id = ANY(%(ids)s::uuid[]))
ORDER BY o.id FOR NO KEY UPDATE

-- name: lock_by_buckets  (the orders whose planned receipts these are)
SELECT o.id FROM purchasing_purchaseorder o
WHERE o.id IN (SELECT l.order_id FROM purchasing_purchaseline l WHERE l.bucket_id = ANY(%(buckets)s::uuid[]))
ORDER BY o.id FOR NO KEY UPDATE

-- name: named_lines  (lines of an order, open or not)
SELECT l.id, g.number AS article, l.state IN ('ordered', 'confirmed', 'partly') AS is_open
FROM purchasing_purchaseline l JOIN catalogue_offering g ON g.id = l.offering_id
WHERE l.order_id = %(order_id)s::uuid AND l.id = ANY(%(ids)s::uuid[]) ORDER BY l.position

-- name: open_lines  (what is still to come of these orders or lines)
SELECT l.id, l.order_id, l.position, l.bucket_id, l.offering_id, l.quantity, l.received_quantity, l.expected_at, l.state,
       g.number AS article
FROM purchasing_purchaseline l JOIN catalogue_offering g ON g.id = l.offering_id
WHERE (l.id = ANY(%(ids)s::uuid[]) OR l.order_id = ANY(%(ids)s::uuid[])) AND l.state IN ('ordered', 'confirmed', 'partly')
ORDER BY l.order_id, l.position

-- name: confirm
UPDATE purchasing_purchaseline SET state = CASE WHEN state = 'ordered' THEN 'confirmed' ELSE state END,
       confirmed_at = %(at)s::timestamptz
WHERE id = ANY(%(ids)s::uuid[])

-- name: shift  (the new day, and who moved it why)
WITH shifted AS (
    UPDATE purchasing_purchaseline SET expected_at = %(expected_at)s::timestamptz
    WHERE id = ANY(%(ids)s::uuid[]) RETURNING id, old.expected_at AS was_at
)
INSERT INTO purchasing_shift (line_id, was_at, expected_at, reason, note, actor_name, at)
SELECT id, was_at, %(expected_at)s::timestamptz, %(reason)s, %(note)s, %(actor)s, %(at)s::timestamptz FROM shifted

-- name: note_receipts  (what came in at the warehouse, each move once; a closed receipt closes its line)
WITH came AS (
    INSERT INTO purchasing_receipt (id, line_id, quantity, reference, actor_name, at)
    SELECT m.id, l.id, m.quantity, m.reference, m.actor_name, m.at
    FROM unnest(%(moves)s::uuid[], %(buckets)s::uuid[]) AS r(move_id, bucket_id)
    JOIN warehouse_move m ON m.id = r.move_id
    JOIN purchasing_purchaseline l ON l.bucket_id = r.bucket_id
    ON CONFLICT (id) DO NOTHING RETURNING line_id, quantity
), line AS (
    SELECT line_id, sum(quantity) AS quantity FROM came GROUP BY line_id
)
UPDATE purchasing_purchaseline l SET received_quantity = l.received_quantity + line.quantity,
       state = CASE WHEN b.closed_at IS NULL THEN 'partly' ELSE 'received' END
FROM line, promises_bucket b WHERE l.id = line.line_id AND b.id = l.bucket_id
RETURNING l.order_id

-- name: close_lines  (nothing more comes of these)
UPDATE purchasing_purchaseline SET state = CASE WHEN received_quantity > 0 THEN 'received' ELSE 'cancelled' END
WHERE id = ANY(%(ids)s::uuid[])

-- name: settle  (an order stands as its lines do)
UPDATE purchasing_purchaseorder o
SET state = CASE WHEN x.still_open = 0 AND x.got = 0 THEN 'cancelled' WHEN x.still_open = 0 THEN 'received'
                 WHEN x.got > 0 THEN 'partly' WHEN x.unconfirmed = 0 THEN 'confirmed' ELSE 'ordered' END,
    due_at = coalesce(x.due_at, o.due_at)
FROM (SELECT l.order_id, count(*) FILTER (WHERE l.state IN ('ordered', 'confirmed', 'partly')) AS still_open,
             count(*) FILTER (WHERE l.received_quantity > 0) AS got,
             count(*) FILTER (WHERE l.state = 'ordered') AS unconfirmed,
             min(l.expected_at) FILTER (WHERE l.state IN ('ordered', 'confirmed', 'partly')) AS due_at
      FROM purchasing_purchaseline l WHERE l.order_id = ANY(%(ids)s::uuid[]) GROUP BY l.order_id) x
WHERE o.id = x.order_id

-- name: cancel_reason
UPDATE purchasing_purchaseorder SET cancel_reason = %(reason)s WHERE id = %(id)s::uuid

-- name: file
SELECT o.id, o.number, o.state, o.currency, o.due_at, o.ordered_at, o.ordered_by, o.note, o.cancel_reason,
       s.number AS supplier_number, s.name AS supplier_name, s.email AS supplier_email, s.phone AS supplier_phone
FROM purchasing_purchaseorder o JOIN purchasing_supplier s ON s.id = o.supplier_id WHERE o.number = %(number)s

-- name: lines
SELECT l.id, l.position, l.state, l.quantity, l.unit_price, l.expected_at, l.confirmed_at, l.received_quantity, l.bucket_id,
       g.number AS article, g.name_de, g.name_en, b.promised, greatest(l.quantity - l.received_quantity, 0) AS rest,
       l.state IN ('ordered', 'confirmed', 'partly') AS is_open
FROM purchasing_purchaseline l JOIN catalogue_offering g ON g.id = l.offering_id JOIN promises_bucket b ON b.id = l.bucket_id
WHERE l.order_id = %(id)s::uuid ORDER BY l.position

-- name: receipts
SELECT r.quantity, r.reference, r.actor_name, r.at, g.number AS article
FROM purchasing_receipt r JOIN purchasing_purchaseline l ON l.id = r.line_id JOIN catalogue_offering g ON g.id = l.offering_id
WHERE l.order_id = %(id)s::uuid ORDER BY r.at DESC, r.id DESC

-- name: shifts
SELECT s.was_at, s.expected_at, s.reason, s.note, s.actor_name, s.at, g.number AS article
FROM purchasing_shift s JOIN purchasing_purchaseline l ON l.id = s.line_id JOIN catalogue_offering g ON g.id = l.offering_id
WHERE l.order_id = %(id)s::uuid ORDER BY s.id DESC

-- name: history
SELECT type, at, actor_name, fact FROM events_event WHERE subject_id = %(id)s::uuid ORDER BY id DESC LIMIT 100

-- name: heads  (the open lines of orders, or lines, that are to be moved)
SELECT l.id, o.number, g.number AS article, g.name_de, g.name_en, l.quantity - l.received_quantity AS quantity,
       l.expected_at AS ready_at, l.bucket_id
FROM purchasing_purchaseline l JOIN purchasing_purchaseorder o ON o.id = l.order_id
JOIN catalogue_offering g ON g.id = l.offering_id
WHERE (l.id = ANY(%(ids)s::uuid[]) OR l.order_id = ANY(%(ids)s::uuid[])) AND l.state IN ('ordered', 'confirmed', 'partly')
ORDER BY l.expected_at, o.number, l.position

-- name: suppliers
SELECT s.id, s.number, s.name, s.email, s.phone, s.lead_days, s.note,
       (SELECT count(*) FROM purchasing_purchaseorder o WHERE o.supplier_id = s.id
        AND o.state IN ('ordered', 'confirmed', 'partly')) AS open_orders
FROM purchasing_supplier s ORDER BY s.name LIMIT 1000

-- name: today  (each counted to 1,001 at most)
SELECT
    (SELECT count(*) FROM (SELECT FROM purchasing_purchaseorder WHERE state IN ('ordered', 'confirmed', 'partly')
                           AND due_at < %(now)s::timestamptz LIMIT 1001) x) AS late,
    (SELECT count(*) FROM (SELECT FROM purchasing_purchaseorder WHERE state IN ('ordered', 'confirmed', 'partly')
                           AND due_at >= %(now)s::timestamptz AND due_at < %(tomorrow)s::timestamptz LIMIT 1001) x) AS due,
    (SELECT count(*) FROM (SELECT FROM purchasing_purchaseorder WHERE state = 'ordered' LIMIT 1001) x) AS unconfirmed

-- name: moves_known
SELECT id FROM warehouse_move WHERE id = ANY(%(ids)s::uuid[])
