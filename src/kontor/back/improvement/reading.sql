-- name: problem
SELECT p.*, a.name AS owner_name, o.number AS offering_number, o.name_de AS offering_de, o.name_en AS offering_en,
       t.id AS task_id, v.text_de, v.text_en, v.given_by, v.at AS answered_at,
       (SELECT count(*) FROM voice_notice n WHERE n.answer_id = p.answer_id) AS told,
       (SELECT count(*) FROM voice_telling n WHERE n.answer_id = p.answer_id AND n.told_at IS NULL) AS to_tell,
       (SELECT count(*) FROM voice_telling n WHERE n.answer_id = p.answer_id AND n.still_broken_at IS NOT NULL) AS still_broken
FROM improvement_problem p
LEFT JOIN actor_staffaccount a ON a.id = p.owner_id
LEFT JOIN catalogue_offering o ON o.id = p.offering_id
LEFT JOIN voice_answer v ON v.id = p.answer_id
LEFT JOIN tasks_task t ON t.key = 'improvement.action:' || p.id || ':' || p.rounds AND t.done_at IS NULL
WHERE p.number = %(number)s

-- name: effect  (signals of the problem and of its groups, confirmed or not, and what was sold of what they are about)
WITH told AS (
    SELECT s.at, s.offering_id FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
    WHERE m.problem_id = %(problem)s::uuid
    UNION ALL
    SELECT s.at, s.offering_id FROM improvement_group g
    JOIN improvement_membership m ON m.group_id = g.id AND m.problem_id IS NULL
    JOIN voice_signal s ON s.id = m.signal_id
    WHERE g.problem_id = %(problem)s::uuid
), about AS (SELECT DISTINCT offering_id FROM told WHERE offering_id IS NOT NULL)
SELECT (SELECT count(*) FROM told WHERE at >= %(since)s::timestamptz AND at < %(turn)s::timestamptz) AS before,
       (SELECT count(*) FROM told WHERE at >= %(turn)s::timestamptz AND at < %(until)s::timestamptz) AS after,
       coalesce(sum(l.quantity - l.cancelled_quantity) FILTER (WHERE r.placed_at < %(turn)s::timestamptz), 0) AS sold_before,
       coalesce(sum(l.quantity - l.cancelled_quantity) FILTER (WHERE r.placed_at >= %(turn)s::timestamptz), 0) AS sold_after
FROM orders_order r JOIN orders_orderline l ON l.order_id = r.id
WHERE r.placed_at >= %(since)s::timestamptz AND r.placed_at < %(until)s::timestamptz AND r.state <> 'cancelled'
  AND l.kind = 'item' AND (l.offering_id IN (SELECT offering_id FROM about) OR NOT EXISTS (SELECT FROM about))

-- name: weeks  (how many signals a week, the last 26; weeks begin on Mondays of the house)
WITH told AS MATERIALIZED (
    SELECT date_trunc('week', m.heard_at AT TIME ZONE %(zone)s) AS week FROM improvement_membership m
    WHERE m.problem_id = %(problem)s::uuid
    UNION ALL
    SELECT date_trunc('week', m.heard_at AT TIME ZONE %(zone)s) FROM improvement_group g
    JOIN improvement_membership m ON m.group_id = g.id AND m.problem_id IS NULL
    WHERE g.problem_id = %(problem)s::uuid
)
SELECT w.begins::date AS begins, count(t.week) AS signals
FROM generate_series(date_trunc('week', %(until)s::timestamptz AT TIME ZONE %(zone)s) - interval '25 weeks',
                     date_trunc('week', %(until)s::timestamptz AT TIME ZONE %(zone)s), interval '1 week') AS w(begins)
LEFT JOIN told t ON t.week = w.begins
GROUP BY 1 ORDER BY 1

-- name: signals_of
SELECT s.id, s.words, s.source, s.at, s.reason, s.stars, s.times, s.language, s.lot, o.name_de AS offering_de,
       o.name_en AS offering_en, m.confirmed_by_name, m.confirmed_at,
       EXISTS (SELECT FROM voice_telling t WHERE t.signal_id = s.id AND t.told_at IS NOT NULL) AS is_told
FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
LEFT JOIN catalogue_offering o ON o.id = s.offering_id
WHERE m.problem_id = %(problem)s::uuid ORDER BY m.heard_at DESC, s.id DESC LIMIT %(limit)s::int

-- name: owners  (who may look after problems)
SELECT a.id, a.name FROM actor_staffaccount a
WHERE a.is_active AND EXISTS (
    SELECT FROM actor_staffaccount_departments m JOIN actor_department d ON d.code = m.department_id
    WHERE m.staffaccount_id = a.id AND d.rights ? 'improvement.write')
ORDER BY a.name LIMIT 200

-- name: waiting_groups  (what looks like this problem and waits for somebody to say so)
SELECT id, size FROM improvement_group WHERE problem_id = %(problem)s::uuid AND size > 0 ORDER BY size DESC LIMIT 5

-- name: happened
SELECT type, at, actor_name, fact::text AS fact FROM events_event WHERE subject_id = %(problem)s::uuid ORDER BY id DESC LIMIT 40

-- name: suggestions  (groups that wait, the largest first; the words nearest to the middle speak for each)
SELECT g.id, g.kind, g.size, g.first_at, g.last_at, g.lot, o.name_de AS offering_de, o.name_en AS offering_en,
       p.number, p.title, p.state, x.words
FROM (SELECT * FROM improvement_group
      WHERE state <> 'rejected' AND size > 0
        AND (%(before_size)s::int IS NULL OR (size, id) < (%(before_size)s::int, %(before_id)s::uuid))
        AND (%(kind)s::text = '' OR kind = %(kind)s::text)
      ORDER BY size DESC, id DESC LIMIT %(limit)s::int) g
LEFT JOIN catalogue_offering o ON o.id = g.offering_id
LEFT JOIN improvement_problem p ON p.id = g.problem_id
LEFT JOIN LATERAL (
    SELECT json_agg(w.words)::text AS words FROM (
        SELECT coalesce(nullif(left(s.words, 200), ''), s.reason) AS words
        FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
        WHERE m.group_id = g.id AND m.problem_id IS NULL ORDER BY m.likeness DESC LIMIT 3) w) x ON true
ORDER BY g.size DESC, g.id DESC

-- name: suggestion
SELECT g.id, g.kind, g.state, g.size, g.first_at, g.last_at, g.lot, o.name_de AS offering_de, o.name_en AS offering_en,
       p.number, p.title, p.state AS problem_state
FROM improvement_group g LEFT JOIN catalogue_offering o ON o.id = g.offering_id
LEFT JOIN improvement_problem p ON p.id = g.problem_id WHERE g.id = %(id)s::uuid

-- name: signals_waiting
SELECT s.id, s.words, s.source, s.at, s.reason, s.stars, s.times, s.language, s.lot, o.name_de AS offering_de,
       o.name_en AS offering_en, m.likeness
FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
LEFT JOIN catalogue_offering o ON o.id = s.offering_id
WHERE m.group_id = %(group)s::uuid AND m.problem_id IS NULL ORDER BY m.likeness DESC, s.id LIMIT %(limit)s::int

-- name: all_waiting
SELECT signal_id FROM improvement_membership WHERE group_id = %(group)s::uuid AND problem_id IS NULL

-- name: like_problems  (problems of the kind, those whose words are nearest first)
SELECT p.number, p.title, p.state FROM improvement_problem p
LEFT JOIN LATERAL (
    SELECT sum(t.weight * u.weight) AS near FROM improvement_group g JOIN improvement_groupterm t ON t.group_id = g.id
    JOIN improvement_groupterm u ON u.group_id = %(group)s::uuid AND u.term = t.term
    WHERE g.problem_id = p.id) n ON true
WHERE p.kind = %(kind)s AND (p.state <> 'closed' OR n.near IS NOT NULL)
ORDER BY n.near DESC NULLS LAST, p.score DESC LIMIT 30

-- name: today
SELECT (SELECT count(*) FROM improvement_problem WHERE state <> 'closed') AS open,
       (SELECT count(*) FROM improvement_problem WHERE state <> 'closed' AND due_at <= %(at)s::timestamptz) AS late,
       (SELECT count(*) FROM improvement_problem WHERE state <> 'closed' AND harm = 3) AS danger,
       (SELECT count(*) FROM improvement_problem WHERE recurred > 0) AS again,
       (SELECT count(*) FROM (SELECT FROM improvement_group WHERE state <> 'rejected' AND size > 1 LIMIT 1001) g) AS suggested

-- name: counts
SELECT count(*) FILTER (WHERE state <> 'closed') AS open,
       count(*) FILTER (WHERE state <> 'closed' AND harm = 3) AS danger,
       count(*) FILTER (WHERE state <> 'closed' AND due_at <= clock_timestamp()) AS late,
       count(*) FILTER (WHERE recurred > 0) AS again
FROM improvement_problem

-- name: found
SELECT number, title, state FROM improvement_problem
WHERE number ILIKE %(pattern)s OR title ILIKE %(pattern)s ORDER BY score DESC, id DESC LIMIT 8
