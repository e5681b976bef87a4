-- What was issued stays as it was issued.
CREATE OR REPLACE TRIGGER a_document_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_document
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER a_document_file_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_documentfile
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();

-- The desk finds papers by the beginning of their number.
CREATE INDEX IF NOT EXISTS documents_by_number ON documents_document (number text_pattern_ops) WHERE kind <> 'confirmation';

-- Pages that watch what a paper belongs to are told when its file is there (topics as in bridge/progress/wall.sql).
CREATE OR REPLACE FUNCTION documents_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM new_rows LIMIT 51) f) > 50 THEN
        PERFORM pg_notify('kontor_live', '*');
    ELSE
        PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to(d.subject_id::text, 'UTF8')), 'hex'), 32))
        FROM (SELECT DISTINCT d.subject_id FROM new_rows n JOIN documents_document d ON d.id = n.document_id) d;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_papers AFTER INSERT ON documents_documentfile
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION documents_tell_watchers();
