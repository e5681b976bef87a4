-- name: meant  (customers with these numbers, or with these e-mail addresses)
SELECT id FROM parties_party
WHERE erased_at IS NULL AND (number = ANY(%(numbers)s::text[]) OR lower(email) = ANY(%(emails)s::text[]))

-- name: draw_numbers
SELECT 'K-' || nextval('parties_number') AS number FROM generate_series(1, %(count)s::int)

-- name: met_elsewhere  (a browser carries a token of theirs, or they asked for a login: they are people now)
SELECT party_id FROM parties_token WHERE party_id = ANY(%(ids)s::uuid[])

-- name: remove_addresses
DELETE FROM parties_address WHERE party_id = ANY(%(ids)s::uuid[])

-- name: remove_parties
DELETE FROM parties_party WHERE id = ANY(%(ids)s::uuid[])
