-- name: matters  (one's own, the latest first; what belongs to another of one's own stands there)
SELECT c.number, c.subject, c.kind, c.state, c.opened_at, c.last_at, c.rating
FROM cases_case c
WHERE c.party_id = %(party_id)s::uuid AND NOT EXISTS (SELECT FROM cases_case t WHERE t.id = c.merged_into_id)
ORDER BY c.id DESC LIMIT %(limit)s::int OFFSET %(offset)s::int

-- name: matter  (and the one it belongs to by now, where that is one's own, too)
WITH RECURSIVE up AS (
    SELECT c.id, c.number, c.merged_into_id, 0 AS depth FROM cases_case c WHERE c.number = %(number)s
    UNION ALL SELECT t.id, t.number, t.merged_into_id, u.depth + 1 FROM up u JOIN cases_case t ON t.id = u.merged_into_id
    WHERE u.depth < 50)
SELECT c.id, c.number, c.subject, c.kind, c.state, c.opened_at, c.closed_at, c.close_reason, c.rating, c.order_id, c.email,
       o.number AS order_number, (SELECT number FROM up ORDER BY depth DESC LIMIT 1) AS root,
       (SELECT n.id FROM voice_notice n WHERE n.case_id = c.id AND n.verdict = 'done'
        AND NOT EXISTS (SELECT FROM voice_reply r WHERE r.notice_id = n.id) ORDER BY n.at DESC LIMIT 1) AS notice_id
FROM cases_case c LEFT JOIN orders_order o ON o.id = c.order_id WHERE c.number = %(number)s

-- name: thread  (nothing that is among staff; the policies see to it)
WITH RECURSIVE tree AS (
    SELECT %(id)s::uuid AS id UNION SELECT c.id FROM tree t JOIN cases_case c ON c.merged_into_id = t.id)
SELECT i.id, i.direction, i.kind, i.author_name, i.text, i.at,
       (SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'size', a.size) ORDER BY a.id)
        FROM cases_attachment a WHERE a.interaction_id = i.id)::text AS files
FROM (SELECT DISTINCT j.interaction_id FROM tree t JOIN cases_caseinteraction j ON j.case_id = t.id) j
JOIN cases_interaction i ON i.id = j.interaction_id
ORDER BY i.at, i.id LIMIT 300

-- name: file
SELECT name, content FROM cases_attachment WHERE id = %(id)s::uuid
