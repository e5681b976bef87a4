-- name: find_orders  (by the beginning of the number, as typed or behind the house's letter)
SELECT o.number, o.billing_name, o.placed_at, o.state, o.gross_amount, o.currency
FROM orders_order o
WHERE (o.number ~>=~ %(from_1)s AND o.number ~<~ %(until_1)s) OR (o.number ~>=~ %(from_2)s AND o.number ~<~ %(until_2)s)
ORDER BY o.placed_at DESC, o.id DESC LIMIT 6

-- name: find_documents
SELECT d.id, d.number, d.kind, d.issued_at, o.number AS order_number, o.billing_name
FROM documents_document d JOIN orders_order o ON o.id = d.subject_id
WHERE d.kind <> 'confirmation' AND d.number ~>=~ %(from_1)s AND d.number ~<~ %(until_1)s
ORDER BY d.issued_at DESC, d.id DESC LIMIT 6

-- name: open_orders  (of a party: what is open of each, what is ready for it, when the rest comes; what is paid and still
-- on its way is open too, looked for among the latest)
SELECT o.id, o.number, o.billing_name, o.state, o.payment_method, o.placed_at, o.confirmed_at, o.released_at, o.paid_at,
       o.promised_on, o.gross_amount, o.currency, l.first_name, l.items, l.open_quantity, l.delivered_quantity,
       l.ready_quantity, l.coming_at, l.is_at_risk, m.moved_at, progress_window(o.id) AS making, way.transit_days, l.is_overdue,
       o.pay_until, o.lapses_at
FROM (SELECT * FROM (
          (SELECT * FROM orders_order WHERE party_id = %(party_id)s::uuid AND state IN ('placed', 'held', 'confirmed')
           ORDER BY placed_at DESC, id DESC LIMIT 30)
          UNION ALL
          (SELECT * FROM (SELECT * FROM orders_order WHERE party_id = %(party_id)s::uuid AND state = 'done'
                          ORDER BY placed_at DESC, id DESC LIMIT 30) d
           WHERE progress_travelling_since(d.id) >= %(left_since)s::timestamptz)) either
      ORDER BY placed_at DESC, id DESC LIMIT 30) o
CROSS JOIN LATERAL (
    SELECT coalesce((array_agg(l.name ORDER BY l.position) FILTER (WHERE l.kind = 'item'))[1], '') AS first_name,
           count(*) FILTER (WHERE l.kind = 'item')::int AS items,
           coalesce(sum(l.quantity - l.delivered_quantity - l.cancelled_quantity) FILTER (WHERE l.kind = 'item'), 0) AS open_quantity,
           coalesce(sum(l.delivered_quantity) FILTER (WHERE l.kind = 'item'), 0) AS delivered_quantity,
           coalesce(sum(p.ready), 0) AS ready_quantity, max(p.coming_at) AS coming_at,
           coalesce(bool_or(d.is_at_risk), false) AS is_at_risk, coalesce(bool_or(p.is_overdue), false) AS is_overdue
    FROM orders_orderline l LEFT JOIN promises_demand d ON d.id = l.demand_id
    LEFT JOIN LATERAL (
        SELECT sum(q.quantity) FILTER (WHERE b.kind = 'on_hand') AS ready,
               max(b.starts_at) FILTER (WHERE b.kind <> 'on_hand') AS coming_at,
               bool_or(b.overdue_at IS NOT NULL) AS is_overdue
        FROM promises_promise q JOIN promises_bucket b ON b.id = q.bucket_id
        WHERE q.demand_id = l.demand_id AND q.state IN ('hold', 'firm')) p ON true
    WHERE l.order_id = o.id) l
LEFT JOIN LATERAL (SELECT max(reached_at) AS moved_at FROM progress_milestone WHERE order_id = o.id) m ON true
LEFT JOIN orders_shippingmethod way ON way.code = o.shipping_method
ORDER BY o.placed_at DESC, o.id DESC

-- name: waiting_orders  (what the counter should know of at once: under review, or later than promised)
SELECT o.id, o.number, o.billing_name, o.state, o.placed_at, o.promised_on, o.gross_amount, o.currency, o.party_number
FROM (
    (SELECT h.*, p.number AS party_number FROM orders_order h JOIN parties_party p ON p.id = h.party_id
     WHERE h.state = 'held' ORDER BY h.placed_at DESC, h.id DESC LIMIT 8)
    UNION ALL
    (SELECT c.*, p.number FROM orders_order c JOIN parties_party p ON p.id = c.party_id
     WHERE c.state = 'confirmed' AND c.released_at IS NOT NULL AND c.promised_on < %(today)s::date AND c.placed_at > %(today)s::date - 180 AND EXISTS (
         SELECT FROM orders_orderline l WHERE l.order_id = c.id AND l.kind = 'item'
         AND l.quantity > l.delivered_quantity + l.cancelled_quantity)
     ORDER BY c.placed_at DESC, c.id DESC LIMIT 8)) o
ORDER BY o.state = 'held' DESC, o.promised_on NULLS LAST, o.id

-- name: latest_orders
SELECT o.id, o.number, o.billing_name, o.state, o.placed_at, o.promised_on, o.gross_amount, o.currency, p.number AS party_number,
       CASE WHEN o.state = 'done' THEN progress_travelling_since(o.id) END AS travelling_since
FROM (SELECT * FROM orders_order ORDER BY placed_at DESC, id DESC LIMIT 8) o JOIN parties_party p ON p.id = o.party_id
ORDER BY o.placed_at DESC, o.id DESC

-- name: order_sums  (what a customer has ordered with the house so far)
SELECT count(*)::int AS orders, coalesce(sum(gross_amount), 0) AS amount, max(currency) AS currency, max(placed_at) AS last_at
FROM orders_order WHERE party_id = %(party_id)s::uuid AND state <> 'cancelled'

-- name: orders_page  (of a party, newest first, after a cursor)
SELECT o.id, o.number, o.state, o.placed_at, o.channel, o.paid_at, o.promised_on, o.gross_amount, o.currency
FROM orders_order o WHERE o.party_id = %(party_id)s::uuid
  AND (%(before_at)s::timestamptz IS NULL OR (o.placed_at, o.id) < (%(before_at)s::timestamptz, %(before_id)s::uuid))
ORDER BY o.placed_at DESC, o.id DESC LIMIT %(limit)s::int

-- name: documents_of_party
SELECT d.id, d.kind, d.number, d.issued_at, o.number AS order_number
FROM (SELECT * FROM documents_document WHERE party_id = %(party_id)s::uuid
      AND (%(before_at)s::timestamptz IS NULL OR (issued_at, id) < (%(before_at)s::timestamptz, %(before_id)s::uuid))
      ORDER BY issued_at DESC, id DESC LIMIT %(limit)s::int) d
LEFT JOIN orders_order o ON o.id = d.subject_id ORDER BY d.issued_at DESC, d.id DESC

-- name: documents_of_order
SELECT d.id, d.kind, d.number, d.issued_at FROM documents_document d
WHERE d.subject_id = %(order_id)s::uuid ORDER BY d.issued_at, d.id

-- name: document_file
SELECT f.name, f.media_type, f.content FROM documents_documentfile f WHERE f.document_id = %(id)s::uuid

-- name: history_of_party  (about the customer and their latest orders)
SELECT e.type, e.at, e.actor_kind, e.actor_name, e.fact, e.subject
FROM (SELECT %(party_id)s::uuid AS id UNION ALL
      (SELECT id FROM orders_order WHERE party_id = %(party_id)s::uuid ORDER BY placed_at DESC, id DESC LIMIT 12)) s
CROSS JOIN LATERAL (SELECT * FROM events_event WHERE subject_id = s.id ORDER BY id DESC LIMIT 15) e
WHERE e.type = ANY(%(types)s::text[]) ORDER BY e.at DESC, e.id DESC LIMIT 20

-- name: order
SELECT o.*, p.number AS party_number, coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name)) AS party_name,
       CASE WHEN %(german)s THEN m.name_de ELSE m.name_en END AS shipping_name_of_method, m.transit_days,
       progress_window(o.id) AS making
FROM orders_order o JOIN parties_party p ON p.id = o.party_id
LEFT JOIN orders_shippingmethod m ON m.code = o.shipping_method WHERE o.number = %(number)s

-- name: order_lines
SELECT l.position, l.kind, l.number, l.name, l.unit, l.quantity, l.unit_price, l.tax_rate, l.gross_amount,
       l.delivered_quantity, l.cancelled_quantity, l.returned_quantity,
       l.quantity - l.delivered_quantity - l.cancelled_quantity AS open_quantity,
       coalesce(p.ready, 0) AS ready_quantity, p.coming_at, coalesce(d.is_at_risk, false) AS is_at_risk,
       coalesce(p.is_overdue, false) AS is_overdue
FROM orders_orderline l LEFT JOIN promises_demand d ON d.id = l.demand_id
LEFT JOIN LATERAL (
    SELECT sum(q.quantity) FILTER (WHERE b.kind = 'on_hand') AS ready,
           max(b.starts_at) FILTER (WHERE b.kind <> 'on_hand') AS coming_at,
           bool_or(b.overdue_at IS NOT NULL) AS is_overdue
    FROM promises_promise q JOIN promises_bucket b ON b.id = q.bucket_id
    WHERE q.demand_id = l.demand_id AND q.state IN ('hold', 'firm')) p ON true
WHERE l.order_id = %(order_id)s::uuid ORDER BY l.position

-- name: milestones  (each step once: when it was last reached, and for how much)
SELECT step, max(reached_at) AS reached_at, sum(quantity) AS quantity FROM progress_milestone
WHERE order_id = %(order_id)s::uuid GROUP BY step

-- name: payments
SELECT method, amount, currency, received_on FROM payments_payment WHERE order_id = %(order_id)s::uuid ORDER BY received_on, id

-- name: history_of_order
SELECT e.type, e.at, e.actor_kind, e.actor_name, e.fact, e.subject FROM events_event e
WHERE e.subject_id = %(order_id)s::uuid AND e.type = ANY(%(types)s::text[]) ORDER BY e.id DESC LIMIT 50

-- name: lock_order
SELECT o.id, o.number, o.state, o.channel, o.email FROM orders_order o WHERE o.number = %(number)s FOR NO KEY UPDATE

-- name: asked_before
SELECT 1 FROM events_event WHERE subject_id = %(order_id)s::uuid AND type = 'care.ConfirmationAsked' AND fact ->> 'key' = %(key)s
