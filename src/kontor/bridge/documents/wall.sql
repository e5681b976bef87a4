-- What was issued stays as it was issued.
CREATE OR REPLACE TRIGGER a_document_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_document
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER a_document_file_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_documentfile
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();

-- The desk finds papers by the beginning of their number.
CREATE INDEX IF NOT EXISTS documents_by_number ON documents_document (number text_pattern_ops) WHERE kind <> 'confirmation';
