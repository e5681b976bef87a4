-- name: find  (an exact number first, then the best matches; the latest address says where somebody lives)
SELECT p.id, p.number, coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name)) AS name,
       p.email, p.phone, coalesce(a.postal_code, '') AS postal_code, coalesce(a.city, '') AS city
FROM kontor_find_parties(%(text)s, %(limit)s::int) h
JOIN parties_party p ON p.id = h.party_id AND p.erased_at IS NULL
LEFT JOIN LATERAL (SELECT postal_code, city FROM parties_address WHERE party_id = p.id
                   ORDER BY created_at DESC, id DESC LIMIT 1) a ON true
ORDER BY lower(p.number) = lower(%(text)s) DESC, h.rank DESC, p.id DESC

-- name: with_email
SELECT p.id, p.number, coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name)) AS name,
       p.email, p.phone, '' AS postal_code, '' AS city
FROM parties_party p WHERE lower(p.email) = lower(%(email)s) AND p.erased_at IS NULL ORDER BY p.id DESC LIMIT 1

-- name: latest
SELECT p.id, p.number, coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name)) AS name,
       p.email, p.phone, coalesce(a.postal_code, '') AS postal_code, coalesce(a.city, '') AS city
FROM (SELECT * FROM parties_party WHERE erased_at IS NULL ORDER BY id DESC LIMIT %(limit)s::int) p
LEFT JOIN LATERAL (SELECT postal_code, city FROM parties_address WHERE party_id = p.id
                   ORDER BY created_at DESC, id DESC LIMIT 1) a ON true
ORDER BY p.id DESC

-- name: card
SELECT p.id, p.number, p.kind, p.given_name, p.family_name, p.organisation, p.email, p.phone, p.language, p.vat_id,
       p.created_at, p.erased_at,
       coalesce((SELECT json_agg(json_build_object(
           'id', a.id, 'name', a.name, 'extra', a.extra, 'street', a.street, 'postal_code', a.postal_code,
           'city', a.city, 'country', a.country, 'is_billing', a.is_billing, 'is_shipping', a.is_shipping)
           ORDER BY a.created_at DESC, a.id DESC) FROM parties_address a WHERE a.party_id = p.id), '[]') AS addresses
FROM parties_party p WHERE p.number = %(number)s
