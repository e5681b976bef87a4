-- name: store  (document and file together; what stands is never replaced)
WITH document AS (
    INSERT INTO documents_document (id, kind, number, party_id, subject_id, template_version, frozen, is_public, issued_at)
    SELECT d.id, d.kind, d.number, d.party_id, d.subject_id, %(template_version)s, d.frozen::jsonb, d.is_public, d.issued_at
    FROM unnest(%(ids)s::uuid[], %(kinds)s::text[], %(numbers)s::text[], %(parties)s::uuid[], %(subjects)s::uuid[],
                %(frozen)s::text[], %(public)s::boolean[], %(issued_at)s::timestamptz[])
         AS d(id, kind, number, party_id, subject_id, frozen, is_public, issued_at)
    ON CONFLICT (kind, number) DO NOTHING RETURNING id, kind, number, party_id, is_public
), file AS (
    INSERT INTO documents_documentfile (document_id, party_id, is_public, name, media_type, content, sha256)
    SELECT d.id, d.party_id, d.is_public, f.name, f.media_type, f.content, sha256(f.content)
    FROM document d JOIN unnest(%(ids)s::uuid[], %(names)s::text[], %(media_types)s::text[], %(contents)s::bytea[])
         AS f(id, name, media_type, content) ON f.id = d.id
)
SELECT id, kind, number FROM document
