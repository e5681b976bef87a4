-- name: lock_shippable  (open lines of released orders that are promised from the stock on hand)
WITH locked AS (
    SELECT id, number, party_id FROM orders_order
    WHERE id = ANY(%(orders)s::uuid[]) AND state = 'confirmed' AND released_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM logistics_shipment s WHERE s.order_id = orders_order.id AND s.key = ANY(%(keys)s::uuid[]))
    ORDER BY id FOR NO KEY UPDATE
)
SELECT o.id AS order_id, o.number, l.id AS line_id, l.offering_id, l.demand_id,
       least(l.quantity - l.delivered_quantity - l.cancelled_quantity, ready.quantity) AS quantity
FROM locked o
JOIN orders_orderline l ON l.order_id = o.id AND l.demand_id IS NOT NULL
CROSS JOIN LATERAL (
    SELECT sum(p.quantity) AS quantity FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
    WHERE p.demand_id = l.demand_id AND p.state = 'firm' AND b.kind = 'on_hand') ready
WHERE l.quantity > l.delivered_quantity + l.cancelled_quantity AND ready.quantity > 0
ORDER BY o.id, l.position

-- name: shipments_by_key
SELECT id, key, number, order_id FROM logistics_shipment WHERE key = ANY(%(keys)s::uuid[])

-- name: ship  (shipments, their lines and parcels, what is delivered of each order line, milestones)
WITH shipment AS (
    INSERT INTO logistics_shipment (id, key, order_id, carrier, shipped_at, actor_name)
    SELECT s.id, s.key, s.order_id, %(carrier)s, %(at)s::timestamptz, %(actor)s
    FROM unnest(%(ids)s::uuid[], %(keys)s::uuid[], %(orders)s::uuid[]) AS s(id, key, order_id)
    RETURNING id, order_id, number
), line AS (
    INSERT INTO logistics_shipmentline (shipment_id, order_line_id, quantity)
    SELECT shipment, line, quantity
    FROM unnest(%(line_shipments)s::uuid[], %(lines)s::uuid[], %(quantities)s::numeric[]) AS l(shipment, line, quantity)
), parcel AS (
    INSERT INTO logistics_parcel (id, shipment_id) SELECT uuidv7(), id FROM shipment
), delivered AS (
    UPDATE orders_orderline o SET delivered_quantity = o.delivered_quantity + l.quantity
    FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS l(line, quantity) WHERE o.id = l.line
    RETURNING o.id, o.order_id, o.party_id, l.quantity
), carried AS (
    -- What is not goods (shipping) is delivered with the first shipment.
    UPDATE orders_orderline o SET delivered_quantity = o.quantity - o.cancelled_quantity
    WHERE o.order_id = ANY(%(orders)s::uuid[]) AND o.demand_id IS NULL AND o.delivered_quantity = 0
), done AS (
    -- Paid before and nothing left to deliver after this shipment.
    UPDATE orders_order o SET state = 'done'
    WHERE o.id = ANY(%(orders)s::uuid[]) AND o.paid_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM orders_orderline l
        LEFT JOIN unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS now(line, quantity) ON now.line = l.id
        WHERE l.order_id = o.id AND l.demand_id IS NOT NULL
          AND l.quantity > l.delivered_quantity + l.cancelled_quantity + coalesce(now.quantity, 0))
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT id, order_id, party_id, 'shipped', quantity, %(at)s::timestamptz FROM delivered
)
SELECT id, order_id, number FROM shipment

-- name: deliver
WITH shipment AS (
    UPDATE logistics_shipment SET delivered_at = %(at)s::timestamptz
    WHERE id = ANY(%(ids)s::uuid[]) AND delivered_at IS NULL RETURNING id, order_id
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT o.id, o.order_id, o.party_id, 'delivered', l.quantity, %(at)s::timestamptz
    FROM shipment s JOIN logistics_shipmentline l ON l.shipment_id = s.id JOIN orders_orderline o ON o.id = l.order_line_id
)
SELECT s.id, s.order_id, o.number FROM shipment s JOIN orders_order o ON o.id = s.order_id

-- name: order_numbers
SELECT number FROM orders_order WHERE id = ANY(%(ids)s::uuid[]) ORDER BY number

-- name: ship_lines  (open lines of an order with what lies ready, for the form)
SELECT l.id, l.position, l.number, l.name, l.unit,
       l.quantity - l.delivered_quantity - l.cancelled_quantity AS open_quantity,
       least(l.quantity - l.delivered_quantity - l.cancelled_quantity, coalesce(r.quantity, 0)) AS ready_quantity
FROM orders_orderline l
LEFT JOIN LATERAL (
    SELECT sum(p.quantity) AS quantity FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
    WHERE p.demand_id = l.demand_id AND p.state = 'firm' AND b.kind = 'on_hand') r ON true
WHERE l.order_id = %(order)s::uuid AND l.demand_id IS NOT NULL
  AND l.quantity > l.delivered_quantity + l.cancelled_quantity
ORDER BY l.position

-- name: shipment_lines
SELECT l.number, l.name, l.unit, s.quantity, l.position, l.quantity AS ordered,
       l.quantity - l.delivered_quantity - l.cancelled_quantity AS still_open
FROM logistics_shipmentline s JOIN orders_orderline l ON l.id = s.order_line_id
WHERE s.shipment_id = %(id)s::uuid ORDER BY l.position

-- name: parcels
SELECT p.id, p.tracking_number, p.weight_g, f.document_id IS NOT NULL AS has_label
FROM logistics_parcel p LEFT JOIN documents_documentfile f ON f.document_id = p.label_id
WHERE p.shipment_id = %(id)s::uuid ORDER BY p.id

-- name: weigh  (what the parcels of shipments weigh, from the weights of their articles)
SELECT s.shipment_id, sum(s.quantity * o.weight_g)::int AS weight_g
FROM logistics_shipmentline s JOIN orders_orderline l ON l.id = s.order_line_id JOIN catalogue_offering o ON o.id = l.offering_id
WHERE s.shipment_id = ANY(%(ids)s::uuid[]) GROUP BY s.shipment_id HAVING bool_and(o.weight_g IS NOT NULL)

-- name: label_parcels  (the carrier's number and label; a parcel is labelled once)
UPDATE logistics_parcel p SET tracking_number = a.number, weight_g = a.weight, label_id = a.label
FROM unnest(%(ids)s::uuid[], %(numbers)s::text[], %(weights)s::int[], %(labels)s::uuid[]) AS a(id, number, weight, label)
WHERE p.id = a.id AND p.tracking_number IS NULL RETURNING p.id

-- name: today
SELECT
    (SELECT count(*) FROM (SELECT FROM logistics_shipment WHERE delivered_at IS NULL LIMIT 1001) x) AS travelling,
    (SELECT count(*) FROM (SELECT FROM logistics_shipment WHERE shipped_at >= %(since)s::timestamptz LIMIT 1001) x) AS shipped,
    (SELECT count(*) FROM (SELECT DISTINCT l.order_id FROM promises_promise p
        JOIN promises_bucket b ON b.id = p.bucket_id AND b.kind = 'on_hand'
        JOIN orders_orderline l ON l.demand_id = p.demand_id
        JOIN orders_order o ON o.id = l.order_id AND o.state = 'confirmed' AND o.released_at IS NOT NULL
        WHERE p.state = 'firm' LIMIT 1001) x) AS ready
