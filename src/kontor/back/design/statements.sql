-- name: lots  (the distinct lots of the feed, from the index alone)
WITH RECURSIVE found AS (
    (SELECT lot FROM voice_signal WHERE lot <> '' ORDER BY lot LIMIT 1)
    UNION ALL
    SELECT (SELECT lot FROM voice_signal s WHERE s.lot > f.lot AND s.lot <> '' ORDER BY lot LIMIT 1) FROM found f
    WHERE f.lot IS NOT NULL)
SELECT lot FROM found WHERE lot IS NOT NULL ORDER BY lot DESC LIMIT 200

-- name: by_offering
WITH heard AS (
    SELECT offering_id, coalesce(sum(times) FILTER (WHERE kind = 'problem'), 0)::int AS problems,
           coalesce(sum(times) FILTER (WHERE kind = 'need'), 0)::int AS needs, sum(times) AS times, max(at) AS last_at
    FROM voice_signal
    WHERE at >= %(since)s::timestamptz AND at < %(until)s::timestamptz AND outcome <> 'spam' AND offering_id IS NOT NULL
    GROUP BY offering_id ORDER BY times DESC, offering_id LIMIT %(most)s::int)
SELECT o.id, o.number, CASE WHEN %(german)s::boolean THEN o.name_de ELSE o.name_en END AS name, h.problems, h.needs,
       coalesce((SELECT sum(s.quantity) FROM voice_sale s WHERE s.offering_id = h.offering_id
                 AND s."on" BETWEEN %(first)s::date AND %(last)s::date), 0) AS sold, h.last_at
FROM heard h JOIN catalogue_offering o ON o.id = h.offering_id
ORDER BY h.times DESC, o.number

-- name: by_source
SELECT kind, source, sum(times)::int AS times FROM voice_signal
WHERE at >= %(since)s::timestamptz AND at < %(until)s::timestamptz AND outcome <> 'spam'
GROUP BY kind, source ORDER BY times DESC, kind, source

-- name: heard_since
SELECT coalesce(sum(times) FILTER (WHERE kind = 'problem'), 0)::int AS problems,
       coalesce(sum(times) FILTER (WHERE kind = 'need'), 0)::int AS needs
FROM voice_signal WHERE at >= %(since)s::timestamptz AND outcome <> 'spam'
