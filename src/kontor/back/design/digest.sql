-- name: take_day  (the second worker finds it taken)
INSERT INTO design_digest ("on", made_at, signals) VALUES (%(on)s::date, %(at)s::timestamptz, %(signals)s)
ON CONFLICT ("on") DO NOTHING RETURNING "on"
