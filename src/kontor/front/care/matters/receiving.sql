-- name: lock_new  (what came in and was not received yet, with what the house knows about its writer. An e-mail proves
-- nothing by itself: only the party whose login it is, confirmed by mail, takes the case over.)
SELECT c.id, c.number, c.kind, c.channel, c.subject, c.party_id, c.name, c.email, c.language, c.stated_order, c.order_id,
       c.order_line_id, c.opened_at, p.id AS known_id, lower(p.email) AS known_email, p.language AS known_language,
       coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name), '') AS known_name,
       l.party_id AS login_id
FROM cases_case c
LEFT JOIN parties_party p ON p.id = c.party_id
LEFT JOIN parties_login l ON c.email <> '' AND lower(l.email) = lower(c.email)
WHERE c.id = ANY(%(ids)s::uuid[]) AND c.received_at IS NULL ORDER BY c.id FOR NO KEY UPDATE OF c

-- name: meant_orders  (the orders these writers name, where they are their own or go to the same e-mail)
SELECT w.id, o.id AS order_id
FROM unnest(%(ids)s::uuid[], %(numbers)s::text[], %(parties)s::uuid[], %(emails)s::text[]) AS w(id, number, party_id, email)
JOIN orders_order o ON o.number = w.number
LEFT JOIN parties_party p ON p.id = o.party_id
WHERE o.party_id = w.party_id OR (w.email <> '' AND (lower(o.email) = w.email OR lower(p.email) = w.email))

-- name: receive
UPDATE cases_case c SET received_at = clock_timestamp(), party_id = r.party_id, order_id = coalesce(c.order_id, r.order_id),
    offering_id = coalesce(c.offering_id, (SELECT l.offering_id FROM orders_orderline l WHERE l.id = c.order_line_id)),
    queue = r.queue, due_at = r.due_at, due_steps = s.due_steps,
    email = CASE WHEN c.email = '' THEN left(r.email, 254) ELSE c.email END,
    name = CASE WHEN c.name = '' THEN left(r.name, 120) ELSE c.name END
FROM unnest(%(ids)s::uuid[], %(parties)s::uuid[], %(orders)s::uuid[], %(queues)s::text[], %(dues)s::timestamptz[],
            %(steps)s::text[], %(emails)s::text[], %(names)s::text[])
    AS r(id, party_id, order_id, queue, due_at, steps, email, name)
CROSS JOIN LATERAL (SELECT r.steps::jsonb AS due_steps) s
WHERE c.id = r.id

-- name: move_contacts  (whose the contacts and files of these cases are; notes among staff are nobody's)
WITH moved AS (
    UPDATE cases_caseinteraction j SET party_id = r.party_id
    FROM unnest(%(ids)s::uuid[], %(parties)s::uuid[]) AS r(id, party_id)
    WHERE j.case_id = r.id RETURNING j.interaction_id, r.party_id),
contacts AS (
    UPDATE cases_interaction i SET party_id = m.party_id FROM moved m
    WHERE i.id = m.interaction_id AND i.direction <> 'internal' RETURNING i.id, i.party_id)
UPDATE cases_attachment a SET party_id = c.party_id FROM contacts c WHERE a.interaction_id = c.id

-- name: answer_times  (each kind's, as it holds today)
SELECT DISTINCT ON (kind) kind, minutes FROM care_answertime WHERE valid_from <= %(today)s::date ORDER BY kind, valid_from DESC

-- name: receipts_lately  (of each address: cases within the last hour, mailed receipts of withdrawals within a day,
-- and whether somebody with a login or an order stands behind it)
SELECT w.email,
    (SELECT count(*)::int FROM cases_case c WHERE lower(c.email) = w.email AND c.email <> ''
        AND c.received_at > clock_timestamp() - interval '1 hour') AS count,
    (SELECT count(*)::int FROM cases_case c JOIN tasks_mail m ON m.key = 'cases.received:' || c.id
        WHERE lower(c.email) = w.email AND c.email <> '' AND c.kind = 'withdrawal'
        AND c.received_at > clock_timestamp() - interval '24 hours') AS withdrawals,
    EXISTS (SELECT FROM parties_login l WHERE lower(l.email) = w.email)
    OR EXISTS (SELECT FROM parties_party p JOIN orders_order o ON o.party_id = p.id WHERE lower(p.email) = w.email)
    OR EXISTS (SELECT FROM orders_order o WHERE o.id = ANY(%(orders)s::uuid[]) AND lower(o.email) = w.email) AS is_known
FROM unnest(%(emails)s::text[]) AS w(email)

-- name: receipts_to_strangers  (mailed within the last hour; a case's last contact is never before it came in)
SELECT count(*)::int AS count FROM cases_case c JOIN tasks_mail m ON m.key = 'cases.received:' || c.id
WHERE c.last_at > clock_timestamp() - interval '1 hour' AND m.queued_at > clock_timestamp() - interval '1 hour'
    AND NOT EXISTS (SELECT FROM parties_login l WHERE lower(l.email) = lower(c.email))
    AND NOT EXISTS (SELECT FROM parties_party p JOIN orders_order o ON o.party_id = p.id WHERE lower(p.email) = lower(c.email))
    AND NOT EXISTS (SELECT FROM orders_order o WHERE o.id = c.order_id AND lower(o.email) = lower(c.email))

-- name: first_words  (what was written first, and the names of the files that came with it)
SELECT j.case_id, i.id AS interaction_id, i.kind, i.text, i.at, i.message_id,
       (SELECT string_agg(a.name, ', ' ORDER BY a.id) FROM cases_attachment a WHERE a.interaction_id = i.id) AS files
FROM unnest(%(ids)s::uuid[]) AS c(id)
CROSS JOIN LATERAL (SELECT * FROM cases_caseinteraction WHERE case_id = c.id ORDER BY id LIMIT 1) j
JOIN cases_interaction i ON i.id = j.interaction_id

-- name: lock_roots  (the cases these contacts are about in the end: where one was merged, its target)
WITH RECURSIVE up AS (
    SELECT i.id AS interaction_id, c.id, c.merged_into_id, 0 AS depth
    FROM cases_interaction i JOIN cases_caseinteraction j ON j.interaction_id = i.id JOIN cases_case c ON c.id = j.case_id
    WHERE i.id = ANY(%(interactions)s::uuid[]) AND i.direction = 'in' AND i.heard_at IS NULL
    UNION ALL
    SELECT u.interaction_id, c.id, c.merged_into_id, u.depth + 1 FROM up u JOIN cases_case c ON c.id = u.merged_into_id
    WHERE u.depth < 50)
SELECT c.id, c.number, c.kind, c.state, c.due_at, c.received_at, u.interaction_id, i.at, i.is_automatic
FROM up u JOIN cases_case c ON c.id = u.id JOIN cases_interaction i ON i.id = u.interaction_id
WHERE u.merged_into_id IS NULL ORDER BY c.id FOR NO KEY UPDATE OF c, i

-- name: hear  (open again, and due anew where nothing was due)
UPDATE cases_case c SET state = 'open', closed_at = NULL, close_reason = '',
    due_at = coalesce(c.due_at, r.due_at), due_steps = CASE WHEN c.due_at IS NULL THEN r.steps::jsonb ELSE c.due_steps END,
    last_at = greatest(c.last_at, r.at)
FROM unnest(%(ids)s::uuid[], %(dues)s::timestamptz[], %(steps)s::text[], %(ats)s::timestamptz[]) AS r(id, due_at, steps, at)
WHERE c.id = r.id

-- name: mark_heard
UPDATE cases_interaction SET heard_at = clock_timestamp() WHERE id = ANY(%(ids)s::uuid[])
