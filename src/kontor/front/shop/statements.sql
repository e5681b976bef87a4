-- name: shelf_page  (groups that match text, shelf and filters, one page of them)
WITH hit AS MATERIALIZED (
    SELECT group_id, rank FROM kontor_search(%(text)s)
), page AS (
    SELECT g.slug, CASE WHEN %(german)s THEN g.name_de ELSE g.name_en END AS name, g.art, g.picture,
           g.price_from, g.price_until, g.currency, g.colors,
           row_number() OVER (ORDER BY
               CASE %(sort)s WHEN 'price' THEN g.price_from WHEN '-price' THEN -g.price_from END,
               CASE %(sort)s WHEN 'name' THEN kontor_fold(CASE WHEN %(german)s THEN g.name_de ELSE g.name_en END) END,
               h.rank DESC NULLS LAST, g.position, g.slug) AS place
    FROM catalogue_storefrontgroup g LEFT JOIN hit h ON h.group_id = g.group_id
    WHERE (%(text)s = '' OR h.group_id IS NOT NULL)
      AND (%(shelf)s = '' OR g.category_slug = %(shelf)s OR g.top_category_slug = %(shelf)s)
      AND (NOT %(is_filtered)s OR EXISTS (
          SELECT FROM catalogue_storefrontitem i WHERE i.group_slug = g.slug
          AND (%(colors)s::text[] = '{}' OR i.color = ANY(%(colors)s::text[]))
          AND (%(sizes)s::text[] = '{}' OR i.size = ANY(%(sizes)s::text[]))
          AND (%(prices)s::int[] = '{}' OR width_bucket(i.price, %(steps)s::numeric[]) = ANY(%(prices)s::int[]))
          AND (NOT %(free)s OR EXISTS (
              SELECT FROM promises_available a WHERE a.offering_id = i.offering_id AND a.free_now > 0))))
    ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
), own AS (  -- what this customer pays for one piece, where they may have prices of their own
    SELECT i.group_slug, min(p.unit_price) AS price_from, max(p.unit_price) AS price_until
    FROM kontor_prices(
        ARRAY(SELECT i.offering_id FROM catalogue_storefrontitem i WHERE %(has_own)s AND i.group_slug IN (SELECT slug FROM page)
              ORDER BY i.offering_id),
        ARRAY(SELECT 1::numeric FROM catalogue_storefrontitem i WHERE %(has_own)s AND i.group_slug IN (SELECT slug FROM page))) p
    JOIN catalogue_storefrontitem i ON i.offering_id = p.offering_id GROUP BY i.group_slug
)
SELECT page.slug, page.name, page.art,
       CASE WHEN %(colors)s::text[] = '{}' THEN page.picture  -- who asked for red sees the red one
            ELSE coalesce((SELECT i.picture FROM catalogue_storefrontitem i
                           WHERE i.group_slug = page.slug AND i.color = ANY(%(colors)s::text[]) AND i.picture <> ''
                           ORDER BY i.number LIMIT 1), page.picture) END AS picture,
       coalesce(own.price_from, page.price_from) AS price_from, coalesce(own.price_until, page.price_until) AS price_until,
       page.currency, page.colors,
       CASE WHEN stock.free_now > 0 THEN 'free' WHEN stock.next_at IS NOT NULL THEN 'soon'
            WHEN EXISTS (SELECT FROM catalogue_storefrontitem i WHERE i.group_slug = page.slug AND i.kind <> 'goods') THEN 'ask'
            ELSE 'out' END AS state, stock.unit
FROM page LEFT JOIN own ON own.group_slug = page.slug LEFT JOIN LATERAL (
    SELECT max(a.free_now) AS free_now, min(a.next_at) AS next_at, min(i.unit) AS unit
    FROM catalogue_storefrontitem i
    LEFT JOIN LATERAL (SELECT free_now, next_at FROM promises_available p WHERE p.offering_id = i.offering_id) a ON true
    WHERE i.group_slug = page.slug) stock ON true
ORDER BY page.place

-- name: shelf_facets  (each facet counts the groups that fit all the other filters)
WITH hit AS MATERIALIZED (
    SELECT group_id FROM kontor_search(%(text)s)
), item AS MATERIALIZED (
    SELECT g.slug, g.category_slug, i.color, i.size, width_bucket(i.price, %(steps)s::numeric[]) AS step,
           coalesce(a.free_now, 0) > 0 AS is_free,
           %(colors)s::text[] = '{}' OR i.color = ANY(%(colors)s::text[]) AS fits_color,
           %(sizes)s::text[] = '{}' OR i.size = ANY(%(sizes)s::text[]) AS fits_size,
           %(prices)s::int[] = '{}' OR width_bucket(i.price, %(steps)s::numeric[]) = ANY(%(prices)s::int[]) AS fits_price,
           NOT %(free)s OR coalesce(a.free_now, 0) > 0 AS fits_free
    FROM catalogue_storefrontgroup g
    JOIN catalogue_storefrontitem i ON i.group_slug = g.slug
    LEFT JOIN promises_available a ON a.offering_id = i.offering_id
    WHERE (%(text)s = '' OR g.group_id IN (SELECT group_id FROM hit))
      AND (%(shelf)s = '' OR g.category_slug = %(shelf)s OR g.top_category_slug = %(shelf)s)
)
SELECT 'total' AS facet, '' AS value, count(DISTINCT slug) AS count FROM item
WHERE fits_color AND fits_size AND fits_price AND fits_free
UNION ALL
SELECT 'free', '', count(DISTINCT slug) FROM item WHERE fits_color AND fits_size AND fits_price AND is_free
UNION ALL
SELECT 'shelf', category_slug, count(DISTINCT slug) FROM item
WHERE fits_color AND fits_size AND fits_price AND fits_free GROUP BY category_slug
UNION ALL
SELECT 'color', color, count(DISTINCT slug) FROM item
WHERE fits_size AND fits_price AND fits_free AND color <> '' GROUP BY color
UNION ALL
SELECT 'size', size, count(DISTINCT slug) FROM item
WHERE fits_color AND fits_price AND fits_free AND size <> '' GROUP BY size
UNION ALL
SELECT 'price', step::text, count(DISTINCT slug) FROM item
WHERE fits_color AND fits_size AND fits_free GROUP BY step

-- name: product
SELECT g.slug, g.category_slug, g.top_category_slug, g.art, g.picture, g.price_from, g.price_until, g.currency, g.variants,
       CASE WHEN %(german)s THEN g.name_de ELSE g.name_en END AS name,
       CASE WHEN %(german)s THEN g.text_de ELSE g.text_en END AS text,
       CASE WHEN %(german)s THEN g.short_de ELSE g.short_en END AS short,
       (SELECT json_agg(json_build_array(x.number, x.name, x.width, x.height,
                                         CASE WHEN %(german)s THEN x.alt_de ELSE x.alt_en END) ORDER BY x.position, x.id)::text
        FROM catalogue_storefrontpicture x WHERE x.group_id = g.group_id) AS pictures,
       (SELECT json_build_array(count(*), round(avg(r.stars), 1)::text, (
            SELECT json_agg(json_build_array(l.stars, l.text, l.shown_as, l.language, l."on")) FROM (
                SELECT w.* FROM catalogue_storefrontitem i JOIN voice_shownreview w ON w.offering_id = i.offering_id
                WHERE i.group_slug = g.slug ORDER BY w."on" DESC, w.review_id DESC LIMIT 10) l))::text
        FROM catalogue_storefrontitem i JOIN voice_shownreview r ON r.offering_id = i.offering_id
        WHERE i.group_slug = g.slug HAVING count(*) > 0) AS reviews
FROM catalogue_storefrontgroup g WHERE g.slug = %(slug)s

-- name: variants  (steps: what this visitor pays from which quantity on, by the one price rule)
WITH step AS (
    SELECT offering_id, min(unit_price) FILTER (WHERE quantity <= 1) AS price,
           json_agg(json_build_array(quantity, unit_price, amount, includes_tax, customer_group, min_quantity, since,
                                     CASE WHEN %(german)s THEN group_de ELSE group_en END) ORDER BY quantity)::text AS steps
    FROM kontor_price_steps(ARRAY(SELECT offering_id FROM catalogue_storefrontitem WHERE group_slug = %(slug)s))
    GROUP BY offering_id
)
SELECT i.offering_id, i.number, CASE WHEN %(german)s THEN i.name_de ELSE i.name_en END AS name, i.color, i.size,
       i.unit, i.weight_g, i.picture, coalesce(s.price, i.price) AS price, i.currency, i.tax_code,
       coalesce(a.free_now, 0) AS free_now, a.next_at, i.kind, i.price AS list_price, s.steps
FROM catalogue_storefrontitem i
LEFT JOIN step s ON s.offering_id = i.offering_id
LEFT JOIN LATERAL (SELECT free_now, next_at FROM promises_available p WHERE p.offering_id = i.offering_id) a ON true
WHERE i.group_slug = %(slug)s ORDER BY i.number

-- name: neighbours  (what stands on the same shelf, nearest first)
SELECT g.slug, CASE WHEN %(german)s THEN g.name_de ELSE g.name_en END AS name, g.art, g.picture,
       g.price_from, g.price_until, g.currency, g.colors,
       (SELECT min(i.unit) FROM catalogue_storefrontitem i WHERE i.group_slug = g.slug) AS unit
FROM catalogue_storefrontgroup g, (SELECT position FROM catalogue_storefrontgroup WHERE slug = %(slug)s) here
WHERE g.category_slug = %(shelf)s AND g.slug <> %(slug)s
ORDER BY abs(g.position - here.position), g.slug LIMIT 4

-- name: article_named
SELECT i.offering_id, CASE WHEN %(german)s::boolean THEN i.name_de ELSE i.name_en END AS name, i.group_slug
FROM catalogue_storefrontitem i WHERE i.number = %(number)s

-- name: sitemap
SELECT slug FROM catalogue_storefrontgroup ORDER BY position, slug LIMIT 50000

-- name: shipping_methods
SELECT m.code, m.name_de, m.name_en, m.offering_id, i.number, i.tax_code, i.price, m.free_from, m.transit_days
FROM orders_shippingmethod m JOIN catalogue_storefrontitem i ON i.offering_id = m.offering_id
ORDER BY m.position, m.code

-- name: basket_count
SELECT coalesce(sum(l.quantity), 0)::int AS pieces FROM shop_basket b JOIN shop_basketline l ON l.basket_id = b.id
WHERE b.party_id = %(party_id)s::uuid AND b.ordered_at IS NULL

-- name: open_basket
SELECT id, held_until, ready_at, ordered_at, email, phone, billing_name, billing_extra, billing_street,
       billing_postal_code, billing_city, billing_country, payment_method, shipping_method
FROM shop_basket WHERE party_id = %(party_id)s::uuid AND ordered_at IS NULL

-- name: basket_lines
SELECT l.id, l.offering_id, l.quantity, l.price_seen, i.offering_id IS NOT NULL AS is_sold, i.number,
       CASE WHEN %(german)s THEN i.name_de ELSE i.name_en END AS name, i.color, coalesce(own.unit_price, i.price) AS price,
       i.currency, i.tax_code, i.unit, i.picture, i.group_slug, g.art, coalesce(a.free_now, 0) AS free_now, a.next_at
FROM shop_basketline l
LEFT JOIN catalogue_storefrontitem i ON i.offering_id = l.offering_id
LEFT JOIN kontor_prices(
    (SELECT array_agg(x.offering_id ORDER BY x.id) FROM shop_basketline x WHERE x.basket_id = %(basket_id)s::uuid),
    (SELECT array_agg(x.quantity ORDER BY x.id) FROM shop_basketline x WHERE x.basket_id = %(basket_id)s::uuid)
) own ON own.offering_id = l.offering_id
LEFT JOIN catalogue_storefrontgroup g ON g.slug = i.group_slug
LEFT JOIN LATERAL (SELECT free_now, next_at FROM promises_available p WHERE p.offering_id = l.offering_id) a ON true
WHERE l.basket_id = %(basket_id)s::uuid ORDER BY l.added_at, l.id

-- name: lock_basket
SELECT id, held_until, ready_at, ordered_at, email, phone, billing_name, billing_extra, billing_street,
       billing_postal_code, billing_city, billing_country, payment_method, shipping_method
FROM shop_basket WHERE id = %(basket_id)s::uuid FOR UPDATE

-- name: article
SELECT offering_id, price, kind FROM catalogue_storefrontitem WHERE number = %(number)s

-- name: make_basket  (a party has one open basket: the second tab finds the first one's)
INSERT INTO shop_basket (id, party_id, email, phone, billing_name, billing_extra, billing_street, billing_postal_code,
    billing_city, billing_country, payment_method, shipping_method)
VALUES (%(id)s, %(party_id)s, '', '', '', '', '', '', '', 'DE', '', '')
ON CONFLICT (party_id) WHERE ordered_at IS NULL DO NOTHING

-- name: put_lines  (returns what is in the basket of each now, and what was before)
INSERT INTO shop_basketline (id, basket_id, party_id, offering_id, quantity, price_seen)
SELECT a.id, %(basket_id)s::uuid, %(party_id)s::uuid, a.offering_id, a.quantity, round(p.unit_price, 2)
FROM unnest(%(ids)s::uuid[], %(offerings)s::uuid[], %(quantities)s::numeric[]) AS a(id, offering_id, quantity)
CROSS JOIN LATERAL kontor_prices(ARRAY[a.offering_id], ARRAY[a.quantity]) p
ON CONFLICT (basket_id, offering_id) DO UPDATE
SET quantity = CASE WHEN %(adds_up)s THEN least(%(most)s, shop_basketline.quantity + excluded.quantity)
                    ELSE greatest(shop_basketline.quantity, excluded.quantity) END,
    price_seen = (SELECT round(p.unit_price, 2) FROM kontor_prices(  -- more of it may cost less
        ARRAY[excluded.offering_id],
        ARRAY[CASE WHEN %(adds_up)s THEN least(%(most)s, shop_basketline.quantity + excluded.quantity)
                   ELSE greatest(shop_basketline.quantity, excluded.quantity) END]) p)
RETURNING offering_id, new.quantity, coalesce(old.quantity, 0) AS before

-- name: count_lines
SELECT count(*) AS lines FROM shop_basketline WHERE basket_id = %(basket_id)s::uuid

-- name: change_lines
UPDATE shop_basketline l SET quantity = a.quantity
FROM unnest(%(ids)s::uuid[], %(quantities)s::numeric[]) AS a(id, quantity)
WHERE l.id = a.id AND l.basket_id = %(basket_id)s::uuid AND l.quantity <> a.quantity

-- name: remove_lines
DELETE FROM shop_basketline WHERE basket_id = %(basket_id)s::uuid AND id = ANY(%(ids)s::uuid[]) RETURNING id

-- name: empty_basket
DELETE FROM shop_basketline WHERE basket_id = %(basket_id)s::uuid RETURNING id, offering_id, quantity

-- name: see_prices  (the customer has seen the new prices)
UPDATE shop_basketline l SET price_seen = round(p.unit_price, 2)
FROM kontor_prices(
    (SELECT array_agg(x.offering_id ORDER BY x.id) FROM shop_basketline x WHERE x.basket_id = %(basket_id)s::uuid),
    (SELECT array_agg(x.quantity ORDER BY x.id) FROM shop_basketline x WHERE x.basket_id = %(basket_id)s::uuid)) p
WHERE l.basket_id = %(basket_id)s::uuid AND p.offering_id = l.offering_id AND l.price_seen <> round(p.unit_price, 2)

-- name: note_hold
UPDATE shop_basket SET held_until = %(held_until)s::timestamptz, ready_at = %(ready_at)s::timestamptz
WHERE id = %(basket_id)s::uuid

-- name: note_contact
UPDATE shop_basket SET email = %(email)s, phone = %(phone)s, billing_name = %(name)s, billing_extra = %(extra)s,
    billing_street = %(street)s, billing_postal_code = %(postal_code)s, billing_city = %(city)s,
    billing_country = %(country)s
WHERE id = %(basket_id)s::uuid

-- name: note_methods
UPDATE shop_basket SET payment_method = %(payment)s, shipping_method = %(shipping)s WHERE id = %(basket_id)s::uuid

-- name: close_basket
UPDATE shop_basket SET ordered_at = now() WHERE id = %(basket_id)s::uuid

-- name: order_of_basket
SELECT id, key, number FROM orders_order WHERE key = %(basket_id)s::uuid

-- name: left_checkouts  (begun, not ordered, and nothing held for long; the article that is worth most. Only the worker
-- sees them. Second part: those that were ordered after all)
SELECT b.id, b.party_id, b.email, b.billing_name AS name, b.held_until, best.offering_id, '' AS outcome,
       CASE WHEN b.email = '' OR b.billing_street = '' THEN 'contact' ELSE 'review' END AS step
FROM shop_basket b
JOIN LATERAL (SELECT l.offering_id FROM shop_basketline l WHERE l.basket_id = b.id
              ORDER BY l.quantity * l.price_seen DESC, l.offering_id LIMIT 1) best ON true
WHERE b.ordered_at IS NULL AND b.held_until BETWEEN %(since)s::timestamptz AND %(until)s::timestamptz
  AND NOT EXISTS (SELECT FROM voice_signal s WHERE s.key = 'checkout:' || b.id)
UNION ALL
SELECT b.id, b.party_id, b.email, b.billing_name, b.held_until, s.offering_id, 'ordered', s.reason
FROM shop_basket b JOIN voice_signal s ON s.key = 'checkout:' || b.id
WHERE b.ordered_at BETWEEN %(since)s::timestamptz AND %(at)s::timestamptz AND b.held_until >= %(since)s::timestamptz
  AND s.outcome = ''
LIMIT 1000
