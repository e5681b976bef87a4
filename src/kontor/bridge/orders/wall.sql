-- Human numbers of orders, drawn by the database so that nobody chooses one.
CREATE SEQUENCE IF NOT EXISTS orders_number START 100001;
ALTER TABLE orders_order ALTER COLUMN number SET DEFAULT 'A-' || nextval('orders_number');

-- Lines join an order only while it is placed: this waits for a confirmation under way and then refuses. A line's
-- promise is of its own article and its own party's: nobody lives on what was promised to somebody else.
CREATE OR REPLACE FUNCTION orders_lines_join() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM FROM orders_order WHERE id IN (SELECT order_id FROM new_rows) ORDER BY id FOR SHARE;
    IF EXISTS (SELECT FROM new_rows n JOIN orders_order o ON o.id = n.order_id
               LEFT JOIN promises_demand d ON d.id = n.demand_id LEFT JOIN promises_pool p ON p.id = d.pool_id
               WHERE o.state <> 'placed' OR o.party_id <> n.party_id
                  OR (n.demand_id IS NOT NULL AND (d.party_id IS DISTINCT FROM n.party_id OR p.offering_id <> n.offering_id))) THEN
        RAISE EXCEPTION 'lines join an order of the same party while it is placed' USING ERRCODE = 'KO001';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER order_lines_join_a_placed_order AFTER INSERT ON orders_orderline
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orders_lines_join();

-- The page that shows the whole house is told that orders came in; the payload is opaque and says nothing of them.
CREATE OR REPLACE FUNCTION orders_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to('orders', 'UTF8')), 'hex'), 32));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_new_orders AFTER INSERT ON orders_order
FOR EACH STATEMENT EXECUTE FUNCTION orders_tell_watchers();

-- The basket became an order: its holds no longer expire. Only for demands of order lines of the token's own party.
CREATE OR REPLACE FUNCTION kontor_keep(p_demands uuid[])
RETURNS TABLE (demand_id uuid, bucket_id uuid, quantity numeric, ready_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_party uuid := kontor_party();
BEGIN
    IF v_party IS NULL OR cardinality(p_demands) > 100 OR EXISTS (
        SELECT FROM unnest(p_demands) AS a(demand) WHERE NOT EXISTS (
            SELECT FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
            WHERE l.demand_id = a.demand AND l.party_id = v_party AND l.quantity <= 1000 AND o.state = 'placed')) THEN
        RAISE EXCEPTION 'these demands belong to no placed order of this party' USING ERRCODE = 'KP002';
    END IF;
    -- As a rule every line is held already, in full and unexpired: then it is enough to take the end away.
    IF NOT EXISTS (
        SELECT FROM orders_orderline l WHERE l.demand_id = ANY (p_demands) AND l.quantity IS DISTINCT FROM (
            SELECT sum(p.quantity) FROM promises_promise p
            WHERE p.demand_id = l.demand_id AND p.state = 'hold' AND p.expires_at > clock_timestamp() + interval '5 seconds')
    ) THEN
        UPDATE promises_promise p SET expires_at = 'infinity'
        FROM (SELECT h.id FROM promises_promise h WHERE h.demand_id = ANY (p_demands) AND h.state = 'hold'
              ORDER BY h.id FOR NO KEY UPDATE) held
        WHERE p.id = held.id;
        RETURN QUERY SELECT p.demand_id, p.bucket_id, p.quantity, b.starts_at
        FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
        WHERE p.demand_id = ANY (p_demands) AND p.state = 'hold';
        RETURN;
    END IF;
    RETURN QUERY SELECT a.demand_id, a.bucket_id, a.quantity, a.ready_at FROM promises_allocate(
        v_party, p_demands,
        (SELECT array_agg(l.offering_id ORDER BY x.place) FROM unnest(p_demands) WITH ORDINALITY x(demand, place)
         JOIN orders_orderline l ON l.demand_id = x.demand),
        (SELECT array_agg(l.quantity ORDER BY x.place) FROM unnest(p_demands) WITH ORDINALITY x(demand, place)
         JOIN orders_orderline l ON l.demand_id = x.demand),
        (SELECT array_agg(d.wanted_from ORDER BY x.place) FROM unnest(p_demands) WITH ORDINALITY x(demand, place)
         JOIN promises_demand d ON d.id = x.demand),
        (SELECT array_agg(d.wanted_until ORDER BY x.place) FROM unnest(p_demands) WITH ORDINALITY x(demand, place)
         JOIN promises_demand d ON d.id = x.demand),
        'hold', 'infinity'::timestamptz, true) a;
END $$;

-- Lines are changed soon after they are written (delivered, returned): room on their own page spares every index.
ALTER TABLE orders_orderline SET (fillfactor = 55);
ALTER TABLE orders_order SET (fillfactor = 60);
