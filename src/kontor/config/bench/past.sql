-- name: customers  (twenty thousand of them, each with an address)
WITH party AS (
    INSERT INTO parties_party (id, kind, given_name, family_name, organisation, email, phone, language, vat_id, created_at)
    SELECT uuidv7(), 'person', (ARRAY['Anna', 'Ben', 'Clara', 'David', 'Emma', 'Finn', 'Greta', 'Henri'])[1 + n %% 8],
           (ARRAY['Behrens', 'Meyer', 'Schröder', 'Janssen', 'Özdemir', 'Kowalski'])[1 + n %% 6] || ' ' || n, '',
           'customer.' || n || '@example.org', '', 'de', '', now() - interval '400 days'
    FROM generate_series(1, %(customers)s::int) n RETURNING id, given_name, family_name
)
INSERT INTO parties_address (id, party_id, name, extra, street, postal_code, city, country, is_billing, is_shipping, created_at)
SELECT uuidv7(), id, given_name || ' ' || family_name, '', 'Am Deich 12', '28199', 'Bremen', 'DE', true, true, now() FROM party

-- name: past  (who ordered when, and how far it is: the last four in a hundred are under way, the rest is history)
CREATE TEMP TABLE past AS
SELECT n, uuidv7(x.placed_at - clock_timestamp()) AS id, p.id AS party_id, p.name, p.email, x.placed_at, n %% 4 AS further,
       CASE WHEN n <= %(orders)s::int * 0.96 THEN CASE WHEN n %% 25 = 0 THEN 'cancelled' ELSE 'done' END
            ELSE (ARRAY['open', 'open', 'open', 'open', 'unpaid', 'unpaid', 'payment', 'release', 'held', 'cancelled'])[1 + n %% 10]
       END AS step,
       (ARRAY['invoice', 'invoice', 'prepayment', 'provider'])[1 + n %% 4] AS payment_method
FROM generate_series(1, %(orders)s::int) n
CROSS JOIN LATERAL (SELECT now() - (%(orders)s::int - n) * (interval '1 year' / %(orders)s::int) AS placed_at) x
JOIN (SELECT id, email, trim(given_name || ' ' || family_name) AS name, row_number() OVER (ORDER BY id) - 1 AS place
      FROM parties_party WHERE email LIKE 'customer.%%@example.org') p ON p.place = (n * 7919::bigint) %% %(customers)s::int

-- name: past_lines
CREATE TEMP TABLE past_line AS
SELECT uuidv7() AS id, uuidv7() AS demand_id, o.id AS order_id, o.party_id, o.step, o.placed_at, l.position, i.offering_id, i.number,
       i.name_de AS name, i.unit, i.price, i.pool_id, i.bucket_id, (1 + (o.n + l.position) %% 2)::numeric AS quantity, o.n
FROM past o CROSS JOIN LATERAL generate_series(1, 1 + o.further) AS l(position)
JOIN (SELECT s.offering_id, s.number, s.name_de, s.unit, s.price, p.id AS pool_id, b.id AS bucket_id,
             row_number() OVER (ORDER BY s.number) - 1 AS place, count(*) OVER () AS count
      FROM catalogue_storefrontitem s JOIN promises_pool p ON p.offering_id = s.offering_id
      JOIN promises_bucket b ON b.pool_id = p.id AND b.kind = 'on_hand') i ON i.place = (o.n * 31 + l.position * 17) %% i.count

-- name: orders
INSERT INTO orders_order (
    id, key, number, state, channel, party_id, language, currency, email, phone, billing_name, billing_extra, billing_street,
    billing_postal_code, billing_city, billing_country, shipping_name, shipping_extra, shipping_street, shipping_postal_code,
    shipping_city, shipping_country, payment_method, shipping_method, net_amount, tax_amount, gross_amount, placed_at,
    confirmed_at, released_at, paid_at, cancelled_at, cancel_reason, promised_on)
SELECT o.id, uuidv7(), 'A-' || (200000 + o.n), CASE WHEN o.step IN ('done', 'cancelled', 'held') THEN o.step ELSE 'confirmed' END,
       CASE WHEN o.n %% 9 = 0 THEN 'phone' ELSE 'web' END, o.party_id, 'de', 'EUR', o.email, '', o.name, '', 'Am Deich 12', '28199',
       'Bremen', 'DE', o.name, '', 'Am Deich 12', '28199', 'Bremen', 'DE',
       CASE o.step WHEN 'payment' THEN 'prepayment' WHEN 'release' THEN 'invoice' WHEN 'unpaid' THEN 'invoice'
       ELSE o.payment_method END, 'parcel', l.gross - round(l.gross * 19 / 119, 2), round(l.gross * 19 / 119, 2), l.gross, o.placed_at,
       CASE WHEN o.step <> 'held' THEN o.placed_at + interval '1 minute' END,
       CASE WHEN o.step IN ('done', 'open', 'unpaid') THEN o.placed_at + interval '2 minutes' END,
       CASE WHEN o.step = 'done' THEN o.placed_at + interval '9 days' END,
       CASE WHEN o.step = 'cancelled' THEN o.placed_at + interval '1 day' END,
       CASE WHEN o.step = 'cancelled' THEN 'changed my mind' ELSE '' END, o.placed_at::date + 3
FROM past o JOIN (SELECT order_id, sum(round(quantity * price, 2)) + 5.95 AS gross FROM past_line GROUP BY order_id) l
ON l.order_id = o.id

-- name: demands
INSERT INTO promises_demand (id, pool_id, party_id, quantity, is_at_risk, created_at)
SELECT demand_id, pool_id, party_id, quantity, false, placed_at FROM past_line

-- name: lines
INSERT INTO orders_orderline (
    id, order_id, party_id, position, kind, offering_id, number, name, quantity, unit, unit_price, tax_code, tax_rate, gross_amount,
    demand_id, promised_on, delivered_quantity, cancelled_quantity, returned_quantity)
SELECT id, order_id, party_id, position, 'item', offering_id, number, name, quantity, unit, price, 'standard', 19,
       round(quantity * price, 2), demand_id, placed_at::date + 3, CASE WHEN step IN ('done', 'unpaid') THEN quantity ELSE 0 END,
       CASE WHEN step = 'cancelled' THEN quantity ELSE 0 END, 0
FROM past_line
UNION ALL
SELECT uuidv7(), o.id, o.party_id, 9, 'shipping', s.offering_id, 'VERSAND', 'Versand', 1, 'piece', 5.95, 'standard', 19, 5.95, NULL,
       NULL, 0, 0, 0 FROM past o, (SELECT offering_id FROM orders_shippingmethod ORDER BY position LIMIT 1) s

-- name: promises
INSERT INTO promises_promise (demand_id, bucket_id, quantity, state, expires_at, made_at)
SELECT demand_id, bucket_id, quantity, CASE WHEN step IN ('done', 'unpaid') THEN 'used' WHEN step = 'cancelled' THEN 'released'
       WHEN step = 'held' THEN 'hold' ELSE 'firm' END, CASE WHEN step = 'held' THEN 'infinity'::timestamptz END, placed_at
FROM past_line

-- name: buckets  (there is as much as was promised, and forty more)
UPDATE promises_bucket b SET promised = p.quantity, capacity = p.quantity + 40
FROM (SELECT bucket_id, sum(quantity) AS quantity FROM promises_promise WHERE state IN ('hold', 'firm') GROUP BY bucket_id) p
WHERE p.bucket_id = b.id

-- name: milestones
INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
SELECT l.id, l.order_id, l.party_id, m.step, l.quantity, l.placed_at + m.after
FROM past_line l JOIN (VALUES ('confirmed', interval '1 minute', ARRAY['done', 'open', 'unpaid', 'payment', 'release']),
    ('shipped', interval '1 day', ARRAY['done', 'unpaid']), ('invoiced', interval '1 day', ARRAY['done', 'unpaid']),
    ('delivered', interval '3 days', ARRAY['done']), ('paid', interval '9 days', ARRAY['done'])) AS m(step, after, steps)
ON l.step = ANY (m.steps)
ORDER BY l.n, m.after

-- name: documents
INSERT INTO documents_document (id, kind, number, party_id, subject_id, template_version, frozen, is_public, issued_at)
SELECT uuidv7(), d.kind, d.prefix || (200000 + o.n), o.party_id, o.id, '1', '{}', true, o.placed_at + d.after
FROM past o JOIN (VALUES ('confirmation', 'A-', interval '1 minute'), ('invoice', 'RE-', interval '1 day')) AS d(kind, prefix, after)
ON d.kind = 'confirmation' OR o.step IN ('done', 'unpaid')

-- name: payments
INSERT INTO payments_payment (id, key, method, party_id, order_id, amount, currency, received_on, reference, payer, recorded_at)
SELECT uuidv7(), uuidv7(), 'transfer', o.party_id, o.id, x.gross_amount, 'EUR', o.placed_at::date + 9, x.number, '', o.placed_at
FROM past o JOIN orders_order x ON x.id = o.id WHERE o.step = 'done'

-- name: events
INSERT INTO events_event (id, type, subject, subject_id, fact, actor_kind, actor_name, at)
SELECT uuidv7(), e.type, 'A-' || (200000 + o.n), o.id, '{}', e.kind, '', o.placed_at + e.after
FROM past o, (VALUES ('orders.OrderPlaced', 'visitor', interval '0'), ('orders.OrderConfirmed', 'schedule', interval '1 minute'),
              ('orders.OrderReleased', 'schedule', interval '2 minutes')) AS e(type, kind, after)
ORDER BY o.n, e.after

-- name: cases  (as many matters as orders: most of them open, each with one letter)
INSERT INTO cases_case (id, kind, channel, subject, party_id, name, email, language, state, queue, opened_at, received_at,
    due_at, last_at, closed_at, close_reason, claimed_by_id, claimed_by_name, claimed_at)
SELECT gen_random_uuid(), (ARRAY['question', 'complaint', 'return', 'other'])[1 + n %% 4], (ARRAY['form', 'mail', 'order'])[1 + n %% 3],
       'Bremse quietscht ' || n, p.id, p.given_name || ' ' || p.family_name, p.email, 'de',
       CASE WHEN n %% 10 < 6 THEN 'open' WHEN n %% 10 < 8 THEN 'waiting' ELSE 'closed' END,
       CASE WHEN n %% 5 = 0 THEN 'sales' ELSE 'care' END, now() - n * interval '3 minutes', now() - n * interval '3 minutes',
       CASE WHEN n %% 10 < 6 THEN now() - n * interval '3 minutes' + interval '8 hours' END, now() - n * interval '2 minutes',
       CASE WHEN n %% 10 >= 8 THEN now() - n * interval '1 minute' END, CASE WHEN n %% 10 >= 8 THEN 'answered' ELSE '' END,
       a.id, coalesce(a.name, ''), CASE WHEN a.id IS NOT NULL THEN now() END
FROM generate_series(1, %(orders)s::int) n
JOIN (SELECT *, row_number() OVER (ORDER BY email) - 1 AS place FROM parties_party WHERE email LIKE 'customer.%%@example.org') p
    ON p.place = (n * 104729::bigint) %% %(customers)s::int
LEFT JOIN actor_staffaccount a ON n %% 7 = 0 AND a.email = 'linda.mitchell@weserrad.example'

-- name: contacts
WITH written AS (
    INSERT INTO cases_interaction (id, direction, kind, party_id, author_name, author_email, text, at)
    SELECT id, 'in', 'form', party_id, name, email, 'Guten Tag, die Bremse quietscht. Was kann ich tun?', opened_at FROM cases_case
    RETURNING id, party_id)
INSERT INTO cases_caseinteraction (case_id, interaction_id, party_id) SELECT id, id, party_id FROM written

-- name: signals  (as many as orders: over 87 days, two months of them of lots)
INSERT INTO voice_signal (id, key, kind, source, offering_id, lot, words, language, reason, at)
SELECT gen_random_uuid(), 'bench:' || n, CASE WHEN n %% 10 < 8 THEN 'problem' ELSE 'need' END,
       (ARRAY['case', 'return', 'review', 'wish', 'search'])[1 + n %% 5], o.id,
       CASE WHEN n %% 5 = 0 THEN 'FA-' || (100000 + n %% 200) ELSE '' END,
       'Die Bremse quietscht im Regen, besonders hinten, seit der Fahrt ' || n || '. [Name] hat sie schon eingestellt.',
       CASE WHEN n %% 4 = 0 THEN 'en' ELSE 'de' END, 'complaint', now() - n * interval '75 seconds'
FROM generate_series(1, %(orders)s::int) n
JOIN (SELECT id, row_number() OVER (ORDER BY number) - 1 AS place, count(*) OVER () AS many FROM catalogue_offering) o
    ON o.place = (n * 7919::bigint) %% o.many

-- name: problems  (one of fifty signals; some of them acted upon)
INSERT INTO improvement_problem (id, key, kind, title, state, opened_at, opened_by_name, whys, cause, acted_at, signals, voices,
                                 affected_amount, score, last_signal_at, harm, due_at)
SELECT gen_random_uuid(), gen_random_uuid(), 'problem', 'Bremse quietscht, Fall ' || n,
       CASE WHEN n %% 4 = 0 THEN 'check' ELSE 'plan' END, now() - n * interval '10 minutes', 'Ken Sánchez', '{}',
       CASE WHEN n %% 4 = 0 THEN 'Der Belag ist zu hart.' ELSE '' END,
       CASE WHEN n %% 4 = 0 THEN now() - interval '30 days' END, 6, 6, 1000 + n, (n * 7919) %% 900 / 10.0, now(), n %% 4,
       now() + (n %% 20 - 5) * interval '1 day'
FROM generate_series(1, greatest(%(orders)s::int / 50, 1)) n

-- name: groups  (eight signals each; the first ones belong to the problems)
WITH problem AS (SELECT id, row_number() OVER (ORDER BY opened_at DESC) AS place FROM improvement_problem)
INSERT INTO improvement_group (id, kind, state, problem_id, members, size, first_at, last_at)
SELECT gen_random_uuid(), 'problem', CASE WHEN p.id IS NULL THEN 'open' ELSE 'taken' END, p.id, 8,
       CASE WHEN p.id IS NULL THEN 8 ELSE 2 END, now() - interval '87 days', now() - n * interval '1 second'
FROM generate_series(1, greatest(%(orders)s::int / 8, 1)) n LEFT JOIN problem p ON p.place = n

-- name: memberships  (six of eight are confirmed where a problem has them)
WITH home AS (SELECT id, problem_id, row_number() OVER (ORDER BY last_at DESC) AS place FROM improvement_group)
INSERT INTO improvement_membership (signal_id, group_id, likeness, heard_at, problem_id, confirmed_at, confirmed_by_name, parted_from)
SELECT s.id, g.id, 0.5 + n %% 5 / 10.0, s.at, CASE WHEN n %% 8 < 6 THEN g.problem_id END,
       CASE WHEN n %% 8 < 6 AND g.problem_id IS NOT NULL THEN now() END, '', '{}'
FROM (SELECT id, at, substr(key, 7)::int AS n FROM voice_signal) s JOIN home g ON g.place = s.n / 8 + 1

-- name: somebody  (a customer with an order under way and several before it, and that order)
SELECT p.id AS party_id, p.number AS party, o.number AS "order", x.orders
FROM (SELECT party_id, count(*) AS orders FROM orders_order GROUP BY party_id) x
JOIN orders_order o ON o.party_id = x.party_id AND o.state = 'confirmed' AND o.released_at IS NOT NULL
JOIN parties_party p ON p.id = x.party_id
JOIN orders_orderline l ON l.order_id = o.id AND l.position = 3 AND l.delivered_quantity = 0
ORDER BY x.orders DESC, o.number LIMIT 1

-- name: product  (an article page with several colours and sizes)
SELECT slug FROM catalogue_storefrontgroup ORDER BY variants DESC, slug LIMIT 1

-- name: shelf  (a shelf that fills a page of 24)
SELECT c.slug FROM catalogue_storefrontgroup g JOIN catalogue_category c ON c.slug IN (g.category_slug, g.top_category_slug)
GROUP BY c.slug HAVING count(*) >= 24 ORDER BY count(*), c.slug LIMIT 1

-- name: matter  (one of many in the inbox)
SELECT number FROM cases_case WHERE state = 'open' AND claimed_by_id IS NULL AND queue = 'care' ORDER BY due_at LIMIT 1

-- name: problem  (one with an effect to be counted)
SELECT number FROM improvement_problem WHERE state = 'check' ORDER BY score DESC, id LIMIT 1
