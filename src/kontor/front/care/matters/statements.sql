-- name: lock
SELECT c.id, c.number, c.kind, c.queue, c.state, c.party_id, c.email, c.claimed_by_id, c.claimed_by_name, c.due_at,
       c.merged_into_id, (SELECT number FROM cases_case WHERE id = c.merged_into_id) AS target
FROM cases_case c WHERE c.number = %(number)s FOR NO KEY UPDATE

-- name: claim  (exactly one: who comes second changes no row)
UPDATE cases_case SET claimed_by_id = %(staff)s::uuid, claimed_by_name = %(name)s, claimed_at = %(at)s::timestamptz
WHERE id = %(id)s::uuid AND claimed_by_id IS NULL RETURNING id

-- name: put_back
UPDATE cases_case SET claimed_by_id = NULL, claimed_by_name = '', claimed_at = NULL WHERE id = %(id)s::uuid

-- name: hand_over
UPDATE cases_case SET claimed_by_id = %(staff)s::uuid, claimed_by_name = %(name)s, claimed_at = %(at)s::timestamptz
WHERE id = %(id)s::uuid

-- name: clerks  (who may answer customers at the counter)
SELECT a.id, a.name FROM actor_staffaccount a
WHERE a.is_active AND EXISTS (
    SELECT FROM actor_staffaccount_departments m JOIN actor_department d ON d.code = m.department_id
    WHERE m.staffaccount_id = a.id AND d.rights ? 'cases.write')
ORDER BY lower(a.name), a.id LIMIT 500

-- name: contacts_in  (how many contacts came in about a case and what was merged into it)
WITH RECURSIVE tree AS (
    SELECT %(id)s::uuid AS id UNION SELECT c.id FROM tree t JOIN cases_case c ON c.merged_into_id = t.id)
SELECT count(*)::int AS count FROM tree t
JOIN cases_caseinteraction j ON j.case_id = t.id JOIN cases_interaction i ON i.id = j.interaction_id
WHERE i.direction = 'in' AND NOT i.is_automatic

-- name: addresses  (of a case: what it came in with, and those who wrote in it)
WITH RECURSIVE tree AS (
    SELECT %(id)s::uuid AS id UNION SELECT c.id FROM tree t JOIN cases_case c ON c.merged_into_id = t.id)
SELECT DISTINCT ON (lower(email)) email FROM (
    SELECT c.email FROM tree t JOIN cases_case c ON c.id = t.id
    UNION ALL SELECT p.email FROM tree t JOIN cases_case c ON c.id = t.id JOIN parties_party p ON p.id = c.party_id
    UNION ALL SELECT i.author_email FROM tree t JOIN cases_caseinteraction j ON j.case_id = t.id
        JOIN cases_interaction i ON i.id = j.interaction_id WHERE i.direction = 'in') a
WHERE email <> '' ORDER BY lower(email)

-- name: insert_contact
INSERT INTO cases_interaction (id, direction, kind, party_id, author_name, staff_id, subject, text, at, sent_to)
VALUES (%(id)s::uuid, %(direction)s, %(kind)s, %(party_id)s::uuid, %(name)s, %(staff)s::uuid, %(subject)s, %(text)s,
        %(at)s::timestamptz, %(sent_to)s)
ON CONFLICT (id) DO NOTHING RETURNING id

-- name: join_contact
INSERT INTO cases_caseinteraction (case_id, interaction_id, party_id)
VALUES (%(case_id)s::uuid, %(interaction_id)s::uuid, %(party_id)s::uuid)

-- name: insert_files
INSERT INTO cases_attachment (id, interaction_id, party_id, name, media_type, stated_type, size, sha256, content)
SELECT a.id, %(interaction_id)s::uuid, %(party_id)s::uuid, a.name, a.media_type, '', octet_length(a.content), sha256(a.content),
       a.content
FROM unnest(%(ids)s::uuid[], %(names)s::text[], %(types)s::text[], %(contents)s::bytea[]) AS a(id, name, media_type, content)

-- name: insert_papers  (documents of this customer, and of nobody else, as files of an answer)
INSERT INTO cases_attachment (id, interaction_id, party_id, name, media_type, stated_type, size, sha256, content)
SELECT gen_random_uuid(), %(interaction_id)s::uuid, %(party_id)s::uuid, f.name, f.media_type, '', octet_length(f.content),
       sha256(f.content), f.content
FROM documents_document d JOIN documents_documentfile f ON f.document_id = d.id
WHERE d.id = ANY(%(papers)s::uuid[]) AND d.party_id = %(party_id)s::uuid

-- name: after_answer
UPDATE cases_case SET state = %(state)s::text, due_at = NULL, due_steps = NULL, last_at = greatest(last_at, %(at)s::timestamptz),
    first_answered_at = coalesce(first_answered_at, %(at)s::timestamptz),
    closed_at = CASE WHEN %(state)s::text = 'closed' THEN %(at)s::timestamptz END,
    close_reason = CASE WHEN %(state)s::text = 'closed' THEN %(reason)s::text ELSE '' END,
    claimed_by_id = coalesce(claimed_by_id, %(staff)s::uuid),
    claimed_by_name = CASE WHEN claimed_by_id IS NULL THEN %(name)s::text ELSE claimed_by_name END,
    claimed_at = coalesce(claimed_at, %(at)s::timestamptz)
WHERE id = %(id)s::uuid

-- name: touch
UPDATE cases_case SET last_at = greatest(last_at, %(at)s::timestamptz) WHERE id = %(id)s::uuid

-- name: close
UPDATE cases_case SET state = 'closed', closed_at = %(at)s::timestamptz, close_reason = %(reason)s, due_at = NULL, due_steps = NULL
WHERE id = %(id)s::uuid

-- name: reopen
UPDATE cases_case SET state = 'open', closed_at = NULL, close_reason = '', due_at = %(due_at)s::timestamptz,
    due_steps = %(steps)s::text::jsonb WHERE id = %(id)s::uuid

-- name: wait
UPDATE cases_case SET state = 'waiting', due_at = NULL, due_steps = NULL WHERE id = %(id)s::uuid

-- name: sort
UPDATE cases_case SET kind = %(kind)s, queue = %(queue)s WHERE id = %(id)s::uuid

-- name: order_meant
SELECT o.id, o.party_id, o.number FROM orders_order o WHERE o.number = %(number)s

-- name: line_meant
SELECT l.id, l.offering_id FROM orders_orderline l WHERE l.order_id = %(order_id)s::uuid AND l.id = %(line_id)s::uuid

-- name: offering_meant
SELECT id FROM catalogue_offering WHERE number = %(number)s

-- name: party_meant
SELECT id, number FROM parties_party WHERE number = %(number)s AND erased_at IS NULL

-- name: link_order
UPDATE cases_case SET order_id = %(order_id)s::uuid, order_line_id = %(line_id)s::uuid, offering_id = %(offering_id)s::uuid
WHERE id = %(id)s::uuid

-- name: link_party
UPDATE cases_case SET party_id = %(party_id)s::uuid WHERE id = %(id)s::uuid

-- name: save_draft
INSERT INTO care_draft (case_id, staff_id, text) VALUES (%(case_id)s::uuid, %(staff)s::uuid, %(text)s)
ON CONFLICT (case_id, staff_id) DO UPDATE SET text = excluded.text, saved_at = clock_timestamp()

-- name: drop_draft
DELETE FROM care_draft WHERE case_id = %(case_id)s::uuid AND staff_id = %(staff)s::uuid

-- name: draft_size  (what is attached to a draft so far)
SELECT count(*)::int AS files, coalesce(sum(size), 0)::bigint AS bytes FROM care_draftfile
WHERE case_id = %(case_id)s::uuid AND staff_id = %(staff)s::uuid

-- name: keep_files
INSERT INTO care_draftfile (id, case_id, staff_id, name, media_type, size, sha256, content)
SELECT a.id, %(case_id)s::uuid, %(staff)s::uuid, a.name, a.media_type, octet_length(a.content), sha256(a.content), a.content
FROM unnest(%(ids)s::uuid[], %(names)s::text[], %(types)s::text[], %(contents)s::bytea[]) AS a(id, name, media_type, content)
ON CONFLICT (case_id, staff_id, sha256, name) DO NOTHING

-- name: drop_file  (one's own)
DELETE FROM care_draftfile WHERE id = %(id)s::uuid AND case_id = %(case_id)s::uuid AND staff_id = %(staff)s::uuid

-- name: drop_files
DELETE FROM care_draftfile WHERE case_id = %(case_id)s::uuid AND staff_id = %(staff)s::uuid

-- name: drop_same_files  (what the form brought itself is not sent a second time)
DELETE FROM care_draftfile WHERE case_id = %(case_id)s::uuid AND staff_id = %(staff)s::uuid
  AND sha256 IN (SELECT sha256(content) FROM unnest(%(contents)s::bytea[]) AS c(content))

-- name: send_kept_files  (those the page showed go with the answer, and are no draft's any more)
WITH kept AS (
    DELETE FROM care_draftfile
    WHERE case_id = %(case_id)s::uuid AND staff_id = %(staff)s::uuid AND id = ANY(%(kept)s::uuid[]) RETURNING *)
INSERT INTO cases_attachment (id, interaction_id, party_id, name, media_type, stated_type, size, sha256, content)
SELECT id, %(interaction_id)s::uuid, %(party_id)s::uuid, name, media_type, '', size, sha256, content FROM kept

-- name: case_id
SELECT id FROM cases_case WHERE number = %(number)s

-- name: lock_merging  (who merges waits for the other: circles longer than two cases lock no common row)
SELECT pg_advisory_xact_lock(7310020)

-- name: lock_two
SELECT c.id, c.number, c.state, c.party_id, c.merged_into_id, lower(c.email) AS email,
       EXISTS (SELECT FROM parties_party p WHERE p.id = c.party_id) AS is_known,
       (SELECT lower(p.email) FROM parties_party p WHERE p.id = c.party_id) AS known_email
FROM cases_case c WHERE c.number = ANY(%(numbers)s::text[]) ORDER BY c.id FOR NO KEY UPDATE

-- name: root_of
WITH RECURSIVE up AS (
    SELECT id, number, merged_into_id, 0 AS depth FROM cases_case WHERE id = %(id)s::uuid
    UNION ALL SELECT c.id, c.number, c.merged_into_id, u.depth + 1 FROM up u JOIN cases_case c ON c.id = u.merged_into_id
    WHERE u.depth < 100)
SELECT id, number FROM up WHERE merged_into_id IS NULL

-- name: point_to
UPDATE cases_case SET merged_into_id = %(target)s::uuid WHERE id = %(id)s::uuid

-- name: part
UPDATE cases_case SET merged_into_id = NULL WHERE id = %(id)s::uuid

-- name: tell_of_target  (an update that changes nothing, so that who watches the target hears of it)
UPDATE cases_case SET last_at = last_at WHERE id = %(id)s::uuid

-- name: customer_facts
SELECT id, number, email, phone, language, coalesce(nullif(organisation, ''), trim(given_name || ' ' || family_name)) AS name
FROM parties_party WHERE number = %(number)s AND erased_at IS NULL

-- name: order_facts
SELECT o.id, o.number, o.party_id, p.number AS customer FROM orders_order o JOIN parties_party p ON p.id = o.party_id
WHERE o.number = %(number)s

-- name: keep_snippet
INSERT INTO care_snippet (id, title, text_de, text_en, changed_at, changed_by)
VALUES (%(id)s::uuid, %(title)s, %(text_de)s, %(text_en)s, %(at)s::timestamptz, %(by)s)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, text_de = excluded.text_de, text_en = excluded.text_en,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by

-- name: drop_snippet
DELETE FROM care_snippet WHERE id = %(id)s::uuid

-- name: set_answer_time  (from today on; what held before stays for who asks about the past)
INSERT INTO care_answertime (kind, minutes, valid_from) VALUES (%(kind)s, %(minutes)s::int, %(today)s::date)

-- name: drop_answer_time_of_today
DELETE FROM care_answertime WHERE kind = %(kind)s AND valid_from = %(today)s::date
