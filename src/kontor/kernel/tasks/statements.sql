-- name: open_tasks  (the same cause opens one task)
INSERT INTO tasks_task (id, key, kind, department, subject, subject_id, detail)
SELECT uuidv7(), key, kind, department, subject, subject_id, detail
FROM json_populate_recordset(NULL::tasks_task, %(tasks)s::json)
ON CONFLICT (key) DO NOTHING

-- name: queue_mail  (the same cause is told once)
INSERT INTO tasks_mail (id, key, recipient, subject, text, attachment_name, attachment_type, attachment)
VALUES (uuidv7(), %(key)s, %(recipient)s, %(subject)s, %(text)s, %(attachment_name)s, %(attachment_type)s, %(attachment)s)
ON CONFLICT (key) DO NOTHING RETURNING id

-- name: waiting_mails
SELECT id FROM tasks_mail
WHERE sent_at IS NULL AND queued_at < clock_timestamp() - make_interval(secs => %(older)s::int) ORDER BY id LIMIT 100

-- name: mail_to_send
SELECT id, recipient, subject, text, attachment_name, attachment_type, attachment FROM tasks_mail
WHERE id = %(id)s::uuid AND sent_at IS NULL FOR UPDATE SKIP LOCKED

-- name: mail_sent  (the attachment stands in the documents; no second copy is kept)
UPDATE tasks_mail SET sent_at = clock_timestamp(), attachment = NULL WHERE id = %(id)s::uuid
