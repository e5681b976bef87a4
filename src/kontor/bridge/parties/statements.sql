-- name: visit
SELECT party_id, kind, name, email, language FROM kontor_visit()

-- name: open_visit
SELECT kontor_open_visit(%(token_hash)s) AS party_id

-- name: login_salt
SELECT kontor_login_salt(%(email)s) AS salt

-- name: log_in
SELECT kontor_log_in(%(email)s, %(proof)s, %(token_hash)s) AS party_id

-- name: log_out
SELECT kontor_log_out()

-- name: confirm_sign_up
SELECT kontor_confirm_sign_up(%(link_hash)s, %(token_hash)s, %(proof)s) AS party_id

-- name: sign_up_salt
SELECT kontor_sign_up_salt(%(link_hash)s) AS salt

-- name: reset_password
SELECT kontor_reset_password(%(link_hash)s, %(salt)s, %(verifier)s, %(token_hash)s) AS party_id

-- name: ask_for_login
INSERT INTO parties_loginrequest (id, kind, party_id, email, given_name, family_name, language, salt, verifier)
VALUES (%(id)s, %(kind)s, %(party_id)s, %(email)s, %(given_name)s, %(family_name)s, %(language)s, %(salt)s, %(verifier)s)

-- name: note_party  (a visitor becomes a party: the id is the one of the visit's token)
INSERT INTO parties_party (id, kind, given_name, family_name, organisation, email, phone, language, vat_id)
VALUES (%(id)s, 'person', %(given_name)s, %(family_name)s, '', %(email)s, %(phone)s, %(language)s, '')
ON CONFLICT (id) DO UPDATE SET given_name = excluded.given_name, family_name = excluded.family_name,
    email = excluded.email, phone = excluded.phone, language = excluded.language

-- name: change_details
UPDATE parties_party SET given_name = %(given_name)s, family_name = %(family_name)s, phone = %(phone)s
WHERE id = %(id)s::uuid

-- name: note_address  (the same address stands once)
INSERT INTO parties_address (id, party_id, name, extra, street, postal_code, city, country, is_billing, is_shipping)
SELECT a.id, a.party_id, a.name, a.extra, a.street, a.postal_code, a.city, a.country, true, true
FROM (SELECT %(id)s::uuid AS id, %(party_id)s::uuid AS party_id, %(name)s::text AS name, %(extra)s::text AS extra,
             %(street)s::text AS street, %(postal_code)s::text AS postal_code, %(city)s::text AS city,
             %(country)s::text AS country) a
WHERE NOT EXISTS (
    SELECT FROM parties_address b WHERE b.party_id = a.party_id
    AND (b.name, b.extra, b.street, b.postal_code, b.city, b.country)
      = (a.name, a.extra, a.street, a.postal_code, a.city, a.country))

-- name: own_details
SELECT p.given_name, p.family_name, p.organisation, p.email, p.phone,
       a.name, a.extra, a.street, a.postal_code, a.city, a.country
FROM parties_party p
LEFT JOIN LATERAL (SELECT * FROM parties_address WHERE party_id = p.id ORDER BY created_at DESC, id DESC LIMIT 1) a ON true
WHERE p.id = %(party_id)s::uuid
