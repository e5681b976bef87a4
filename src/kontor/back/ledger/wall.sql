-- What is posted stays: corrections are counter-entries.
CREATE OR REPLACE TRIGGER an_entry_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER an_entry_line_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entryline
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE OR REPLACE TRIGGER a_seal_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();

-- Debits equal credits, checked when the transaction commits.
CREATE OR REPLACE FUNCTION ledger_check_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_sum numeric;
    v_count bigint;
BEGIN
    SELECT coalesce(sum(amount), 0), count(*) INTO v_sum, v_count FROM ledger_entryline WHERE entry_id = NEW.id;
    IF v_sum <> 0 OR v_count < 2 THEN
        RAISE EXCEPTION 'entry % does not balance: % over % lines', NEW.number, v_sum, v_count
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_balances';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS an_entry_balances ON ledger_entry;
CREATE CONSTRAINT TRIGGER an_entry_balances AFTER INSERT ON ledger_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balance();

-- Seals entries with the statement that writes their lines. A second statement of lines for an entry fails on the
-- seal's key, so nothing joins an entry later.
CREATE OR REPLACE FUNCTION ledger_seal_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_hash bytea;
    v record;
BEGIN
    -- One writer at a time: the chain is a chain. The journal's number range is already locked by then.
    SELECT s.hash INTO v_hash FROM ledger_seal s ORDER BY s.number DESC LIMIT 1;
    FOR v IN
        SELECT e.id, e.number,
               concat_ws('|', e.number, e.booked_on, e.source, e.source_id, e.document_number, e.currency, e.text,
                         to_char(e.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_name,
                         string_agg(concat_ws(',', n.position, n.account_id, n.amount, coalesce(n.party_id::text, ''),
                                    n.tax_code, coalesce(n.tax_rate::text, '')), ';' ORDER BY n.position)) AS content
        FROM ledger_entry e JOIN new_rows n ON n.entry_id = e.id GROUP BY e.id ORDER BY e.number
    LOOP
        v_hash := sha256(coalesce(v_hash, ''::bytea) || convert_to(v.content, 'UTF8'));
        INSERT INTO ledger_seal (entry_id, number, hash) VALUES (v.id, v.number, v_hash);
    END LOOP;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER entries_are_sealed AFTER INSERT ON ledger_entryline
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ledger_seal_entries();

-- The checksum of the books: the last seal, or nothing. It covers each entry, its lines in order and the hash before it;
-- a third party can compute it from a dump. The text of an entry is the one that ledger_seal_entries hashes.
CREATE OR REPLACE FUNCTION ledger_verify() RETURNS TABLE (entries bigint, last_hash text, broken_at bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_hash bytea;
    v record;
    v_expected bigint := NULL;
BEGIN
    entries := 0;
    FOR v IN
        SELECT e.number, s.hash,
               concat_ws('|', e.number, e.booked_on, e.source, e.source_id, e.document_number, e.currency, e.text,
                         to_char(e.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_name, l.content) AS content
        FROM ledger_entry e
        LEFT JOIN ledger_seal s ON s.entry_id = e.id
        LEFT JOIN (
            SELECT entry_id, string_agg(concat_ws(',', position, account_id, amount, coalesce(party_id::text, ''), tax_code,
                                                  coalesce(tax_rate::text, '')), ';' ORDER BY position) AS content
            FROM ledger_entryline GROUP BY entry_id) l ON l.entry_id = e.id
        ORDER BY e.number
    LOOP
        v_hash := sha256(coalesce(v_hash, ''::bytea) || convert_to(v.content, 'UTF8'));
        IF v.hash IS DISTINCT FROM v_hash OR v.number <> coalesce(v_expected, 1) THEN
            broken_at := v.number;
            EXIT;
        END IF;
        v_expected := v.number + 1;
        entries := entries + 1;
    END LOOP;
    last_hash := encode(coalesce(v_hash, ''::bytea), 'hex');
    RETURN NEXT;
END $$;
DROP FUNCTION IF EXISTS ledger_content(uuid);
