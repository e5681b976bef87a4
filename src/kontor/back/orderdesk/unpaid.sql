-- name: money_of  (of locked orders: what has come in for them; whether something of them is settled otherwise, or money of
-- their customer or with their number in its reference lies unassigned; whether the customer is just paying)
SELECT o.id, o.gross_amount,
       coalesce((SELECT sum(p.amount) FROM payments_payment p WHERE p.order_id = o.id), 0) AS came_in,
       EXISTS (SELECT FROM ledger_openitem i WHERE i.order_id = o.id AND i.amount > 0 AND i.open_amount <> i.amount)
       OR EXISTS (
           SELECT FROM ledger_openitem i JOIN payments_payment p ON p.id = i.source_id
           WHERE i.source = 'payment' AND i.open_amount < 0 AND p.order_id IS NULL
             AND (p.party_id = o.party_id OR EXISTS (
                 SELECT FROM (SELECT o.number UNION ALL
                              SELECT v.number FROM invoicing_invoice v WHERE v.order_id = o.id) n(number)
                 -- People leave out hyphens and blanks.
                 WHERE position(upper(regexp_replace(n.number, '[^0-9A-Za-z]', '', 'g'))
                                IN upper(regexp_replace(p.reference, '[^0-9A-Za-z]', '', 'g'))) > 0)))
           AS is_touched,
       EXISTS (SELECT FROM payments_paymentintent t WHERE t.order_id = o.id AND t.state IN ('asked', 'open')
               AND t.asked_at > %(since)s::timestamptz) AS is_paying
FROM orders_order o WHERE o.id = ANY(%(ids)s::uuid[])

-- name: settled  (tasks whose order is paid, released or cancelled meanwhile)
SELECT t.key FROM tasks_task t JOIN orders_order o ON o.id = t.subject_id
WHERE t.done_at IS NULL AND t.department = %(department)s AND t.kind = %(kind)s
  AND (o.state <> 'confirmed' OR o.released_at IS NOT NULL)
