-- name: issue  (takes goods from where they lie, in the order of the locations; returns what it took.
-- Using up the promises, just before, has locked the articles' stock, so what is read here stays.)
WITH asked AS (
    SELECT a.line, a.offering, a.quantity, sum(a.quantity) OVER w - a.quantity AS low, sum(a.quantity) OVER w AS high
    FROM unnest(%(lines)s::uuid[], %(offerings)s::uuid[], %(quantities)s::numeric[]) WITH ORDINALITY AS a(line, offering, quantity, place)
    WINDOW w AS (PARTITION BY a.offering ORDER BY a.place)
), lying AS (
    SELECT h.offering_id, h.location_id, h.quantity, l.position, l.code FROM warehouse_onhand h
    JOIN warehouse_location l ON l.id = h.location_id
    WHERE h.offering_id = ANY(%(offerings)s::uuid[]) AND h.quantity > 0
), shelf AS (
    SELECT offering_id, location_id, sum(quantity) OVER w - quantity AS low, sum(quantity) OVER w AS high
    FROM lying WINDOW w AS (PARTITION BY offering_id ORDER BY position, code)
)
INSERT INTO warehouse_move (id, offering_id, location_id, kind, quantity, order_line_id, reference, reason, actor_name, at)
SELECT uuidv7(), a.offering, s.location_id, 'issue', -(least(a.high, s.high) - greatest(a.low, s.low)),
       a.line, %(reference)s, '', %(actor)s, %(at)s::timestamptz
FROM asked a JOIN shelf s ON s.offering_id = a.offering AND a.low < s.high AND s.low < a.high
RETURNING order_line_id, location_id, -quantity AS quantity

-- name: lock_stock  (nobody moves or promises these articles until the transaction ends)
SELECT warehouse_lock(%(offerings)s::uuid[])

-- name: on_hand
SELECT h.offering_id, h.location_id, h.quantity FROM warehouse_onhand h
WHERE (h.offering_id, h.location_id) IN (SELECT * FROM unnest(%(offerings)s::uuid[], %(locations)s::uuid[]))

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

-- name: came_back  (what of which order line came back with each return)
SELECT m.reference, m.order_line_id, sum(m.quantity) AS quantity
FROM unnest(%(orders)s::uuid[], %(returns)s::text[]) AS r(order_id, return_id)
JOIN orders_orderline l ON l.order_id = r.order_id
JOIN warehouse_move m ON m.order_line_id = l.id AND m.kind = 'return' AND m.reference = r.return_id
GROUP BY m.reference, m.order_line_id

-- name: lock_returnable
SELECT l.id, l.offering_id, l.name, l.delivered_quantity - l.returned_quantity AS returnable, o.number AS order_number,
       o.party_id, o.email, o.billing_name, o.language
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE l.order_id = %(order)s::uuid AND l.kind = 'item' ORDER BY l.id FOR NO KEY UPDATE OF l

-- name: lines_of_order
SELECT l.id, l.position, l.number, l.name, l.unit, l.delivered_quantity, l.returned_quantity,
       l.delivered_quantity - l.returned_quantity AS returnable
FROM orders_orderline l WHERE l.order_id = %(order)s::uuid AND l.kind = 'item' ORDER BY l.position

-- name: article
SELECT o.id, o.number, o.name_de, o.name_en, o.unit, b.id AS bucket_id,
       coalesce(b.capacity, 0) AS on_hand, coalesce(b.promised, 0) AS promised, coalesce(b.short, 0) AS short
FROM catalogue_offering o
LEFT JOIN promises_pool p ON p.offering_id = o.id
LEFT JOIN promises_bucket b ON b.pool_id = p.id AND b.kind = 'on_hand'
WHERE o.number = %(number)s AND o.kind = 'goods'

-- name: lying
SELECT l.id AS location_id, l.code, l.name_de, l.name_en, h.quantity FROM warehouse_onhand h
JOIN warehouse_location l ON l.id = h.location_id
WHERE h.offering_id = %(id)s::uuid ORDER BY l.position, l.code

-- name: receipts_planned
SELECT b.id, b.starts_at, b.capacity, b.promised, b.short, b.source, b.made_by FROM promises_bucket b
JOIN promises_pool p ON p.id = b.pool_id
WHERE p.offering_id = %(id)s::uuid AND b.kind = 'receipt' AND b.closed_at IS NULL ORDER BY b.starts_at, b.id

-- name: promised_to  (live promises of an article, youngest first: that is the order in which they are at risk)
SELECT o.number, o.billing_name, p.quantity, p.state, p.made_at, b.kind, b.starts_at, d.is_at_risk, o.promised_on
FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id JOIN promises_pool pool ON pool.id = b.pool_id
JOIN promises_demand d ON d.id = p.demand_id
LEFT JOIN orders_orderline l ON l.demand_id = d.id LEFT JOIN orders_order o ON o.id = l.order_id
WHERE pool.offering_id = %(id)s::uuid AND p.state IN ('hold', 'firm') AND b.closed_at IS NULL
ORDER BY p.made_at DESC, p.id DESC LIMIT 100

-- name: last_moves
SELECT m.at, m.kind, m.quantity, l.code, m.reference, m.reason, m.actor_name, o.number AS order_number
FROM warehouse_move m JOIN warehouse_location l ON l.id = m.location_id
LEFT JOIN orders_orderline ol ON ol.id = m.order_line_id LEFT JOIN orders_order o ON o.id = ol.order_id
WHERE m.offering_id = %(id)s::uuid ORDER BY m.id DESC LIMIT 50

-- name: pick_list  (what is open, released and on the shelf, location by location, in the order of the locations)
WITH open AS (
    SELECT l.id, l.offering_id, l.number, l.unit, o.number AS order_number, o.promised_on, o.id AS order_id,
           -- What is picked keeps its place on the shelf until it leaves: the books still see it there.
           greatest((SELECT sum(m.quantity) FROM progress_milestone m
                     WHERE m.order_id = o.id AND m.order_line_id = l.id AND m.step = 'picked') - l.delivered_quantity, 0) AS picked,
           least(l.quantity - l.delivered_quantity - l.cancelled_quantity, r.quantity) AS quantity,
           row_number() OVER (ORDER BY o.promised_on, o.placed_at, o.id, l.position) AS place
    FROM (SELECT * FROM orders_order WHERE state = 'confirmed' AND released_at IS NOT NULL
          AND (%(orders)s::uuid[] IS NULL OR id = ANY(%(orders)s::uuid[]))) o
    JOIN orders_orderline l ON l.order_id = o.id AND l.demand_id IS NOT NULL
         AND l.quantity > l.delivered_quantity + l.cancelled_quantity
    CROSS JOIN LATERAL (SELECT sum(p.quantity) AS quantity FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
                        WHERE p.demand_id = l.demand_id AND p.state = 'firm' AND b.kind = 'on_hand') r
    WHERE r.quantity > 0
    ORDER BY o.promised_on, o.placed_at, o.id, l.position LIMIT %(most)s::int
), asked AS (
    SELECT *, sum(quantity) OVER w - quantity AS low, sum(quantity) OVER w AS high
    FROM open WINDOW w AS (PARTITION BY offering_id ORDER BY place)
), shelf AS (
    SELECT h.offering_id, l.code, l.position, sum(h.quantity) OVER w - h.quantity AS low, sum(h.quantity) OVER w AS high
    FROM warehouse_onhand h JOIN warehouse_location l ON l.id = h.location_id
    WHERE h.quantity > 0 AND h.offering_id IN (SELECT offering_id FROM open)
    WINDOW w AS (PARTITION BY h.offering_id ORDER BY l.position, l.code)
)
SELECT a.id AS line_id, s.code, a.number, CASE WHEN %(german)s THEN c.name_de ELSE c.name_en END AS name, a.unit,
       a.order_number, a.promised_on, a.picked, a.picked >= a.quantity AS is_picked,
       least(a.high, s.high) - greatest(a.low, s.low) AS quantity
FROM asked a JOIN shelf s ON s.offering_id = a.offering_id AND a.low < s.high AND s.low < a.high
JOIN catalogue_offering c ON c.id = a.offering_id
ORDER BY s.position, s.code, a.number, a.order_number

-- name: lock_picked  (the orders of these lines: what is picked is neither shipped nor called off meanwhile)
SELECT id FROM orders_order WHERE id IN (SELECT order_id FROM orders_orderline WHERE id = ANY(%(lines)s::uuid[]))
ORDER BY id FOR NO KEY UPDATE

-- name: note_picked  (what of these lines lies ready and has not been taken yet; returns the lines)
INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
SELECT l.id, l.order_id, l.party_id, 'picked', t.quantity - t.picked, %(at)s::timestamptz
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id AND o.state = 'confirmed' AND o.released_at IS NOT NULL
CROSS JOIN LATERAL (
    SELECT l.delivered_quantity + least(l.quantity - l.delivered_quantity - l.cancelled_quantity, (
               SELECT sum(p.quantity) FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
               WHERE p.demand_id = l.demand_id AND p.state = 'firm' AND b.kind = 'on_hand')) AS quantity,
           coalesce((SELECT sum(m.quantity) FROM progress_milestone m
                     WHERE m.order_id = l.order_id AND m.order_line_id = l.id AND m.step = 'picked'), 0) AS picked) t
WHERE l.id = ANY(%(lines)s::uuid[]) AND l.demand_id IS NOT NULL
  AND t.quantity > greatest(t.picked, l.delivered_quantity)
RETURNING order_line_id

-- name: note_put_back  (what of these lines was taken and has not left; returns the lines)
INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
SELECT l.id, l.order_id, l.party_id, 'picked', l.delivered_quantity - t.picked, %(at)s::timestamptz
FROM orders_orderline l
CROSS JOIN LATERAL (SELECT sum(m.quantity) AS picked FROM progress_milestone m
                    WHERE m.order_id = l.order_id AND m.order_line_id = l.id AND m.step = 'picked') t
WHERE l.id = ANY(%(lines)s::uuid[]) AND t.picked > l.delivered_quantity
RETURNING order_line_id

-- name: today
SELECT
    (SELECT count(*) FROM (SELECT FROM promises_bucket WHERE short > 0 LIMIT 1001) x) AS short,
    (SELECT count(*) FROM (SELECT FROM promises_bucket WHERE kind = 'receipt' AND closed_at IS NULL
                           AND starts_at < %(until)s::timestamptz LIMIT 1001) x) AS due

-- name: moves_by_id
SELECT id FROM warehouse_move WHERE id = ANY(%(ids)s::uuid[])

-- name: effect  (what hangs on planned receipts: promises, orders, and the orders whose customers were told another day since)
WITH hanging AS (
    SELECT p.quantity, l.order_id FROM promises_promise p LEFT JOIN orders_orderline l ON l.demand_id = p.demand_id
    WHERE p.bucket_id = ANY(%(buckets)s::uuid[]) AND p.state IN ('hold', 'firm')
)
SELECT count(*) AS promises, coalesce(sum(quantity), 0) AS quantity, count(DISTINCT order_id) AS orders,
       (SELECT count(DISTINCT e.subject_id) FROM events_event e
        WHERE e.subject_id IN (SELECT order_id FROM hanging) AND e.type = 'orders.PromiseDateMoved'
          AND e.at >= %(since)s::timestamptz) AS told
FROM hanging

-- name: orders_hanging  (the orders behind a planned receipt, earliest promised day first)
SELECT o.number, o.billing_name, o.promised_on, o.state, sum(p.quantity) AS quantity
FROM promises_promise p JOIN orders_orderline l ON l.demand_id = p.demand_id JOIN orders_order o ON o.id = l.order_id
WHERE p.bucket_id = %(bucket)s::uuid AND p.state IN ('hold', 'firm')
GROUP BY o.id ORDER BY o.promised_on, o.number LIMIT 50

-- name: goods  (articles that can be made or bought)
SELECT o.id, o.number, o.name_de, o.name_en FROM catalogue_offering o
WHERE o.kind = 'goods' AND o.number = ANY(%(numbers)s::text[])

-- name: some_goods
SELECT o.number, o.name_de, o.name_en FROM catalogue_offering o WHERE o.kind = 'goods' ORDER BY o.number LIMIT 500

-- name: arrived  (what confirmed lines waited for has come in, as far as it covers them)
INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at, planned_at)
SELECT l.id, l.order_id, l.party_id, 'material', sum(m.quantity), %(at)s::timestamptz, max(b.starts_at)
FROM unnest(%(demands)s::uuid[], %(buckets)s::uuid[], %(quantities)s::numeric[]) AS m(demand_id, bucket_id, quantity)
JOIN promises_demand d ON d.id = m.demand_id AND NOT d.is_at_risk
JOIN promises_bucket b ON b.id = m.bucket_id
JOIN orders_orderline l ON l.demand_id = m.demand_id
JOIN orders_order o ON o.id = l.order_id AND o.state IN ('confirmed', 'done')
GROUP BY l.id, l.order_id, l.party_id
