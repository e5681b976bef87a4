-- Human numbers of cases, drawn by the database so that nobody chooses one.
CREATE SEQUENCE IF NOT EXISTS cases_number START 100001;
ALTER TABLE cases_case ALTER COLUMN number SET DEFAULT 'V-' || nextval('cases_number');

-- Pages that watch a case, a customer, or the inbox are told that something changed; the payload is opaque. The topic
-- is that of kernel/membrane/topics.py.
CREATE OR REPLACE FUNCTION cases_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM new_rows LIMIT 51) o) > 50 THEN
        PERFORM pg_notify('kontor_live', '*');
    ELSE
        PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to(o.subject, 'UTF8')), 'hex'), 32))
        FROM (SELECT id::text AS subject FROM new_rows UNION SELECT party_id::text FROM new_rows WHERE party_id IS NOT NULL
              UNION SELECT 'cases') o;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_new_cases AFTER INSERT ON cases_case
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cases_tell_watchers();
CREATE OR REPLACE TRIGGER watchers_hear_of_changed_cases AFTER UPDATE ON cases_case
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cases_tell_watchers();

-- What customers rate is dated by the database; nobody else's column changes with it.
CREATE OR REPLACE FUNCTION cases_date_ratings() RETURNS trigger
LANGUAGE plpgsql SET search_path = @schema@, pg_temp AS $$
BEGIN
    NEW.rated_at := CASE WHEN NEW.rating IS NULL THEN NULL ELSE now() END;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER ratings_are_dated BEFORE UPDATE OF rating ON cases_case
FOR EACH ROW WHEN (NEW.rating IS DISTINCT FROM OLD.rating) EXECUTE FUNCTION cases_date_ratings();

-- Staff look for matters by any part of name, e-mail or subject.
CREATE INDEX IF NOT EXISTS cases_by_words ON cases_case USING gin (lower(name || ' ' || email || ' ' || subject) gin_trgm_ops);
