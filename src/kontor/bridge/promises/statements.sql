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

-- name: plan_receipts
INSERT INTO promises_bucket (id, pool_id, kind, starts_at, capacity, overbooking, source)
SELECT r.id, p.id, 'receipt', r.starts_at, r.capacity, 0, r.source
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[], %(starts)s::timestamptz[], %(capacities)s::numeric[], %(sources)s::text[])
     AS r(id, offering_id, starts_at, capacity, source)
JOIN promises_pool p ON p.offering_id = r.offering_id

-- name: lock_buckets
SELECT kontor_lock_buckets(%(ids)s::uuid[])

-- name: move_receipts
UPDATE promises_bucket SET starts_at = %(starts_at)s::timestamptz
WHERE id = ANY(%(ids)s::uuid[]) AND kind = 'receipt' AND closed_at IS NULL AND starts_at <> %(starts_at)s::timestamptz
RETURNING id, source

-- name: pegged
SELECT DISTINCT p.bucket_id, p.demand_id FROM promises_promise p
WHERE p.bucket_id = ANY(%(ids)s::uuid[]) AND p.state IN ('hold', 'firm')
