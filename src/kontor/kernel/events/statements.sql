-- name: insert_events
INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_id, actor_name, at)
SELECT i, t, s, sid, f::jsonb, %(actor_kind)s, %(actor_id)s::uuid, %(actor_name)s, %(at)s::timestamptz
FROM unnest(%(ids)s::uuid[], %(types)s::text[], %(subjects)s::text[], %(subject_ids)s::uuid[], %(facts)s::text[])
     AS e(i, t, s, sid, f)

-- name: insert_public_events  (no instant: the database sets it)
INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_id)
SELECT i, t, s, sid, f::jsonb, %(actor_kind)s, %(actor_id)s::uuid
FROM unnest(%(ids)s::uuid[], %(types)s::text[], %(subjects)s::text[], %(subject_ids)s::uuid[], %(facts)s::text[])
     AS e(i, t, s, sid, f)

-- name: claim_deliveries  (strikes off what was heard; a lease: a worker that dies leaves them to be heard again)
-- Its commit waits for no disk: what a crash undoes here is heard again, which handlers allow; what they did is safe.
WITH unhurried AS MATERIALIZED (
    SELECT set_config('synchronous_commit', 'off', true)
), struck AS (
    DELETE FROM events_delivery USING unhurried WHERE id = ANY(%(heard)s::bigint[])
), due AS (
    SELECT id FROM events_delivery
    WHERE NOT is_dead AND due_at <= clock_timestamp() AND id <> ALL(%(heard)s::bigint[])
    ORDER BY id LIMIT %(limit)s::int FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE events_delivery d
    SET due_at = clock_timestamp() + make_interval(secs => %(lease_seconds)s::int), attempts = d.attempts + 1
    FROM unhurried
    -- As an array: a queue is empty whenever statistics are taken, and a join of two "empty" sets costs their product.
    WHERE d.id = ANY (ARRAY(SELECT id FROM due))
    RETURNING d.id, d.handler, d.attempts, d.event_id
)
SELECT c.id, c.handler, c.attempts, e.type, e.subject, e.subject_id, e.fact, e.at
FROM claimed c JOIN events_event e ON e.id = c.event_id ORDER BY c.id

-- name: be_the_only_worker  (for this session; false where another one hears. The lock goes with the session)
SELECT pg_try_advisory_lock(7310006)

-- name: be_one_of_the_workers
SELECT pg_advisory_lock_shared(7310006)

-- name: let_others_work
SELECT pg_advisory_unlock(7310006)

-- name: end_leases  (of workers that died; what failed waits its turn, and what was thrice in a worker's hands as it died waits, too)
UPDATE events_delivery SET due_at = clock_timestamp()
WHERE NOT is_dead AND due_at > clock_timestamp() AND attempts BETWEEN 1 AND %(most)s::int AND error = ''

-- name: mark_failed
UPDATE events_delivery
SET error = %(error)s, is_dead = attempts >= %(most)s::int,
    due_at = clock_timestamp() + make_interval(secs => least(3600, power(2, attempts)))
WHERE id = %(id)s::bigint

-- name: revive
UPDATE events_delivery SET is_dead = false, attempts = 0, due_at = clock_timestamp()
WHERE id = ANY(%(ids)s::bigint[]) AND is_dead

-- name: next_due
SELECT extract(epoch FROM min(due_at) - clock_timestamp())::float AS seconds FROM events_delivery WHERE NOT is_dead
