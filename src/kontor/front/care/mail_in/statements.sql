-- name: keep_mail  (once, however often it comes)
INSERT INTO care_incomingmail (id, sha256, message_id, answered, sender, subject, source, size, raw, state, reason)
VALUES (%(id)s::uuid, %(sha256)s, %(message_id)s, %(answered)s::text[], %(sender)s, %(subject)s, %(source)s, %(size)s::int, %(raw)s,
        'kept', %(reason)s)
ON CONFLICT (sha256) DO NOTHING RETURNING id

-- name: taken
UPDATE care_incomingmail SET state = %(state)s, reason = '', case_number = %(number)s WHERE id = %(id)s::uuid

-- name: lock_kept
SELECT id, raw, state, case_number, size, reason FROM care_incomingmail WHERE id = %(id)s::uuid FOR NO KEY UPDATE

-- name: lately_from  (how many mails a sender wrote within the last hour)
SELECT count(*)::int AS count FROM care_incomingmail
WHERE sender = %(sender)s AND received_at > clock_timestamp() - interval '1 hour'

-- name: with_message_id  (a contact that came in or went out with this Message-ID)
SELECT i.id, i.text, i.direction, i.author_email, c.number,
       ARRAY(SELECT a.sha256 FROM cases_attachment a WHERE a.interaction_id = i.id) AS files
FROM cases_interaction i
JOIN cases_caseinteraction j ON j.interaction_id = i.id JOIN cases_case c ON c.id = j.case_id
WHERE i.message_id = %(message_id)s ORDER BY j.id LIMIT 1

-- name: case_numbered
SELECT c.id, c.number, c.party_id, c.subject, lower(c.email) AS email FROM cases_case c WHERE c.number = %(number)s

-- name: case_answered  (the case of an earlier mail: one of ours, whose id nobody else can know, or one of the same sender)
SELECT c.id, c.number, c.party_id, c.subject, lower(c.email) AS email
FROM unnest(%(references)s::text[], %(ids)s::uuid[]) WITH ORDINALITY AS r(message_id, id, place)
JOIN LATERAL (
    SELECT c.* FROM cases_interaction i JOIN cases_caseinteraction j ON j.interaction_id = i.id JOIN cases_case c ON c.id = j.case_id
    WHERE i.message_id = r.message_id AND (i.direction = 'out' OR lower(i.author_email) = %(sender)s)
    UNION ALL
    SELECT c.* FROM cases_case c JOIN tasks_mail m ON m.id = c.id WHERE c.id = r.id
    UNION ALL
    SELECT c.* FROM tasks_mail m JOIN cases_case c ON m.key LIKE 'cases.closed:%%' AND c.id = split_part(m.key, ':', 2)::uuid
    WHERE m.id = r.id AND m.key LIKE 'cases.closed:%%'
) c ON true
ORDER BY r.place LIMIT 1

-- name: case_of_an_answer  (of an answer that the same sender wrote to this mail, and that came in before it)
SELECT c.id, c.number, c.party_id, c.subject, lower(c.email) AS email FROM care_incomingmail m JOIN cases_case c ON c.number = m.case_number
WHERE m.state = 'taken' AND m.answered @> ARRAY[%(message_id)s::text] AND m.sender = %(sender)s
ORDER BY m.id LIMIT 1

-- name: order_answered  (the order that one of our own mails was about: its id is known to its reader only)
SELECT o.number, o.language FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS r(id, place)
JOIN tasks_mail m ON m.id = r.id AND m.key LIKE 'orders.%%'
JOIN orders_order o ON o.id::text = split_part(m.key, ':', 2)
ORDER BY r.place LIMIT 1

-- name: is_own_mail
SELECT 1 FROM tasks_mail WHERE id = ANY(%(ids)s::uuid[])

-- name: insert_contact
INSERT INTO cases_interaction (id, direction, kind, party_id, author_name, author_email, subject, text, quoted, message_id, is_automatic)
VALUES (%(id)s::uuid, 'in', 'mail', %(party_id)s::uuid, %(name)s, %(email)s, %(subject)s, %(text)s, %(quoted)s, %(message_id)s,
        %(is_automatic)s::boolean)

-- name: join_contact
INSERT INTO cases_caseinteraction (case_id, interaction_id, party_id)
VALUES (%(case_id)s::uuid, %(interaction_id)s::uuid, %(party_id)s::uuid)

-- name: insert_files
INSERT INTO cases_attachment (id, interaction_id, party_id, name, media_type, stated_type, size, sha256, content)
SELECT a.id, %(interaction_id)s::uuid, %(party_id)s::uuid, a.name, a.media_type, a.stated_type, octet_length(a.content),
       sha256(a.content), a.content
FROM unnest(%(ids)s::uuid[], %(names)s::text[], %(types)s::text[], %(stated)s::text[], %(contents)s::bytea[])
    AS a(id, name, media_type, stated_type, content)

-- name: note_mail_of_case  (what the first contact of a case was as a mail)
UPDATE cases_interaction i SET message_id = %(message_id)s, quoted = %(quoted)s
FROM cases_caseinteraction j WHERE j.case_id = %(case_id)s::uuid AND i.id = j.interaction_id

-- name: touch
UPDATE cases_case SET last_at = greatest(last_at, clock_timestamp()) WHERE id = %(id)s::uuid

-- name: dismiss
UPDATE care_incomingmail SET state = 'dismissed' WHERE id = %(id)s::uuid AND state = 'kept'

-- name: keep_reason
UPDATE care_incomingmail SET reason = %(reason)s WHERE id = %(id)s::uuid
