-- The promise ledger. Everything that promises capacity goes through promises_allocate; nobody else writes here.

-- Whoever changes anything of a pool (its buckets, demands, promises) holds the pool: all pools of a transaction at
-- once, in key order. Locking buckets one by one is not enough: a receipt that arrives moves promises to a bucket that
-- the one who waits for it never locked, and a shortage of one night concerns stays that last for others, too
-- (./kontor stress promises found both as circles of waiting).
CREATE OR REPLACE FUNCTION promises_lock(p_pools uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM FROM promises_pool WHERE id = ANY (p_pools) ORDER BY id FOR NO KEY UPDATE;
END $$;
-- For the back office, before it moves planned buckets.
CREATE OR REPLACE FUNCTION kontor_lock_buckets(p_buckets uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT promises_lock(ARRAY(SELECT pool_id FROM promises_bucket WHERE id = ANY (p_buckets)))
$$;

-- Nobody updates `promised`: this trigger adds the sums (and locks the buckets in key order, for whoever holds no pool).
CREATE OR REPLACE FUNCTION promises_count_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM FROM promises_bucket WHERE id IN (SELECT bucket_id FROM new_rows) ORDER BY id FOR UPDATE;
    UPDATE promises_bucket b SET promised = b.promised + d.quantity
    FROM (SELECT bucket_id, sum(quantity) AS quantity FROM new_rows
          WHERE state IN ('hold', 'firm') GROUP BY bucket_id) d
    WHERE b.id = d.bucket_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER a_new_promise_counts AFTER INSERT ON promises_promise
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION promises_count_new();

CREATE OR REPLACE FUNCTION promises_count_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_buckets uuid[];
    v_changes numeric[];
    v_eased uuid[];
BEGIN
    SELECT array_agg(bucket_id), array_agg(quantity) INTO v_buckets, v_changes FROM (
        SELECT bucket_id, sum(quantity) AS quantity FROM (
            SELECT bucket_id, quantity FROM new_rows WHERE state IN ('hold', 'firm')
            UNION ALL
            SELECT bucket_id, -quantity FROM old_rows WHERE state IN ('hold', 'firm')) c
        GROUP BY bucket_id HAVING sum(quantity) <> 0) d;
    IF v_buckets IS NULL THEN
        RETURN NULL;  -- a hold became firm: no bucket changes, none is locked
    END IF;
    PERFORM FROM promises_bucket WHERE id = ANY (v_buckets) ORDER BY id FOR UPDATE;
    WITH counted AS (
        UPDATE promises_bucket b
        SET promised = b.promised + d.quantity,
            -- A gain reduces the shortage first: what is no longer promised is no longer short.
            short = greatest(0, least(b.short, b.promised + d.quantity - b.capacity - b.overbooking))
        FROM unnest(v_buckets, v_changes) AS d(id, quantity) WHERE b.id = d.id
        RETURNING WITH (OLD AS was) b.id, was.short AS short_before)
    SELECT array_agg(id) INTO v_eased FROM counted WHERE short_before > 0;
    IF v_eased IS NOT NULL THEN
        PERFORM promises_face(v_eased);  -- fewer promises are at risk now
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER a_changed_promise_counts AFTER UPDATE ON promises_promise
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION promises_count_changed();
CREATE OR REPLACE TRIGGER a_promise_is_never_deleted BEFORE DELETE OR TRUNCATE ON promises_promise
FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();

-- How many buckets a demand must have: the nights between two instants (days of 23 or 25 hours count as one), or one slot.
CREATE OR REPLACE FUNCTION promises_nights(p_kind text, p_from timestamptz, p_until timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = @schema@, pg_temp AS $$
    SELECT CASE WHEN p_kind = 'nights' AND isfinite(p_from) AND isfinite(p_until)
           THEN greatest(1, round(extract(epoch FROM p_until - p_from) / 86400)) ELSE 1 END::bigint
$$;

-- The one function that writes promises. Many demands in a constant number of statements, all or nothing.
-- A demand that already has its promises (held, firm or used up) keeps them (that makes it repeatable); one whose
-- quantity or days changed is promised anew. Raises KP001 with the demands that do not fit and what is left for them.
CREATE OR REPLACE FUNCTION promises_allocate(
    p_party uuid, p_demands uuid[], p_offerings uuid[], p_quantities numeric[],
    p_from timestamptz[], p_until timestamptz[], p_state text, p_expires timestamptz, p_is_public boolean)
RETURNS TABLE (demand_id uuid, bucket_id uuid, quantity numeric, ready_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_pools uuid[];
    v_buckets uuid[];
    v_missing jsonb;
    v_count bigint;
BEGIN
    -- Each demand once, with a quantity that is a number (NaN is greater than every number).
    IF cardinality(p_demands) IS DISTINCT FROM cardinality(p_offerings)
       OR cardinality(p_demands) IS DISTINCT FROM cardinality(p_quantities)
       OR (SELECT count(*) <> count(DISTINCT demand) OR bool_or(quantity IS NULL OR quantity <= 0 OR quantity > 99999999)
           FROM unnest(p_demands, p_quantities) AS a(demand, quantity)) THEN
        RAISE EXCEPTION 'each demand once, with a quantity' USING ERRCODE = 'KP002';
    END IF;

    -- Hold the pools; then find what might be used of them.
    v_pools := ARRAY(SELECT p.id FROM promises_pool p WHERE p.offering_id = ANY (p_offerings));
    PERFORM promises_lock(v_pools);
    SELECT array_agg(b.id) INTO v_buckets FROM promises_bucket b
    WHERE b.closed_at IS NULL AND b.pool_id = ANY (v_pools)
      AND (b.kind IN ('on_hand', 'receipt') OR EXISTS (
            SELECT FROM unnest(p_offerings, p_from, p_until) AS a(offering, starts, ends)
            JOIN promises_pool p ON p.offering_id = a.offering
            WHERE p.id = b.pool_id AND b.starts_at >= a.starts
              AND b.starts_at < CASE WHEN p.kind = 'slots' THEN a.starts + interval '1 second' ELSE a.ends END)
         OR EXISTS (SELECT FROM promises_promise p WHERE p.demand_id = ANY (p_demands) AND p.bucket_id = b.id
                    AND p.state IN ('hold', 'firm')));

    -- The demands, as asked now; a slot is named by its beginning. A demand stays with its pool and, for the public,
    -- with its party.
    INSERT INTO promises_demand AS d (id, pool_id, party_id, quantity, wanted_from, wanted_until)
    SELECT a.demand, p.id, p_party, a.quantity, a.starts,
           CASE WHEN p.kind = 'slots' THEN a.starts + interval '1 second' ELSE a.ends END
    FROM unnest(p_demands, p_offerings, p_quantities, p_from, p_until) AS a(demand, offering, quantity, starts, ends)
    JOIN promises_pool p ON p.offering_id = a.offering
    WHERE a.demand IS NOT NULL
    ORDER BY a.demand
    ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, wanted_from = excluded.wanted_from,
                                   wanted_until = excluded.wanted_until
    WHERE d.pool_id = excluded.pool_id AND (NOT p_is_public OR d.party_id = p_party);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count <> cardinality(p_demands) THEN
        RAISE EXCEPTION 'a demand is unknown or belongs to somebody else' USING ERRCODE = 'KP002';
    END IF;

    -- Free expired holds, and what these demands have of another quantity or other days than they want now.
    UPDATE promises_promise p SET state = 'released'
    WHERE p.bucket_id = ANY (v_buckets) AND p.state = 'hold' AND p.expires_at <= clock_timestamp();
    UPDATE promises_promise p SET state = 'released'
    WHERE p.demand_id = ANY (p_demands) AND p.state IN ('hold', 'firm') AND p.demand_id IN (
        SELECT d.id FROM promises_demand d JOIN promises_pool pool ON pool.id = d.pool_id
        JOIN promises_promise q ON q.demand_id = d.id AND q.state IN ('hold', 'firm', 'used')
        JOIN promises_bucket b ON b.id = q.bucket_id
        WHERE d.id = ANY (p_demands) GROUP BY d.id, pool.kind
        HAVING CASE WHEN pool.kind = 'stock' THEN sum(q.quantity) <> d.quantity
               ELSE count(*) <> promises_nights(pool.kind, d.wanted_from, d.wanted_until) OR bool_or(
                    q.quantity <> d.quantity OR b.starts_at < d.wanted_from OR b.starts_at >= d.wanted_until) END);

    -- Keep what is already promised, in its new state.
    UPDATE promises_promise p SET state = p_state, expires_at = p_expires
    WHERE p.demand_id = ANY (p_demands) AND p.state = 'hold'
      AND (p.state, p.expires_at) IS DISTINCT FROM (p_state, p_expires);

    -- Promise the rest: stock flows from the earliest buckets with room; a stay or slot needs every bucket it names.
    WITH asked AS (
        SELECT a.demand, d.pool_id, pool.kind, d.wanted_from, d.wanted_until, a.place,
               d.quantity - CASE WHEN pool.kind = 'stock' THEN coalesce(x.used, 0) ELSE 0 END AS quantity
        FROM unnest(p_demands) WITH ORDINALITY AS a(demand, place)
        JOIN promises_demand d ON d.id = a.demand
        JOIN promises_pool pool ON pool.id = d.pool_id
        CROSS JOIN LATERAL (
            SELECT sum(p.quantity) FILTER (WHERE p.state = 'used') AS used,
                   count(*) FILTER (WHERE p.state IN ('hold', 'firm')) AS live
            FROM promises_promise p WHERE p.demand_id = a.demand) x
        WHERE x.live = 0
    ), span AS (
        SELECT *, sum(quantity) OVER w - quantity AS low, sum(quantity) OVER w AS high FROM asked
        WHERE kind = 'stock' AND quantity > 0 WINDOW w AS (PARTITION BY pool_id ORDER BY place)
    ), room AS (
        -- Nothing new is promised of a receipt whose day is over: nobody knows its new one.
        SELECT b.id, b.pool_id, b.starts_at, sum(b.free) OVER w - b.free AS low, sum(b.free) OVER w AS high
        FROM (SELECT id, pool_id, starts_at, capacity + overbooking - promised AS free FROM promises_bucket
              WHERE id = ANY (v_buckets) AND kind IN ('on_hand', 'receipt') AND overdue_at IS NULL
                AND capacity + overbooking > promised) b
        WINDOW w AS (PARTITION BY b.pool_id ORDER BY b.starts_at, b.id)
    ), flow AS (
        SELECT s.demand, r.id AS bucket, least(s.high, r.high) - greatest(s.low, r.low) AS quantity
        FROM span s JOIN room r ON r.pool_id = s.pool_id AND s.low < r.high AND r.low < s.high
        UNION ALL
        SELECT a.demand, b.id, a.quantity FROM asked a
        JOIN promises_bucket b ON b.id = ANY (v_buckets) AND b.pool_id = a.pool_id
             AND b.starts_at >= a.wanted_from AND b.starts_at < a.wanted_until
        WHERE a.kind <> 'stock'
          AND NOT EXISTS (SELECT FROM promises_promise p
                          WHERE p.demand_id = a.demand AND p.bucket_id = b.id AND p.state = 'used')
          AND (SELECT sum(o.quantity) FROM asked o WHERE o.pool_id = a.pool_id
               AND o.wanted_from <= b.starts_at AND o.wanted_until > b.starts_at)
              <= b.capacity + b.overbooking - b.promised
    )
    INSERT INTO promises_promise (demand_id, bucket_id, quantity, state, expires_at)
    SELECT demand, bucket, quantity, p_state, p_expires FROM flow;

    -- All or nothing.
    SELECT jsonb_object_agg(d.id, d.left_over) INTO v_missing FROM (
        SELECT d.id, CASE WHEN pool.kind = 'stock' THEN
                   coalesce((SELECT sum(greatest(b.capacity + b.overbooking - b.promised, 0)) FROM promises_bucket b
                             WHERE b.id = ANY (v_buckets) AND b.pool_id = d.pool_id AND b.overdue_at IS NULL), 0)
                   + coalesce(sum(p.quantity), 0)
               ELSE coalesce((SELECT min(greatest(b.capacity + b.overbooking - b.promised, 0) + coalesce(
                                  (SELECT sum(m.quantity) FROM promises_promise m WHERE m.bucket_id = b.id
                                   AND m.demand_id = d.id AND m.state IN ('hold', 'firm')), 0))
                              FROM promises_bucket b WHERE b.id = ANY (v_buckets) AND b.pool_id = d.pool_id
                              AND b.starts_at >= d.wanted_from AND b.starts_at < d.wanted_until), 0) END AS left_over
        FROM promises_demand d JOIN promises_pool pool ON pool.id = d.pool_id
        LEFT JOIN promises_promise p ON p.demand_id = d.id AND p.state IN ('hold', 'firm', 'used')
        WHERE d.id = ANY (p_demands)
        GROUP BY d.id, pool.kind
        HAVING CASE WHEN pool.kind = 'stock' THEN coalesce(sum(p.quantity), 0) <> d.quantity
               ELSE count(p.id) <> promises_nights(pool.kind, d.wanted_from, d.wanted_until) END) d;
    IF v_missing IS NOT NULL THEN
        RAISE EXCEPTION 'sold out' USING ERRCODE = 'KP001', DETAIL = v_missing::text;
    END IF;
    RETURN QUERY SELECT p.demand_id, p.bucket_id, p.quantity, b.starts_at
    FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
    WHERE p.demand_id = ANY (p_demands) AND p.state IN ('hold', 'firm');
END $$;

-- For everybody: hold for 15 minutes, for the token's own party, within a cap: 100 lines of 1,000 in one call, 10,000
-- pieces for one token in all. What was ordered already is no basket any more.
CREATE OR REPLACE FUNCTION kontor_hold(
    p_demands uuid[], p_offerings uuid[], p_quantities numeric[], p_from timestamptz[], p_until timestamptz[])
RETURNS TABLE (demand_id uuid, bucket_id uuid, quantity numeric, ready_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_party uuid := kontor_party();
BEGIN
    IF v_party IS NULL OR EXISTS (
        SELECT FROM promises_promise p WHERE p.demand_id = ANY (p_demands)
        AND (p.state IN ('firm', 'used') OR (p.state = 'hold' AND p.expires_at = 'infinity'))) THEN
        RAISE EXCEPTION 'no token, or ordered already' USING ERRCODE = 'KP002';
    END IF;
    IF cardinality(p_demands) > 100 OR (SELECT bool_or(q > 1000 OR q <= 0 OR q IS NULL) FROM unnest(p_quantities) q)
       OR (SELECT coalesce(sum(p.quantity), 0) FROM promises_promise p JOIN promises_demand d ON d.id = p.demand_id
           WHERE p.state = 'hold' AND p.expires_at > clock_timestamp() AND p.expires_at < 'infinity'
             AND d.party_id = v_party AND d.id <> ALL (p_demands))
          + (SELECT coalesce(sum(q), 0) FROM unnest(p_quantities) q) > 10000 THEN
        RAISE EXCEPTION 'too much is held' USING ERRCODE = 'KP004';
    END IF;
    RETURN QUERY SELECT a.demand_id, a.bucket_id, a.quantity, a.ready_at FROM promises_allocate(
        v_party, p_demands, p_offerings, p_quantities, p_from, p_until, 'hold',
        clock_timestamp() + interval '15 minutes', true) a;
END $$;

-- For staff, imports and the worker: firm at once (or placed: a hold without end, until the order is confirmed).
CREATE OR REPLACE FUNCTION kontor_promise(
    p_parties uuid[], p_demands uuid[], p_offerings uuid[], p_quantities numeric[],
    p_from timestamptz[], p_until timestamptz[], p_state text)
RETURNS TABLE (demand_id uuid, bucket_id uuid, quantity numeric, ready_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    IF p_state NOT IN ('hold', 'firm') THEN
        RAISE EXCEPTION 'a promise is held or firm' USING ERRCODE = 'KP002';
    END IF;
    RETURN QUERY SELECT a.demand_id, a.bucket_id, a.quantity, a.ready_at FROM promises_allocate(
        NULL, p_demands, p_offerings, p_quantities, p_from, p_until, p_state,
        CASE p_state WHEN 'hold' THEN 'infinity'::timestamptz END, false) a;
    UPDATE promises_demand d SET party_id = a.party
    FROM unnest(p_parties, p_demands) AS a(party, demand) WHERE d.id = a.demand AND d.party_id IS DISTINCT FROM a.party;
END $$;

-- The order was confirmed: its holds are firm. No bucket changes, so no pool is held; in key order, because a receipt
-- that arrives touches the same promises.
CREATE OR REPLACE FUNCTION kontor_firm(p_demands uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    UPDATE promises_promise p SET state = 'firm', expires_at = NULL
    FROM (SELECT id FROM promises_promise WHERE demand_id = ANY (p_demands) AND state = 'hold'
          ORDER BY id FOR NO KEY UPDATE) held
    WHERE p.id = held.id
$$;

-- A basket gives its own holds back (not those of a placed order, which never expire).
CREATE OR REPLACE FUNCTION kontor_let_go(p_demands uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM promises_lock(ARRAY(SELECT pool_id FROM promises_demand
                                WHERE id = ANY (p_demands) AND party_id = (SELECT kontor_party())));
    UPDATE promises_promise p SET state = 'released' FROM promises_demand d
    WHERE d.id = ANY (p_demands) AND d.party_id = kontor_party() AND p.demand_id = d.id
      AND p.state = 'hold' AND p.expires_at < 'infinity';
END $$;

-- Uses up or releases a quantity of each demand's live promises, earliest bucket first. A promise that is only
-- partly touched is split. Raises KP005 where a demand has less than asked.
CREATE OR REPLACE FUNCTION promises_part(p_demands uuid[], p_quantities numeric[], p_state text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_whole bigint[];
    v_part bigint[];
    v_take numeric[];
    v_short boolean;
BEGIN
    IF (SELECT bool_or(demand IS NULL OR quantity IS NULL OR quantity <= 0 OR quantity > 99999999)
        FROM unnest(p_demands, p_quantities) AS a(demand, quantity)) THEN
        RAISE EXCEPTION 'a quantity of each demand' USING ERRCODE = 'KP005';
    END IF;
    PERFORM promises_lock(ARRAY(SELECT pool_id FROM promises_demand WHERE id = ANY (p_demands)));
    WITH asked AS (
        SELECT demand, sum(quantity) AS quantity FROM unnest(p_demands, p_quantities) AS a(demand, quantity) GROUP BY demand
    ), live AS (
        SELECT p.id, a.demand, a.quantity AS wanted, p.quantity,
               sum(p.quantity) OVER (PARTITION BY a.demand ORDER BY b.starts_at, p.id) AS high,
               sum(p.quantity) OVER (PARTITION BY a.demand) AS total
        FROM asked a JOIN promises_promise p ON p.demand_id = a.demand AND p.state IN ('hold', 'firm')
        JOIN promises_bucket b ON b.id = p.bucket_id
    ), taken AS (
        SELECT id, quantity, least(high, wanted) - (high - quantity) AS take FROM live WHERE high - quantity < wanted
    )
    SELECT array_agg(id) FILTER (WHERE take = quantity),
           array_agg(id ORDER BY id) FILTER (WHERE take < quantity), array_agg(take ORDER BY id) FILTER (WHERE take < quantity),
           EXISTS (SELECT FROM live WHERE total < wanted)
           OR (SELECT count(*) FROM asked) <> (SELECT count(DISTINCT demand) FROM live)
    INTO v_whole, v_part, v_take, v_short FROM taken;
    IF v_short THEN
        RAISE EXCEPTION 'less is promised than asked for' USING ERRCODE = 'KP005';
    END IF;
    IF v_part IS NOT NULL THEN
        UPDATE promises_promise p SET quantity = p.quantity - a.take
        FROM unnest(v_part, v_take) AS a(id, take) WHERE p.id = a.id;
        -- The part that was split off is no longer live (used or released), so no bucket changes a second time.
        INSERT INTO promises_promise (demand_id, bucket_id, quantity, state)
        SELECT p.demand_id, p.bucket_id, a.take, p_state
        FROM unnest(v_part, v_take) AS a(id, take) JOIN promises_promise p ON p.id = a.id;
    END IF;
    IF v_whole IS NOT NULL THEN
        UPDATE promises_promise SET state = p_state, expires_at = NULL WHERE id = ANY (v_whole);
    END IF;
END $$;

-- Goods left, the night was slept, the slot was served.
CREATE OR REPLACE FUNCTION kontor_use(p_demands uuid[], p_quantities numeric[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT promises_part(p_demands, p_quantities, 'used')
$$;

-- Cancelled: the capacity is free again.
CREATE OR REPLACE FUNCTION kontor_release(p_demands uuid[], p_quantities numeric[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
    SELECT promises_part(p_demands, p_quantities, 'released')
$$;

-- Says which demands are at risk: where less is there than promised (short), the latest promises (youngest first),
-- until what is left covers the rest. Opens one conflict task per short bucket. The caller holds the pools.
-- Returns the demands at risk.
CREATE OR REPLACE FUNCTION promises_face(p_buckets uuid[]) RETURNS TABLE (demand_id uuid, bucket_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH touched AS (
        SELECT p.demand_id FROM promises_promise p
        WHERE p.bucket_id = ANY (p_buckets) AND p.state IN ('hold', 'firm')
        UNION
        SELECT d.id FROM promises_demand d JOIN promises_bucket b ON b.pool_id = d.pool_id
        WHERE b.id = ANY (p_buckets) AND d.is_at_risk
    ), ranked AS (
        SELECT p.demand_id, b.short, sum(p.quantity) OVER w - p.quantity AS before
        FROM promises_promise p JOIN promises_bucket b ON b.id = p.bucket_id
        WHERE b.short > 0 AND p.state IN ('hold', 'firm') AND p.bucket_id IN (
            SELECT q.bucket_id FROM promises_promise q JOIN touched t ON t.demand_id = q.demand_id WHERE q.state IN ('hold', 'firm'))
        WINDOW w AS (PARTITION BY p.bucket_id ORDER BY p.made_at DESC, p.id DESC)
    ), changed AS (
        SELECT d.id FROM promises_demand d JOIN touched t ON t.demand_id = d.id
        WHERE d.is_at_risk <> EXISTS (SELECT FROM ranked r WHERE r.demand_id = d.id AND r.before < r.short)
        ORDER BY d.id FOR NO KEY UPDATE OF d
    )
    UPDATE promises_demand d SET is_at_risk = NOT d.is_at_risk FROM changed c WHERE d.id = c.id;
    INSERT INTO tasks_task (id, key, kind, department, subject, subject_id, detail)
    SELECT gen_random_uuid(), 'promises.short:' || b.id || ':' || uuidv7(), 'promises.short', 'order-administration',
           o.number, b.id, jsonb_build_object('short', b.short)
    FROM promises_bucket b JOIN promises_pool p ON p.id = b.pool_id JOIN catalogue_offering o ON o.id = p.offering_id
    WHERE b.id = ANY (p_buckets) AND b.short > 0
      AND NOT EXISTS (SELECT FROM tasks_task t WHERE t.department = 'order-administration' AND t.done_at IS NULL
                      AND t.kind = 'promises.short' AND t.subject_id = b.id)
    ON CONFLICT (key) DO NOTHING;
    RETURN QUERY SELECT DISTINCT p.demand_id, p.bucket_id FROM promises_promise p
    JOIN promises_demand d ON d.id = p.demand_id AND d.is_at_risk
    WHERE p.bucket_id = ANY (p_buckets) AND p.state IN ('hold', 'firm');
END $$;

-- Reality wins: new capacities of planned buckets. Where less is there than promised, the difference is short.
-- Returns the demands at risk.
CREATE OR REPLACE FUNCTION kontor_set_capacity(p_buckets uuid[], p_capacities numeric[])
RETURNS TABLE (demand_id uuid, bucket_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM kontor_lock_buckets(p_buckets);
    -- The stock on hand is the sum of its moves; only planned capacity is set here. NaN is no capacity.
    UPDATE promises_bucket b
    SET capacity = a.capacity, short = greatest(0, b.promised - a.capacity - b.overbooking)
    FROM unnest(p_buckets, p_capacities) AS a(id, capacity)
    WHERE b.id = a.id AND b.kind <> 'on_hand' AND b.closed_at IS NULL AND a.capacity BETWEEN 0 AND 99999999;
    RETURN QUERY SELECT * FROM promises_face(p_buckets);
END $$;

-- A planned receipt has arrived, in part or for the last time. Its promises move to the stock on hand, whose capacity
-- the goods receipt raised in the same transaction before this; what a demand was made by is kept as its origin, unless
-- it is at risk: then nobody knows yet what will serve it. Of a part, the oldest promises are served first, as far as the stock on hand has room (what
-- was short there comes first); the rest stays a planned receipt. A receipt that is closed already moves nothing.
-- Returns what moved. The caller holds the pool.
CREATE OR REPLACE FUNCTION promises_arrive(p_bucket uuid, p_quantity numeric, p_is_last boolean)
RETURNS TABLE (demand_id uuid, bucket_id uuid, quantity numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_hand uuid;
    v_take numeric;
    v_moved jsonb;
BEGIN
    SELECT h.id, CASE WHEN NOT p_is_last AND p_quantity < r.capacity
                 THEN least(p_quantity, greatest(0, h.capacity + h.overbooking - h.promised)) END
    INTO v_hand, v_take
    FROM promises_bucket r JOIN promises_bucket h ON h.pool_id = r.pool_id AND h.kind = 'on_hand'
    WHERE r.id = p_bucket AND r.kind = 'receipt' AND r.closed_at IS NULL;
    IF v_hand IS NULL THEN
        RETURN;
    END IF;
    IF v_take IS NULL THEN
        -- Less may have come than was promised: the difference is short on hand, never silently dropped.
        UPDATE promises_bucket h
        SET short = greatest(0, h.promised + r.promised - h.capacity - h.overbooking)
        FROM promises_bucket r WHERE h.id = v_hand AND r.id = p_bucket;
        WITH moved AS (
            UPDATE promises_promise p SET bucket_id = v_hand
            FROM (SELECT id FROM promises_promise WHERE bucket_id = p_bucket AND state IN ('hold', 'firm')
                  ORDER BY id FOR NO KEY UPDATE) live
            WHERE p.id = live.id RETURNING p.demand_id, p.quantity)
        SELECT jsonb_agg(to_jsonb(m)) INTO v_moved
        FROM (SELECT demand_id, sum(quantity) AS quantity FROM moved GROUP BY demand_id) m;
        UPDATE promises_bucket SET capacity = 0, short = 0, closed_at = now() WHERE id = p_bucket;
    ELSE
        WITH live AS (
            SELECT p.id, p.demand_id, p.quantity, p.state, p.expires_at, p.made_at,
                   sum(p.quantity) OVER (ORDER BY p.made_at, p.id) - p.quantity AS before
            FROM promises_promise p WHERE p.bucket_id = p_bucket AND p.state IN ('hold', 'firm')
        ), taken AS (
            SELECT *, least(quantity, v_take - before) AS take FROM live WHERE before < v_take
        )
        SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) INTO v_moved FROM taken t;
        UPDATE promises_promise p SET bucket_id = v_hand
        FROM jsonb_to_recordset(v_moved) AS t(id bigint, quantity numeric, take numeric)
        WHERE p.id = t.id AND t.take = t.quantity;
        -- One promise at most is cut in two.
        UPDATE promises_promise p SET quantity = p.quantity - t.take
        FROM jsonb_to_recordset(v_moved) AS t(id bigint, quantity numeric, take numeric)
        WHERE p.id = t.id AND t.take < t.quantity;
        INSERT INTO promises_promise (demand_id, bucket_id, quantity, state, expires_at, made_at)
        SELECT t.demand_id, v_hand, t.take, t.state, t.expires_at, t.made_at
        FROM jsonb_to_recordset(v_moved) AS t(demand_id uuid, quantity numeric, take numeric, state text,
                                              expires_at timestamptz, made_at timestamptz)
        WHERE t.take < t.quantity;
        UPDATE promises_bucket r
        SET capacity = r.capacity - p_quantity, short = greatest(0, r.promised - (r.capacity - p_quantity) - r.overbooking)
        WHERE r.id = p_bucket;
        SELECT jsonb_agg(jsonb_build_object('demand_id', t.demand_id, 'quantity', t.quantity)) INTO v_moved
        FROM (SELECT demand_id, sum(take) AS quantity
              FROM jsonb_to_recordset(v_moved) AS t(demand_id uuid, take numeric) GROUP BY demand_id) t;
    END IF;
    PERFORM promises_face(ARRAY[v_hand, p_bucket]);
    INSERT INTO promises_origin (demand_id, bucket_id, source, made_by, quantity)
    SELECT d.id, b.id, b.source, b.made_by, m.quantity
    FROM jsonb_to_recordset(v_moved) AS m(demand_id uuid, quantity numeric)
    JOIN promises_demand d ON d.id = m.demand_id AND NOT d.is_at_risk
    JOIN promises_bucket b ON b.id = p_bucket WHERE b.source <> '' AND p_quantity > 0;
    RETURN QUERY SELECT m.demand_id, p_bucket, m.quantity
    FROM jsonb_to_recordset(v_moved) AS m(demand_id uuid, quantity numeric);
END $$;

-- A planned receipt has arrived and nothing more of it comes. Returns the demands at risk.
CREATE OR REPLACE FUNCTION kontor_receive(p_bucket uuid) RETURNS TABLE (demand_id uuid, bucket_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_is_open boolean;
BEGIN
    PERFORM kontor_lock_buckets(ARRAY[p_bucket]);
    SELECT closed_at IS NULL INTO v_is_open FROM promises_bucket WHERE id = p_bucket AND kind = 'receipt';
    IF v_is_open THEN
        PERFORM promises_arrive(p_bucket, 'infinity', true);
        RETURN QUERY SELECT f.demand_id, f.bucket_id FROM promises_face(ARRAY(
            SELECT h.id FROM promises_bucket r JOIN promises_bucket h ON h.pool_id = r.pool_id AND h.kind = 'on_hand'
            WHERE r.id = p_bucket)) f;
    END IF;
END $$;

-- Several receipts at once: so much of each has come; ``last``: nothing more of it comes. Returns what moved to stock.
CREATE OR REPLACE FUNCTION kontor_receive_parts(p_buckets uuid[], p_quantities numeric[], p_last boolean[])
RETURNS TABLE (demand_id uuid, bucket_id uuid, quantity numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_bucket uuid;
    v_quantity numeric;
    v_is_last boolean;
BEGIN
    IF (SELECT bool_or(q IS NULL OR q < 0 OR q > 99999999) FROM unnest(p_quantities) q) THEN
        RAISE EXCEPTION 'a quantity of each receipt' USING ERRCODE = 'KP005';
    END IF;
    PERFORM kontor_lock_buckets(p_buckets);
    FOR v_bucket, v_quantity, v_is_last IN
        SELECT * FROM unnest(p_buckets, p_quantities, p_last) AS a(bucket, quantity, is_last) ORDER BY bucket
    LOOP
        RETURN QUERY SELECT * FROM promises_arrive(v_bucket, v_quantity, v_is_last);
    END LOOP;
END $$;

-- Frees expired holds, for the worker's sweep. Returns how many.
CREATE OR REPLACE FUNCTION kontor_sweep_holds() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
    v_buckets uuid[];
    v_count bigint;
BEGIN
    v_buckets := ARRAY(SELECT DISTINCT bucket_id FROM (
        SELECT bucket_id FROM promises_promise WHERE state = 'hold' AND expires_at <= clock_timestamp() LIMIT 1000) p);
    PERFORM kontor_lock_buckets(v_buckets);
    UPDATE promises_promise SET state = 'released', expires_at = NULL
    WHERE bucket_id = ANY (v_buckets) AND state = 'hold' AND expires_at <= clock_timestamp();
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;

-- Planned receipts whose day was over at an instant, each once: nobody else is promised anything of them until they are
-- moved, and baskets let go of them. Returns what is new, for the worker's sweep; promised: of what is still promised.
CREATE OR REPLACE FUNCTION kontor_mark_overdue(p_before timestamptz)
RETURNS TABLE (bucket_id uuid, offering_id uuid, source text, made_by text, starts_at timestamptz, promised numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_buckets uuid[];
BEGIN
    v_buckets := ARRAY(SELECT b.id FROM promises_bucket b WHERE b.kind = 'receipt' AND b.closed_at IS NULL
                       AND b.overdue_at IS NULL AND b.starts_at < p_before ORDER BY b.starts_at, b.id LIMIT 1000);
    IF v_buckets = '{}' THEN
        RETURN;
    END IF;
    PERFORM kontor_lock_buckets(v_buckets);
    -- Whoever waited for the pools sees what was moved, received or marked meanwhile.
    v_buckets := ARRAY(SELECT b.id FROM promises_bucket b WHERE b.id = ANY (v_buckets) AND b.closed_at IS NULL
                       AND b.overdue_at IS NULL AND b.starts_at < p_before);
    UPDATE promises_promise p SET state = 'released', expires_at = NULL
    WHERE p.bucket_id = ANY (v_buckets) AND p.state = 'hold' AND p.expires_at < 'infinity';
    UPDATE promises_bucket b SET overdue_at = now() WHERE b.id = ANY (v_buckets);
    RETURN QUERY SELECT b.id, pool.offering_id, b.source::text, b.made_by::text, b.starts_at, b.promised
    FROM promises_bucket b JOIN promises_pool pool ON pool.id = b.pool_id
    WHERE b.id = ANY (v_buckets) ORDER BY b.starts_at, b.id;
END $$;

-- What anybody may know of availability: how many are free now (no more than 20 is said) and when the next come.
CREATE OR REPLACE VIEW promises_available AS
SELECT p.offering_id, p.kind,
       coalesce(least(20, greatest(hand.capacity + hand.overbooking - hand.promised, 0)), 0)::int AS free_now, coming.next_at
FROM promises_pool p
-- No grouping over all pools: a question about a few articles walks the indexes.
LEFT JOIN promises_bucket hand ON hand.pool_id = p.id AND hand.kind = 'on_hand'
LEFT JOIN LATERAL (
    -- What is late comes on a day that nobody knows: it is not spoken of. Until that is noted, today at the earliest.
    SELECT CASE WHEN min(b.starts_at) < now() THEN now() ELSE min(b.starts_at) END AS next_at FROM promises_bucket b
    WHERE b.pool_id = p.id AND b.kind = 'receipt' AND b.closed_at IS NULL AND b.overdue_at IS NULL
      AND b.capacity + b.overbooking > b.promised) coming ON true
WHERE p.kind = 'stock';

-- What is promised of a bucket changes with every promise: room on its own page spares every index.
ALTER TABLE promises_bucket SET (fillfactor = 50);
-- Whoever plans a bucket may not say how much of it is promised or short: those begin at nothing.
ALTER TABLE promises_bucket ALTER COLUMN promised SET DEFAULT 0, ALTER COLUMN short SET DEFAULT 0;
