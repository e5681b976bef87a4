-- name: open_tasks  (the same cause opens one task)
INSERT INTO tasks_task (id, key, kind, department, subject, subject_id, detail, claimed_by_id, claimed_at)
SELECT uuidv7(), key, kind, department, subject, subject_id, detail, claimed_by_id, claimed_at
FROM json_populate_recordset(NULL::tasks_task, %(tasks)s::json)
ON CONFLICT (key) DO NOTHING

-- name: queue_mail  (the same cause is told once)
INSERT INTO tasks_mail (id, key, recipient, subject, text, attachment_name, attachment_type, attachment,
    reply_to, in_reply_to, "references", is_personal)
VALUES (coalesce(%(id)s::uuid, uuidv7()), %(key)s, %(recipient)s, %(subject)s, %(text)s, %(attachment_name)s,
    %(attachment_type)s, %(attachment)s, %(reply_to)s, %(in_reply_to)s, %(references)s, %(is_personal)s::boolean)
ON CONFLICT (key) DO NOTHING RETURNING id

-- name: queue_files
INSERT INTO tasks_mailfile (mail_id, name, media_type, content)
SELECT %(mail_id)s::uuid, f.name, f.media_type, f.content
FROM unnest(%(names)s::text[], %(types)s::text[], %(contents)s::bytea[]) AS f(name, media_type, content)

-- name: files_to_send
SELECT name, media_type, content FROM tasks_mailfile WHERE mail_id = %(id)s::uuid ORDER BY id

-- name: waiting_mails  (those never tried: their job was lost; those tried in vain: when they fall due)
SELECT id FROM tasks_mail
WHERE sent_at IS NULL AND given_up_at IS NULL
  AND coalesce(next_try_at, queued_at + make_interval(secs => %(older)s::int)) < clock_timestamp()
ORDER BY id LIMIT 100

-- name: mail_to_send
SELECT id, recipient, subject, text, attachment_name, attachment_type, attachment, reply_to, in_reply_to, "references",
    is_personal, refusals, EXISTS (SELECT FROM tasks_mailfile f WHERE f.mail_id = m.id) AS has_files
FROM tasks_mail m
WHERE id = %(id)s::uuid AND sent_at IS NULL AND given_up_at IS NULL FOR UPDATE SKIP LOCKED

-- name: mail_failed  (tried again after 1, 4, 16, 64, 256 minutes, then every six hours)
UPDATE tasks_mail SET last_error = %(error)s, attempts = least(attempts + 1, 32000),
    refusals = refusals + (%(is_refused)s::boolean)::int,
    next_try_at = clock_timestamp() + least(interval '1 minute' * 4 ^ least(attempts, 5), interval '6 hours'),
    given_up_at = CASE WHEN %(is_given_up)s::boolean THEN clock_timestamp() END
WHERE id = %(id)s::uuid

-- name: mail_sent  (the attachment stands in the documents; no second copy is kept)
WITH gone AS (DELETE FROM tasks_mailfile WHERE mail_id = %(id)s::uuid)
UPDATE tasks_mail SET sent_at = clock_timestamp(), attachment = NULL WHERE id = %(id)s::uuid


-- name: claim_task  (exactly one: who comes second changes no row)
UPDATE tasks_task SET claimed_by_id = %(account)s::uuid, claimed_at = %(at)s::timestamptz
WHERE id = %(id)s::uuid AND claimed_by_id IS NULL AND done_at IS NULL RETURNING id

-- name: put_back_task
UPDATE tasks_task SET claimed_by_id = NULL, claimed_at = NULL
WHERE id = %(id)s::uuid AND claimed_by_id = %(account)s::uuid AND done_at IS NULL RETURNING id

-- name: finish_task
UPDATE tasks_task SET done_by_id = %(account)s::uuid, done_at = %(at)s::timestamptz,
    claimed_by_id = coalesce(claimed_by_id, %(account)s::uuid), claimed_at = coalesce(claimed_at, %(at)s::timestamptz)
WHERE id = %(id)s::uuid AND done_at IS NULL AND (claimed_by_id IS NULL OR claimed_by_id = %(account)s::uuid) RETURNING id

-- name: task_state
SELECT t.id, t.department, t.subject, t.done_at, t.claimed_by_id, a.name AS claimed_by
FROM tasks_task t LEFT JOIN actor_staffaccount a ON a.id = t.claimed_by_id WHERE t.id = %(id)s::uuid

-- name: settle_tasks  (what opened them is settled)
UPDATE tasks_task SET done_at = %(at)s::timestamptz, done_by_id = %(account)s::uuid
WHERE key = ANY(%(keys)s::text[]) AND done_at IS NULL

-- name: defer  (what procrastinate's own deferring sends, prepared)
SELECT (procrastinate_defer_jobs_v1(ARRAY[ROW(
    'default', %(task)s, %(priority)s::int, NULL, NULL, %(args)s::jsonb, %(run_after)s::timestamptz
)::procrastinate_job_to_defer_v1]))[1] AS id
