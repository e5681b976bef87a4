-- name: shown  (what a page says now; the row policy shows the public nothing else)
SELECT id, slug, kind, number, title_de, title_en, teaser_de, teaser_en, body_de, body_en,
       picture, picture_alt_de, picture_alt_en, sections, valid_from, valid_until, published_at
FROM site_edition
WHERE slug = %(slug)s AND (kind = 'news') = %(is_news)s
  AND valid_from <= now() AND (valid_until IS NULL OR valid_until > now())
ORDER BY valid_from DESC, number DESC LIMIT 1

-- name: one_edition  (also an older one, where it stays readable)
SELECT id, slug, kind, number, title_de, title_en, teaser_de, teaser_en, body_de, body_en,
       picture, picture_alt_de, picture_alt_en, sections, valid_from, valid_until, published_at
FROM site_edition
WHERE slug = %(slug)s AND number = %(number)s AND stays_readable AND valid_from <= now()

-- name: readable_editions  (of a text that customers agree to, latest first)
SELECT number, valid_from, valid_until FROM site_edition
WHERE slug = %(slug)s AND stays_readable AND valid_from <= now()
  AND (valid_until IS NULL OR valid_until > valid_from)
ORDER BY valid_from DESC, number DESC LIMIT 50

-- name: news  (what is news now, latest first; ``day`` is that of the first edition, so that a correction moves nothing)
SELECT e.id, e.slug, e.kind, e.number, e.title_de, e.title_en, e.teaser_de, e.teaser_en, e.body_de, e.body_en,
       e.picture, e.picture_alt_de, e.picture_alt_en, e.sections, e.valid_from, e.valid_until, e.published_at
FROM site_edition e
WHERE e.kind = 'news' AND e.valid_from <= now() AND (e.valid_until IS NULL OR e.valid_until > now())
  AND NOT EXISTS (
      SELECT FROM site_edition later WHERE later.slug = e.slug AND later.valid_from <= now()
        AND (later.valid_until IS NULL OR later.valid_until > now())
        AND (later.valid_from, later.number) > (e.valid_from, e.number))
ORDER BY e.valid_from DESC, e.id DESC LIMIT %(limit)s OFFSET %(offset)s

-- name: sitemap
SELECT slug, kind, max(valid_from) AS changed_at FROM site_edition
WHERE valid_from <= now() AND (valid_until IS NULL OR valid_until > now()) GROUP BY slug, kind ORDER BY slug

-- name: take_back  (what has begun ends now, what has not begun never does)
UPDATE site_edition SET valid_until = greatest(valid_from, %(at)s::timestamptz), replaced_by_id = NULL
WHERE slug = %(slug)s AND (id = %(id)s::uuid OR kind = 'news')
  AND (valid_until IS NULL OR valid_until > greatest(valid_from, %(at)s::timestamptz))

-- name: bring_back  (what had made room for an edition that is taken back; articles stay away)
UPDATE site_edition SET valid_until = meant_until, replaced_by_id = NULL
WHERE slug = %(slug)s AND replaced_by_id = %(id)s::uuid AND kind <> 'news'

-- name: end_older  (an edition without an end takes the place of all that began before it)
UPDATE site_edition SET valid_until = %(begins)s::timestamptz, replaced_by_id = %(id)s::uuid
WHERE slug = %(slug)s AND id <> %(id)s::uuid AND valid_from <= %(begins)s::timestamptz
  AND (valid_until IS NULL OR valid_until > %(begins)s::timestamptz)

-- name: own_order  (of the token's party only: the row policy knows no other)
SELECT id, number, billing_name, email FROM orders_order WHERE number = %(number)s

-- name: received  (a matter of the token's party)
SELECT number, opened_at FROM cases_case WHERE id = %(id)s

-- name: small_print  (the terms that each order agreed to, and the instructions on withdrawal of today)
SELECT o.id AS order_id, t.number, t.valid_from, t.title_de, t.title_en, t.body_de, t.body_en,
       w.title_de AS withdrawal_title_de, w.title_en AS withdrawal_title_en,
       w.body_de AS withdrawal_body_de, w.body_en AS withdrawal_body_en
FROM unnest(%(order_ids)s::uuid[]) AS o(id)
LEFT JOIN site_agreement a ON a.order_id = o.id
LEFT JOIN site_edition t ON t.id = a.edition_id
LEFT JOIN LATERAL (
    SELECT title_de, title_en, body_de, body_en FROM site_edition
    WHERE slug = 'withdrawal' AND valid_from <= now() AND (valid_until IS NULL OR valid_until > now())
    ORDER BY valid_from DESC, number DESC LIMIT 1) w ON true
