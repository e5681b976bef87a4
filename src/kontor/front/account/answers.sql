-- name: notice  (row policies show each token its own party's only)
SELECT n.id, n.language, n.verdict, n.text, n.at, c.number AS case_number, c.subject, c.kind,
       r.at AS replied_at
FROM voice_notice n LEFT JOIN cases_case c ON c.id = n.case_id LEFT JOIN voice_reply r ON r.notice_id = n.id
WHERE n.id = %(id)s::uuid

-- name: insert_reply  (once; the instant is the database's)
INSERT INTO voice_reply (id, notice_id, party_id, words) VALUES (%(id)s, %(notice)s, %(party_id)s, %(words)s)
ON CONFLICT (notice_id) DO NOTHING RETURNING id
