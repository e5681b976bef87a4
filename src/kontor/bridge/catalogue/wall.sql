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
