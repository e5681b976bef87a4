-- name: open_tasks  (the same cause opens one task)
INSERT INTO tasks_task (id, key, kind, department, subject, subject_id, detail)
SELECT uuidv7(), key, kind, department, subject, subject_id, detail
FROM json_populate_recordset(NULL::tasks_task, %(tasks)s::json)
ON CONFLICT (key) DO NOTHING
