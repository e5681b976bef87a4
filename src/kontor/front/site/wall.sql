-- Every order that is placed agrees to the terms that stand on the website at this instant. Written here, in the order's
-- own transaction, so that no door can forget it and no customer can choose an edition. What an import brings was agreed
-- elsewhere.
CREATE OR REPLACE FUNCTION site_note_agreement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    INSERT INTO site_agreement (order_id, party_id, edition_id)
    SELECT o.id, o.party_id, e.id FROM new_orders o
    CROSS JOIN (
        SELECT id FROM site_edition
        WHERE slug = 'terms' AND valid_from <= now() AND (valid_until IS NULL OR valid_until > now())
        ORDER BY valid_from DESC, number DESC LIMIT 1) e
    WHERE o.channel <> 'import';
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER orders_agree_to_the_terms AFTER INSERT ON orders_order
REFERENCING NEW TABLE AS new_orders FOR EACH STATEMENT EXECUTE FUNCTION site_note_agreement();
