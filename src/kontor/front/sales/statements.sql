-- name: ways  (how goods travel, at the list prices of an instant)
SELECT m.code, m.name_de, m.name_en, m.offering_id, o.number, o.tax_code, p.amount AS price, m.free_from, m.transit_days
FROM orders_shippingmethod m JOIN catalogue_offering o ON o.id = m.offering_id
JOIN catalogue_price p ON p.offering_id = o.id AND p.customer_group = 'list' AND p.min_quantity = 0 AND p.currency = %(currency)s
     AND p.valid @> %(at)s::timestamptz
ORDER BY m.position, m.code

-- name: wanted  (articles with their price of an instant, what is free of them, and when so many are ready)
SELECT w.number, w.quantity, o.id AS offering_id, o.name_de, o.name_en, o.unit, o.tax_code, p.unit_price AS price,
       (o.kind = 'goods' AND o.is_published AND p.unit_price IS NOT NULL AND o.valid_from <= %(at)s::timestamptz
        AND (o.valid_until IS NULL OR o.valid_until > %(at)s::timestamptz)) AS is_sold,
       coalesce(a.free_now, 0) AS free_now, coalesce(a.free_ever, 0) AS free_ever, a.ready_at
FROM unnest(%(numbers)s::text[], %(quantities)s::numeric[]) WITH ORDINALITY AS w(number, quantity, place)
LEFT JOIN catalogue_offering o ON o.number = w.number
LEFT JOIN parties_party c ON c.number = %(customer)s
LEFT JOIN LATERAL catalogue_price_of(
    o.id, catalogue_group_of(c.id, %(at)s::timestamptz), w.quantity, %(currency)s, %(at)s::timestamptz,
    catalogue_rate(o.tax_code, %(at)s::timestamptz)) p ON true
LEFT JOIN LATERAL (
    SELECT sum(x.free) FILTER (WHERE x.kind = 'on_hand') AS free_now, sum(x.free) AS free_ever,
           min(x.starts_at) FILTER (WHERE x.high >= w.quantity) AS ready_at
    FROM (SELECT b.kind, b.starts_at, greatest(b.capacity + b.overbooking - b.promised, 0) AS free,
                 sum(greatest(b.capacity + b.overbooking - b.promised, 0)) OVER (ORDER BY b.starts_at, b.id) AS high
          FROM promises_pool s JOIN promises_bucket b ON b.pool_id = s.id AND b.closed_at IS NULL
          WHERE s.offering_id = o.id AND s.kind = 'stock' AND b.kind IN ('on_hand', 'receipt')
            AND b.overdue_at IS NULL) x) a ON true
ORDER BY w.place

-- name: find_articles  (an exact number first, numbers that begin so, then the words of the shop's own search)
WITH hit AS MATERIALIZED (
    SELECT group_id, rank FROM kontor_search(%(text)s)
), word AS MATERIALIZED (
    SELECT w FROM regexp_split_to_table(kontor_fold(%(text)s), '[^[:alnum:].-]+') w WHERE w <> '' LIMIT 8
)
SELECT i.number, CASE WHEN %(german)s THEN i.name_de ELSE i.name_en END AS name, i.price, i.currency, i.unit, i.group_slug,
       coalesce(a.free_now, 0) AS free_now, a.next_at
FROM catalogue_storefrontitem i
LEFT JOIN catalogue_storefrontgroup g ON g.slug = i.group_slug
LEFT JOIN hit h ON h.group_id = g.group_id
LEFT JOIN LATERAL (SELECT free_now, next_at FROM promises_available v WHERE v.offering_id = i.offering_id) a ON true
WHERE i.kind = 'goods' AND (starts_with(lower(i.number), lower(%(text)s)) OR h.group_id IS NOT NULL)
ORDER BY lower(i.number) = lower(%(text)s) DESC, starts_with(lower(i.number), lower(%(text)s)) DESC,
         (SELECT count(*) FROM word WHERE kontor_fold(i.name_de || ' ' || i.name_en || ' ' || i.number) LIKE '%%' || w || '%%') DESC,
         h.rank DESC NULLS LAST, i.number LIMIT 12

-- name: one_at_a_time  (two clicks of one form wait for each other)
SELECT pg_advisory_xact_lock(hashtextextended(%(key)s::text, 7310002))

-- name: order_of_key
SELECT id, key, number FROM orders_order WHERE key = %(key)s::uuid
