-- name: matched_before
SELECT id FROM ledger_match WHERE id = ANY(%(ids)s::uuid[])

-- name: lock_items  (and what else is open of their orders: whether an order is paid is asked under the same locks)
SELECT id, source, document_number, order_id, party_id, currency, open_amount, booked_on FROM ledger_openitem
WHERE id = ANY(%(ids)s::uuid[])
   OR (open_amount <> 0 AND order_id IN (SELECT order_id FROM ledger_openitem WHERE id = ANY(%(ids)s::uuid[])))
ORDER BY id FOR NO KEY UPDATE

-- name: match  (one credit settles parts of several debits)
WITH share AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(debits)s::uuid[], %(amounts)s::numeric[]) AS s(id, debit_id, amount)
), matched AS (
    INSERT INTO ledger_match (id, credit_id, debit_id, amount, matched_at, actor_name)
    SELECT id, %(credit)s::uuid, debit_id, amount, %(at)s::timestamptz, %(actor)s FROM share
), change AS (
    SELECT debit_id AS id, -amount AS amount FROM share
    UNION ALL SELECT %(credit)s::uuid, sum(amount) FROM share
)
UPDATE ledger_openitem i SET open_amount = i.open_amount + c.amount,
    cleared_on = CASE WHEN i.open_amount + c.amount = 0 THEN %(on)s::date END
FROM change c WHERE i.id = c.id

-- name: orders_without_debt  (of these, those of which nothing is open any more)
SELECT o.id AS order_id FROM unnest(%(orders)s::uuid[]) AS o(id)
WHERE NOT EXISTS (SELECT FROM ledger_openitem i WHERE i.order_id = o.id AND i.open_amount > 0)

-- name: items_of_sources
SELECT id, source_id, open_amount FROM ledger_openitem WHERE source = %(source)s AND source_id = ANY(%(ids)s::uuid[])
