-- name: steps_since  (bounded: a house that does more in a day sees its latest ones)
WITH latest AS (SELECT step, order_id, reached_at FROM progress_milestone WHERE quantity > 0 ORDER BY id DESC LIMIT %(most)s)
SELECT step, count(DISTINCT order_id) AS orders,
       (SELECT count(*) FROM latest WHERE reached_at >= %(since)s) >= %(most)s AS is_full
FROM latest WHERE reached_at >= %(since)s GROUP BY step
