-- name: to_tell  (who waits for these answers, locked: one person's rows stand together. A case knows its writer best)
SELECT t.id, t.answer_id, a.verdict, a.text_de, a.text_en, t.signal_id, s.kind, s.at,
       coalesce(f.name_de, '') AS offering_de, coalesce(f.name_en, '') AS offering_en, c.id AS case_id, c.number AS case_number,
       c.subject AS case_subject, c.channel, coalesce(c.party_id, o.party_id) AS party_id, p.id AS known_id,
       p.erased_at IS NOT NULL AS is_erased, lower(coalesce(p.email, '')) AS own_email,
       lower(coalesce(nullif(c.email, ''), nullif(p.email, ''), o.email)) AS email,
       coalesce(nullif(c.name, ''), nullif(p.organisation, ''), nullif(trim(p.given_name || ' ' || p.family_name), ''), o.name) AS name,
       coalesce(nullif(c.language, ''), o.language) AS language
FROM voice_telling t
JOIN voice_answer a ON a.id = t.answer_id
JOIN voice_signal s ON s.id = t.signal_id
LEFT JOIN catalogue_offering f ON f.id = s.offering_id
LEFT JOIN voice_signalorigin o ON o.signal_id = t.signal_id
LEFT JOIN cases_case c ON c.id = o.case_id
LEFT JOIN parties_party p ON p.id = coalesce(c.party_id, o.party_id)
WHERE t.answer_id = ANY(%(answers)s::uuid[]) AND t.told_at IS NULL
ORDER BY t.answer_id, lower(coalesce(nullif(c.email, ''), nullif(p.email, ''), o.email)), coalesce(c.party_id, o.party_id), t.id
LIMIT %(limit)s::int FOR UPDATE OF t

-- name: lock_answers  (answers are told by one worker at a time)
SELECT pg_advisory_xact_lock(7310004)

-- name: notices_of  (who of these was told already)
SELECT n.id, n.answer_id, n.person FROM voice_notice n
WHERE (n.answer_id, n.person) IN (SELECT * FROM unnest(%(answers)s::uuid[], %(persons)s::text[]))

-- name: insert_notices
INSERT INTO voice_notice (id, answer_id, person, party_id, language, verdict, text, case_id, at)
SELECT n.id, n.answer_id, n.person, n.party_id, n.language, n.verdict, n.text, n.case_id, %(at)s::timestamptz
FROM unnest(%(ids)s::uuid[], %(answers)s::uuid[], %(persons)s::text[], %(parties)s::uuid[], %(languages)s::text[],
            %(verdicts)s::text[], %(texts)s::text[], %(cases)s::uuid[])
     AS n(id, answer_id, person, party_id, language, verdict, text, case_id)

-- name: note_told
UPDATE voice_telling t SET told_at = %(at)s::timestamptz, notice_id = n.notice_id
FROM unnest(%(ids)s::bigint[], %(notices)s::uuid[]) AS n(id, notice_id) WHERE t.id = n.id

-- name: lock_cases  (in key order, before anything is written to them)
SELECT id, number, kind, state, party_id, merged_into_id FROM cases_case WHERE id = ANY(%(ids)s::uuid[])
ORDER BY id FOR NO KEY UPDATE

-- name: add_contacts  (what was told stands in the matter itself; what somebody has still to be told is a note to staff)
INSERT INTO cases_interaction (id, direction, kind, party_id, author_name, subject, text, at, sent_to)
SELECT n.id, CASE n.kind WHEN 'note' THEN 'internal' ELSE 'out' END, n.kind, CASE n.kind WHEN 'note' THEN NULL ELSE n.party_id END,
       %(house)s, n.subject, n.text, %(at)s::timestamptz, ''
FROM unnest(%(ids)s::uuid[], %(kinds)s::text[], %(parties)s::uuid[], %(subjects)s::text[], %(texts)s::text[])
     AS n(id, kind, party_id, subject, text)

-- name: join_contacts
INSERT INTO cases_caseinteraction (case_id, interaction_id, party_id)
SELECT * FROM unnest(%(cases)s::uuid[], %(ids)s::uuid[], %(parties)s::uuid[])

-- name: close_cases  (a return or a withdrawal goes its own way; a matter that is closed stays so)
UPDATE cases_case SET state = 'closed', closed_at = %(at)s::timestamptz, close_reason = n.reason, last_at = %(at)s::timestamptz
FROM unnest(%(ids)s::uuid[], %(reasons)s::text[]) AS n(id, reason)
WHERE cases_case.id = n.id AND state <> 'closed' AND kind NOT IN ('return', 'withdrawal')
RETURNING cases_case.id, number, n.reason

-- name: replies  (what the writers of these replies said, with the matter it goes into)
SELECT r.id, r.words, r.at, r.party_id, n.case_id, c.number, c.kind, c.state, c.name, c.email, coalesce(c.subject, '') AS subject
FROM voice_reply r JOIN voice_notice n ON n.id = r.notice_id JOIN cases_case c ON c.id = n.case_id
WHERE r.id = ANY(%(ids)s::uuid[])
ORDER BY r.id

-- name: add_replies  (a reply is a contact of its matter, once: it keeps its id)
INSERT INTO cases_interaction (id, direction, kind, party_id, author_name, author_email, subject, text, at)
SELECT n.id, 'in', 'form', n.party_id, n.name, n.email, n.subject, n.text, n.at
FROM unnest(%(ids)s::uuid[], %(parties)s::uuid[], %(names)s::text[], %(emails)s::text[], %(subjects)s::text[],
            %(texts)s::text[], %(ats)s::timestamptz[]) AS n(id, party_id, name, email, subject, text, at)
ON CONFLICT (id) DO NOTHING RETURNING id
