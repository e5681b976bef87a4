-- name: hold
SELECT demand_id, bucket_id, quantity, ready_at
FROM kontor_hold(%(demands)s::uuid[], %(offerings)s::uuid[], %(quantities)s::numeric[],
                 %(starts)s::timestamptz[], %(ends)s::timestamptz[])

-- name: promise
SELECT demand_id, bucket_id, quantity, ready_at
FROM kontor_promise(%(parties)s::uuid[], %(demands)s::uuid[], %(offerings)s::uuid[], %(quantities)s::numeric[],
                    %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(state)s)

-- name: let_go
SELECT kontor_let_go(%(demands)s::uuid[])

-- name: use
SELECT kontor_use(%(demands)s::uuid[], %(quantities)s::numeric[])

-- name: release
SELECT kontor_release(%(demands)s::uuid[], %(quantities)s::numeric[])

-- name: set_capacity
SELECT demand_id, bucket_id FROM kontor_set_capacity(%(buckets)s::uuid[], %(capacities)s::numeric[])

-- name: receive
SELECT demand_id, bucket_id FROM kontor_receive(%(bucket)s::uuid)

-- name: sweep
SELECT kontor_sweep_holds() AS freed

-- name: mark_overdue
SELECT bucket_id, offering_id, source, made_by, starts_at, promised FROM kontor_mark_overdue(%(before)s::timestamptz)

-- name: receive_parts
SELECT demand_id, bucket_id, quantity
FROM kontor_receive_parts(%(buckets)s::uuid[], %(quantities)s::numeric[], %(last)s::boolean[])

-- name: open_pools  (an article that never lay on a shelf can be promised from its first planned receipt)
INSERT INTO promises_pool (id, kind, offering_id, site)
SELECT DISTINCT ON (r.offering_id) r.id, 'stock', r.offering_id, 'main'
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[]) AS r(id, offering_id)
JOIN catalogue_offering o ON o.id = r.offering_id AND o.kind = 'goods'
WHERE NOT EXISTS (SELECT FROM promises_pool p WHERE p.offering_id = r.offering_id)
ORDER BY r.offering_id
ON CONFLICT DO NOTHING

-- name: open_stock  (and has a stock on hand, of nothing yet, that its promises can move to)
INSERT INTO promises_bucket (id, pool_id, kind, starts_at, capacity, overbooking, source)
SELECT gen_random_uuid(), p.id, 'on_hand', '2000-01-01', 0, 0, '' FROM promises_pool p
WHERE p.offering_id = ANY(%(offerings)s::uuid[]) AND p.kind = 'stock'
  AND NOT EXISTS (SELECT FROM promises_bucket b WHERE b.pool_id = p.id AND b.kind = 'on_hand')
ORDER BY p.offering_id
ON CONFLICT DO NOTHING

-- name: plan_receipts
INSERT INTO promises_bucket (id, pool_id, kind, starts_at, capacity, overbooking, source, made_by, begins_at)
SELECT r.id, p.id, 'receipt', r.starts_at, r.capacity, 0, r.source, r.made_by, r.begins_at
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[], %(starts)s::timestamptz[], %(capacities)s::numeric[],
            %(sources)s::text[], %(makers)s::text[], %(begins)s::timestamptz[])
     AS r(id, offering_id, starts_at, capacity, source, made_by, begins_at)
JOIN promises_pool p ON p.offering_id = r.offering_id AND p.kind = 'stock'

-- name: lock_buckets
SELECT kontor_lock_buckets(%(ids)s::uuid[])

-- name: move_receipts
UPDATE promises_bucket b
SET starts_at = a.starts_at, begins_at = coalesce(a.begins_at, b.begins_at), moved_reason = %(reason)s, overdue_at = NULL
FROM unnest(%(ids)s::uuid[], %(starts)s::timestamptz[], %(begins)s::timestamptz[]) AS a(id, starts_at, begins_at)
WHERE b.id = a.id AND b.kind = 'receipt' AND b.closed_at IS NULL AND b.starts_at <> a.starts_at
RETURNING b.id, b.source, b.starts_at

-- name: pegged
SELECT DISTINCT p.bucket_id, p.demand_id FROM promises_promise p
WHERE p.bucket_id = ANY(%(ids)s::uuid[]) AND p.state IN ('hold', 'firm')
