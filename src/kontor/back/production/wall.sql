-- Numbers of production orders: drawn, not gapless.
CREATE SEQUENCE IF NOT EXISTS production_number START 2601;
-- Who was told another day, and why, is never rewritten.
CREATE OR REPLACE TRIGGER a_shift_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON production_shift
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
