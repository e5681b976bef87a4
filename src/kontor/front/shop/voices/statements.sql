-- name: article
SELECT i.offering_id, CASE WHEN %(german)s::boolean THEN i.name_de ELSE i.name_en END AS name, i.group_slug
FROM catalogue_storefrontitem i WHERE i.number = %(number)s

-- name: order  (of the token's own party)
SELECT id, number, billing_name, email FROM orders_order WHERE number = %(number)s

-- name: line  (of the token's own party)
SELECT l.id, l.offering_id, l.name, l.delivered_quantity > 0 AS is_sent, o.id AS order_id, o.number,
       (SELECT r.stars FROM voice_review r WHERE r.party_id = l.party_id AND r.offering_id = l.offering_id) AS stars
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE o.number = %(number)s AND l.id = %(line)s::uuid AND l.kind = 'item'
