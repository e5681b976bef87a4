-- name: heard_since
SELECT count(*) FILTER (WHERE kind = 'problem') AS problems, count(*) FILTER (WHERE kind = 'need') AS needs,
       (SELECT count(*) FROM (SELECT at FROM voice_answer ORDER BY id DESC LIMIT 1000) a WHERE at >= %(since)s) AS answers
FROM voice_signal WHERE at >= %(since)s
