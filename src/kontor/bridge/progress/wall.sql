-- Pages that watch an order, or a customer with all their orders, are told that something changed; the payload is
-- opaque and says nothing by itself.
CREATE OR REPLACE FUNCTION progress_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT DISTINCT order_id FROM new_rows LIMIT 51) o) > 50 THEN
        PERFORM pg_notify('kontor_live', '*');
    ELSE
        PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to(order_id::text, 'UTF8')), 'hex'), 32))
        FROM (SELECT order_id FROM new_rows UNION SELECT party_id FROM new_rows) o;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_milestones AFTER INSERT ON progress_milestone
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION progress_tell_watchers();
CREATE OR REPLACE TRIGGER watchers_hear_of_new_plans AFTER INSERT ON progress_plan
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION progress_tell_watchers();
CREATE OR REPLACE TRIGGER watchers_hear_of_changed_plans AFTER UPDATE ON progress_plan
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION progress_tell_watchers();
