-- name: stock_facts  (on hand, promised, planned, and what was sold within thirty days)
SELECT coalesce(sum(b.capacity) FILTER (WHERE b.kind = 'on_hand'), 0) AS on_hand,
       coalesce(sum(b.promised), 0) AS promised,
       coalesce(sum(b.capacity) FILTER (WHERE b.kind = 'receipt'), 0) AS planned,
       min(b.starts_at) FILTER (WHERE b.kind = 'receipt') AS next_at,
       (SELECT coalesce(sum(l.quantity - l.cancelled_quantity), 0) FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
        WHERE l.offering_id = %(id)s::uuid AND l.kind = 'item' AND o.placed_at >= %(since)s::timestamptz
          AND o.state <> 'cancelled') AS sold,
       EXISTS (SELECT FROM warehouse_move m WHERE m.offering_id = %(id)s::uuid) AS has_moved
FROM promises_pool p LEFT JOIN promises_bucket b ON b.pool_id = p.id AND b.closed_at IS NULL
WHERE p.offering_id = %(id)s::uuid
