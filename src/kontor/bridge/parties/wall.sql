-- Human numbers of parties, drawn by the database so that nobody chooses one.
CREATE SEQUENCE IF NOT EXISTS parties_number START 10001;
ALTER TABLE parties_party ALTER COLUMN number SET DEFAULT 'K-' || nextval('parties_number');

-- What unknown e-mails are salted with, so that they cost and look the same as known ones.
CREATE TABLE IF NOT EXISTS parties_pepper (secret uuid NOT NULL);
INSERT INTO parties_pepper SELECT gen_random_uuid() WHERE NOT EXISTS (SELECT FROM parties_pepper);

-- Whose token this transaction carries; NULL without one. Policies call it as (SELECT kontor_party()), once for each
-- table a statement reads. Its body is bound when it is made (BEGIN ATOMIC): no search_path of the caller can lead it
-- elsewhere, and none has to be set and put back at each call, which made customers' pages a twentieth dearer. A
-- migration that changes these columns drops the function first; the wall makes it anew.
CREATE OR REPLACE FUNCTION kontor_party() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT party_id FROM @schema@.parties_token
    WHERE hash = sha256(convert_to(nullif(current_setting('kontor.token', true), ''), 'UTF8'))
      AND expires_at > now();
END;

-- A visitor comes: a token of a party nobody has ever been.
CREATE OR REPLACE FUNCTION kontor_open_visit(p_hash bytea) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    INSERT INTO parties_token (hash, party_id, kind, expires_at)
    SELECT p_hash, gen_random_uuid(), 'visit', now() + interval '30 days' WHERE octet_length(p_hash) = 32
    RETURNING party_id
$$;

-- What the current token is, for the page header: the party, its kind, and the name to greet.
CREATE OR REPLACE FUNCTION kontor_visit() RETURNS TABLE (party_id uuid, kind text, name text, email text, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT t.party_id, t.kind::text,
           coalesce(nullif(p.organisation, ''), trim(p.given_name || ' ' || p.family_name), '')::text,
           coalesce(p.email, '')::text, coalesce(p.language, '')::text
    FROM parties_token t LEFT JOIN parties_party p ON p.id = t.party_id
    WHERE t.hash = sha256(convert_to(nullif(current_setting('kontor.token', true), ''), 'UTF8'))
      AND t.expires_at > now()
$$;

-- The salt to derive a password proof with. Unknown e-mails get one too, always the same.
CREATE OR REPLACE FUNCTION kontor_login_salt(p_email text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT coalesce(
        (SELECT salt FROM parties_login WHERE lower(email) = lower(p_email)),
        (SELECT substr(sha256(convert_to(secret::text || lower(p_email), 'UTF8')), 1, 16) FROM parties_pepper))
$$;

-- Opens a session where sha256(proof) is the stored verifier; NULL where it is not.
CREATE OR REPLACE FUNCTION kontor_log_in(p_email text, p_proof bytea, p_hash bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_key bytea := sha256(convert_to(lower(p_email), 'UTF8'));
    v_party uuid;
BEGIN
    IF (SELECT count(*) FROM parties_loginfailure WHERE email_key = v_key AND at > now() - interval '15 minutes') >= 10 THEN
        RAISE EXCEPTION 'too many failed logins' USING ERRCODE = 'KP003';
    END IF;
    SELECT party_id INTO v_party FROM parties_login WHERE lower(email) = lower(p_email) AND verifier = sha256(p_proof);
    IF v_party IS NULL OR octet_length(p_hash) <> 32 THEN
        INSERT INTO parties_loginfailure (email_key) VALUES (v_key);
        RETURN NULL;
    END IF;
    DELETE FROM parties_loginfailure WHERE email_key = v_key;
    INSERT INTO parties_token (hash, party_id, kind, expires_at) VALUES (p_hash, v_party, 'session', now() + interval '30 days');
    RETURN v_party;
END $$;

-- Ends the session or visit that this transaction's token stands for.
CREATE OR REPLACE FUNCTION kontor_log_out() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    DELETE FROM parties_token
    WHERE hash = sha256(convert_to(nullif(current_setting('kontor.token', true), ''), 'UTF8')) AND kind <> 'link'
$$;

-- What proves the password of a sign-up that another browser asked for; NULL in that browser, and for no such link.
CREATE OR REPLACE FUNCTION kontor_sign_up_salt(p_link bytea) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT salt FROM parties_loginrequest
    WHERE token_hash = p_link AND kind = 'sign_up' AND used_at IS NULL AND expires_at > now()
      AND party_id IS DISTINCT FROM kontor_party()
$$;

-- A mailed confirmation link was opened: the login comes into being, once, and a session with it.
DROP FUNCTION IF EXISTS kontor_confirm_sign_up(bytea, bytea);
CREATE OR REPLACE FUNCTION kontor_confirm_sign_up(p_link bytea, p_hash bytea, p_proof bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v parties_loginrequest;
    v_party uuid;
BEGIN
    UPDATE parties_loginrequest SET used_at = now()
    WHERE token_hash = p_link AND kind = 'sign_up' AND used_at IS NULL AND expires_at > now() RETURNING * INTO v;
    IF v.id IS NULL OR octet_length(p_hash) <> 32
       OR EXISTS (SELECT FROM parties_login WHERE lower(email) = lower(v.email)) THEN
        RETURN NULL;
    END IF;
    IF v.party_id IS DISTINCT FROM kontor_party() AND v.verifier IS DISTINCT FROM sha256(p_proof) THEN
        RAISE EXCEPTION 'not the password of this sign-up' USING ERRCODE = 'KP006';
    END IF;
    -- The visit's own party only where it is the same person: this very browser, the same e-mail and no login yet.
    -- (Whoever asks for an account in somebody else's name must not share it when that person confirms it.)
    SELECT p.id INTO v_party FROM parties_party p
    WHERE p.id = v.party_id AND p.id = kontor_party() AND lower(p.email) = lower(v.email)
      AND NOT EXISTS (SELECT FROM parties_login l WHERE l.party_id = p.id);
    IF v_party IS NULL THEN
        v_party := gen_random_uuid();
        INSERT INTO parties_party (id, kind, given_name, family_name, organisation, email, phone, language, vat_id)
        VALUES (v_party, 'person', v.given_name, v.family_name, '', v.email, '', v.language, '');
    END IF;
    INSERT INTO parties_login (party_id, email, salt, verifier) VALUES (v_party, v.email, v.salt, v.verifier);
    DELETE FROM parties_token WHERE party_id = v_party AND kind <> 'link';  -- a planted visit does not become a session
    INSERT INTO parties_token (hash, party_id, kind, expires_at) VALUES (p_hash, v_party, 'session', now() + interval '30 days');
    RETURN v_party;
END $$;

-- A mailed reset link was opened and a new password chosen: all other sessions and all links to orders end.
CREATE OR REPLACE FUNCTION kontor_reset_password(p_link bytea, p_salt bytea, p_verifier bytea, p_hash bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_email text;
    v_party uuid;
BEGIN
    UPDATE parties_loginrequest SET used_at = now()
    WHERE token_hash = p_link AND kind = 'reset' AND used_at IS NULL AND expires_at > now() RETURNING email INTO v_email;
    UPDATE parties_login SET salt = p_salt, verifier = p_verifier, changed_at = now()
    WHERE lower(email) = lower(v_email) AND octet_length(p_salt) = 16 AND octet_length(p_verifier) = 32 AND octet_length(p_hash) = 32
    RETURNING party_id INTO v_party;
    IF v_party IS NULL THEN
        RETURN NULL;
    END IF;
    DELETE FROM parties_token WHERE party_id = v_party;  -- sessions and mailed links alike: somebody else may hold them
    INSERT INTO parties_token (hash, party_id, kind, expires_at) VALUES (p_hash, v_party, 'session', now() + interval '30 days');
    RETURN v_party;
END $$;

-- What staff search parties by: number, names, e-mail, phone (with and without the country's code) and every address,
-- folded (kontor_fold) into one text, so that each word may be found anywhere in it. Written by triggers only.
-- No foreign key: it is a projection, parties are never deleted, and tests empty the tables that models know.
CREATE TABLE IF NOT EXISTS parties_words (party_id uuid PRIMARY KEY, words text NOT NULL);
CREATE INDEX IF NOT EXISTS parties_by_words ON parties_words USING gin (words gin_trgm_ops);

CREATE OR REPLACE FUNCTION parties_note_words(p_parties uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    INSERT INTO parties_words (party_id, words)
    SELECT p.id, kontor_fold(concat_ws(' ', p.organisation, p.given_name, p.family_name, p.number, p.email, n.digits,
               regexp_replace(n.digits, '^(0049|49)', '0'), a.texts))
    FROM parties_party p
    CROSS JOIN LATERAL (SELECT regexp_replace(p.phone, '[^0-9]', '', 'g') AS digits) n
    LEFT JOIN LATERAL (SELECT string_agg(concat_ws(' ', name, extra, postal_code, city, street), ' ' ORDER BY id) AS texts
                       FROM parties_address WHERE party_id = p.id) a ON true
    WHERE p.id = ANY (p_parties) ORDER BY p.id
    ON CONFLICT (party_id) DO UPDATE SET words = excluded.words WHERE parties_words.words <> excluded.words;
END $$;

CREATE OR REPLACE FUNCTION parties_hear_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'parties_party' THEN
        PERFORM parties_note_words((SELECT array_agg(id) FROM changed_rows));
    ELSE
        PERFORM parties_note_words((SELECT array_agg(DISTINCT party_id) FROM changed_rows));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER new_parties_are_found AFTER INSERT ON parties_party
REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_hear_words();
CREATE OR REPLACE TRIGGER changed_parties_are_found AFTER UPDATE ON parties_party
REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_hear_words();
CREATE OR REPLACE TRIGGER new_addresses_are_found AFTER INSERT ON parties_address
REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_hear_words();
CREATE OR REPLACE TRIGGER changed_addresses_are_found AFTER UPDATE ON parties_address
REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_hear_words();
CREATE OR REPLACE TRIGGER removed_addresses_are_not_found AFTER DELETE ON parties_address
REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_hear_words();

-- A customer whom an import had drawn up and took back again is found no longer.
CREATE OR REPLACE FUNCTION parties_forget_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    DELETE FROM parties_words w USING changed_rows c WHERE w.party_id = c.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER removed_parties_are_not_found AFTER DELETE ON parties_party
REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_forget_words();

-- Parties that were there before this table (a fresh house has none, and no kontor_fold yet either).
SELECT parties_note_words(array_agg(p.id)) FROM parties_party p
WHERE NOT EXISTS (SELECT FROM parties_words w WHERE w.party_id = p.id) HAVING count(*) > 0;

-- Parties that have every word of a text; where none does, those that come close to it (typing errors). For staff.
-- A phone number may be written with blanks and signs. A higher rank is a better match.
CREATE OR REPLACE FUNCTION kontor_find_parties(p_text text, p_limit int) RETURNS TABLE (party_id uuid, rank double precision)
LANGUAGE plpgsql STABLE SET search_path = @schema@, pg_temp SET pg_trgm.word_similarity_threshold = 0.5 AS $$
#variable_conflict use_column
DECLARE
    v_text text := kontor_fold(left(p_text, 200));
    v_words text[];
    v_patterns text[];
BEGIN
    IF v_text ~ '^[0-9 +()/-]{5,}$' AND regexp_replace(v_text, '[^0-9]', '', 'g') ~ '[0-9]{4}' THEN
        v_text := regexp_replace(regexp_replace(v_text, '[^0-9]', '', 'g'), '^(0049|49)', '0');
    END IF;
    v_words := (SELECT array_agg(left(w, 60)) FROM (
        SELECT w FROM regexp_split_to_table(v_text, '[^[:alnum:].@_+-]+') w WHERE w <> '' LIMIT 6) x);
    IF v_words IS NULL THEN
        RETURN;
    END IF;
    v_patterns := (SELECT array_agg('%' || replace(replace(w, '\', '\\'), '_', '\_') || '%') FROM unnest(v_words) w);
    RETURN QUERY
    SELECT h.party_id,
           (SELECT sum(CASE WHEN ' ' || h.words || ' ' LIKE '% ' || p || ' %' THEN 3
                            WHEN ' ' || h.words LIKE '% ' || p || '%' THEN 2 ELSE 1 END)
            FROM (SELECT replace(replace(w, '\', '\\'), '_', '\_') AS p FROM unnest(v_words) w) x)::double precision
           + 1.0 / (1 + strpos(h.words, v_words[1])) AS rank
    FROM (SELECT * FROM parties_words WHERE words LIKE ALL (v_patterns) LIMIT 500) h
    ORDER BY rank DESC, h.party_id DESC LIMIT p_limit;
    IF FOUND OR char_length(v_words[1]) < 3 THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT h.party_id, s.closeness FROM parties_words h
    CROSS JOIN LATERAL (SELECT min(word_similarity(w, h.words))::double precision AS closeness FROM unnest(v_words) w) s
    WHERE v_words[1] <% h.words AND s.closeness >= 0.4
    ORDER BY s.closeness DESC, h.party_id DESC LIMIT p_limit;
END $$;
