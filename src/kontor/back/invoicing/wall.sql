-- Issued papers are never changed and never deleted: corrections are credit notes.
CREATE OR REPLACE TRIGGER an_invoice_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON invoicing_invoice
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER an_invoice_line_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON invoicing_invoiceline
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER an_invoice_tax_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON invoicing_invoicetax
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
