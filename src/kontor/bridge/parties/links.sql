-- name: insert_links
INSERT INTO parties_token (hash, party_id, kind, created_at, expires_at)
SELECT hash, party_id, 'link', %(at)s::timestamptz, %(expires_at)s::timestamptz
FROM unnest(%(hashes)s::bytea[], %(parties)s::uuid[]) AS l(hash, party_id)

-- name: answer_login_request  (once)
UPDATE parties_loginrequest SET token_hash = %(token_hash)s, expires_at = %(expires_at)s::timestamptz
WHERE id = %(id)s::uuid AND token_hash IS NULL AND used_at IS NULL

-- name: login_requests  (what was asked for, and whether the e-mail has a login; the sixth within an hour is answered
-- with silence: nobody's mailbox is filled from our form)
SELECT r.id, r.kind, r.email, r.language, r.given_name, r.family_name,
       r.token_hash IS NOT NULL OR (
           SELECT count(*) FROM parties_loginrequest e WHERE lower(e.email) = lower(r.email)
           AND e.requested_at BETWEEN r.requested_at - interval '1 hour' AND r.requested_at AND e.id <> r.id) >= 5 AS is_answered,
       l.party_id IS NOT NULL AS has_login
FROM parties_loginrequest r LEFT JOIN parties_login l ON lower(l.email) = lower(r.email)
WHERE r.id = ANY(%(ids)s::uuid[]) ORDER BY r.id
