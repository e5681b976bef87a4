-- name: load_rates
-- An end that the house itself has set stays: only a shipped end replaces it.
INSERT INTO rules_taxrate (id, jurisdiction, code, rate, valid_from, valid_until, source_de, source_en)
SELECT * FROM unnest(
    %(ids)s::uuid[], %(jurisdictions)s::text[], %(codes)s::text[], %(rates)s::numeric[],
    %(begins)s::date[], %(ends)s::date[], %(sources_de)s::text[], %(sources_en)s::text[]
)
ON CONFLICT (jurisdiction, code, valid_from) DO UPDATE SET
    rate = EXCLUDED.rate,
    valid_until = COALESCE(EXCLUDED.valid_until, rules_taxrate.valid_until),
    source_de = EXCLUDED.source_de,
    source_en = EXCLUDED.source_en;
