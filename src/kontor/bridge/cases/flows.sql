-- name: matters_since  (ids are in the order of time)
SELECT count(*) AS matters FROM (SELECT opened_at FROM cases_case ORDER BY id DESC LIMIT %(most)s) c
WHERE opened_at >= %(since)s
