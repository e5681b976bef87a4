-- name: issue  (takes goods from where they lie, in the order of the locations; returns what it took)
WITH asked AS (
    SELECT a.line, a.offering, a.quantity, sum(a.quantity) OVER w - a.quantity AS low, sum(a.quantity) OVER w AS high
    FROM unnest(%(lines)s::uuid[], %(offerings)s::uuid[], %(quantities)s::numeric[]) WITH ORDINALITY AS a(line, offering, quantity, place)
    WINDOW w AS (PARTITION BY a.offering ORDER BY a.place)
), lying AS (
    SELECT h.offering_id, h.location_id, h.quantity, l.position, l.code FROM warehouse_onhand h
    JOIN warehouse_location l ON l.id = h.location_id
    WHERE h.offering_id = ANY(%(offerings)s::uuid[]) AND h.quantity > 0
    ORDER BY h.id FOR UPDATE OF h
), shelf AS (
    SELECT offering_id, location_id, sum(quantity) OVER w - quantity AS low, sum(quantity) OVER w AS high
    FROM lying WINDOW w AS (PARTITION BY offering_id ORDER BY position, code)
)
INSERT INTO warehouse_move (id, offering_id, location_id, kind, quantity, order_line_id, reference, reason, actor_name, at)
SELECT uuidv7(), a.offering, s.location_id, 'issue', -(least(a.high, s.high) - greatest(a.low, s.low)),
       a.line, %(reference)s, '', %(actor)s, %(at)s::timestamptz
FROM asked a JOIN shelf s ON s.offering_id = a.offering AND a.low < s.high AND s.low < a.high
RETURNING order_line_id, location_id, -quantity AS quantity

-- name: insert_moves
INSERT INTO warehouse_move (id, offering_id, location_id, kind, quantity, order_line_id, reference, reason, actor_name, at)
SELECT m.id, m.offering, m.location, %(kind)s, m.quantity, m.line, m.reference, m.reason, %(actor)s, m.at
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[], %(locations)s::uuid[], %(quantities)s::numeric[], %(lines)s::uuid[],
            %(references)s::text[], %(reasons)s::text[], %(at)s::timestamptz[])
     AS m(id, offering, location, quantity, line, reference, reason, at)
ORDER BY m.offering, m.location
ON CONFLICT (id) DO NOTHING

-- name: lock_on_hand
SELECT h.offering_id, h.location_id, h.quantity FROM warehouse_onhand h
WHERE (h.offering_id, h.location_id) IN (SELECT * FROM unnest(%(offerings)s::uuid[], %(locations)s::uuid[]))
ORDER BY h.id FOR UPDATE

-- name: check_books  (what the trigger keeps must be what the moves say; returns the articles where it is not)
SELECT o.number, m.quantity AS moves, h.quantity AS on_hand, b.capacity
FROM catalogue_offering o
LEFT JOIN (SELECT offering_id, sum(quantity) AS quantity FROM warehouse_move GROUP BY 1) m ON m.offering_id = o.id
LEFT JOIN (SELECT offering_id, sum(quantity) AS quantity FROM warehouse_onhand GROUP BY 1) h ON h.offering_id = o.id
LEFT JOIN promises_pool p ON p.offering_id = o.id
LEFT JOIN promises_bucket b ON b.pool_id = p.id AND b.kind = 'on_hand'
WHERE coalesce(m.quantity, 0) <> coalesce(h.quantity, 0) OR coalesce(m.quantity, 0) <> coalesce(b.capacity, 0)
ORDER BY o.number

-- name: post_moves  (moves with ids of their own; returns only those that were not there before)
INSERT INTO warehouse_move (id, offering_id, location_id, kind, quantity, order_line_id, reference, reason, actor_name, at)
SELECT m.id, m.offering, m.location, %(kind)s, m.quantity, m.line, m.reference, m.reason, %(actor)s, m.at
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[], %(locations)s::uuid[], %(quantities)s::numeric[], %(lines)s::uuid[],
            %(references)s::text[], %(reasons)s::text[], %(at)s::timestamptz[])
     AS m(id, offering, location, quantity, line, reference, reason, at)
ORDER BY m.offering, m.location
ON CONFLICT (id) DO NOTHING RETURNING id, offering_id, quantity, order_line_id, reason

-- name: lines_came_back  (what of the order lines came back, and its milestone)
WITH back AS (
    UPDATE orders_orderline l SET returned_quantity = l.returned_quantity + m.quantity
    FROM (SELECT line, sum(quantity) AS quantity FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS m(line, quantity)
          GROUP BY line) m
    WHERE l.id = m.line RETURNING l.id, l.order_id, l.party_id, m.quantity
)
INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
SELECT id, order_id, party_id, 'returned', quantity, %(at)s::timestamptz FROM back
