-- What was issued stays as it was issued.
CREATE OR REPLACE TRIGGER a_document_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_document
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER a_document_file_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_documentfile
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
