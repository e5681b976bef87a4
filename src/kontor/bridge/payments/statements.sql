-- name: insert_payments
INSERT INTO payments_payment (id, key, method, party_id, order_id, amount, currency, received_on, reference, payer, recorded_at)
SELECT id, key, method, party_id, order_id, amount, currency, received_on, reference, payer, %(at)s::timestamptz
FROM json_populate_recordset(NULL::payments_payment, %(payments)s::json)
ON CONFLICT (key) DO NOTHING RETURNING id, reference

-- name: insert_intent  (public: for its own order; instants and state are the database's)
INSERT INTO payments_paymentintent (id, order_id, party_id)
VALUES (%(id)s::uuid, %(order_id)s::uuid, %(party_id)s::uuid)

-- name: intent_of_order  (the customer's own, or staff's)
SELECT id, redirect_url, state FROM payments_paymentintent WHERE order_id = %(order_id)s::uuid ORDER BY id DESC LIMIT 1

-- name: intents_to_open
SELECT i.id, o.id AS order_id, o.number, o.language, o.currency, o.gross_amount
FROM payments_paymentintent i JOIN orders_order o ON o.id = i.order_id
WHERE i.id = ANY(%(ids)s::uuid[]) AND i.party_id = o.party_id AND i.state = 'asked' AND o.payment_method = 'provider' AND o.state NOT IN ('cancelled', 'held')

-- name: open_intent
UPDATE payments_paymentintent SET state = 'open', redirect_url = %(url)s, provider_reference = %(reference)s
WHERE id = %(id)s::uuid AND state = 'asked'

-- name: insert_message  (public: raw, believed by nobody yet; the same message counts once)
INSERT INTO payments_providermessage (id, provider, message_id, headers, body)
VALUES (%(id)s::uuid, %(provider)s, %(message_id)s, %(headers)s::jsonb, %(body)s) ON CONFLICT DO NOTHING

-- name: waiting_messages
SELECT id, provider, message_id, headers, body, received_at FROM payments_providermessage
WHERE handled_at IS NULL ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED

-- name: message_handled
UPDATE payments_providermessage SET handled_at = clock_timestamp(), verdict = %(verdict)s WHERE id = %(id)s::uuid

-- name: lock_intent
SELECT i.id, i.state, i.order_id, i.party_id, o.number, o.state AS order_state, o.gross_amount, o.currency, o.billing_name
FROM payments_paymentintent i JOIN orders_order o ON o.id = i.order_id
WHERE i.id = %(id)s::uuid FOR NO KEY UPDATE OF i

-- name: set_intent_state
UPDATE payments_paymentintent SET state = %(state)s WHERE id = %(id)s::uuid
