-- name: insert_payments
INSERT INTO payments_payment (id, key, method, party_id, order_id, amount, currency, received_on, reference, payer, recorded_at)
SELECT id, key, method, party_id, order_id, amount, currency, received_on, reference, payer, %(at)s::timestamptz
FROM json_populate_recordset(NULL::payments_payment, %(payments)s::json)
ON CONFLICT (key) DO NOTHING RETURNING id, reference
