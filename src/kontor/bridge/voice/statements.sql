-- name: known_of  (what is known of who is behind signals; place -1: the house's own staff)
WITH asked AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(asked)s::jsonb)
        AS a(place int, party_id uuid, email text, case_id uuid, line_id uuid)
), matter AS MATERIALIZED (
    SELECT a.place, c.* FROM asked a JOIN cases_case c ON c.id = a.case_id
), who AS MATERIALIZED (
    SELECT place, party_id FROM asked WHERE party_id IS NOT NULL
    UNION SELECT place, party_id FROM matter WHERE party_id IS NOT NULL
    UNION SELECT m.place, o.party_id FROM matter m JOIN orders_order o ON o.id = m.order_id
    UNION SELECT a.place, l.party_id FROM asked a JOIN orders_orderline l ON l.id = a.line_id
    UNION SELECT a.place, p.id FROM asked a JOIN parties_party p ON lower(p.email) = lower(a.email) WHERE a.email <> ''
), bought AS MATERIALIZED (
    SELECT w.place, o.* FROM who w CROSS JOIN LATERAL (
        SELECT * FROM orders_order o WHERE o.party_id = w.party_id ORDER BY o.placed_at DESC LIMIT 100) o
)
SELECT DISTINCT place, kind, text FROM (
    SELECT w.place, v.kind, v.text FROM who w JOIN parties_party p ON p.id = w.party_id CROSS JOIN LATERAL (VALUES
        ('name', p.given_name || ' ' || p.family_name), ('name', p.organisation), ('handle', split_part(p.email, '@', 1)),
        ('number', p.phone), ('number', p.number), ('number', p.vat_id)) AS v(kind, text)
    UNION ALL
    SELECT w.place, v.kind, v.text FROM who w JOIN parties_address d ON d.party_id = w.party_id CROSS JOIN LATERAL (VALUES
        ('name', d.name), ('name', d.extra), ('place', d.street), ('place', d.postal_code || ' ' || d.city),
        ('place', d.city), ('number', d.postal_code)) AS v(kind, text)
    UNION ALL
    SELECT b.place, v.kind, v.text FROM bought b CROSS JOIN LATERAL (VALUES
        ('name', b.billing_name), ('name', b.shipping_name), ('name', b.billing_extra), ('name', b.shipping_extra),
        ('place', b.billing_street), ('place', b.shipping_street), ('place', b.billing_city), ('place', b.shipping_city),
        ('number', b.billing_postal_code), ('number', b.shipping_postal_code), ('number', b.number), ('number', b.phone),
        ('handle', split_part(b.email, '@', 1))) AS v(kind, text)
    UNION ALL
    SELECT m.place, v.kind, v.text FROM matter m CROSS JOIN LATERAL (VALUES
        ('name', m.name), ('number', m.number), ('number', m.phone), ('number', m.stated_order),
        ('handle', split_part(m.email, '@', 1))) AS v(kind, text)
    UNION ALL
    SELECT m.place, v.kind, v.text FROM matter m JOIN cases_caseinteraction j ON j.case_id = m.id
    JOIN cases_interaction i ON i.id = j.interaction_id CROSS JOIN LATERAL (VALUES
        ('name', i.author_name), ('handle', split_part(i.author_email, '@', 1))) AS v(kind, text)
    UNION ALL
    SELECT w.place, 'number', c.number FROM who w CROSS JOIN LATERAL (
        SELECT number FROM cases_case c WHERE c.party_id = w.party_id ORDER BY c.id DESC LIMIT 100) c
    UNION ALL
    SELECT -1, 'name', name FROM actor_staffaccount
) k WHERE btrim(text) <> ''

-- name: write_signals  (a key is heard once; what comes again amends it)
INSERT INTO voice_signal AS s
    (id, key, kind, source, offering_id, lot, words, language, reason, stars, times, outcome, at)
SELECT n.id, n.key, n.kind, n.source, n.offering_id, n.lot, n.words, n.language, n.reason, n.stars, n.times, n.outcome, n.at
FROM jsonb_to_recordset(%(signals)s::jsonb) AS n(
    id uuid, key text, kind text, source text, offering_id uuid, lot text, words text, language text, reason text,
    stars smallint, times int, outcome text, at timestamptz)
ORDER BY n.key
ON CONFLICT (key) DO UPDATE SET
    kind = excluded.kind, source = excluded.source, offering_id = coalesce(excluded.offering_id, s.offering_id),
    lot = coalesce(nullif(excluded.lot, ''), s.lot), words = excluded.words, reason = excluded.reason,
    times = greatest(excluded.times, s.times), outcome = excluded.outcome, amended_at = %(at)s::timestamptz
WHERE (s.kind, s.source, s.offering_id, s.lot, s.words, s.reason, s.times, s.outcome) IS DISTINCT FROM
      (excluded.kind, excluded.source, coalesce(excluded.offering_id, s.offering_id),
       coalesce(nullif(excluded.lot, ''), s.lot), excluded.words, excluded.reason, greatest(excluded.times, s.times),
       excluded.outcome)
RETURNING WITH (OLD AS was) s.id, s.key, s.source, s.kind, was.id IS NULL AS is_new

-- name: write_origins  (who a matter belongs to may be found later)
INSERT INTO voice_signalorigin AS o (signal_id, party_id, email, name, language, case_id, order_line_id)
SELECT s.id, n.party_id, n.email, n.name, n.language, n.case_id, n.order_line_id
FROM jsonb_to_recordset(%(origins)s::jsonb) AS n(
    key text, party_id uuid, email text, name text, language text, case_id uuid, order_line_id uuid)
JOIN voice_signal s ON s.key = n.key
ORDER BY s.id
ON CONFLICT (signal_id) DO UPDATE SET
    party_id = coalesce(excluded.party_id, o.party_id), email = coalesce(nullif(excluded.email, ''), o.email),
    name = coalesce(nullif(excluded.name, ''), o.name), case_id = coalesce(excluded.case_id, o.case_id),
    order_line_id = coalesce(excluded.order_line_id, o.order_line_id)
WHERE (o.party_id, o.email, o.name, o.case_id, o.order_line_id) IS DISTINCT FROM
      (coalesce(excluded.party_id, o.party_id), coalesce(nullif(excluded.email, ''), o.email),
       coalesce(nullif(excluded.name, ''), o.name), coalesce(excluded.case_id, o.case_id),
       coalesce(excluded.order_line_id, o.order_line_id))

-- name: matters  (as they are now; the article is the one named, or the only one of the order that is meant)
SELECT c.id, c.kind, c.channel, c.state, c.close_reason, c.subject, c.party_id, c.name, c.email, c.language, c.opened_at,
       coalesce(l.id, only_line.id) AS order_line_id,
       coalesce(c.offering_id, l.offering_id, only_line.offering_id) AS offering_id,
       coalesce(first.text, '') AS text
FROM cases_case c
LEFT JOIN orders_orderline l ON l.id = c.order_line_id
LEFT JOIN LATERAL (
    SELECT (array_agg(o.id))[1] AS id, (array_agg(o.offering_id))[1] AS offering_id FROM orders_orderline o
    WHERE o.order_id = c.order_id AND o.kind = 'item' AND c.order_line_id IS NULL AND c.offering_id IS NULL
    HAVING count(*) = 1) only_line ON true
LEFT JOIN LATERAL (
    SELECT i.text FROM cases_caseinteraction j JOIN cases_interaction i ON i.id = j.interaction_id
    WHERE j.case_id = c.id AND i.direction = 'in' ORDER BY j.id LIMIT 1) first ON true
WHERE c.id = ANY(%(cases)s::uuid[])

-- name: note_search
SELECT kontor_note_search(%(text)s, %(language)s) AS is_new

-- name: misses
SELECT id, "on", language, text, times FROM voice_searchmiss WHERE times > heard_times ORDER BY id LIMIT 2000

-- name: misses_heard
UPDATE voice_searchmiss m SET heard_times = a.times
FROM unnest(%(ids)s::bigint[], %(times)s::int[]) AS a(id, times) WHERE m.id = a.id AND m.heard_times < a.times

-- name: forget_misses  (what was typed goes as soon as its day is over and it is a signal)
DELETE FROM voice_searchmiss WHERE "on" < %(today)s::date - 1 AND heard_times >= times

-- name: customers_named
SELECT DISTINCT a.given, a.family FROM unnest(%(given)s::text[], %(family)s::text[]) AS a(given, family)
JOIN parties_party p ON lower(p.family_name) = a.family AND lower(p.given_name) = a.given

-- name: unanswered  (the index of open matters serves the first part, that of sources the second)
SELECT c.id, c.channel, c.subject, c.party_id, c.name, c.email, c.language, c.due_at, c.offering_id, c.order_line_id,
       coalesce(first.text, '') AS text, '' AS outcome
FROM cases_case c
LEFT JOIN LATERAL (
    SELECT i.text FROM cases_caseinteraction j JOIN cases_interaction i ON i.id = j.interaction_id
    WHERE j.case_id = c.id AND i.direction = 'in' ORDER BY j.id LIMIT 1) first ON true
WHERE c.state = 'open' AND c.merged_into_id IS NULL AND c.kind = 'question' AND c.first_answered_at IS NULL
  AND c.due_at < %(at)s::timestamptz
  AND NOT EXISTS (SELECT FROM voice_signal s WHERE s.key = 'unanswered:' || c.id)
UNION ALL
SELECT c.id, c.channel, c.subject, c.party_id, c.name, c.email, c.language, c.due_at, c.offering_id, c.order_line_id,
       coalesce(first.text, ''), CASE WHEN c.first_answered_at IS NOT NULL THEN 'answered' ELSE c.close_reason END
FROM voice_signal s JOIN voice_signalorigin o ON o.signal_id = s.id JOIN cases_case c ON c.id = o.case_id
LEFT JOIN LATERAL (
    SELECT i.text FROM cases_caseinteraction j JOIN cases_interaction i ON i.id = j.interaction_id
    WHERE j.case_id = c.id AND i.direction = 'in' ORDER BY j.id LIMIT 1) first ON true
WHERE s.source = 'question' AND s.outcome = '' AND (c.first_answered_at IS NOT NULL OR c.state = 'closed')
LIMIT 1000

-- name: last_count
SELECT counted_at, all_counted_on FROM voice_salecount ORDER BY id LIMIT 1

-- name: count_sales  (the sums of the days as they are now, whatever was counted before)
WITH counted AS (
    SELECT l.offering_id, (o.placed_at AT TIME ZONE %(zone)s)::date AS "on", sum(l.quantity - l.cancelled_quantity) AS quantity
    FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
    WHERE l.kind = 'item' AND o.state IN ('confirmed', 'done') AND o.placed_at >= %(since)s::timestamptz
    GROUP BY 1, 2
), gone AS (
    DELETE FROM voice_sale s WHERE s."on" >= (%(since)s::timestamptz AT TIME ZONE %(zone)s)::date
      AND NOT EXISTS (SELECT FROM counted c WHERE c.offering_id = s.offering_id AND c."on" = s."on")
)
INSERT INTO voice_sale AS s (offering_id, "on", quantity)
SELECT offering_id, "on", quantity FROM counted ORDER BY "on", offering_id
ON CONFLICT ("on", offering_id) DO UPDATE SET quantity = excluded.quantity WHERE s.quantity <> excluded.quantity

-- name: sales_counted
WITH changed AS (
    UPDATE voice_salecount SET counted_at = %(at)s::timestamptz, all_counted_on = %(all_on)s::date RETURNING id)
INSERT INTO voice_salecount (counted_at, all_counted_on)
SELECT %(at)s::timestamptz, %(all_on)s::date WHERE NOT EXISTS (SELECT FROM changed)

-- name: may_review  (of the token's own lines and reviews)
SELECT l.delivered_quantity > 0 AS has_received,
       EXISTS (SELECT FROM voice_review r WHERE r.id = %(id)s::uuid) AS is_same,
       EXISTS (SELECT FROM voice_review r WHERE r.party_id = l.party_id AND r.offering_id = l.offering_id) AS has_reviewed
FROM orders_orderline l
WHERE l.id = %(line)s::uuid AND l.offering_id = %(offering)s::uuid AND l.kind = 'item'

-- name: insert_review
INSERT INTO voice_review (id, party_id, order_line_id, offering_id, stars, text, shown_as, language)
VALUES (%(id)s::uuid, %(party)s::uuid, %(line)s::uuid, %(offering)s::uuid, %(stars)s, %(text)s, %(shown_as)s, %(language)s)

-- name: reviews_to_check  (only of lines that were really sent; the database saw to it when they were written)
SELECT r.id, r.state, r.stars, r.text, r.shown_as, r.language, r.offering_id, r.order_line_id, r.party_id, r.at,
       coalesce(p.email, o.email) AS email,
       coalesce(nullif(btrim(p.given_name || ' ' || p.family_name), ''), o.billing_name) AS name
FROM voice_review r JOIN orders_orderline l ON l.id = r.order_line_id JOIN orders_order o ON o.id = l.order_id
LEFT JOIN parties_party p ON p.id = r.party_id
WHERE r.id = ANY(%(ids)s::uuid[]) ORDER BY r.id FOR UPDATE OF r

-- name: hold_reviews
UPDATE voice_review r SET state = 'held', held_because = a.reason
FROM unnest(%(ids)s::uuid[], %(reasons)s::text[]) AS a(id, reason) WHERE r.id = a.id AND r.state = 'written'

-- name: lock_review
SELECT id FROM voice_review WHERE id = %(id)s::uuid FOR NO KEY UPDATE

-- name: decide_reviews
UPDATE voice_review SET state = %(state)s, decided_at = %(at)s::timestamptz, decided_by = %(name)s
WHERE id = ANY(%(ids)s::uuid[]) AND state <> %(state)s

-- name: show_reviews
INSERT INTO voice_shownreview (review_id, offering_id, stars, text, shown_as, language, "on")
SELECT id, offering_id, stars, text, shown_as, language, (at AT TIME ZONE %(zone)s)::date
FROM voice_review WHERE id = ANY(%(ids)s::uuid[]) AND state = 'shown' ORDER BY id
ON CONFLICT (review_id) DO NOTHING

-- name: take_down_reviews
DELETE FROM voice_shownreview WHERE review_id = ANY(%(ids)s::uuid[])

-- name: reviews_in
SELECT r.id, r.at, r.stars, r.text, r.shown_as, r.state, r.held_because, r.decided_by, r.decided_at, o.number, o.name_de,
       o.name_en
FROM voice_review r JOIN catalogue_offering o ON o.id = r.offering_id
WHERE r.state = %(state)s ORDER BY r.at DESC LIMIT 100
