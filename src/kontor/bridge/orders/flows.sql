-- name: orders_since
SELECT count(*) AS orders FROM orders_order WHERE placed_at >= %(since)s
