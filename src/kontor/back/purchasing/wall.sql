-- Numbers of purchase orders and suppliers: drawn, not gapless.
CREATE SEQUENCE IF NOT EXISTS purchasing_number START 2601;
CREATE SEQUENCE IF NOT EXISTS purchasing_supplier_number START 101;
-- What came in, and who moved what why, is never rewritten.
CREATE OR REPLACE TRIGGER a_receipt_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON purchasing_receipt
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER a_shift_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON purchasing_shift
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
