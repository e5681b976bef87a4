-- name: dead_letters
SELECT d.id, d.handler, d.attempts, d.error, d.is_dead, d.due_at, e.type, e.subject, e.at
FROM events_delivery d JOIN events_event e ON e.id = d.event_id
WHERE d.is_dead OR d.error <> '' ORDER BY d.is_dead DESC, d.id DESC LIMIT 200

-- name: waiting
SELECT count(*) FILTER (WHERE NOT is_dead) AS waiting, count(*) FILTER (WHERE is_dead) AS dead
FROM (SELECT is_dead FROM events_delivery LIMIT 10001) x

-- name: revive
UPDATE events_delivery SET is_dead = false, attempts = 0, error = '', due_at = clock_timestamp()
WHERE id = ANY(%(ids)s::bigint[]) AND (is_dead OR error <> '') RETURNING id

-- name: wake
SELECT pg_notify('kontor_events', '')

-- name: tasks  (open ones of departments: own first, then free ones, then those of others)
SELECT t.id, t.kind, t.department, t.subject, t.subject_id, t.detail, t.opened_at, t.claimed_by_id, t.claimed_at,
       a.name AS claimed_by
FROM tasks_task t LEFT JOIN actor_staffaccount a ON a.id = t.claimed_by_id
WHERE t.done_at IS NULL AND t.department = ANY(%(departments)s::text[])
ORDER BY t.claimed_by_id IS NOT DISTINCT FROM %(account)s::uuid DESC, t.claimed_by_id IS NOT NULL, t.id
LIMIT 200

-- name: count_tasks
SELECT count(*) FILTER (WHERE claimed_by_id IS NULL) AS free,
       count(*) FILTER (WHERE claimed_by_id = %(account)s::uuid) AS mine
FROM (SELECT claimed_by_id FROM tasks_task WHERE done_at IS NULL AND department = ANY(%(departments)s::text[]) LIMIT 1001) x

-- name: failed_jobs  (jobs that the worker gave up; those that worked are deleted)
SELECT j.id, coalesce(j.args ->> 'path', j.task_name) AS path, j.attempts, j.args -> 'args' AS arguments,
       (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS at
FROM procrastinate_jobs j WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT 100

-- name: retry_jobs
SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM procrastinate_jobs
WHERE id = ANY(%(ids)s::bigint[]) AND status = 'failed'
