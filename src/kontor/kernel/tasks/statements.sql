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

-- name: waiting_mails
SELECT id FROM tasks_mail
WHERE sent_at IS NULL AND queued_at < clock_timestamp() - make_interval(secs => %(older)s::int) ORDER BY id LIMIT 100

-- name: mail_to_send
SELECT id, recipient, subject, text, attachment_name, attachment_type, attachment, reply_to, in_reply_to, "references",
    is_personal, EXISTS (SELECT FROM tasks_mailfile f WHERE f.mail_id = m.id) AS has_files
FROM tasks_mail m
WHERE id = %(id)s::uuid AND sent_at IS NULL FOR UPDATE SKIP LOCKED

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
