-- name: articles
SELECT id, number FROM catalogue_offering WHERE id = ANY(%(ids)s::uuid[])

-- name: mark_plans  (whoever waits for one that is overdue reads so; watching pages hear of it by trigger)
WITH late AS MATERIALIZED (
    SELECT l.id, max(b.overdue_at) AS since FROM promises_bucket b
    JOIN promises_promise p ON p.bucket_id = b.id AND p.state IN ('hold', 'firm')
    JOIN orders_orderline l ON l.demand_id = p.demand_id
    WHERE b.kind = 'receipt' AND b.closed_at IS NULL AND b.overdue_at IS NOT NULL GROUP BY l.id
)
UPDATE progress_plan q SET late_since = held.since, changed_at = %(at)s::timestamptz FROM (
    SELECT k.id, late.since FROM late JOIN progress_plan k ON k.order_line_id = late.id
    WHERE k.step IN ('quality', 'material') AND k.late_since IS NULL ORDER BY k.id FOR NO KEY UPDATE OF k) held
WHERE q.id = held.id

-- name: clear_plans  (what came, was called off or is served from the shelf is awaited no more)
UPDATE progress_plan q SET late_since = NULL, changed_at = %(at)s::timestamptz
WHERE q.late_since IS NOT NULL AND NOT EXISTS (
    SELECT FROM orders_orderline l JOIN promises_promise p ON p.demand_id = l.demand_id AND p.state IN ('hold', 'firm')
    JOIN promises_bucket b ON b.id = p.bucket_id AND b.overdue_at IS NOT NULL AND b.closed_at IS NULL
    WHERE l.id = q.order_line_id)

-- name: settled  (open tasks for receipts that are overdue no more, or that nobody waits for any more)
SELECT t.key FROM tasks_task t
WHERE t.department = ANY(%(departments)s::text[]) AND t.done_at IS NULL AND t.kind = ANY(%(kinds)s::text[])
  AND NOT EXISTS (
    SELECT FROM promises_bucket b WHERE b.kind = 'receipt' AND b.closed_at IS NULL AND b.overdue_at IS NOT NULL
    AND b.promised > 0 AND (b.id = t.subject_id OR (b.source <> '' AND b.source = t.subject)))
