-- Text as the search compares it: lower case, umlauts written out, other accents dropped.
CREATE OR REPLACE FUNCTION kontor_fold(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = @schema@, pg_temp AS $$
    SELECT translate(
        replace(replace(replace(replace(replace(lower(p_text), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), 'ø', 'oe'),
        'áàâãåéèêëíìîïóòôõúùûýÿñçš', 'aaaaaeeeeiiiioooouuuyyncs')
$$;

CREATE INDEX IF NOT EXISTS storefront_words ON catalogue_storefrontgroup
USING gin ((words_de || ' ' || words_en) gin_trgm_ops);

-- Loads the library of pg_trgm: only then may an owner who is no superuser name its settings (other rooms' searches do),
-- also the second time, when the index above is there already and loads nothing.
SELECT similarity('', '');

-- A word as it sounds: what people mix up when they spell (doubled letters, a silent h, c and k, y and i, v and f).
CREATE OR REPLACE FUNCTION kontor_sound(p_word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(translate(
        replace(replace(replace(replace(p_word, 'ph', 'f'), 'th', 't'), 'ie', 'i'), 'tz', 'z'), 'vyw', 'fif'),
        'c(?!h)', 'k', 'g'), '([aeiou])h', '\1', 'g'), '(.)\1+', '\1', 'g')
$$;

-- A word and what is left of it without one of its letters: two words that share such a key differ by one slip or a
-- little more. So near misses are found by an index, and only a handful are compared letter by letter.
CREATE OR REPLACE FUNCTION kontor_slips(p_word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT overlay(p_word placing '' FROM i FOR 1)) || p_word FROM generate_series(1, char_length(p_word)) i
$$;

-- Whether two words are one slip apart: a letter too many, too few, another one, or two exchanged. In short words the
-- first letter must be right, and in very short ones no letter may be another one: too much would be near.
CREATE OR REPLACE FUNCTION kontor_is_slip(p_typed text, p_meant text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    v_a text := p_typed;
    v_b text := p_meant;
BEGIN
    WHILE v_a <> '' AND left(v_a, 1) = left(v_b, 1) LOOP
        v_a := substr(v_a, 2);
        v_b := substr(v_b, 2);
    END LOOP;
    WHILE v_a <> '' AND right(v_a, 1) = right(v_b, 1) LOOP
        v_a := left(v_a, -1);
        v_b := left(v_b, -1);
    END LOOP;
    IF char_length(v_a) = 2 AND v_b = reverse(v_a) THEN
        RETURN true;
    END IF;
    RETURN char_length(v_a) <= 1 AND char_length(v_b) <= 1
       AND (char_length(p_typed) > 5 OR left(p_typed, 1) = left(p_meant, 1))
       AND (char_length(p_typed) > 4 OR v_a = '' OR v_b = '');
END $$;

-- A word without the endings that German and English give it; the word itself comes first.
CREATE OR REPLACE FUNCTION kontor_stems(p_word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(left(p_word, char_length(p_word) - char_length(ending)) ORDER BY char_length(ending))
    FROM unnest(ARRAY['', 'e', 'n', 's', 'er', 'en', 'es']) ending
    WHERE p_word LIKE '%' || ending AND char_length(p_word) - char_length(ending) >= CASE ending WHEN '' THEN 1 ELSE 3 END
$$;

-- The words of shown groups and their categories, in both languages, with their stems: what a typing error can have
-- meant. Article numbers are none. Written by a trigger; words of groups no longer shown stay and lead nowhere.
-- No foreign key: it is a projection, and tests empty the tables that models know.
CREATE TABLE IF NOT EXISTS catalogue_word (word text PRIMARY KEY, sound text NOT NULL, slips text[] NOT NULL);
CREATE INDEX IF NOT EXISTS catalogue_word_inside ON catalogue_word USING gin (word gin_trgm_ops);
CREATE INDEX IF NOT EXISTS catalogue_word_by_sound ON catalogue_word (sound);
CREATE INDEX IF NOT EXISTS catalogue_word_by_slips ON catalogue_word USING gin (slips);

CREATE OR REPLACE FUNCTION catalogue_note_words(p_texts text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    INSERT INTO catalogue_word (word, sound, slips)
    SELECT w, kontor_sound(w), kontor_slips(w) || (SELECT array_agg('~' || s) FROM unnest(kontor_slips(kontor_sound(w))) s)
    FROM (SELECT DISTINCT s.stem AS w FROM unnest(p_texts) t, regexp_split_to_table(t, '[^[:alnum:]]+') x,
                 unnest(kontor_stems(x)) s(stem)
          WHERE x ~ '^[[:alpha:]]{3,40}$') words
    WHERE NOT EXISTS (SELECT FROM catalogue_word k WHERE k.word = w)
    ORDER BY w ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION catalogue_hear_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM catalogue_note_words((SELECT array_agg(words_de || ' ' || words_en) FROM shown));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER shown_groups_teach_words AFTER INSERT ON catalogue_storefrontgroup
REFERENCING NEW TABLE AS shown FOR EACH STATEMENT EXECUTE FUNCTION catalogue_hear_words();

-- Groups that were shown before this table.
SELECT catalogue_note_words(array_agg(words_de || ' ' || words_en)) FROM catalogue_storefrontgroup
WHERE NOT EXISTS (SELECT FROM catalogue_word) HAVING count(*) > 0;

-- Words of the shop that are like a word: it or its stem; what sounds the same; with slips also what is one slip away,
-- or one slip away as it sounds. Only the best of these count.
CREATE OR REPLACE FUNCTION kontor_like(p_word text, p_slips boolean) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = @schema@, pg_temp AS $$
BEGIN  -- in this language its plan is kept
    RETURN (SELECT (array_agg(word ORDER BY char_length(word), word))[1:8] FROM (
        SELECT word, rank() OVER (ORDER BY min(tier)) AS place FROM (
            SELECT word, CASE WHEN word = p_word THEN 0 ELSE 1 END AS tier FROM catalogue_word
            WHERE word = ANY (kontor_stems(p_word))
            UNION ALL
            SELECT word, 2 FROM catalogue_word
            WHERE sound = ANY (ARRAY(SELECT kontor_sound(s) FROM unnest(kontor_stems(p_word)) s)) AND char_length(sound) >= 3
            UNION ALL
            SELECT word, CASE WHEN kontor_is_slip(p_word, word) THEN 3 ELSE 4 END FROM catalogue_word
            WHERE p_slips
              AND slips && (kontor_slips(p_word) || ARRAY(SELECT '~' || s FROM unnest(kontor_slips(kontor_sound(p_word))) s))
              AND (kontor_is_slip(p_word, word)
                   OR char_length(sound) >= 5 AND kontor_is_slip(kontor_sound(p_word), sound))
        ) near WHERE char_length(p_word) >= 4 GROUP BY word) best
    WHERE place = 1);
END $$;

-- What a word that somebody typed may have meant; nothing where it is like no word of the shop. It stands in a word as
-- it is; it is like one; or, as a compound, its last part is, which says what the thing is (Fahrradhelm → Helm). Where
-- the first part is no word of the shop, it must not be short and the last part must be right: else too much is near.
CREATE OR REPLACE FUNCTION kontor_meant(p_word text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_word text := replace(p_word, '-', '');
    v_found text[];
    v_first text;
    v_last text;
    v_is_known boolean;
BEGIN
    IF p_word !~ '^[[:alpha:]-]+$' OR EXISTS (SELECT FROM catalogue_word WHERE word LIKE '%' || p_word || '%') THEN
        RETURN ARRAY[p_word];
    END IF;
    v_found := kontor_like(v_word, true);
    FOR i IN 4 .. char_length(v_word) - 3 LOOP
        EXIT WHEN v_found IS NOT NULL;
        v_first := left(v_word, i - 1);
        v_last := substr(v_word, i);
        v_is_known := EXISTS (SELECT FROM catalogue_word WHERE sound = kontor_sound(v_first));
        IF v_is_known OR char_length(v_first) >= 4 THEN
            v_found := kontor_like(v_last, false);
        END IF;
        IF v_found IS NULL AND v_is_known THEN
            v_found := CASE WHEN EXISTS (SELECT FROM catalogue_word WHERE word LIKE '%' || v_last) THEN ARRAY[v_last]
                            ELSE kontor_like(v_last, true) END;
        END IF;
    END LOOP;
    RETURN v_found;
END $$;

-- Words that mean the same, in groups that the house writes. Their keys are what finds them: the folded words and their
-- stems. The words join the dictionary, so that typing errors and compounds of them are understood as well.
CREATE INDEX IF NOT EXISTS catalogue_synonymgroup_by_key ON catalogue_synonymgroup USING gin (keys);

CREATE OR REPLACE FUNCTION catalogue_hear_synonyms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    NEW.keys := (SELECT array_agg(DISTINCT s) FROM unnest(NEW.words) w, unnest(kontor_stems(kontor_fold(w))) s);
    PERFORM catalogue_note_words((SELECT array_agg(kontor_fold(w)) FROM unnest(NEW.words) w));
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER synonyms_teach_words BEFORE INSERT OR UPDATE ON catalogue_synonymgroup
FOR EACH ROW EXECUTE FUNCTION catalogue_hear_synonyms();

-- What the house says means the same as one of these (folded) words, without them; nothing where it says nothing.
CREATE OR REPLACE FUNCTION kontor_synonyms(p_words text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = @schema@, pg_temp AS $$
BEGIN  -- in this language its plan is kept
    RETURN (SELECT array_agg(DISTINCT k ORDER BY k) FROM catalogue_synonymgroup g, unnest(g.keys) k
            WHERE g.keys && ARRAY(SELECT s FROM unnest(p_words) w, unnest(kontor_stems(w)) s) AND k <> ALL (p_words));
END $$;

-- How well words answer one that was asked for: it is one of them (also with an ending), ends one (what a compound is),
-- begins one (what it is for), stands in one.
CREATE OR REPLACE FUNCTION kontor_answer(p_words text, p_word text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN  -- a common word finds the whole catalogue: the cheapest questions come first
    IF strpos(p_words, p_word) = 0 THEN
        RETURN 0;
    ELSIF strpos(p_words, ' ' || p_word || ' ') > 0 THEN
        RETURN 3.0;
    ELSIF p_words LIKE ANY (ARRAY['% ' || p_word || 'e %', '% ' || p_word || 'n %', '% ' || p_word || 's %',
                                  '% ' || p_word || 'er %', '% ' || p_word || 'en %', '% ' || p_word || 'es %']) THEN
        RETURN 2.8;
    ELSIF strpos(p_words, p_word || ' ') > 0 THEN
        RETURN 2.4;
    END IF;
    RETURN CASE WHEN strpos(p_words, ' ' || p_word) > 0 THEN 1.2 ELSE 1.0 END;
END $$;

-- What an answer is worth. That of a synonym is worth no more than the word itself at the beginning of another one, and
-- nothing where it only begins a word or stands in one: who asks for Flasche wants no Flaschenhalter (bottle cage) first.
CREATE OR REPLACE FUNCTION kontor_worth(p_answer double precision, p_is_synonym boolean) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN NOT p_is_synonym THEN p_answer WHEN p_answer >= 2.4 THEN 0.4 * p_answer ELSE 0 END
$$;

-- The name at the beginning of a group's folded words: an umlaut became two letters there.
CREATE OR REPLACE FUNCTION kontor_name_in(p_words text, p_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(p_words, 2 * char_length(p_name) - char_length(translate(p_name, 'äöüßøÄÖÜẞØ', '')))
$$;

-- Groups that match every word of a text in one of the two languages; where none does, or where words have synonyms,
-- those that match what the words may have meant (kontor_meant) or a synonym of it; and where the words are known but
-- never together, those of the rarest one. A synonym counts for less than the word itself, and only where it says
-- what a thing is. A word that is like none of the shop's finds nothing: no hit is better than nonsense. A higher
-- rank is a better match.
CREATE OR REPLACE FUNCTION kontor_search(p_text text) RETURNS TABLE (group_id uuid, rank double precision)
LANGUAGE plpgsql STABLE SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_words text[] := (SELECT array_agg(left(w, 40)) FROM (
        SELECT w FROM regexp_split_to_table(kontor_fold(left(p_text, 200)), '[^[:alnum:].-]+') w WHERE w <> '' LIMIT 8) x);
    v_patterns text[] := (SELECT array_agg('%' || replace(replace(w, '\', '\\'), '_', '\_') || '%') FROM unnest(v_words) w);
    v_key text := (SELECT p FROM unnest(v_patterns) p ORDER BY char_length(p) DESC LIMIT 1);  -- what the index is asked for
    v_likely text[];  -- what one word may have meant
    v_same text[];  -- what means the same
    v_asked int[] := '{}';  -- the places of the words, and beside them all that they may have meant
    v_meant text[] := '{}';
    v_is_same boolean[] := '{}';
    v_hits int;
    v_fewest int;
    v_rarest int;
BEGIN
    IF v_words IS NULL THEN
        RETURN;
    END IF;
    IF kontor_synonyms(v_words) IS NULL THEN
        RETURN QUERY
        SELECT g.group_id,
               (SELECT sum(kontor_answer(' ' || g.words_de || ' ' || g.words_en || ' ', w) + kontor_answer(
                    ' ' || kontor_name_in(g.words_de, g.name_de) || ' ' || kontor_name_in(g.words_en, g.name_en) || ' ', w))
                FROM unnest(v_words) w)
        FROM catalogue_storefrontgroup g
        WHERE g.words_de || ' ' || g.words_en LIKE v_key AND g.words_de || ' ' || g.words_en LIKE ALL (v_patterns);
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    FOR v_n IN 1 .. cardinality(v_words) LOOP
        v_likely := kontor_meant(left(v_words[v_n], 30));
        v_same := kontor_synonyms(v_words[v_n] || v_likely);
        IF v_likely IS NULL AND v_same IS NULL THEN
            RETURN;
        END IF;
        v_likely := coalesce(v_likely, ARRAY[v_words[v_n]]);
        v_same := coalesce(v_same, '{}');
        v_is_same := v_is_same || array_fill(false, ARRAY[cardinality(v_likely)])
                               || array_fill(true, ARRAY[cardinality(v_same)]);
        v_likely := v_likely || v_same;
        v_asked := v_asked || array_fill(v_n, ARRAY[cardinality(v_likely)]);
        v_meant := v_meant || v_likely;
        v_hits := (SELECT count(*) FROM catalogue_storefrontgroup g WHERE g.words_de || ' ' || g.words_en LIKE ANY (
            ARRAY(SELECT '%' || m || '%' FROM unnest(v_likely) m)));
        IF v_hits = 0 THEN
            RETURN;
        END IF;
        IF v_fewest IS NULL OR v_hits < v_fewest THEN
            v_fewest := v_hits;
            v_rarest := v_n;
        END IF;
    END LOOP;
    RETURN QUERY
    WITH hit AS (
        SELECT g.group_id, a.answers, a.least, a.rarest
        FROM catalogue_storefrontgroup g
        CROSS JOIN LATERAL (
            SELECT sum(best + in_name) AS answers, min(best) AS least, max(best) FILTER (WHERE n = v_rarest) AS rarest FROM (
                SELECT n, max(kontor_worth(kontor_answer(' ' || g.words_de || ' ' || g.words_en || ' ', m), s)) AS best,
                       max(kontor_worth(kontor_answer(' ' || kontor_name_in(g.words_de, g.name_de) || ' '
                                                      || kontor_name_in(g.words_en, g.name_en) || ' ', m), s)) AS in_name
                FROM unnest(v_asked, v_meant, v_is_same) x(n, m, s) GROUP BY n) word) a
        WHERE g.words_de || ' ' || g.words_en LIKE ANY (ARRAY(
            SELECT '%' || m || '%' FROM unnest(v_asked, v_meant) x(n, m) WHERE n = v_rarest))
    )
    SELECT h.group_id, h.answers FROM hit h
    WHERE h.least > 0 OR (h.rarest > 0 AND NOT EXISTS (SELECT FROM hit WHERE least > 0));
END $$;

-- The tax rate of a tax class in the house at an instant, in per cent; 0 where there is none.
CREATE OR REPLACE FUNCTION catalogue_rate(p_code text, p_at timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = @schema@, pg_temp AS $$
    SELECT coalesce(max(r.rate), 0)
    FROM (SELECT jurisdiction, time_zone,
                 CASE WHEN jurisdiction = 'DE' AND small_business_from IS NOT NULL  -- § 19 UStG
                      THEN daterange(small_business_from, small_business_until) ELSE 'empty' END AS small_business
          FROM parties_house ORDER BY id DESC LIMIT 1) h
    JOIN rules_taxrate r ON r.code = p_code AND r.jurisdiction IN (h.jurisdiction, 'ZZ')
         AND NOT h.small_business @> (p_at AT TIME ZONE h.time_zone)::date
         AND r.valid_from <= (p_at AT TIME ZONE h.time_zone)::date
         AND (r.valid_until IS NULL OR r.valid_until > (p_at AT TIME ZONE h.time_zone)::date)
$$;

-- The customer group of a party at an instant.
CREATE OR REPLACE FUNCTION catalogue_group_of(p_party uuid, p_at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = @schema@, pg_temp AS $$
    SELECT m.group_id FROM catalogue_membership m WHERE m.party_id = p_party AND m.valid @> p_at
$$;

-- THE PRICE RULE, for the shop, the counter and the check of orders: of the list's prices and those of the customer's
-- own group that hold at the instant and from this quantity on, the lowest counts; net ones are compared with their tax.
-- One statement without settings, so that the planner writes it into the query that asks.
CREATE OR REPLACE FUNCTION catalogue_price_of(
    p_offering uuid, p_group text, p_quantity numeric, p_currency text, p_at timestamptz, p_rate numeric)
RETURNS TABLE (unit_price numeric, amount numeric, includes_tax boolean, customer_group text, min_quantity numeric,
               since timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p.includes_tax THEN p.amount ELSE round(p.amount * (1 + p_rate / 100), 6) END,
           p.amount, p.includes_tax, p.customer_group::text, p.min_quantity, lower(p.valid)
    FROM @schema@.catalogue_price p
    WHERE p.offering_id = p_offering AND p.customer_group IN ('list', p_group) AND p.currency = p_currency
      AND p.min_quantity <= p_quantity AND p.valid @> p_at
    ORDER BY 1, p.customer_group <> 'list', p.min_quantity LIMIT 1
$$;

-- What the token's own party pays for quantities of published articles, at the moment that a new order would take as its
-- own. Nobody else's price can be asked for.
CREATE OR REPLACE FUNCTION kontor_prices(p_offerings uuid[], p_quantities numeric[])
RETURNS TABLE (offering_id uuid, quantity numeric, unit_price numeric, amount numeric, includes_tax boolean,
               customer_group text, min_quantity numeric, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT i.offering_id, a.quantity, p.unit_price, p.amount, p.includes_tax, p.customer_group, p.min_quantity, p.since
    FROM (SELECT offering, quantity FROM unnest(p_offerings, p_quantities) AS x(offering, quantity) LIMIT 1000) a
    JOIN catalogue_storefrontitem i ON i.offering_id = a.offering
    CROSS JOIN (SELECT catalogue_group_of(kontor_party(), statement_timestamp()) AS code) own
    CROSS JOIN LATERAL catalogue_price_of(
        i.offering_id, own.code, a.quantity, i.currency, statement_timestamp(),
        CASE WHEN own.code IS NULL THEN 0 ELSE catalogue_rate(i.tax_code, statement_timestamp()) END) p
$$;

-- The token's own party's prices by quantity (from the list and its own group), for published articles only.
CREATE OR REPLACE FUNCTION kontor_price_steps(p_offerings uuid[])
RETURNS TABLE (offering_id uuid, quantity numeric, unit_price numeric, amount numeric, includes_tax boolean,
               customer_group text, min_quantity numeric, since timestamptz, group_de text, group_en text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT i.offering_id, s.min_quantity, p.unit_price, p.amount, p.includes_tax, p.customer_group, p.min_quantity, p.since,
           g.name_de, g.name_en
    FROM catalogue_storefrontitem i
    CROSS JOIN (SELECT catalogue_group_of(kontor_party(), statement_timestamp()) AS code) own
    CROSS JOIN LATERAL (
        SELECT DISTINCT c.min_quantity FROM catalogue_price c
        WHERE c.offering_id = i.offering_id AND c.customer_group IN ('list', own.code) AND c.currency = i.currency
          AND c.valid @> statement_timestamp()) s
    CROSS JOIN LATERAL catalogue_price_of(
        i.offering_id, own.code, s.min_quantity, i.currency, statement_timestamp(),
        CASE WHEN own.code IS NULL THEN 0 ELSE catalogue_rate(i.tax_code, statement_timestamp()) END) p
    LEFT JOIN catalogue_customergroup g ON g.code = p.customer_group
    WHERE i.offering_id IN (SELECT o FROM unnest(p_offerings) o LIMIT 1000)
    ORDER BY i.offering_id, s.min_quantity
$$;
