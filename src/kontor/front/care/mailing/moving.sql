-- name: moves_to_tell  (orders whose day is another one than the customer last heard; the id of the last move is its key)
SELECT o.id, m.id AS move_id, m.reason, f.was_on
FROM unnest(%(ids)s::uuid[]) AS i(id)
JOIN orders_order o ON o.id = i.id AND o.state = 'confirmed' AND o.promised_on IS NOT NULL
JOIN LATERAL (
    SELECT id, reason FROM progress_milestone WHERE order_id = o.id AND step = 'moved'
    ORDER BY reached_at DESC, planned_at DESC NULLS LAST, id DESC LIMIT 1) m ON true
LEFT JOIN LATERAL (
    SELECT max(split_part(key, ':', 3)::bigint) AS move_id FROM tasks_mail
    WHERE key >= 'orders.moved:' || o.id || ':' AND key < 'orders.moved:' || o.id || ';' AND key ~ ':[0-9]+$') t ON true
JOIN LATERAL (
    SELECT was_on FROM progress_milestone
    WHERE order_id = o.id AND step = 'moved' AND id > coalesce(t.move_id, 0) ORDER BY id LIMIT 1) f ON true
WHERE f.was_on IS DISTINCT FROM o.promised_on
ORDER BY o.id
