-- The feed of product conception and the house's page are told that something was heard; the payload is opaque.
CREATE OR REPLACE FUNCTION voice_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to('voice', 'UTF8')), 'hex'), 32));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_signals AFTER INSERT OR UPDATE ON voice_signal
FOR EACH STATEMENT EXECUTE FUNCTION voice_tell_watchers();
CREATE OR REPLACE TRIGGER watchers_hear_of_answers AFTER INSERT ON voice_answer
FOR EACH STATEMENT EXECUTE FUNCTION voice_tell_watchers();

-- A search that found nothing, counted by day and text. With the owner's rights, so that a visitor reads no other's
-- searches; capped, so that nobody fills the disk: 2,000 texts a day, 120 characters each. True where it is new today.
CREATE OR REPLACE FUNCTION kontor_note_search(p_text text, p_language text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_on date := (now() AT TIME ZONE coalesce(
        (SELECT h.time_zone FROM parties_house h ORDER BY h.id DESC LIMIT 1), 'Europe/Berlin'))::date;
    v_text text := left(lower(regexp_replace(btrim(p_text), '\s+', ' ', 'g')), 120);
BEGIN
    IF v_text = '' OR p_language NOT IN ('de', 'en') THEN
        RETURN false;
    END IF;
    UPDATE voice_searchmiss SET times = least(times + 1, 1000000)
    WHERE "on" = v_on AND language = p_language AND text = v_text;
    IF FOUND OR (SELECT count(*) FROM (SELECT FROM voice_searchmiss WHERE "on" = v_on LIMIT 2000) m) >= 2000 THEN
        RETURN false;
    END IF;
    INSERT INTO voice_searchmiss ("on", language, text) VALUES (v_on, p_language, v_text)
    ON CONFLICT ("on", language, text) DO UPDATE SET times = voice_searchmiss.times + 1;
    RETURN true;
END $$;
