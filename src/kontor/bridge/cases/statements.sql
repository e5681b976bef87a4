-- name: insert_case
INSERT INTO cases_case
    (id, kind, channel, subject, party_id, name, email, phone, language, stated_order, order_id, order_line_id, offering_id)
VALUES
    (%(id)s, %(kind)s, %(channel)s, %(subject)s, %(party_id)s, %(name)s, %(email)s, %(phone)s, %(language)s,
     %(stated_order)s, %(order_id)s, %(order_line_id)s, %(offering_id)s)
ON CONFLICT (id) DO NOTHING
RETURNING id

-- name: number_of
SELECT number FROM cases_case WHERE id = %(id)s

-- name: insert_contact
INSERT INTO cases_interaction (id, direction, kind, party_id, author_name, author_email, subject, text)
VALUES (%(id)s, 'in', %(kind)s, %(party_id)s, %(name)s, %(email)s, %(subject)s, %(text)s)
ON CONFLICT (id) DO NOTHING
RETURNING id

-- name: join_contact
INSERT INTO cases_caseinteraction (case_id, interaction_id, party_id) VALUES (%(case_id)s, %(interaction_id)s, %(party_id)s)

-- name: insert_files
INSERT INTO cases_attachment (id, interaction_id, party_id, name, media_type, stated_type, size, sha256, content)
SELECT a.id, %(interaction_id)s, %(party_id)s, a.name, a.media_type, a.stated_type, octet_length(a.content), sha256(a.content), a.content
FROM unnest(%(ids)s::uuid[], %(names)s::text[], %(types)s::text[], %(stated)s::text[], %(contents)s::bytea[])
    AS a(id, name, media_type, stated_type, content)

-- name: case_of
SELECT id, number, subject, state FROM cases_case WHERE number = %(number)s

-- name: rate  (the same rating again changes no row)
UPDATE cases_case SET rating = %(rating)s::smallint WHERE id = %(id)s::uuid AND rating IS DISTINCT FROM %(rating)s::smallint
