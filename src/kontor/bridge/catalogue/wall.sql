-- Text as the search compares it: lower case, umlauts written out, other accents dropped.
CREATE OR REPLACE FUNCTION kontor_fold(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = @schema@, pg_temp AS $$
    SELECT translate(
        replace(replace(replace(replace(replace(lower(p_text), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), 'ø', 'oe'),
        'áàâãåéèêëíìîïóòôõúùûýÿñçš', 'aaaaaeeeeiiiioooouuuyyncs')
$$;

CREATE INDEX IF NOT EXISTS storefront_words ON catalogue_storefrontgroup
USING gin ((words_de || ' ' || words_en) gin_trgm_ops);

-- Loads the library of pg_trgm: only then may an owner who is no superuser name its settings, also the second time,
-- when the index above is there already and loads nothing.
SELECT similarity('', '');

-- Groups that match every word of a text in one of the two languages; where none does, those that come close to it
-- (typing errors, missing umlauts). A higher rank is a better match.
CREATE OR REPLACE FUNCTION kontor_search(p_text text) RETURNS TABLE (group_id uuid, rank double precision)
LANGUAGE plpgsql STABLE SET search_path = @schema@, pg_temp SET pg_trgm.word_similarity_threshold = 0.45 AS $$
#variable_conflict use_column
DECLARE
    v_words text[] := (SELECT array_agg(left(w, 40)) FROM (
        SELECT w FROM regexp_split_to_table(kontor_fold(left(p_text, 200)), '[^[:alnum:].-]+') w WHERE w <> '' LIMIT 8) x);
    v_patterns text[] := (SELECT array_agg('%' || replace(replace(w, '\', '\\'), '_', '\_') || '%') FROM unnest(v_words) w);
BEGIN
    IF v_words IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT g.group_id,
           (SELECT sum(CASE WHEN ' ' || g.words_de || ' ' || g.words_en LIKE '% ' || w || ' %' THEN 3
                            WHEN ' ' || g.words_de || ' ' || g.words_en LIKE '% ' || w || '%' THEN 2 ELSE 1 END)
            FROM unnest(v_words) w)::double precision
           + 1.0 / (1 + least(nullif(strpos(g.words_de, v_words[1]), 0), nullif(strpos(g.words_en, v_words[1]), 0)))
    FROM catalogue_storefrontgroup g
    WHERE g.words_de || ' ' || g.words_en LIKE ALL (v_patterns);
    IF FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT g.group_id, s.closeness
    FROM catalogue_storefrontgroup g
    CROSS JOIN LATERAL (
        SELECT min(greatest(word_similarity(w, g.words_de), word_similarity(w, g.words_en)))::double precision AS closeness
        FROM unnest(v_words) w) s
    WHERE v_words[1] <% (g.words_de || ' ' || g.words_en) AND s.closeness >= 0.45;
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
