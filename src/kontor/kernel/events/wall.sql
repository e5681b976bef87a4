-- Every new event becomes one delivery row per handler that hears its type; the dispatcher is woken.
-- A takeover of the past is history only: it carries its own thread on in bulk, and nobody is mailed about it.
CREATE OR REPLACE FUNCTION events_deliver() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    INSERT INTO events_delivery (event_id, handler)
    SELECT n.id, s.handler FROM new_rows n JOIN events_subscription s ON s.type = n.type
    WHERE n.actor_kind <> 'takeover' ORDER BY n.id;
    IF FOUND THEN
        PERFORM pg_notify('kontor_events', '');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER an_event_is_delivered AFTER INSERT ON events_event
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION events_deliver();

CREATE OR REPLACE FUNCTION kernel_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = @schema@, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a counter-entry instead', TG_TABLE_NAME USING ERRCODE = 'KI001';
END $$;
CREATE OR REPLACE TRIGGER an_event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON events_event
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
