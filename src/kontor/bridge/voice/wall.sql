-- The feed of product conception and the house's page are told that something was heard; the payload is opaque.
CREATE OR REPLACE FUNCTION voice_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to('voice', 'UTF8')), 'hex'), 32));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_signals AFTER INSERT OR UPDATE ON voice_signal
FOR EACH STATEMENT EXECUTE FUNCTION voice_tell_watchers();
