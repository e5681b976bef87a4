-- name: lock_groups  (who groups signals does so alone, for this transaction)
SELECT pg_advisory_xact_lock(7310005)

-- name: new_signals  (signals that stand in no group yet, oldest first)
SELECT s.id, s.kind, s.source, s.words, s.language, s.reason, s.offering_id, s.lot, s.at
FROM voice_signal s
WHERE s.id = ANY(%(ids)s::uuid[]) AND NOT EXISTS (SELECT FROM improvement_membership m WHERE m.signal_id = s.id)
ORDER BY s.at, s.id

-- name: term_counts  (the empty term counts the signals)
SELECT term, signals FROM improvement_term WHERE term = ANY(%(terms)s::text[]) OR term = ''

-- name: alike_groups  (for each new signal the groups whose middles are nearest in words)
SELECT DISTINCT n.group_id FROM (
    SELECT q.place, t.group_id,
           row_number() OVER (PARTITION BY q.place ORDER BY sum(q.weight * t.weight) DESC, t.group_id) AS nth
    FROM unnest(%(places)s::int[], %(terms)s::text[], %(weights)s::float8[]) AS q(place, term, weight)
    JOIN improvement_groupterm t ON t.term = q.term
    JOIN improvement_group g ON g.id = t.group_id AND g.state <> 'rejected'
    GROUP BY q.place, t.group_id) n
WHERE n.nth <= 8

-- name: groups
SELECT id, kind, state, offering_id, lot, problem_id, members, size, first_at, last_at FROM improvement_group
WHERE id = ANY(%(ids)s::uuid[])

-- name: terms_of
SELECT group_id, term, weight FROM improvement_groupterm WHERE group_id = ANY(%(ids)s::uuid[])

-- name: insert_groups
INSERT INTO improvement_group (id, kind, offering_id, lot, members, size, first_at, last_at)
SELECT * FROM unnest(%(ids)s::uuid[], %(kinds)s::text[], %(offerings)s::uuid[], %(lots)s::text[], %(members)s::int[],
                     %(sizes)s::int[], %(firsts)s::timestamptz[], %(lasts)s::timestamptz[])

-- name: update_groups
UPDATE improvement_group g SET members = n.members, size = n.size, first_at = n.first_at, last_at = n.last_at,
    offering_id = n.offering_id, lot = n.lot
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[], %(lots)s::text[], %(members)s::int[], %(sizes)s::int[],
            %(firsts)s::timestamptz[], %(lasts)s::timestamptz[])
     AS n(id, offering_id, lot, members, size, first_at, last_at)
WHERE g.id = n.id

-- name: drop_terms
DELETE FROM improvement_groupterm WHERE group_id = ANY(%(ids)s::uuid[])

-- name: insert_terms
INSERT INTO improvement_groupterm (group_id, term, weight)
SELECT * FROM unnest(%(groups)s::uuid[], %(terms)s::text[], %(weights)s::float8[])

-- name: count_terms
INSERT INTO improvement_term (term, signals)
SELECT * FROM unnest(%(terms)s::text[], %(counts)s::int[]) ORDER BY 1
ON CONFLICT (term) DO UPDATE SET signals = improvement_term.signals + excluded.signals

-- name: insert_memberships
INSERT INTO improvement_membership (signal_id, group_id, likeness, heard_at, parted_from)
SELECT n.signal_id, n.group_id, n.likeness, n.heard_at, '{}'
FROM unnest(%(signals)s::uuid[], %(groups)s::uuid[], %(likenesses)s::float8[], %(ats)s::timestamptz[])
     AS n(signal_id, group_id, likeness, heard_at)

-- name: recurred  (closed problems that new signals look like; a task each, by key)
UPDATE improvement_problem p SET recurred = p.recurred + n.signals
FROM (SELECT * FROM unnest(%(problems)s::uuid[], %(counts)s::int[]) AS x(id, signals)) n
WHERE p.id = n.id AND p.state = 'closed'
RETURNING p.id, p.number, p.rounds, n.signals, p.verdict

-- name: waiting_signals  (what nobody confirmed yet, newest first)
SELECT s.id, s.kind, s.source, s.words, s.language, s.reason, s.offering_id, s.lot, s.at, m.group_id, m.parted_from
FROM improvement_membership m JOIN improvement_group g ON g.id = m.group_id JOIN voice_signal s ON s.id = m.signal_id
WHERE m.problem_id IS NULL AND g.state = 'open' AND s.at > %(since)s::timestamptz
ORDER BY s.at DESC, s.id DESC LIMIT %(limit)s::int

-- name: move_waiting  (only signals that nobody decided about meanwhile)
UPDATE improvement_membership m SET group_id = n.group_id, likeness = n.likeness
FROM unnest(%(signals)s::uuid[], %(groups)s::uuid[], %(olds)s::uuid[], %(likenesses)s::float8[])
     AS n(signal_id, group_id, old_id, likeness)
WHERE m.signal_id = n.signal_id AND m.group_id = n.old_id AND m.problem_id IS NULL
  AND (SELECT g.state FROM improvement_group g WHERE g.id = m.group_id) = 'open'

-- name: count_groups  (what these groups hold, from their members)
UPDATE improvement_group g SET size = n.waiting, members = n.members,
    first_at = coalesce(n.first_at, g.first_at), last_at = coalesce(n.last_at, g.last_at)
FROM (SELECT i.id, count(m.signal_id) AS members, count(m.signal_id) FILTER (WHERE m.problem_id IS NULL) AS waiting,
             min(m.heard_at) AS first_at, max(m.heard_at) AS last_at
      FROM unnest(%(ids)s::uuid[]) AS i(id) LEFT JOIN improvement_membership m ON m.group_id = i.id GROUP BY i.id) n
WHERE g.id = n.id

-- name: drop_empty_groups
DELETE FROM improvement_group g
WHERE g.id = ANY(%(ids)s::uuid[]) AND g.state = 'open'
  AND NOT EXISTS (SELECT FROM improvement_membership m WHERE m.group_id = g.id)

-- name: drop_terms_of_empty_groups
DELETE FROM improvement_groupterm t USING improvement_group g
WHERE t.group_id = g.id AND g.id = ANY(%(ids)s::uuid[]) AND g.state = 'open'
  AND NOT EXISTS (SELECT FROM improvement_membership m WHERE m.group_id = g.id)

-- name: regrouping_due  (many new ones since the last time, and some rest between two times)
SELECT 1 WHERE (SELECT count(*) FROM (
    SELECT FROM improvement_membership m
    WHERE m.problem_id IS NULL AND m.signal_id > coalesce(
        (SELECT e.id FROM events_event e WHERE e.subject_id = %(subject)s::uuid ORDER BY e.id DESC LIMIT 1),
        '00000000-0000-0000-0000-000000000000')
    LIMIT %(enough)s::int) n) >= %(enough)s::int
  AND NOT EXISTS (SELECT FROM events_event e WHERE e.subject_id = %(subject)s::uuid AND e.at > %(rested)s::timestamptz)

-- name: insert_problem  (the same key is one problem)
INSERT INTO improvement_problem (id, key, kind, title, offering_id, lot, opened_by_name, opened_at, harm, due_at, due_steps,
                                 whys, owner_id)
VALUES (%(id)s, %(key)s, %(kind)s, %(title)s, %(offering)s, %(lot)s, %(by)s, %(at)s, %(harm)s, %(due_at)s,
        %(due_steps)s::jsonb, '{}', %(owner)s)
ON CONFLICT (key) DO NOTHING RETURNING id

-- name: problem_by_key
SELECT id, number FROM improvement_problem WHERE key = %(key)s::uuid

-- name: lock_problem
SELECT p.id, p.number, p.kind, p.title, p.state, p.owner_id, p.harm, p.cause, p.action, p.action_due_on, p.acted_at,
       p.effect, p.checked_at, p.answer_id, p.verdict, p.rounds, p.due_at, a.name AS owner_name
FROM improvement_problem p LEFT JOIN actor_staffaccount a ON a.id = p.owner_id
WHERE p.number = %(number)s FOR NO KEY UPDATE OF p

-- name: lock_group
SELECT id, kind, state, offering_id, lot, problem_id FROM improvement_group WHERE id = %(id)s::uuid FOR UPDATE

-- name: waiting_in_group  (of these signals those that wait in this group)
SELECT m.signal_id, s.words, s.language, s.offering_id, s.lot FROM improvement_membership m
JOIN voice_signal s ON s.id = m.signal_id
WHERE m.group_id = %(group)s::uuid AND m.problem_id IS NULL AND m.signal_id = ANY(%(signals)s::uuid[])
ORDER BY m.heard_at, m.signal_id

-- name: confirm
UPDATE improvement_membership SET problem_id = %(problem)s::uuid, confirmed_at = %(at)s::timestamptz, confirmed_by_name = %(by)s
WHERE signal_id = ANY(%(signals)s::uuid[]) AND problem_id IS NULL

-- name: take_group
UPDATE improvement_group SET state = 'taken', problem_id = %(problem)s::uuid, decided_by_name = %(by)s,
    decided_at = %(at)s::timestamptz
WHERE id = %(group)s::uuid

-- name: left_in_group  (signals of a group that nobody confirmed)
SELECT m.signal_id FROM improvement_membership m WHERE m.group_id = %(group)s::uuid AND m.problem_id IS NULL

-- name: set_apart  (each of these signals begins a group of its own, and is not suggested here again)
WITH apart AS (
    SELECT m.signal_id, m.group_id AS old_id, uuidv7() AS new_id, s.kind, s.offering_id, s.lot, m.heard_at
    FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
    WHERE m.signal_id = ANY(%(signals)s::uuid[])
), made AS (
    INSERT INTO improvement_group (id, kind, offering_id, lot, members, size, first_at, last_at)
    SELECT new_id, kind, offering_id, lot, 1, 1, heard_at, heard_at FROM apart RETURNING id
)
UPDATE improvement_membership m SET group_id = a.new_id, likeness = 1, problem_id = NULL, confirmed_at = NULL,
    confirmed_by_name = '', parted_from = array_append(m.parted_from, a.old_id)
FROM apart a WHERE m.signal_id = a.signal_id
RETURNING m.signal_id, m.group_id, a.old_id

-- name: signals_with_words
SELECT id, kind, source, words, language, reason, offering_id, lot, at FROM voice_signal WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id

-- name: reject_group
UPDATE improvement_group SET state = 'rejected', decided_by_name = %(by)s, decided_at = %(at)s::timestamptz, size = 0
WHERE id = %(group)s::uuid

-- name: linked  (of these signals those that are confirmed to belong to this problem)
SELECT signal_id FROM improvement_membership WHERE problem_id = %(problem)s::uuid AND signal_id = ANY(%(signals)s::uuid[])

-- name: refound_article  (what most of its signals are about)
UPDATE improvement_problem p SET
    offering_id = (SELECT s.offering_id FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
                   WHERE m.problem_id = p.id AND s.offering_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1),
    lot = coalesce((SELECT s.lot FROM improvement_membership m JOIN voice_signal s ON s.id = m.signal_id
                   WHERE m.problem_id = p.id AND s.lot <> '' GROUP BY 1 HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT 1), '')
WHERE p.id = ANY(%(ids)s::uuid[])

-- name: rank  (ranking.py says the same in words: change both)
UPDATE improvement_problem p SET signals = n.signals, voices = n.voices, affected_amount = n.amount,
    last_signal_at = n.last_at, ranked_at = %(at)s::timestamptz,
    score = round((10 * log(2, 1 + n.voices) + 10 * log(10, 1 + n.amount / 10))
                  * (CASE p.harm WHEN 3 THEN 2.5 WHEN 2 THEN 1.6 WHEN 1 THEN 1.2 ELSE 1 END), 1)
FROM (
    SELECT i.id, count(s.id) AS signals, max(s.at) AS last_at,
           coalesce(sum(s.times) FILTER (WHERE s.at > %(at)s::timestamptz - interval '90 days'), 0)::numeric AS voices,
           coalesce(sum(CASE WHEN l.id IS NULL THEN i2.price ELSE l.gross_amount / l.signals END), 0)::numeric(14, 2) AS amount
    FROM unnest(%(ids)s::uuid[]) AS i(id)
    LEFT JOIN improvement_membership m ON m.problem_id = i.id
    LEFT JOIN voice_signal s ON s.id = m.signal_id
    LEFT JOIN catalogue_storefrontitem i2 ON i2.offering_id = s.offering_id
    LEFT JOIN LATERAL (
        SELECT o.id, o.gross_amount, (
            SELECT count(*) FROM voice_signalorigin r JOIN improvement_membership q ON q.signal_id = r.signal_id
            WHERE r.order_line_id = o.id AND q.problem_id = i.id) AS signals
        FROM voice_signalorigin r JOIN orders_orderline o ON o.id = r.order_line_id WHERE r.signal_id = s.id) l ON true
    GROUP BY i.id) n
WHERE p.id = n.id

-- name: to_rank
SELECT id FROM improvement_problem WHERE ranked_at < %(before)s::timestamptz ORDER BY ranked_at LIMIT 500
