-- Stock moves are the truth. This trigger keeps what lies where, and the capacity that may be promised.
CREATE OR REPLACE FUNCTION warehouse_count_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_buckets uuid[];
BEGIN
    -- An article that is moved for the first time gets its pool and its stock on hand.
    INSERT INTO promises_pool (id, kind, offering_id, site)
    SELECT DISTINCT ON (n.offering_id) gen_random_uuid(), 'stock', n.offering_id, 'main' FROM new_rows n
    WHERE NOT EXISTS (SELECT FROM promises_pool p WHERE p.offering_id = n.offering_id) ORDER BY n.offering_id
    ON CONFLICT DO NOTHING;
    INSERT INTO promises_bucket (id, pool_id, kind, starts_at, capacity, overbooking, short, promised, source)
    SELECT gen_random_uuid(), p.id, 'on_hand', '2000-01-01', 0, 0, 0, 0, '' FROM promises_pool p
    WHERE p.offering_id IN (SELECT offering_id FROM new_rows)
      AND NOT EXISTS (SELECT FROM promises_bucket b WHERE b.pool_id = p.id AND b.kind = 'on_hand') ORDER BY p.offering_id
    ON CONFLICT DO NOTHING;

    -- The pools first, as everybody does; what lies where is guarded by them, too.
    PERFORM promises_lock(ARRAY(SELECT id FROM promises_pool WHERE offering_id IN (SELECT offering_id FROM new_rows)));
    INSERT INTO warehouse_onhand (offering_id, location_id, quantity)
    SELECT DISTINCT n.offering_id, n.location_id, 0 FROM new_rows n
    WHERE NOT EXISTS (SELECT FROM warehouse_onhand h WHERE h.offering_id = n.offering_id AND h.location_id = n.location_id)
    ORDER BY 1, 2 ON CONFLICT DO NOTHING;
    PERFORM FROM warehouse_onhand h
    WHERE (h.offering_id, h.location_id) IN (SELECT offering_id, location_id FROM new_rows) ORDER BY h.id FOR UPDATE;
    UPDATE warehouse_onhand h SET quantity = h.quantity + d.quantity
    FROM (SELECT offering_id, location_id, sum(quantity) AS quantity FROM new_rows
          GROUP BY offering_id, location_id HAVING sum(quantity) <> 0) d
    WHERE h.offering_id = d.offering_id AND h.location_id = d.location_id;

    SELECT array_agg(b.id) INTO v_buckets FROM promises_bucket b JOIN promises_pool p ON p.id = b.pool_id
    WHERE b.kind = 'on_hand' AND p.offering_id IN (SELECT offering_id FROM new_rows);
    UPDATE promises_bucket b
    SET capacity = b.capacity + d.quantity, short = greatest(0, b.promised - (b.capacity + d.quantity) - b.overbooking)
    FROM (SELECT p.id AS pool_id, sum(n.quantity) AS quantity FROM new_rows n JOIN promises_pool p ON p.offering_id = n.offering_id
          GROUP BY p.id HAVING sum(n.quantity) <> 0) d
    WHERE b.id = ANY (v_buckets) AND b.pool_id = d.pool_id;
    -- Less is there than promised, or a shortage eased: say which promises are at risk.
    IF EXISTS (SELECT FROM promises_bucket b WHERE b.id = ANY (v_buckets) AND b.short > 0)
       OR EXISTS (SELECT FROM promises_bucket b JOIN promises_demand d ON d.pool_id = b.pool_id AND d.is_at_risk
                  WHERE b.id = ANY (v_buckets)) THEN
        PERFORM promises_face(v_buckets);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER a_move_is_counted AFTER INSERT ON warehouse_move
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION warehouse_count_moves();
CREATE OR REPLACE TRIGGER a_move_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON warehouse_move
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();

-- Locks the stock of articles, in key order, for a count: reading under it is reading the truth.
CREATE OR REPLACE FUNCTION warehouse_lock(p_offerings uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM promises_lock(ARRAY(SELECT id FROM promises_pool WHERE offering_id = ANY (p_offerings)));
END $$;

-- What lies where changes with every move: room on its own page spares every index.
ALTER TABLE warehouse_onhand SET (fillfactor = 50);
