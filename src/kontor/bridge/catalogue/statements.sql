-- name: out_of_date  (articles that the storefront does not show as the catalogue has them now)
WITH house AS (SELECT currency FROM parties_house ORDER BY id DESC LIMIT 1)
SELECT coalesce(c.id, s.offering_id) AS id, (SELECT currency FROM house) AS currency
FROM (SELECT o.id, round(p.amount, 2) AS amount, o.tax_code FROM catalogue_offering o
      JOIN catalogue_price p ON p.offering_id = o.id AND p.customer_group = 'list' AND p.min_quantity = 0 AND p.includes_tax
           AND p.currency = (SELECT currency FROM house) AND p.valid @> %(at)s::timestamptz
      WHERE o.is_published AND o.valid_from <= %(at)s::timestamptz
        AND (o.valid_until IS NULL OR o.valid_until > %(at)s::timestamptz)) c
FULL JOIN catalogue_storefrontitem s ON s.offering_id = c.id
WHERE c.id IS NULL OR s.offering_id IS NULL OR c.amount <> s.price OR c.tax_code <> s.tax_code
LIMIT 10000

-- name: lock_groups  (one projection at a time per group, in key order)
SELECT id FROM catalogue_offeringgroup
WHERE %(all)s OR id IN (SELECT group_id FROM catalogue_offering WHERE id = ANY(%(offerings)s::uuid[]))
ORDER BY id FOR UPDATE

-- name: withdraw_items
DELETE FROM catalogue_storefrontitem s USING catalogue_offering o
WHERE o.id = s.offering_id AND (%(all)s OR o.id = ANY(%(offerings)s::uuid[]) OR o.group_id = ANY(%(groups)s::uuid[]))

-- name: withdraw_pictures
DELETE FROM catalogue_storefrontpicture WHERE group_id = ANY(%(groups)s::uuid[])

-- name: withdraw_groups
DELETE FROM catalogue_storefrontgroup WHERE group_id = ANY(%(groups)s::uuid[])

-- name: publish_items
INSERT INTO catalogue_storefrontitem (
    offering_id, group_slug, number, kind, name_de, name_en, color, size, unit, weight_g, picture, price, currency, tax_code)
SELECT o.id, coalesce(g.slug, ''), o.number, o.kind, o.name_de, o.name_en, o.color, o.size, o.unit, o.weight_g,
       coalesce((SELECT x.name FROM catalogue_picture x WHERE x.group_id = o.group_id AND (x.offering_id = o.id OR x.offering_id IS NULL)
                 ORDER BY x.offering_id IS NULL, x.position, x.id LIMIT 1), o.picture),
       p.amount, p.currency, o.tax_code
FROM catalogue_offering o
JOIN catalogue_price p ON p.offering_id = o.id AND p.customer_group = 'list' AND p.min_quantity = 0 AND p.includes_tax
     AND p.currency = %(currency)s AND p.valid @> %(at)s::timestamptz
LEFT JOIN catalogue_offeringgroup g ON g.id = o.group_id
WHERE o.is_published AND o.valid_from <= %(at)s::timestamptz
  AND (o.valid_until IS NULL OR o.valid_until > %(at)s::timestamptz)
  AND (%(all)s OR o.id = ANY(%(offerings)s::uuid[]) OR o.group_id = ANY(%(groups)s::uuid[]))

-- name: publish_groups
INSERT INTO catalogue_storefrontgroup (
    group_id, slug, category_slug, top_category_slug, name_de, name_en, text_de, text_en, short_de, short_en, art, picture,
    price_from, price_until, currency, colors, sizes, variants, position, words_de, words_en)
SELECT g.id, g.slug, c.slug, coalesce(t.slug, c.slug), g.name_de, g.name_en, g.text_de, g.text_en, g.short_de, g.short_en,
       coalesce(nullif(g.art, ''), c.art), i.picture,
       i.price_from, i.price_until, i.currency, i.colors, i.sizes, i.variants,
       coalesce(t.position, c.position) * 1000000 + c.position * 1000 + g.position,
       -- Umlauts once written out and once left plain: “Fahrrad” finds Fahrräder, “Schloss” finds Schlösser.
       kontor_fold(concat_ws(' ', g.name_de, c.name_de, t.name_de, i.names_de, i.numbers,
                             translate(concat_ws(' ', g.name_de, c.name_de, t.name_de), 'äöüÄÖÜ', 'aouAOU'))),
       kontor_fold(concat_ws(' ', g.name_en, c.name_en, t.name_en, i.names_en, i.numbers))
FROM catalogue_offeringgroup g
JOIN catalogue_category c ON c.id = g.category_id
LEFT JOIN catalogue_category t ON t.id = c.parent_id
JOIN (SELECT group_slug, min(price) AS price_from, max(price) AS price_until, min(currency) AS currency,
             coalesce(array_agg(DISTINCT color) FILTER (WHERE color <> ''), '{}') AS colors,
             coalesce(array_agg(DISTINCT size) FILTER (WHERE size <> ''), '{}') AS sizes,
             count(*) AS variants, string_agg(DISTINCT name_de, ' ') AS names_de, string_agg(DISTINCT name_en, ' ') AS names_en,
             string_agg(number, ' ' ORDER BY number) AS numbers,
             coalesce((array_agg(picture ORDER BY number) FILTER (WHERE picture <> ''))[1], '') AS picture
      FROM catalogue_storefrontitem GROUP BY group_slug) i ON i.group_slug = g.slug
WHERE g.id = ANY(%(groups)s::uuid[])

-- name: publish_pictures
INSERT INTO catalogue_storefrontpicture (id, group_id, number, name, width, height, alt_de, alt_en, position)
SELECT x.id, x.group_id, coalesce(i.number, ''), x.name, x.width, x.height, x.alt_de, x.alt_en, x.position
FROM catalogue_picture x JOIN catalogue_storefrontgroup g ON g.group_id = x.group_id
LEFT JOIN catalogue_storefrontitem i ON i.offering_id = x.offering_id
WHERE x.group_id = ANY(%(groups)s::uuid[]) AND (x.offering_id IS NULL OR i.offering_id IS NOT NULL)

-- name: categories
SELECT c.id, c.slug, p.slug AS parent_slug, c.name_de, c.name_en, c.art
FROM catalogue_category c LEFT JOIN catalogue_category p ON p.id = c.parent_id
ORDER BY c.position, c.slug

-- name: remove_items
DELETE FROM catalogue_storefrontitem WHERE offering_id = ANY(%(ids)s::uuid[])

-- name: remove_prices
DELETE FROM catalogue_price WHERE offering_id = ANY(%(ids)s::uuid[])

-- name: remove_own_pictures
DELETE FROM catalogue_picture WHERE offering_id = ANY(%(ids)s::uuid[])

-- name: remove_offerings
DELETE FROM catalogue_offering WHERE id = ANY(%(ids)s::uuid[])

-- name: remove_pictures
DELETE FROM catalogue_picture WHERE group_id = ANY(%(groups)s::uuid[])

-- name: remove_groups
DELETE FROM catalogue_offeringgroup WHERE id = ANY(%(groups)s::uuid[])
