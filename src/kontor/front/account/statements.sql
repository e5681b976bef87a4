-- name: order  (of the token's own party; milestones as the earliest instant and the quantity per step)
SELECT o.id, o.number, o.state, o.language, o.currency, o.email, o.billing_name, o.billing_extra, o.billing_street,
       o.billing_postal_code, o.billing_city, o.billing_country, o.payment_method, o.shipping_method,
       o.net_amount, o.tax_amount, o.gross_amount, o.placed_at, o.confirmed_at, o.released_at, o.paid_at, o.cancelled_at,
       o.promised_on, o.pay_until, o.cancel_reason = %(not_paid)s AS is_unpaid,
       (SELECT coalesce(json_object_agg(m.step, json_build_array(m.reached_at, m.quantity)), '{}')::text
        FROM (SELECT step, max(reached_at) AS reached_at, sum(quantity)::text AS quantity
              FROM progress_milestone WHERE order_id = o.id GROUP BY step) m) AS milestones,
       progress_window(o.id) AS making,
       paying.redirect_url, paying.state AS payment_state,
       terms.number AS terms_number, terms.valid_from AS terms_from
FROM orders_order o
LEFT JOIN LATERAL (SELECT i.redirect_url, i.state FROM payments_paymentintent i
                   WHERE i.order_id = o.id ORDER BY i.id DESC LIMIT 1) paying ON true
LEFT JOIN site_agreement agreed ON agreed.order_id = o.id
LEFT JOIN site_edition terms ON terms.id = agreed.edition_id
WHERE o.number = %(number)s

-- name: lines
SELECT l.id, l.kind, l.number, l.name, l.quantity, l.unit, l.unit_price, l.tax_rate, l.gross_amount,
       l.delivered_quantity, l.cancelled_quantity, l.returned_quantity, l.promised_on,
       coalesce(i.picture, '') AS picture, coalesce(i.color, '') AS color, coalesce(i.group_slug, '') AS group_slug,
       coalesce(g.art, '') AS art
FROM orders_orderline l
LEFT JOIN catalogue_storefrontitem i ON i.offering_id = l.offering_id
LEFT JOIN catalogue_storefrontgroup g ON g.slug = i.group_slug
WHERE l.order_id = %(order_id)s::uuid ORDER BY l.position

-- name: documents  (only what its party may download, and only once there is a file)
SELECT d.id, d.kind, d.number, d.issued_at, f.name
FROM documents_document d JOIN documents_documentfile f ON f.document_id = d.id
WHERE d.subject_id = %(order_id)s::uuid ORDER BY d.issued_at, d.id

-- name: file
SELECT name, media_type, content FROM documents_documentfile WHERE document_id = %(document_id)s::uuid

-- name: orders  (since when something of them is on its way)
SELECT o.number, o.state, o.placed_at, o.released_at, o.promised_on, o.gross_amount, o.currency, o.paid_at, o.payment_method,
       o.shipping_method, progress_travelling_rule(m.shipped, m.delivered, m.returned, m.left_at) AS travelling_since,
       (o.state = 'confirmed' AND EXISTS (SELECT FROM progress_plan p WHERE p.order_id = o.id AND p.late_since IS NOT NULL))
           AS has_no_day,
       (SELECT coalesce(sum(l.quantity - l.cancelled_quantity), 0)
        FROM orders_orderline l WHERE l.order_id = o.id AND l.kind = 'item') AS pieces,
       coalesce(m.shipped, 0) AS shipped, coalesce(m.delivered, 0) AS delivered
FROM (SELECT * FROM orders_order WHERE party_id = %(party_id)s::uuid
      ORDER BY placed_at DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s) o
CROSS JOIN LATERAL (
    SELECT sum(m.quantity) FILTER (WHERE m.step = 'shipped') AS shipped,
           sum(m.quantity) FILTER (WHERE m.step = 'delivered') AS delivered,
           sum(m.quantity) FILTER (WHERE m.step = 'returned') AS returned,
           max(m.reached_at) FILTER (WHERE m.step = 'shipped') AS left_at
    FROM progress_milestone m
    WHERE m.order_id = o.id AND m.step IN ('shipped', 'delivered', 'returned')) m
ORDER BY o.placed_at DESC, o.id DESC

-- name: payment_page  (asked again and again while the worker fetches it)
SELECT i.redirect_url, i.state FROM payments_paymentintent i JOIN orders_order o ON o.id = i.order_id
WHERE o.number = %(number)s ORDER BY i.id DESC LIMIT 1
