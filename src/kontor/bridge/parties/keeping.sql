-- name: insert_party  (the form's key is the id: the second click finds the first one)
INSERT INTO parties_party (id, kind, given_name, family_name, organisation, email, phone, language, vat_id)
VALUES (%(id)s::uuid, %(kind)s, %(given_name)s, %(family_name)s, %(organisation)s, %(email)s, %(phone)s, %(language)s, %(vat_id)s)
ON CONFLICT (id) DO NOTHING RETURNING number

-- name: number_of
SELECT number FROM parties_party WHERE id = %(id)s::uuid

-- name: lock_party
SELECT kind, given_name, family_name, organisation, email, phone, language, vat_id, number
FROM parties_party WHERE id = %(id)s::uuid AND erased_at IS NULL FOR NO KEY UPDATE

-- name: change_party
UPDATE parties_party SET kind = %(kind)s, given_name = %(given_name)s, family_name = %(family_name)s,
    organisation = %(organisation)s, email = %(email)s, phone = %(phone)s, language = %(language)s, vat_id = %(vat_id)s
WHERE id = %(id)s::uuid

-- name: keep_address  (the same address stands once; a given id is changed)
INSERT INTO parties_address (id, party_id, name, extra, street, postal_code, city, country, is_billing, is_shipping)
SELECT a.* FROM (SELECT %(id)s::uuid AS id, %(party_id)s::uuid AS party_id, %(name)s::text AS name, %(extra)s::text AS extra,
                        %(street)s::text AS street, %(postal_code)s::text AS postal_code, %(city)s::text AS city,
                        %(country)s::text AS country, %(is_billing)s::boolean AS is_billing, %(is_shipping)s::boolean AS is_shipping) a
WHERE NOT EXISTS (
    SELECT FROM parties_address b WHERE b.party_id = a.party_id
    AND (b.name, b.extra, b.street, b.postal_code, b.city, b.country, b.is_billing, b.is_shipping)
      = (a.name, a.extra, a.street, a.postal_code, a.city, a.country, a.is_billing, a.is_shipping))
ON CONFLICT (id) DO UPDATE SET name = excluded.name, extra = excluded.extra, street = excluded.street,
    postal_code = excluded.postal_code, city = excluded.city, country = excluded.country,
    is_billing = excluded.is_billing, is_shipping = excluded.is_shipping
WHERE parties_address.party_id = excluded.party_id
