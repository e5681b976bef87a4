-- name: article
SELECT id, name_de, name_en FROM catalogue_offering WHERE upper(number) = upper(%(number)s)

-- name: order
SELECT id, number, party_id, email, billing_name AS name, language FROM orders_order WHERE number = %(number)s
