-- name: an_administrator  (an open login with a password whose departments together may administer the house)
SELECT a.id FROM actor_staffaccount a
JOIN actor_staffaccount_departments m ON m.staffaccount_id = a.id
JOIN actor_department d ON d.code = m.department_id
WHERE a.is_active AND a.password NOT IN ('') AND NOT starts_with(a.password, '!')
GROUP BY a.id
HAVING bool_or(d.rights ? 'back.enter') AND bool_or(d.rights ? 'administration.write')
   AND bool_or(d.rights ? 'people.write')
LIMIT 1

-- name: load_departments  (new ones come; rights that the house has changed stay)
INSERT INTO actor_department (code, name_de, name_en, side, rights, position)
SELECT code, name_de, name_en, side, rights::jsonb, position
FROM unnest(%(codes)s::text[], %(names_de)s::text[], %(names_en)s::text[], %(sides)s::text[], %(rights)s::text[],
    %(positions)s::smallint[]) AS t(code, name_de, name_en, side, rights, position)
ON CONFLICT (code) DO UPDATE SET name_de = excluded.name_de, name_en = excluded.name_en, side = excluded.side,
    position = excluded.position,
    rights = CASE WHEN actor_department.rights_changed_at IS NULL THEN excluded.rights ELSE actor_department.rights END

-- name: lock_departments  (in key order: two administrators who remove each other do it one after the other)
SELECT code FROM actor_department ORDER BY code FOR UPDATE

-- name: write_parts  (what the rooms declare, as the owner)
INSERT INTO actor_housepart (plane, url_name, department, label_de, label_en, path, icon, "right", position)
SELECT * FROM unnest(%(planes)s::text[], %(url_names)s::text[], %(departments)s::text[], %(labels_de)s::text[],
    %(labels_en)s::text[], %(paths)s::text[], %(icons)s::text[], %(rights)s::text[], %(positions)s::smallint[])

-- name: forget_parts
DELETE FROM actor_housepart

-- name: departments_with_members
SELECT d.code, d.name_de, d.name_en, d.side, d.rights::text AS rights,
       (SELECT count(*) FROM actor_staffaccount_departments m JOIN actor_staffaccount a ON a.id = m.staffaccount_id
        WHERE m.department_id = d.code AND a.is_active) AS members
FROM actor_department d ORDER BY d.position

-- name: parts
SELECT plane, url_name, department, label_de, label_en, path, icon, "right" FROM actor_housepart ORDER BY position, id
