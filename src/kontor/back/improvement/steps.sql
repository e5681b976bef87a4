-- name: possible_owner  (somebody who may work on problems)
SELECT a.id, a.name FROM actor_staffaccount a
WHERE a.id = %(account)s::uuid AND a.is_active AND EXISTS (
    SELECT FROM actor_staffaccount_departments m JOIN actor_department d ON d.code = m.department_id
    WHERE m.staffaccount_id = a.id AND d.rights ? 'improvement.write')

-- name: set_owner
UPDATE improvement_problem SET owner_id = %(owner)s::uuid WHERE id = %(id)s::uuid

-- name: set_harm
UPDATE improvement_problem SET harm = %(harm)s, harm_by_name = %(by)s WHERE id = %(id)s::uuid

-- name: step_began  (when the step it stands in began)
SELECT CASE state WHEN 'check' THEN acted_at WHEN 'act' THEN checked_at
                  ELSE greatest(opened_at, reopened_at, checked_at) END AS at
FROM improvement_problem WHERE id = %(id)s::uuid

-- name: set_due
UPDATE improvement_problem SET due_at = %(due_at)s::timestamptz, due_steps = %(steps)s::jsonb WHERE id = %(id)s::uuid

-- name: set_cause
UPDATE improvement_problem SET whys = %(whys)s::text[], cause = %(cause)s, cause_kind = %(kind)s,
    planned_at = coalesce(planned_at, %(at)s::timestamptz), state = CASE state WHEN 'plan' THEN 'do' ELSE state END
WHERE id = %(id)s::uuid

-- name: set_action
UPDATE improvement_problem SET action = %(action)s, action_due_on = %(due_on)s::date, due_at = %(due_at)s::timestamptz,
    due_steps = NULL
WHERE id = %(id)s::uuid

-- name: finish_action
UPDATE improvement_problem SET state = 'check', acted_at = %(at)s::timestamptz WHERE id = %(id)s::uuid

-- name: set_effect
UPDATE improvement_problem SET state = %(state)s::text, effect = %(effect)s, effect_note = %(note)s, checked_at = %(at)s::timestamptz,
    rounds = rounds + (CASE WHEN %(state)s::text = 'plan' THEN 1 ELSE 0 END),
    action_due_on = CASE WHEN %(state)s::text = 'plan' THEN NULL ELSE action_due_on END
WHERE id = %(id)s::uuid

-- name: insert_answer
INSERT INTO voice_answer (id, problem_id, problem_number, verdict, text_de, text_en, at, given_by)
VALUES (%(id)s, %(problem)s, %(number)s, %(verdict)s, %(text_de)s, %(text_en)s, %(at)s, %(by)s)

-- name: insert_tellings  (everyone behind every confirmed signal)
INSERT INTO voice_telling (answer_id, signal_id)
SELECT %(answer)s::uuid, m.signal_id FROM improvement_membership m WHERE m.problem_id = %(problem)s::uuid
ON CONFLICT DO NOTHING

-- name: close
UPDATE improvement_problem SET state = 'closed', verdict = %(verdict)s, answer_id = %(answer)s::uuid,
    closed_at = %(at)s::timestamptz, due_at = NULL, due_steps = NULL, recurred = 0
WHERE id = %(id)s::uuid

-- name: reopen
UPDATE improvement_problem SET state = 'plan', closed_at = NULL, reopened_at = %(at)s::timestamptz, rounds = rounds + 1,
    verdict = '', effect = '', effect_note = '', planned_at = NULL, acted_at = NULL, checked_at = NULL, action = '',
    action_due_on = NULL, recurred = 0
WHERE id = %(id)s::uuid AND state = 'closed'
RETURNING id, number, harm, rounds, owner_id

-- name: replies  (who says that it is still broken, with the problem and what they were told of)
SELECT r.id, r.words, r.at, r.party_id, n.answer_id, n.language, n.case_id, a.problem_id, a.problem_number, p.state,
       o.signal_id, o.party_id AS origin_party, o.email, o.name, o.order_line_id, s.offering_id, s.kind, m.group_id
FROM voice_reply r
JOIN voice_notice n ON n.id = r.notice_id
JOIN voice_answer a ON a.id = n.answer_id
JOIN improvement_problem p ON p.id = a.problem_id
JOIN LATERAL (
    SELECT g.* FROM voice_telling t JOIN voice_signalorigin g ON g.signal_id = t.signal_id
    WHERE t.answer_id = a.id AND t.notice_id = n.id ORDER BY g.signal_id LIMIT 1) o ON true
JOIN voice_signal s ON s.id = o.signal_id
JOIN improvement_membership m ON m.signal_id = s.id
WHERE r.id = ANY(%(ids)s::uuid[])
ORDER BY r.id

-- name: note_replies
UPDATE voice_telling t SET still_broken_at = r.at
FROM voice_reply r JOIN voice_notice n ON n.id = r.notice_id
WHERE r.id = ANY(%(ids)s::uuid[]) AND t.answer_id = n.answer_id AND t.notice_id = n.id AND t.still_broken_at IS NULL

-- name: lock_problems
SELECT id, number, state FROM improvement_problem WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id FOR NO KEY UPDATE

-- name: link_heard  (signals that are known to belong to a problem: they come from an answer to it)
INSERT INTO improvement_membership (signal_id, group_id, likeness, heard_at, problem_id, confirmed_at, confirmed_by_name, parted_from)
SELECT s.id, n.group_id, 1, s.at, n.problem_id, %(at)s::timestamptz, '', '{}'
FROM unnest(%(keys)s::text[], %(groups)s::uuid[], %(problems)s::uuid[]) AS n(key, group_id, problem_id)
JOIN voice_signal s ON s.key = n.key
ON CONFLICT (signal_id) DO NOTHING
RETURNING problem_id
