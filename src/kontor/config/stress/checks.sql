-- name: violations  (everything that must hold of the promise ledger at any instant; one statement, so one snapshot)
WITH live AS (
    SELECT bucket_id, sum(quantity) AS quantity FROM promises_promise WHERE state IN ('hold', 'firm') GROUP BY bucket_id
), demanded AS (
    SELECT d.id, pool.kind, d.quantity, d.is_at_risk,
           promises_nights(pool.kind, d.wanted_from, d.wanted_until) AS buckets,
           coalesce(sum(p.quantity) FILTER (WHERE p.state IN ('hold', 'firm')), 0) AS live,
           coalesce(sum(p.quantity) FILTER (WHERE p.state = 'used'), 0) AS used,
           count(*) FILTER (WHERE p.state IN ('hold', 'firm')) AS pieces,
           count(DISTINCT p.bucket_id) FILTER (WHERE p.state IN ('hold', 'firm')) AS live_buckets,
           bool_and(p.state = 'hold' AND p.expires_at > clock_timestamp()) FILTER (WHERE p.state IN ('hold', 'firm')) AS is_held,
           bool_or(p.state IN ('hold', 'firm') AND pool.kind <> 'stock'
                   AND (b.starts_at < d.wanted_from OR b.starts_at >= d.wanted_until)) AS is_elsewhere,
           bool_or(b.pool_id <> d.pool_id) AS is_foreign
    FROM promises_demand d JOIN promises_pool pool ON pool.id = d.pool_id
    LEFT JOIN promises_promise p ON p.demand_id = d.id LEFT JOIN promises_bucket b ON b.id = p.bucket_id
    GROUP BY d.id, pool.kind
), ranked AS (
    SELECT p.demand_id, b.short, sum(p.quantity) OVER w - p.quantity AS before
    FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
    WHERE b.short > 0 AND p.state IN ('hold', 'firm')
    WINDOW w AS (PARTITION BY p.bucket_id ORDER BY p.made_at DESC, p.id DESC)
)
SELECT 'what is promised of a bucket is the sum of its live promises' AS rule, b.id::text AS subject,
       format('%%s counted, %%s live', b.promised, coalesce(l.quantity, 0)) AS detail
FROM promises_bucket b LEFT JOIN live l ON l.bucket_id = b.id WHERE b.promised <> coalesce(l.quantity, 0)
UNION ALL
SELECT 'no more is promised than there is, the overbooking and the declared shortage', id::text,
       format('%%s of %%s + %%s + %%s', promised, capacity, overbooking, short)
FROM promises_bucket WHERE promised > capacity + overbooking + short
UNION ALL
SELECT 'nothing is negative', id::text, format('%%s %%s %%s %%s', promised, capacity, overbooking, short)
FROM promises_bucket WHERE least(promised, capacity, overbooking, short) < 0
UNION ALL
SELECT 'a shortage is exactly what is promised beyond what is there', id::text,
       format('%%s short, %%s promised of %%s + %%s', short, promised, capacity, overbooking)
FROM promises_bucket WHERE short <> greatest(0, promised - capacity - overbooking)
UNION ALL
SELECT 'a receipt that has arrived carries nothing', id::text, format('%%s promised, %%s there', promised, capacity)
FROM promises_bucket WHERE closed_at IS NOT NULL AND (promised <> 0 OR capacity <> 0)
UNION ALL
SELECT 'a held demand has its whole quantity', id::text, format('%%s live, %%s used of %%s x %%s', live, used, quantity, buckets)
FROM demanded WHERE is_held AND live + used <> quantity * buckets
UNION ALL
SELECT 'a demand never has more than its quantity', id::text, format('%%s live, %%s used of %%s x %%s', live, used, quantity, buckets)
FROM demanded WHERE live + used > quantity * buckets
UNION ALL
SELECT 'a stay or slot has each bucket once', id::text, format('%%s pieces of %%s', pieces, live_buckets)
FROM demanded WHERE kind <> 'stock' AND pieces > live_buckets
UNION ALL
SELECT 'a demand is promised of what it wants', id::text, kind
FROM demanded WHERE is_elsewhere OR is_foreign
UNION ALL
SELECT 'at risk are the youngest promises that cover the shortage', d.id::text, CASE WHEN d.is_at_risk THEN 'marked' ELSE 'not marked' END
FROM promises_demand d
WHERE d.is_at_risk <> EXISTS (SELECT FROM ranked r WHERE r.demand_id = d.id AND r.before < r.short)
UNION ALL
SELECT 'moves, stock on hand and capacity agree', o.number, format('%%s moved, %%s on hand, %%s capacity', m.quantity, h.quantity, b.capacity)
FROM catalogue_offering o JOIN promises_pool p ON p.offering_id = o.id AND p.kind = 'stock'
LEFT JOIN (SELECT offering_id, sum(quantity) AS quantity FROM warehouse_move GROUP BY 1) m ON m.offering_id = o.id
LEFT JOIN (SELECT offering_id, sum(quantity) AS quantity FROM warehouse_onhand GROUP BY 1) h ON h.offering_id = o.id
LEFT JOIN promises_bucket b ON b.pool_id = p.id AND b.kind = 'on_hand'
WHERE coalesce(m.quantity, 0) <> coalesce(h.quantity, 0) OR coalesce(m.quantity, 0) <> coalesce(b.capacity, 0)

-- name: live_units  (what each of these demands really has)
SELECT demand_id, sum(quantity) AS quantity FROM promises_promise
WHERE demand_id = ANY(%(demands)s::uuid[]) AND state IN ('hold', 'firm') GROUP BY demand_id

-- name: expire  (the hand of time: one demand's hold ends now, all of it, as its fifteen minutes would)
WITH chosen AS MATERIALIZED (
    SELECT p.demand_id, d.pool_id FROM promises_promise p JOIN promises_demand d ON d.id = p.demand_id
    WHERE p.state = 'hold' AND p.expires_at < 'infinity' AND p.expires_at > clock_timestamp()
    ORDER BY md5(p.id::text || %(chance)s::text) LIMIT 1
), locked AS MATERIALIZED (
    SELECT promises_lock(ARRAY(SELECT pool_id FROM chosen))
)
UPDATE promises_promise p SET expires_at = clock_timestamp() FROM chosen c, locked
WHERE p.demand_id = c.demand_id AND p.state = 'hold' AND p.expires_at < 'infinity'

-- name: firm
SELECT kontor_firm(%(demands)s::uuid[])

-- name: on_hand_part  (how much of a demand comes from the shelf)
SELECT coalesce(sum(p.quantity), 0) AS quantity FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
WHERE p.demand_id = %(demand)s::uuid AND p.state = 'firm' AND b.kind = 'on_hand'

-- name: open_receipts
SELECT b.id, b.capacity, b.promised, p.offering_id FROM promises_bucket b JOIN promises_pool p ON p.id = b.pool_id
WHERE b.kind = 'receipt' AND b.closed_at IS NULL ORDER BY b.id

-- name: shelf
SELECT h.offering_id, h.quantity FROM warehouse_onhand h
WHERE h.offering_id = %(offering)s::uuid AND h.location_id = %(location)s::uuid

-- name: counted  (how big the ledger became)
SELECT (SELECT count(*) FROM promises_demand) AS demands, (SELECT count(*) FROM promises_promise) AS promises,
       (SELECT count(*) FROM promises_bucket) AS buckets, (SELECT count(*) FROM promises_bucket WHERE short > 0) AS short,
       (SELECT count(*) FROM tasks_task WHERE kind = 'promises.short') AS conflict_tasks
