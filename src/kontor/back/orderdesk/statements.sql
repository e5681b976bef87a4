-- name: tab_counts  (each counted to 1,001 at most, on the indexes of orders)
SELECT
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE state = 'held' LIMIT 1001) x) AS held,
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE state = 'confirmed' AND released_at IS NULL
                           AND payment_method = 'invoice' LIMIT 1001) x) AS release,
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE state = 'confirmed' AND released_at IS NULL
                           AND payment_method <> 'invoice' LIMIT 1001) x) AS payment

-- name: goods_of_an_order  (part of the worklist: 0 a line is at risk, 1 one can leave, 2 all still come; nothing is open: null)
SELECT min(CASE WHEN d.is_at_risk THEN 0
                WHEN EXISTS (SELECT FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
                             WHERE p.demand_id = l.demand_id AND p.state = 'firm' AND b.kind <> 'receipt') THEN 1
                ELSE 2 END)
FROM orders_orderline l JOIN promises_demand d ON d.id = l.demand_id
WHERE l.order_id = orders_order.id AND l.quantity > l.delivered_quantity + l.cancelled_quantity

-- name: lines  (what of each line is open, what lies ready for it, and when the rest comes)
SELECT l.id, l.position, l.kind, l.number, l.name, l.unit, l.quantity, l.unit_price, l.tax_rate, l.gross_amount,
       l.delivered_quantity, l.cancelled_quantity, l.returned_quantity, l.offering_id,
       l.quantity - l.delivered_quantity - l.cancelled_quantity AS open_quantity,
       coalesce(p.ready, 0) AS ready_quantity, coalesce(p.coming, 0) AS coming_quantity, p.coming_at, p.source,
       coalesce(d.is_at_risk, false) AS is_at_risk
FROM orders_orderline l
LEFT JOIN promises_demand d ON d.id = l.demand_id
LEFT JOIN LATERAL (
    SELECT sum(p.quantity) FILTER (WHERE b.kind = 'on_hand') AS ready,
           sum(p.quantity) FILTER (WHERE b.kind <> 'on_hand') AS coming,
           max(b.starts_at) FILTER (WHERE b.kind <> 'on_hand') AS coming_at,
           max(b.source) FILTER (WHERE b.kind <> 'on_hand') AS source
    FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
    WHERE p.demand_id = l.demand_id AND p.state IN ('hold', 'firm')) p ON true
WHERE l.order_id = %(id)s::uuid ORDER BY l.position

-- name: shipments
SELECT s.id, s.number, s.shipped_at, s.delivered_at, s.carrier,
       (SELECT string_agg(p.tracking_number, ', ') FROM logistics_parcel p WHERE p.shipment_id = s.id) AS tracking
FROM logistics_shipment s WHERE s.order_id = %(id)s::uuid ORDER BY s.id

-- name: papers  (what was billed of it, and what came in for it)
SELECT 'invoice' AS source, i.id, i.number, i.kind, i.issued_on AS on_day, i.due_on, i.gross_amount AS amount, i.currency
FROM invoicing_invoice i WHERE i.order_id = %(id)s::uuid
UNION ALL
SELECT 'payment', p.id, p.reference, p.method, p.received_on, NULL, p.amount, p.currency
FROM payments_payment p WHERE p.order_id = %(id)s::uuid
ORDER BY on_day, id

-- name: history
SELECT e.type, e.at, e.actor_kind, e.actor_name, e.fact FROM events_event e
WHERE e.subject_id = %(id)s::uuid ORDER BY e.id DESC LIMIT 100

-- name: held_reasons
SELECT e.fact -> 'reasons' AS reasons FROM events_event e
WHERE e.subject_id = %(id)s::uuid AND e.type = 'orders.OrderHeld' ORDER BY e.id DESC LIMIT 1

-- name: today
SELECT
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE state = 'held' LIMIT 1001) x) AS held,
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE state = 'confirmed' AND released_at IS NULL
                           AND payment_method = 'invoice' LIMIT 1001) x) AS release,
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE state = 'confirmed' AND released_at IS NULL
                           AND payment_method <> 'invoice' LIMIT 1001) x) AS payment,
    (SELECT count(*) FROM (SELECT FROM orders_order WHERE placed_at >= %(since)s::timestamptz LIMIT 1001) x) AS placed,
    (SELECT json_agg(x.amount ORDER BY x.day) FROM (
        SELECT d.day, coalesce(sum(o.gross_amount), 0) AS amount
        FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS d(day)
        LEFT JOIN orders_order o ON o.placed_at >= d.day AT TIME ZONE %(zone)s
             AND o.placed_at < (d.day + interval '1 day') AT TIME ZONE %(zone)s AND o.state <> 'cancelled'
        GROUP BY d.day) x) AS days,
    coalesce((SELECT currency FROM parties_house ORDER BY id DESC LIMIT 1), 'EUR') AS currency
