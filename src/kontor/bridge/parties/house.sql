-- name: standing  (what every process keeps for a few seconds)
SELECT h.id AS version, COALESCE(NULLIF(h.brand, ''), h.name) AS name, h.hue, h.hue_accent, h.radius, h.logo, h.time_zone,
       h.land, h.small_business_from, h.small_business_until, ARRAY(SELECT code FROM parties_door WHERE NOT is_open) AS shut_doors
FROM (SELECT 1) one
LEFT JOIN (SELECT id, brand, name, hue, hue_accent, radius, logo, time_zone, land, small_business_from,
                  small_business_until
           FROM parties_house ORDER BY id DESC LIMIT 1) h ON true

-- name: logo
SELECT media_type, content FROM parties_logo WHERE name = %(name)s

-- name: places  (all that are not given up, the main one first, with their hours)
SELECT p.id, p.name_de, p.name_en, p.street, p.postal_code, p.city, p.country, p.land, p.phone, p.email,
       p.opens_on_holidays, p.is_main,
       COALESCE((SELECT jsonb_agg(jsonb_build_array(weekday, from_minute, until_minute) ORDER BY weekday, from_minute)
                 FROM parties_openingspan s WHERE s.place_id = p.id), '[]')::text AS week,
       COALESCE((SELECT jsonb_agg(jsonb_build_object('on', d."on", 'de', d.reason_de, 'en', d.reason_en, 'spans',
                     COALESCE((SELECT jsonb_agg(jsonb_build_array(from_minute, until_minute) ORDER BY from_minute)
                               FROM parties_specialspan x WHERE x.day_id = d.id), '[]')) ORDER BY d."on")
                 FROM parties_specialday d WHERE d.place_id = p.id AND d."on" >= %(since)s::date), '[]')::text AS special
FROM parties_place p
WHERE p.closed_at IS NULL
ORDER BY p.is_main DESC, p.position, p.id

-- name: write_doors  (words as the rooms declare them; open or shut stays as it was put)
INSERT INTO parties_door (code, department, icon, label_de, label_en, words_de, words_en, path, position)
SELECT * FROM unnest(%(codes)s::text[], %(departments)s::text[], %(icons)s::text[], %(labels_de)s::text[],
    %(labels_en)s::text[], %(words_de)s::text[], %(words_en)s::text[], %(paths)s::text[], %(positions)s::smallint[])
ON CONFLICT (code) DO UPDATE SET department = excluded.department, icon = excluded.icon,
    label_de = excluded.label_de, label_en = excluded.label_en, words_de = excluded.words_de,
    words_en = excluded.words_en, path = excluded.path, position = excluded.position

-- name: forget_doors  (a door that no room declares any more)
DELETE FROM parties_door WHERE code <> ALL (%(codes)s::text[])

-- name: lock_house  (one change of the house, its places and doors after another)
SELECT pg_advisory_xact_lock(7310003)

-- name: doors
SELECT code, department, icon, label_de, label_en, path, is_open FROM parties_door ORDER BY position, code
