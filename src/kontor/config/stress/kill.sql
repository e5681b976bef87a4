-- name: an_acknowledged_order_is_missing_or_another
SELECT t.email, t.number, o.number FROM unnest(%(emails)s::text[], %(numbers)s::text[]) AS t(email, number)
LEFT JOIN orders_order o ON o.email = t.email WHERE o.number IS DISTINCT FROM t.number

-- name: nobody_was_told_of_an_order
SELECT o.number, o.email FROM orders_order o
WHERE o.email LIKE 'customer%%@example.org' AND o.number <> ALL(%(numbers)s::text[])

-- name: an_order_stands_twice
SELECT email, count(*) FROM orders_order WHERE email LIKE 'customer%%@example.org' GROUP BY email HAVING count(*) > 1

-- name: an_order_was_never_checked
SELECT number, state FROM orders_order WHERE email LIKE 'customer%%@example.org' AND state NOT IN ('confirmed', 'done')

-- name: an_order_was_not_confirmed_by_mail_once
SELECT o.number, count(m.id) FROM orders_order o LEFT JOIN tasks_mail m ON m.recipient = o.email AND m.subject LIKE '%%' || o.number || '%%'
     AND m.attachment_name NOT LIKE 'RE-%%' AND m.sent_at IS NOT NULL
WHERE o.email LIKE 'customer%%@example.org' GROUP BY o.number
HAVING count(m.id) FILTER (WHERE m.key LIKE '%%confirm%%') <> 1

-- name: a_shipment_was_not_billed_once
SELECT s.number, count(i.id) FROM logistics_shipment s JOIN orders_order o ON o.id = s.order_id AND o.email LIKE 'customer%%@example.org'
LEFT JOIN invoicing_invoice i ON i.order_id = s.order_id AND i.kind = 'invoice'
GROUP BY s.number HAVING count(i.id) <> 1

-- name: an_order_was_shipped_twice
SELECT o.number, count(*) FROM logistics_shipment s JOIN orders_order o ON o.id = s.order_id AND o.email LIKE 'customer%%@example.org'
GROUP BY o.number HAVING count(*) > 1

-- name: an_invoice_number_is_missing
SELECT min(substr(number, 4)::int) + count(*), max(substr(number, 4)::int) FROM invoicing_invoice WHERE number LIKE 'RE-%%'
HAVING max(substr(number, 4)::int) - min(substr(number, 4)::int) + 1 <> count(*)

-- name: an_invoice_was_not_posted_once
SELECT i.number, count(e.id) FROM invoicing_invoice i LEFT JOIN ledger_entry e ON e.source_id = i.id
GROUP BY i.number HAVING count(e.id) <> 1

-- name: the_books_are_broken
SELECT entries, broken_at FROM ledger_verify() WHERE broken_at IS NOT NULL

-- name: something_is_dead_or_waits
SELECT handler, is_dead, left(error, 200) FROM events_delivery

-- name: a_job_failed
SELECT id, task_name, args FROM procrastinate_jobs WHERE status IN ('failed', 'todo', 'doing')
