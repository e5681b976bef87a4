-- name: of_clerk  (one's own open matters, the most urgent first)
SELECT c.id, c.number, c.kind, c.channel, c.subject, c.name, c.email, c.state, c.queue, c.due_at, c.opened_at, c.last_at,
       c.closed_at, c.close_reason, c.claimed_by_id, c.claimed_by_name, coalesce(c.due_at, c.opened_at) AS sort_at
FROM cases_case c
WHERE c.claimed_by_id = %(staff)s::uuid AND c.state = 'open' AND c.merged_into_id IS NULL
  AND (%(kind)s::text = '' OR c.kind = %(kind)s::text)
  AND (%(after_at)s::timestamptz IS NULL
       OR (coalesce(c.due_at, c.opened_at), c.id) > (%(after_at)s::timestamptz, %(after_id)s::uuid))
ORDER BY coalesce(c.due_at, c.opened_at), c.id LIMIT %(limit)s::int

-- name: unclaimed
SELECT q.* FROM unnest(%(queues)s::text[]) AS u(queue) CROSS JOIN LATERAL (
    SELECT c.id, c.number, c.kind, c.channel, c.subject, c.name, c.email, c.state, c.queue, c.due_at, c.opened_at, c.last_at,
           c.closed_at, c.close_reason, c.claimed_by_id, c.claimed_by_name, coalesce(c.due_at, c.opened_at) AS sort_at
    FROM cases_case c
    WHERE c.queue = u.queue AND c.state = 'open' AND c.merged_into_id IS NULL AND c.claimed_by_id IS NULL
      AND (%(kind)s::text = '' OR c.kind = %(kind)s::text)
      AND (%(after_at)s::timestamptz IS NULL
           OR (coalesce(c.due_at, c.opened_at), c.id) > (%(after_at)s::timestamptz, %(after_id)s::uuid))
    ORDER BY coalesce(c.due_at, c.opened_at), c.id LIMIT %(limit)s::int) q
ORDER BY q.sort_at, q.id LIMIT %(limit)s::int

-- name: all_open
SELECT q.* FROM unnest(%(queues)s::text[]) AS u(queue) CROSS JOIN LATERAL (
    SELECT c.id, c.number, c.kind, c.channel, c.subject, c.name, c.email, c.state, c.queue, c.due_at, c.opened_at, c.last_at,
           c.closed_at, c.close_reason, c.claimed_by_id, c.claimed_by_name, coalesce(c.due_at, c.opened_at) AS sort_at
    FROM cases_case c
    WHERE c.queue = u.queue AND c.state = 'open' AND c.merged_into_id IS NULL
      AND (%(kind)s::text = '' OR c.kind = %(kind)s::text)
      AND (%(after_at)s::timestamptz IS NULL
           OR (coalesce(c.due_at, c.opened_at), c.id) > (%(after_at)s::timestamptz, %(after_id)s::uuid))
    ORDER BY coalesce(c.due_at, c.opened_at), c.id LIMIT %(limit)s::int) q
ORDER BY q.sort_at, q.id LIMIT %(limit)s::int

-- name: waiting  (who has waited for the customer longest stands first)
SELECT q.* FROM unnest(%(queues)s::text[]) AS u(queue) CROSS JOIN LATERAL (
    SELECT c.id, c.number, c.kind, c.channel, c.subject, c.name, c.email, c.state, c.queue, c.due_at, c.opened_at, c.last_at,
           c.closed_at, c.close_reason, c.claimed_by_id, c.claimed_by_name, c.last_at AS sort_at
    FROM cases_case c
    WHERE c.queue = u.queue AND c.state = 'waiting' AND c.merged_into_id IS NULL
      AND (%(kind)s::text = '' OR c.kind = %(kind)s::text)
      AND (%(after_at)s::timestamptz IS NULL OR (c.last_at, c.id) > (%(after_at)s::timestamptz, %(after_id)s::uuid))
    ORDER BY c.last_at, c.id LIMIT %(limit)s::int) q
ORDER BY q.sort_at, q.id LIMIT %(limit)s::int

-- name: closed  (the latest first)
SELECT q.* FROM unnest(%(queues)s::text[]) AS u(queue) CROSS JOIN LATERAL (
    SELECT c.id, c.number, c.kind, c.channel, c.subject, c.name, c.email, c.state, c.queue, c.due_at, c.opened_at, c.last_at,
           c.closed_at, c.close_reason, c.claimed_by_id, c.claimed_by_name, c.closed_at AS sort_at
    FROM cases_case c
    WHERE c.queue = u.queue AND c.state = 'closed' AND c.merged_into_id IS NULL
      AND (%(kind)s::text = '' OR c.kind = %(kind)s::text)
      AND (%(after_at)s::timestamptz IS NULL OR (c.closed_at, c.id) < (%(after_at)s::timestamptz, %(after_id)s::uuid))
    ORDER BY c.closed_at DESC, c.id DESC LIMIT %(limit)s::int) q
ORDER BY q.sort_at DESC, q.id DESC LIMIT %(limit)s::int

-- name: by_words  (anything that is called so, the latest contact first; all that is found is read before it is cut)
WITH found AS MATERIALIZED (
    SELECT id FROM cases_case WHERE lower(name || ' ' || email || ' ' || subject) LIKE %(pattern)s LIMIT 1000)
SELECT c.id, c.number, c.kind, c.channel, c.subject, c.name, c.email, c.state, c.queue, c.due_at, c.opened_at, c.last_at,
       c.closed_at, c.close_reason, c.claimed_by_id, c.claimed_by_name, c.last_at AS sort_at
FROM cases_case c
WHERE c.id IN (SELECT id FROM found) ORDER BY c.last_at DESC, c.id DESC LIMIT %(limit)s::int

-- name: by_number
SELECT number, subject, name FROM cases_case WHERE number = %(number)s

-- name: counts  (up to a thousand of each: nobody works on more at once)
SELECT
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.claimed_by_id = %(staff)s::uuid AND c.state = 'open'
        AND c.merged_into_id IS NULL LIMIT 1000) n)::int AS mine,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.queue = ANY(%(queues)s::text[]) AND c.state = 'open'
        AND c.merged_into_id IS NULL AND c.claimed_by_id IS NULL LIMIT 1000) n)::int AS unclaimed,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.queue = ANY(%(queues)s::text[]) AND c.state = 'open'
        AND c.merged_into_id IS NULL LIMIT 1000) n)::int AS all_open,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.queue = ANY(%(queues)s::text[]) AND c.state = 'waiting'
        AND c.merged_into_id IS NULL LIMIT 1000) n)::int AS waiting,
    (SELECT count(*) FROM (SELECT FROM care_incomingmail m WHERE m.state = 'kept' LIMIT 1000) n)::int AS kept

-- name: case
SELECT c.*, t.number AS target, o.number AS order_number, l.name AS line_name, l.number AS line_number,
       CASE WHEN %(german)s THEN f.name_de ELSE f.name_en END AS offering_name, f.number AS offering_number,
       p.number AS party_number, p.email AS party_email, p.phone AS party_phone,
       coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name)) AS party_name,
       CASE WHEN p.id IS NULL AND c.email <> '' THEN array_to_string((
            SELECT (array_agg(k.number ORDER BY k.id DESC))[1:3] FROM parties_party k
            WHERE lower(k.email) = lower(c.email) AND k.erased_at IS NULL), ',') END AS same_email,
       (SELECT json_agg(json_build_array(m.number, m.subject) ORDER BY m.id) FROM cases_case m WHERE m.merged_into_id = c.id)::text AS merged
FROM cases_case c
LEFT JOIN cases_case t ON t.id = c.merged_into_id
LEFT JOIN orders_order o ON o.id = c.order_id
LEFT JOIN orders_orderline l ON l.id = c.order_line_id
LEFT JOIN catalogue_offering f ON f.id = coalesce(c.offering_id, l.offering_id)
LEFT JOIN parties_party p ON p.id = c.party_id
WHERE c.number = %(number)s

-- name: thread  (every contact about a case and about what was merged into it, with its files, the oldest first)
WITH RECURSIVE tree AS (
    SELECT %(id)s::uuid AS id UNION SELECT c.id FROM tree t JOIN cases_case c ON c.merged_into_id = t.id)
SELECT i.id, i.direction, i.kind, i.author_name, i.author_email, i.staff_id, i.subject, i.text, i.quoted, i.at, i.sent_to,
       i.is_automatic, min(c.number) AS of_case, bool_or(c.id = %(id)s::uuid) AS is_here,
       (SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.media_type, 'stated', a.stated_type, 'size', a.size)
                        ORDER BY a.id) FROM cases_attachment a WHERE a.interaction_id = i.id)::text AS files
FROM tree t JOIN cases_case c ON c.id = t.id
JOIN cases_caseinteraction j ON j.case_id = c.id JOIN cases_interaction i ON i.id = j.interaction_id
GROUP BY i.id ORDER BY i.at, i.id LIMIT 500

-- name: others  (further matters of the same customer or e-mail, the latest first. The e-mail's are read whole before they
-- are cut: under row policies the planner knows nothing about expressions and would walk all cases instead)
WITH same AS MATERIALIZED (
    SELECT id, number, subject, state, kind, opened_at FROM cases_case
    WHERE %(email)s::text <> '' AND email <> '' AND lower(email) = %(email)s::text)
SELECT c.id, c.number, c.subject, c.state, c.kind, c.opened_at FROM (
    (SELECT id, number, subject, state, kind, opened_at FROM cases_case WHERE party_id = %(party_id)s::uuid
     ORDER BY id DESC LIMIT 9)
    UNION SELECT * FROM same) c
WHERE c.id <> %(id)s::uuid ORDER BY c.opened_at DESC, c.id DESC LIMIT 8

-- name: of_party  (a customer's matters: their own, of their orders, or from their e-mail)
WITH same AS MATERIALIZED (
    SELECT id, number, subject, state, kind, opened_at, due_at, claimed_by_name FROM cases_case
    WHERE %(email)s::text <> '' AND email <> '' AND lower(email) = %(email)s::text AND merged_into_id IS NULL)
SELECT c.id, c.number, c.subject, c.state, c.kind, c.opened_at, c.due_at, c.claimed_by_name FROM (
    (SELECT id, number, subject, state, kind, opened_at, due_at, claimed_by_name FROM cases_case
     WHERE party_id = %(party_id)s::uuid AND merged_into_id IS NULL ORDER BY id DESC LIMIT 8)
    UNION SELECT * FROM same) c
ORDER BY c.opened_at DESC, c.id DESC LIMIT 8

-- name: of_order
SELECT c.id, c.number, c.subject, c.state, c.kind, c.opened_at, c.due_at, c.claimed_by_name FROM cases_case c
WHERE c.order_id = %(order_id)s::uuid AND c.merged_into_id IS NULL ORDER BY c.id DESC LIMIT 8

-- name: desk_of  (what a clerk needs beside a thread: the draft, snippets, colleagues)
SELECT
    (SELECT d.text FROM care_draft d WHERE d.case_id = %(id)s::uuid AND d.staff_id = %(staff)s::uuid) AS draft,
    (SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'size', f.size) ORDER BY f.id) FROM care_draftfile f
     WHERE f.case_id = %(id)s::uuid AND f.staff_id = %(staff)s::uuid)::text AS draft_files,
    (SELECT json_agg(json_build_object('id', s.id, 'title', s.title, 'de', s.text_de, 'en', s.text_en) ORDER BY lower(s.title))
     FROM (SELECT * FROM care_snippet ORDER BY lower(title) LIMIT 60) s)::text AS snippets,
    (SELECT json_agg(json_build_array(a.id, a.name) ORDER BY lower(a.name), a.id) FROM actor_staffaccount a
     WHERE a.is_active AND EXISTS (
        SELECT FROM actor_staffaccount_departments m JOIN actor_department d ON d.code = m.department_id
        WHERE m.staffaccount_id = a.id AND d.rights ? 'cases.write'))::text AS clerks,
    (SELECT json_agg(json_build_object('id', d.id, 'kind', d.kind, 'number', d.number) ORDER BY d.issued_at DESC)
     FROM (SELECT * FROM documents_document WHERE party_id = %(party_id)s::uuid AND is_public ORDER BY issued_at DESC LIMIT 8) d)::text AS papers

-- name: lines_of_order
SELECT l.id, l.name, l.number, l.quantity, l.unit FROM orders_orderline l
WHERE l.order_id = %(order_id)s::uuid AND l.kind = 'item' ORDER BY l.position LIMIT 100

-- name: history
SELECT e.type, e.at, e.actor_kind, e.actor_name, e.fact, e.subject FROM events_event e
WHERE e.subject_id = %(id)s::uuid AND e.type = ANY(%(types)s::text[]) ORDER BY e.id DESC LIMIT 30

-- name: file
SELECT a.name, a.media_type, a.content FROM cases_attachment a WHERE a.id = %(id)s::uuid

-- name: draft_files  (of one clerk about one case)
SELECT f.id, f.name, f.size FROM care_draftfile f JOIN cases_case c ON c.id = f.case_id
WHERE c.number = %(number)s AND f.staff_id = %(staff)s::uuid ORDER BY f.id

-- name: draft_file  (for the clerk whose draft it is)
SELECT f.name, f.content FROM care_draftfile f JOIN cases_case c ON c.id = f.case_id
WHERE f.id = %(id)s::uuid AND c.number = %(number)s AND f.staff_id = %(staff)s::uuid

-- name: snippets
SELECT id, title, text_de, text_en, changed_at, changed_by FROM care_snippet ORDER BY lower(title), id LIMIT 500

-- name: answer_times_now
SELECT DISTINCT ON (kind) kind, minutes, valid_from FROM care_answertime WHERE valid_from <= %(today)s::date
ORDER BY kind, valid_from DESC

-- name: kept_mails  (what came in and belongs to no matter, the latest first)
SELECT m.id, m.sender, m.subject, m.received_at, m.reason, m.size FROM care_incomingmail m
WHERE m.state = 'kept' AND (%(before)s::uuid IS NULL OR m.id < %(before)s::uuid) ORDER BY m.id DESC LIMIT %(limit)s::int

-- name: kept_mail
SELECT m.id, m.sender, m.subject, m.received_at, m.reason, m.size, m.state, m.raw, m.case_number FROM care_incomingmail m
WHERE m.id = %(id)s::uuid
