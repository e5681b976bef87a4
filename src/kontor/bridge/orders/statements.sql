-- name: insert_orders  (the same key finds the first order; number, state and instants are the database's)
INSERT INTO orders_order (
    id, key, channel, party_id, language, currency, email, phone,
    billing_name, billing_extra, billing_street, billing_postal_code, billing_city, billing_country,
    shipping_name, shipping_extra, shipping_street, shipping_postal_code, shipping_city, shipping_country,
    payment_method, shipping_method, net_amount, tax_amount, gross_amount)
SELECT
    id, key, channel, party_id, language, currency, email, phone,
    billing_name, billing_extra, billing_street, billing_postal_code, billing_city, billing_country,
    shipping_name, shipping_extra, shipping_street, shipping_postal_code, shipping_city, shipping_country,
    payment_method, shipping_method, net_amount, tax_amount, gross_amount
FROM json_populate_recordset(NULL::orders_order, %(orders)s::json)
ON CONFLICT (key) DO NOTHING
RETURNING id, key, number

-- name: orders_by_key
SELECT id, key, number FROM orders_order WHERE key = ANY(%(keys)s::uuid[])

-- name: insert_lines
INSERT INTO orders_orderline (
    id, order_id, party_id, position, kind, offering_id, number, name, quantity, unit,
    unit_price, tax_code, tax_rate, gross_amount, demand_id)
SELECT
    id, order_id, party_id, position, kind, offering_id, number, name, quantity, unit,
    unit_price, tax_code, tax_rate, gross_amount, demand_id
FROM json_populate_recordset(NULL::orders_orderline, %(lines)s::json)

-- name: keep_promises
SELECT demand_id, ready_at FROM kontor_keep(%(demands)s::uuid[])

-- name: backdate  (imports only: when it was placed there)
UPDATE orders_order o SET placed_at = a.placed_at, number = coalesce(a.number, o.number)
FROM unnest(%(ids)s::uuid[], %(placed_at)s::timestamptz[], %(numbers)s::text[]) AS a(id, placed_at, number)
WHERE o.id = a.id

-- name: recheck  (locks placed orders and compares them with what the catalogue says as of their placing)
WITH locked AS (
    SELECT o.* FROM orders_order o WHERE o.id = ANY(%(ids)s::uuid[]) AND o.state = %(state)s
    ORDER BY o.id FOR NO KEY UPDATE
), house AS (
    SELECT jurisdiction, currency, time_zone, release_limit,
           -- The days on which the house is a small business (§ 19 UStG; kernel.rules.tax says the same).
           CASE WHEN jurisdiction = 'DE' AND small_business_from IS NOT NULL
                THEN daterange(small_business_from, small_business_until) ELSE 'empty' END AS small_business
    FROM parties_house ORDER BY id DESC LIMIT 1
), line AS (
    SELECT l.*, o.channel, o.currency, o.placed_at, o.shipping_method,
           rate.rate AS right_rate, price.unit_price AS right_price, taxed.code AS right_tax_code,
           offering.kind AS offering_kind,
           -- What is picked and billed is what was priced: no bell that calls itself a bicycle, no millionth of a piece.
           l.number = offering.number AND l.unit = offering.unit AND l.quantity < 1000000
               AND (l.unit <> 'piece' OR l.quantity = trunc(l.quantity))
               AND (l.name IN (offering.name_de, offering.name_en)
                    OR (l.kind = 'shipping' AND l.name IN (method.name_de, method.name_en))) AS is_the_article,
           (offering.is_published AND o.placed_at >= offering.valid_from
            AND (offering.valid_until IS NULL OR o.placed_at < offering.valid_until)) AS is_sold,
           method.free_from, method.offering_id AS shipping_offering_id,
           sum(l.gross_amount) FILTER (WHERE l.kind = 'item') OVER (PARTITION BY l.order_id) AS items_amount,
           sum(l.gross_amount) OVER (PARTITION BY l.order_id, l.tax_rate) AS rate_gross,
           row_number() OVER (PARTITION BY l.order_id, l.tax_rate ORDER BY l.position) AS rate_place
    FROM locked o JOIN orders_orderline l ON l.order_id = o.id
    CROSS JOIN house h
    JOIN catalogue_offering offering ON offering.id = l.offering_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN offering.tax_code IN ('standard', 'reduced', 'special', 'zero')
                     AND h.small_business @> (o.placed_at AT TIME ZONE h.time_zone)::date
                    THEN 'small' ELSE offering.tax_code END AS code) taxed
    LEFT JOIN rules_taxrate rate ON rate.code = taxed.code AND rate.jurisdiction IN (h.jurisdiction, 'ZZ')
         AND rate.valid_from <= (o.placed_at AT TIME ZONE h.time_zone)::date
         AND (rate.valid_until IS NULL OR rate.valid_until > (o.placed_at AT TIME ZONE h.time_zone)::date)
    LEFT JOIN catalogue_membership member ON member.party_id = o.party_id AND member.valid @> o.placed_at
    -- The one price rule, as of the placing; shipping costs everybody the same.
    LEFT JOIN LATERAL catalogue_price_of(
        l.offering_id, CASE WHEN l.kind = 'item' THEN member.group_id END, l.quantity, o.currency, o.placed_at, rate.rate
    ) price ON true
    LEFT JOIN orders_shippingmethod method ON method.code = o.shipping_method
), promised AS (
    -- What is kept for each line until somebody cancels it, and when the last piece of it is ready to leave. One look-up
    -- a line: the planner cannot know how many lines there are, and a join of two unknowns costs their product.
    SELECT line.*, kept.quantity AS promised_quantity, kept.ready_at, kept.is_overdue FROM line
    CROSS JOIN LATERAL (
        SELECT sum(p.quantity) AS quantity, max(b.starts_at) AS ready_at, bool_or(b.overdue_at IS NOT NULL) AS is_overdue
        FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
        WHERE p.demand_id = line.demand_id
          AND (p.state = 'firm' OR (p.state = 'hold' AND p.expires_at = 'infinity'))) kept
), checked AS (
    -- What cannot be compared (no price, no tax rate, no such way of shipping) is not right either.
    SELECT order_id,
        bool_and(coalesce(tax_rate = right_rate AND tax_code = right_tax_code, false)) AS tax_is_right,
        bool_and(channel = 'import' OR coalesce(is_the_article, false)) AS articles_are_right,
        -- An import is trusted with the prices that were agreed elsewhere; sums and taxes are checked all the same.
        bool_and(coalesce(CASE
            WHEN channel = 'import' THEN true
            WHEN kind = 'shipping' THEN offering_id = shipping_offering_id AND quantity = 1
                 AND unit_price = CASE WHEN items_amount >= free_from THEN 0 ELSE right_price END
            ELSE is_sold AND unit_price = right_price END, false)) AS prices_are_right,
        bool_and(gross_amount = round(quantity * unit_price, 2)) AS lines_add_up,
        bool_and(kind = 'shipping' OR coalesce(promised_quantity >= quantity, false)
                 OR (channel = 'import' AND offering_kind <> 'goods')) AS is_promised,
        max(ready_at) AS ready_at,
        coalesce(bool_or(is_overdue), false) AS is_overdue,
        count(*) FILTER (WHERE kind = 'shipping') AS shippings,
        sum(gross_amount) AS gross,
        sum(CASE WHEN rate_place = 1 THEN round(rate_gross * tax_rate / (100 + tax_rate), 2) ELSE 0 END) AS tax
    FROM promised GROUP BY order_id
)
SELECT o.id, o.number, o.payment_method, o.channel, o.gross_amount,
       array_remove(ARRAY[
           CASE WHEN c.order_id IS NULL THEN 'empty' END,
           CASE WHEN NOT c.articles_are_right THEN 'article' END,
           CASE WHEN NOT c.tax_is_right THEN 'tax' END,
           CASE WHEN NOT c.prices_are_right THEN 'price' END,
           CASE WHEN NOT c.lines_add_up THEN 'line' END,
           CASE WHEN NOT c.is_promised THEN 'promise' END,
           CASE WHEN o.currency <> h.currency THEN 'currency' END,
           CASE WHEN c.shippings <> 1 AND o.channel <> 'import' THEN 'shipping' END,
           CASE WHEN o.gross_amount <> c.gross OR o.tax_amount <> c.tax THEN 'total' END], NULL) AS reasons,
       o.payment_method = 'invoice' AND o.gross_amount <= h.release_limit AS may_be_released,
       c.ready_at, c.is_overdue, coalesce((SELECT m.transit_days FROM orders_shippingmethod m WHERE m.code = o.shipping_method), 2) AS transit_days
FROM locked o CROSS JOIN house h LEFT JOIN checked c ON c.order_id = o.id
ORDER BY o.id

-- name: confirm  (orders, their promise date, charges and milestones; the promises become firm)
WITH confirmed AS (
    UPDATE orders_order o
    SET state = 'confirmed', confirmed_at = %(at)s::timestamptz,
        released_at = CASE WHEN a.is_released THEN %(at)s::timestamptz END,
        promised_on = a.promised_on, pay_until = a.pay_until, remind_at = a.remind_at, lapses_at = a.lapses_at
    FROM unnest(%(ids)s::uuid[], %(released)s::boolean[], %(promised_on)s::date[], %(pay_until)s::timestamptz[],
                %(remind_at)s::timestamptz[], %(lapses_at)s::timestamptz[])
         AS a(id, is_released, promised_on, pay_until, remind_at, lapses_at)
    WHERE o.id = a.id RETURNING o.id, o.currency, o.party_id, a.promised_on
), charged AS (
    INSERT INTO charges_charge (id, order_id, order_line_id, party_id, quantity, tax_code, tax_rate, gross_amount, currency, arose_on)
    SELECT uuidv7(), l.order_id, l.id, o.party_id, l.quantity, l.tax_code, l.tax_rate, l.gross_amount, o.currency, %(on)s::date
    FROM confirmed o JOIN orders_orderline l ON l.order_id = o.id
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT l.id, l.order_id, o.party_id, 'confirmed', l.quantity, %(at)s::timestamptz
    FROM confirmed o JOIN orders_orderline l ON l.order_id = o.id WHERE l.kind = 'item'
)
SELECT kontor_firm(array_agg(l.demand_id)) FROM confirmed o JOIN orders_orderline l ON l.order_id = o.id
WHERE l.demand_id IS NOT NULL

-- name: plan_steps  (of confirmed orders that wait: what has still to be made or to come in, when, and what has begun)
WITH waiting AS (
    SELECT l.id, l.order_id, l.party_id, p.quantity, b.made_by, b.begins_at, b.begun_at, b.starts_at, b.overdue_at
    FROM orders_orderline l
    JOIN promises_promise p ON p.demand_id = l.demand_id AND p.state IN ('hold', 'firm')
    JOIN promises_bucket b ON b.id = p.bucket_id AND b.kind = 'receipt'
    WHERE l.order_id = ANY(%(ids)s::uuid[])
), begun AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at, planned_at)
    SELECT id, order_id, party_id, 'production', sum(quantity), %(at)s::timestamptz, max(begins_at)
    FROM waiting WHERE begun_at IS NOT NULL GROUP BY id, order_id, party_id
)
INSERT INTO progress_plan (order_line_id, order_id, party_id, step, planned_at, late_since, changed_at)
SELECT w.id, w.order_id, w.party_id, s.step, max(s.planned_at), max(s.late_since), %(at)s::timestamptz
FROM waiting w CROSS JOIN LATERAL (VALUES
    (CASE WHEN w.made_by = 'production' THEN 'production' END, w.begins_at, NULL),
    (CASE WHEN w.made_by = 'production' THEN 'quality' ELSE 'material' END, w.starts_at, w.overdue_at)
    ) AS s(step, planned_at, late_since)
WHERE s.step IS NOT NULL AND s.planned_at IS NOT NULL
GROUP BY w.id, w.order_id, w.party_id, s.step
ON CONFLICT (order_line_id, step) DO NOTHING

-- name: perform  (what needs no promise, such as a service that was rendered, is delivered)
UPDATE orders_orderline l SET delivered_quantity = l.quantity - l.cancelled_quantity
FROM orders_order o
WHERE l.order_id = ANY(%(ids)s::uuid[]) AND l.demand_id IS NULL AND l.delivered_quantity = 0
  AND o.id = l.order_id AND o.state = 'confirmed'

-- name: hold
UPDATE orders_order SET state = 'held' WHERE id = ANY(%(ids)s::uuid[])

-- name: release
UPDATE orders_order SET released_at = %(at)s::timestamptz
WHERE id = ANY(%(ids)s::uuid[]) AND released_at IS NULL AND state = 'confirmed'
RETURNING id, number, CASE WHEN channel <> 'import' THEN promised_on END AS promised_on,
    (SELECT m.transit_days FROM orders_shippingmethod m WHERE m.code = shipping_method) AS transit_days

-- name: lock_orders
SELECT id FROM orders_order WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id FOR NO KEY UPDATE

-- name: due_for_payment  (orders whose reminder or end has come, locked so that no payment for them commits meanwhile: its
-- foreign key waits; whoever is at one just now is left for the next round)
SELECT id, number, lapses_at, coalesce(remind_at <= %(at)s::timestamptz, false) AS is_to_be_reminded,
       coalesce(lapses_at <= %(at)s::timestamptz, false) AS has_lapsed
FROM orders_order
WHERE state = 'confirmed' AND released_at IS NULL AND least(remind_at, lapses_at) <= %(at)s::timestamptz
ORDER BY least(remind_at, lapses_at), id LIMIT %(limit)s::int FOR UPDATE SKIP LOCKED

-- name: note_reminded  (nobody is ended who was reminded only now: then there are some days left)
UPDATE orders_order SET remind_at = NULL,
    pay_until = greatest(pay_until, CASE WHEN pay_until IS NOT NULL THEN %(until)s::timestamptz END),
    lapses_at = greatest(lapses_at, CASE WHEN lapses_at IS NOT NULL THEN %(until)s::timestamptz END)
WHERE id = ANY(%(ids)s::uuid[])

-- name: let_wait  (a person decides: neither reminded nor ended by itself any more)
UPDATE orders_order SET remind_at = NULL, lapses_at = NULL WHERE id = ANY(%(ids)s::uuid[])

-- name: lock_for_cancelling  (how far it came is read by the next statement: what was shipped while this one waited counts)
SELECT id, number, state FROM orders_order WHERE id = %(id)s::uuid FOR NO KEY UPDATE

-- name: how_far
SELECT coalesce(sum(delivered_quantity), 0) AS delivered,
       coalesce(sum(cancelled_quantity) FILTER (WHERE kind = 'item'), 0) AS cancelled,
       coalesce(sum(quantity - delivered_quantity - cancelled_quantity) FILTER (WHERE kind = 'item'), 0) AS rest
FROM orders_orderline WHERE order_id = %(id)s::uuid

-- name: cancel  (what is not delivered is cancelled; its promises are released; the caller has locked the orders)
WITH open AS (
    SELECT id, demand_id, quantity - delivered_quantity - cancelled_quantity AS rest
    FROM orders_orderline WHERE order_id = ANY(%(ids)s::uuid[])
), lines AS (
    UPDATE orders_orderline l SET cancelled_quantity = l.cancelled_quantity + open.rest FROM open
    WHERE l.id = open.id AND open.rest > 0 RETURNING l.id, l.party_id, l.order_id, open.rest, l.kind
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT id, order_id, party_id, 'cancelled', rest, %(at)s::timestamptz FROM lines WHERE kind = 'item'
), head AS (
    UPDATE orders_order SET state = 'cancelled', cancelled_at = %(at)s::timestamptz, cancel_reason = %(reason)s
    WHERE id = ANY(%(ids)s::uuid[])
)
SELECT kontor_release(array_agg(demand_id), array_agg(rest)) FROM open WHERE demand_id IS NOT NULL AND rest > 0

-- name: cancel_rest  (articles not delivered are cancelled and their promises released; shipping stays owed; paid before: done)
WITH open AS (
    SELECT id, demand_id, quantity - delivered_quantity - cancelled_quantity AS rest
    FROM orders_orderline WHERE order_id = %(id)s::uuid AND kind = 'item'
), lines AS (
    UPDATE orders_orderline l SET cancelled_quantity = l.cancelled_quantity + open.rest FROM open
    WHERE l.id = open.id AND open.rest > 0 RETURNING l.id, l.party_id, l.order_id, open.rest
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT id, order_id, party_id, 'cancelled', rest, %(at)s::timestamptz FROM lines
), head AS (
    UPDATE orders_order SET state = 'done' WHERE id = %(id)s::uuid AND state = 'confirmed' AND paid_at IS NOT NULL
)
SELECT kontor_release(array_agg(demand_id), array_agg(rest)) FROM open WHERE demand_id IS NOT NULL AND rest > 0

-- name: mark_paid  (the caller has locked the orders, so that this statement sees what was delivered and cancelled meanwhile)
WITH paid AS (
    UPDATE orders_order o SET paid_at = %(at)s::timestamptz,
        -- Delivered in full and paid: done.
        state = CASE WHEN state = 'confirmed' AND NOT EXISTS (
            SELECT FROM orders_orderline l WHERE l.order_id = o.id AND l.demand_id IS NOT NULL
            AND l.quantity > l.delivered_quantity + l.cancelled_quantity) THEN 'done' ELSE state END,
        released_at = coalesce(released_at, CASE WHEN state = 'confirmed' THEN %(at)s::timestamptz END)
    WHERE id = ANY(%(ids)s::uuid[]) AND paid_at IS NULL AND state <> 'cancelled' 
    RETURNING id, number, party_id, (old.released_at IS NULL AND new.released_at IS NOT NULL) AS is_released,
              CASE WHEN new.state = 'confirmed' AND channel <> 'import' THEN promised_on END AS promised_on, shipping_method
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at)
    SELECT l.id, l.order_id, p.party_id, 'paid', l.quantity, %(at)s::timestamptz
    FROM paid p JOIN orders_orderline l ON l.order_id = p.id WHERE l.kind = 'item'
)
SELECT id, number, is_released, promised_on,
       (SELECT m.transit_days FROM orders_shippingmethod m WHERE m.code = paid.shipping_method) AS transit_days
FROM paid

-- name: orders_behind  (confirmed orders that hang on these buckets, locked: when their last open piece is there and may leave)
WITH locked AS (
    SELECT o.id, o.number, o.promised_on, o.shipping_method, o.released_at FROM orders_order o
    WHERE o.state = 'confirmed' AND o.id IN (
        SELECT l.order_id FROM promises_promise p JOIN orders_orderline l ON l.demand_id = p.demand_id
        WHERE p.bucket_id = ANY(%(buckets)s::uuid[]) AND p.state IN ('hold', 'firm'))
    ORDER BY o.id FOR NO KEY UPDATE
)
SELECT o.id, o.number, o.promised_on, greatest(max(b.starts_at), o.released_at) AS ready_at,
       bool_or(b.overdue_at IS NOT NULL) AS is_overdue, coalesce(max(m.transit_days), 2) AS transit_days
FROM locked o JOIN orders_orderline l ON l.order_id = o.id
JOIN promises_promise p ON p.demand_id = l.demand_id AND p.state IN ('hold', 'firm')
JOIN promises_bucket b ON b.id = p.bucket_id
LEFT JOIN orders_shippingmethod m ON m.code = o.shipping_method
GROUP BY o.id, o.number, o.promised_on, o.released_at ORDER BY o.id

-- name: move_promise_dates  (the new day, a milestone on each line that hangs on what moved, and its planned steps; with a
-- reason: it is not a receipt that moved, and all that has still to leave is marked)
WITH hanging AS (
    -- A line may hang on several of the receipts: the one that is ready last says when and why.
    SELECT l.id, l.order_id, l.party_id, l.demand_id, p.bucket_id, b.made_by, b.begins_at, b.starts_at, b.moved_reason,
           sum(p.quantity) OVER (PARTITION BY l.id) AS quantity,
           row_number() OVER (PARTITION BY l.id ORDER BY b.starts_at DESC, b.id) AS place
    FROM promises_promise p
    JOIN promises_bucket b ON b.id = p.bucket_id
    JOIN orders_orderline l ON l.demand_id = p.demand_id
    WHERE p.bucket_id = ANY(%(buckets)s::uuid[]) AND p.state IN ('hold', 'firm') AND l.order_id = ANY(%(ids)s::uuid[])
), line AS (
    SELECT id, order_id, party_id, demand_id, made_by, begins_at, starts_at, moved_reason, quantity
    FROM hanging WHERE place = 1
    UNION ALL
    SELECT l.id, l.order_id, l.party_id, l.demand_id, NULL, NULL, NULL, %(reason)s::text, l.quantity - l.delivered_quantity - l.cancelled_quantity
    FROM orders_orderline l
    WHERE %(reason)s::text <> '' AND l.order_id = ANY(%(ids)s::uuid[]) AND l.kind = 'item'
      AND l.quantity > l.delivered_quantity + l.cancelled_quantity
), why AS (
    SELECT DISTINCT ON (order_id) order_id, moved_reason FROM line ORDER BY order_id, starts_at DESC
), moved AS (
    UPDATE orders_order o SET promised_on = a.promised_on
    FROM unnest(%(ids)s::uuid[], %(promised_on)s::date[]) AS a(id, promised_on)
    LEFT JOIN why ON why.order_id = a.id
    WHERE o.id = a.id AND o.promised_on IS DISTINCT FROM a.promised_on
    RETURNING o.id, o.number, o.party_id, old.promised_on AS was_on, new.promised_on AS promised_on,
              why.moved_reason AS reason
), marked AS (
    INSERT INTO progress_milestone (order_line_id, order_id, party_id, step, quantity, reached_at, planned_at,
                                    was_on, promised_on, reason)
    SELECT l.id, l.order_id, m.party_id, 'moved', l.quantity, %(at)s::timestamptz, l.starts_at,
           m.was_on, m.promised_on, l.moved_reason
    FROM moved m JOIN line l ON l.order_id = m.id
), planned AS (
    INSERT INTO progress_plan AS known (order_line_id, order_id, party_id, step, planned_at, late_since, changed_at)
    SELECT l.id, l.order_id, l.party_id, s.step, s.planned_at, CASE WHEN s.step <> 'production' THEN late.since END,
           %(at)s::timestamptz
    FROM line l CROSS JOIN LATERAL (
        -- Another part of the line may hang on a receipt that is still overdue.
        SELECT max(b.overdue_at) AS since FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
        WHERE p.demand_id = l.demand_id AND p.state IN ('hold', 'firm')) late
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN l.made_by = 'production' THEN 'production' END, l.begins_at),
        (CASE WHEN l.made_by = 'production' THEN 'quality' ELSE 'material' END, l.starts_at)) AS s(step, planned_at)
    WHERE s.step IS NOT NULL AND s.planned_at IS NOT NULL
    ON CONFLICT (order_line_id, step) DO UPDATE
    SET planned_at = excluded.planned_at, late_since = excluded.late_since, changed_at = excluded.changed_at
    WHERE (known.planned_at, known.late_since) IS DISTINCT FROM (excluded.planned_at, excluded.late_since)
)
SELECT id, number, was_on, promised_on, reason FROM moved ORDER BY id

-- name: sources_of  (what a line was made by: what was received for it, and what it still waits for; the most first)
SELECT DISTINCT ON (s.id) s.id, s.source FROM (
    SELECT l.id, o.source, o.quantity FROM orders_orderline l JOIN promises_origin o ON o.demand_id = l.demand_id
    WHERE l.id = ANY(%(lines)s::uuid[])
    UNION ALL
    SELECT l.id, b.source, p.quantity FROM orders_orderline l
    JOIN promises_promise p ON p.demand_id = l.demand_id AND p.state IN ('hold', 'firm')
    JOIN promises_bucket b ON b.id = p.bucket_id AND b.kind = 'receipt' AND b.source <> ''
    WHERE l.id = ANY(%(lines)s::uuid[])) s
ORDER BY s.id, s.quantity DESC, s.source
