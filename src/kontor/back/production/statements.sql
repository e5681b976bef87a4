-- name: orders_by_key
SELECT id, key, number FROM production_productionorder WHERE key = ANY(%(keys)s::uuid[])

-- name: draw_numbers
SELECT 'FA-' || nextval('production_number') AS number FROM generate_series(1, %(count)s::int)

-- name: insert_orders
INSERT INTO production_productionorder (id, key, number, offering_id, bucket_id, quantity, planned_start_at,
                                        planned_finish_at, note, planned_by, created_at)
SELECT o.id, o.key, o.number, o.offering_id, o.bucket_id, o.quantity, o.start_at, o.finish_at, o.note,
       %(actor)s, %(at)s::timestamptz
FROM unnest(%(ids)s::uuid[], %(keys)s::uuid[], %(numbers)s::text[], %(offerings)s::uuid[], %(buckets)s::uuid[],
            %(quantities)s::numeric[], %(starts)s::timestamptz[], %(finishes)s::timestamptz[], %(notes)s::text[])
     AS o(id, key, number, offering_id, bucket_id, quantity, start_at, finish_at, note)

-- name: insert_steps
INSERT INTO production_workstep (id, order_id, position, name, work_centre)
SELECT uuidv7(), s.order_id, s.position, s.name, s.work_centre
FROM unnest(%(orders)s::uuid[], %(positions)s::int[], %(names)s::text[], %(centres)s::text[])
     AS s(order_id, position, name, work_centre)

-- name: lock
SELECT o.id, o.number, o.state, o.quantity, o.bucket_id, o.offering_id, o.planned_start_at, o.planned_finish_at,
       g.number AS article
FROM production_productionorder o JOIN catalogue_offering g ON g.id = o.offering_id
WHERE o.id = ANY(%(ids)s::uuid[]) ORDER BY o.id FOR NO KEY UPDATE OF o

-- name: start  (the orders, their receipts, and a milestone on every confirmed line that waits for one of them)
WITH started AS (
    UPDATE production_productionorder SET state = 'started', started_at = %(at)s::timestamptz
    WHERE id = ANY(%(ids)s::uuid[]) AND state = 'planned' RETURNING id, number, bucket_id, planned_start_at
), begun AS (
    UPDATE promises_bucket b SET begun_at = %(at)s::timestamptz FROM started s WHERE b.id = s.bucket_id
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at, planned_at)
    SELECT l.id, l.order_id, l.party_id, 'production', sum(p.quantity), %(at)s::timestamptz, max(s.planned_start_at)
    FROM started s JOIN promises_promise p ON p.bucket_id = s.bucket_id AND p.state = 'firm'
    JOIN orders_orderline l ON l.demand_id = p.demand_id GROUP BY l.id, l.order_id, l.party_id
)
SELECT id, number FROM started ORDER BY id

-- name: finish  (the order and its open steps, and a milestone on every confirmed line that what was made covers)
WITH finished AS (
    UPDATE production_productionorder SET state = 'finished', finished_at = %(at)s::timestamptz, good_quantity = %(good)s
    WHERE id = %(id)s::uuid RETURNING id, planned_finish_at
), ended AS (
    UPDATE production_workstep SET started_at = coalesce(started_at, %(at)s::timestamptz), stopped_at = %(at)s::timestamptz
    WHERE order_id = %(id)s::uuid AND stopped_at IS NULL
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at, planned_at)
    SELECT l.id, l.order_id, l.party_id, 'quality', m.quantity, %(at)s::timestamptz, f.planned_finish_at
    FROM finished f CROSS JOIN unnest(%(demands)s::uuid[], %(quantities)s::numeric[]) AS m(demand_id, quantity)
    JOIN promises_demand d ON d.id = m.demand_id AND NOT d.is_at_risk
    JOIN orders_orderline l ON l.demand_id = m.demand_id
    JOIN orders_order o ON o.id = l.order_id AND o.state IN ('confirmed', 'done')
)
SELECT id FROM finished

-- name: cancel
UPDATE production_productionorder SET state = 'cancelled', cancelled_at = %(at)s::timestamptz, cancel_reason = %(reason)s
WHERE id = %(id)s::uuid

-- name: shift  (the new days, and who moved them why)
WITH shifted AS (
    UPDATE production_productionorder o SET planned_start_at = a.start_at, planned_finish_at = a.finish_at
    FROM unnest(%(ids)s::uuid[], %(starts)s::timestamptz[], %(finishes)s::timestamptz[]) AS a(id, start_at, finish_at)
    WHERE o.id = a.id RETURNING o.id, old.planned_finish_at AS was_at, new.planned_finish_at AS finish_at
)
INSERT INTO production_shift (order_id, was_at, finish_at, reason, note, actor_name, at)
SELECT id, was_at, finish_at, %(reason)s, %(note)s, %(actor)s, %(at)s::timestamptz FROM shifted

-- name: lock_step  (the order first, as everybody does)
WITH held AS (
    SELECT o.id, o.number, o.state, o.quantity FROM production_productionorder o
    WHERE o.id = (SELECT s.order_id FROM production_workstep s WHERE s.id = %(id)s::uuid) FOR NO KEY UPDATE
)
SELECT o.id AS order_id, o.number, o.state, o.quantity FROM held o

-- name: step
SELECT id, name, started_at, stopped_at FROM production_workstep WHERE id = %(id)s::uuid

-- name: start_step
UPDATE production_workstep SET started_at = %(at)s::timestamptz WHERE id = %(id)s::uuid AND started_at IS NULL

-- name: stop_step
UPDATE production_workstep
SET stopped_at = %(at)s::timestamptz, good_quantity = %(good)s, scrap_quantity = %(scrap)s, scrap_reason = %(reason)s
WHERE id = %(id)s::uuid

-- name: steps
SELECT id, position, name, work_centre, started_at, stopped_at, good_quantity, scrap_quantity, scrap_reason
FROM production_workstep WHERE order_id = %(id)s::uuid ORDER BY position

-- name: last_steps  (the steps an article was made by last; else those of the last order at all)
SELECT s.name, s.work_centre FROM production_workstep s
WHERE s.order_id = (SELECT o.id FROM production_productionorder o ORDER BY o.id DESC LIMIT 1) ORDER BY s.position

-- name: file
SELECT o.id, o.number, o.state, o.quantity, o.good_quantity, o.planned_start_at, o.planned_finish_at, o.started_at,
       o.finished_at, o.cancelled_at, o.cancel_reason, o.note, o.planned_by, o.created_at, o.bucket_id,
       g.number AS article, g.name_de, g.name_en, b.promised, b.short,
       (SELECT coalesce(sum(s.scrap_quantity), 0) FROM production_workstep s WHERE s.order_id = o.id) AS scrap
FROM production_productionorder o JOIN catalogue_offering g ON g.id = o.offering_id
JOIN promises_bucket b ON b.id = o.bucket_id WHERE o.number = %(number)s

-- name: shifts
SELECT was_at, finish_at, reason, note, actor_name, at FROM production_shift WHERE order_id = %(id)s::uuid ORDER BY id DESC

-- name: history
SELECT type, at, actor_name, fact FROM events_event WHERE subject_id = %(id)s::uuid ORDER BY id DESC LIMIT 100

-- name: today  (each counted to 1,001 at most)
SELECT
    (SELECT count(*) FROM (SELECT FROM production_productionorder WHERE state IN ('planned', 'started')
                           AND planned_finish_at < %(now)s::timestamptz LIMIT 1001) x) AS late,
    (SELECT count(*) FROM (SELECT FROM production_productionorder WHERE state IN ('planned', 'started')
                           AND planned_finish_at >= %(now)s::timestamptz
                           AND planned_finish_at < %(tomorrow)s::timestamptz LIMIT 1001) x) AS due,
    (SELECT count(*) FROM (SELECT FROM production_productionorder WHERE state = 'planned'
                           AND planned_start_at < %(tomorrow)s::timestamptz LIMIT 1001) x) AS startable,
    (SELECT count(*) FROM (SELECT FROM production_productionorder WHERE state = 'started' LIMIT 1001) x) AS started
