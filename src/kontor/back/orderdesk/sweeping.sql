-- name: placed_before  (orders that still stand as placed, oldest first)
SELECT id FROM orders_order WHERE state = 'placed' AND placed_at < %(at)s::timestamptz
ORDER BY placed_at, id LIMIT %(limit)s
