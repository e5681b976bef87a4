-- name: refund_by_key
SELECT id FROM banking_refund WHERE key = %(key)s::uuid

-- name: lock_credit  (a credit of a customer, locked: what of it is open and not asked for yet)
SELECT i.id, i.document_number, i.order_id, i.party_id, i.currency, i.open_amount
FROM ledger_openitem i WHERE i.id = %(id)s::uuid FOR NO KEY UPDATE

-- name: asked_for
SELECT coalesce(sum(amount), 0) AS amount FROM banking_refund
WHERE open_item_id = %(id)s::uuid AND approved_at IS NULL AND declined_at IS NULL

-- name: insert_refund
INSERT INTO banking_refund (id, key, open_item_id, party_id, amount, currency, reason, iban, asked_by_id, asked_at)
VALUES (%(id)s::uuid, %(key)s::uuid, %(item)s::uuid, %(party)s::uuid, %(amount)s::numeric, %(currency)s, %(reason)s, %(iban)s,
        %(asked_by)s::uuid, %(at)s::timestamptz)

-- name: lock_refund
SELECT r.id, r.open_item_id, r.party_id, r.amount, r.currency, r.asked_by_id, r.approved_at, r.declined_at, i.order_id, i.document_number
FROM banking_refund r JOIN ledger_openitem i ON i.id = r.open_item_id WHERE r.id = %(id)s::uuid FOR NO KEY UPDATE OF r

-- name: approve
UPDATE banking_refund SET approved_by_id = %(by)s::uuid, approved_at = %(at)s::timestamptz, payment_id = %(payment)s::uuid
WHERE id = %(id)s::uuid

-- name: decline
UPDATE banking_refund SET declined_by_id = %(by)s::uuid, declined_at = %(at)s::timestamptz WHERE id = %(id)s::uuid

-- name: payment  (a payment with what is left of it, its entry and what it settled)
SELECT p.id, p.method, p.amount, p.currency, p.received_on, p.reference, p.payer, p.recorded_at, o.number AS order_number,
       i.id AS item_id, i.open_amount, i.party_id, e.number AS entry_number,
       coalesce(nullif(y.organisation, ''), trim(y.given_name || ' ' || y.family_name)) AS party,
       (SELECT jsonb_agg(jsonb_build_object('amount', m.amount, 'source', d.source, 'document', d.document_number,
                                            'item', d.id, 'on', (m.matched_at AT TIME ZONE 'UTC')::date, 'actor', m.actor_name)
                         ORDER BY m.id)
        FROM ledger_match m JOIN ledger_openitem d ON d.id = CASE WHEN m.credit_id = i.id THEN m.debit_id ELSE m.credit_id END
        WHERE m.credit_id = i.id OR m.debit_id = i.id) AS settled
FROM payments_payment p
LEFT JOIN orders_order o ON o.id = p.order_id
LEFT JOIN ledger_openitem i ON i.source = 'payment' AND i.source_id = p.id
LEFT JOIN ledger_entry e ON e.source = 'payment' AND e.source_id = p.id
LEFT JOIN parties_party y ON y.id = p.party_id
WHERE p.id = %(id)s::uuid

-- name: credit  (an open item with its customer and what of it is asked for)
SELECT i.id, i.source, i.source_id, i.document_number, i.currency, i.amount, i.open_amount, i.booked_on, i.party_id, i.order_id,
       coalesce(nullif(y.organisation, ''), trim(y.given_name || ' ' || y.family_name)) AS party,
       (SELECT coalesce(sum(r.amount), 0) FROM banking_refund r
        WHERE r.open_item_id = i.id AND r.approved_at IS NULL AND r.declined_at IS NULL) AS asked
FROM ledger_openitem i LEFT JOIN parties_party y ON y.id = i.party_id WHERE i.id = %(id)s::uuid

-- name: candidates  (open documents a credit may settle: of its customer; of anybody who fits the words where nobody is known)
SELECT i.id, i.document_number, i.booked_on, i.due_on, i.currency, i.amount, i.open_amount, o.number AS order_number,
       coalesce(o.billing_name, nullif(y.organisation, ''), trim(y.given_name || ' ' || y.family_name)) AS party
FROM ledger_openitem i
LEFT JOIN orders_order o ON o.id = i.order_id LEFT JOIN parties_party y ON y.id = i.party_id
WHERE i.open_amount > 0 AND i.currency = %(currency)s
  AND (i.party_id = %(party)s::uuid
       OR (%(party)s::uuid IS NULL AND %(words)s <> '' AND (
           i.document_number ILIKE %(prefix)s OR o.number ILIKE %(prefix)s OR o.billing_name ILIKE %(inside)s OR i.open_amount::text = %(words)s))
       OR (%(party)s::uuid IS NULL AND %(words)s = '' AND i.open_amount = %(amount)s::numeric))
ORDER BY i.due_on, i.id LIMIT 20

-- name: named_orders  (orders whose number, or the number of whose invoice, stands in a reference)
SELECT DISTINCT o.id, o.number, o.party_id, o.billing_name, o.currency, o.gross_amount, o.state,
       coalesce((SELECT sum(i.open_amount) FROM ledger_openitem i WHERE i.order_id = o.id), 0) AS open_amount
FROM orders_order o LEFT JOIN invoicing_invoice v ON v.order_id = o.id AND v.number = ANY(%(words)s::text[])
WHERE o.number = ANY(%(words)s::text[]) OR v.id IS NOT NULL ORDER BY o.number LIMIT 5

-- name: order_by_id
SELECT id, number, party_id, currency FROM orders_order WHERE id = %(id)s::uuid

-- name: document  (an invoice with what is open of it)
SELECT v.number, v.currency, v.order_id, o.number AS order_number, o.billing_name, coalesce(i.open_amount, v.gross_amount) AS open_amount
FROM invoicing_invoice v LEFT JOIN orders_order o ON o.id = v.order_id
LEFT JOIN ledger_openitem i ON i.source = v.kind AND i.source_id = v.id
WHERE v.number = %(number)s

-- name: tab_counts  (counted to a limit: nobody counts a big table)
SELECT (SELECT count(*) FROM (SELECT FROM ledger_openitem WHERE open_amount < 0 AND source = 'payment' LIMIT %(most)s::int) a) AS unmatched,
       (SELECT count(*) FROM (SELECT FROM banking_refund WHERE approved_at IS NULL AND declined_at IS NULL LIMIT %(most)s::int) b) AS refunds
