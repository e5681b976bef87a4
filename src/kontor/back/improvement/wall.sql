-- Human numbers of problems and needs.
CREATE SEQUENCE IF NOT EXISTS improvement_number START 1001;
ALTER TABLE improvement_problem ALTER COLUMN number SET DEFAULT 'VB-' || nextval('improvement_number');
