-- name: emails_of  (to whom a link may be mailed that opens everything of a party: its own address)
SELECT id, lower(email) AS email FROM parties_party WHERE id = ANY(%(ids)s::uuid[])

-- name: replies  (answers of staff that were not mailed yet, each with its case and what it answers)
SELECT i.id, i.text, i.subject, i.sent_to, i.at, c.id AS case_id, c.number, c.subject AS case_subject, c.party_id, c.name,
       c.language, c.state, c.closed_at, i.author_name,
       (SELECT array_agg(m.message_id ORDER BY m.at DESC) FROM (
            SELECT e.message_id, e.at FROM cases_caseinteraction f JOIN cases_interaction e ON e.id = f.interaction_id
            WHERE f.case_id = c.id AND e.message_id IS NOT NULL AND e.id <> i.id AND e.at <= i.at AND e.direction <> 'internal'
            ORDER BY e.at DESC LIMIT 10) m) AS earlier
FROM cases_interaction i
JOIN cases_caseinteraction j ON j.interaction_id = i.id
JOIN cases_case c ON c.id = j.case_id
WHERE i.id = ANY(%(ids)s::uuid[]) AND i.direction = 'out' AND i.kind = 'mail' AND i.sent_to <> ''
ORDER BY i.id

-- name: files_of
SELECT interaction_id, name, media_type, content FROM cases_attachment WHERE interaction_id = ANY(%(ids)s::uuid[]) ORDER BY id

-- name: note_message_ids
UPDATE cases_interaction i SET message_id = m.message_id
FROM unnest(%(ids)s::uuid[], %(message_ids)s::text[]) AS m(id, message_id) WHERE i.id = m.id AND i.message_id IS NULL

-- name: told
SELECT key FROM tasks_mail WHERE key = ANY(%(keys)s::text[])

-- name: closed  (matters that were settled, and nobody told their writers in the same breath)
SELECT c.id, c.number, c.subject, c.party_id, c.name, c.email, c.language, c.close_reason, c.closed_at, c.rating
FROM cases_case c
WHERE c.id = ANY(%(ids)s::uuid[]) AND c.state = 'closed' AND c.email <> '' AND c.merged_into_id IS NULL
  AND c.close_reason IN ('solved', 'answered', 'declined', 'no_reply')
  AND c.closed_at > clock_timestamp() - interval '14 days'
  AND NOT EXISTS (
      SELECT FROM cases_caseinteraction j JOIN cases_interaction i ON i.id = j.interaction_id
      WHERE j.case_id = c.id AND i.direction = 'out' AND i.at = c.closed_at)
ORDER BY c.id
