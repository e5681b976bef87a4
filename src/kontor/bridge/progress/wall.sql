-- Pages that watch an order, or a customer with all their orders, are told that something changed; the payload is
-- opaque and says nothing by itself.
CREATE OR REPLACE FUNCTION progress_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT DISTINCT order_id FROM new_rows LIMIT 51) o) > 50 THEN
        PERFORM pg_notify('kontor_live', '*');
    ELSE
        PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to(order_id::text, 'UTF8')), 'hex'), 32))
        FROM (SELECT order_id FROM new_rows UNION SELECT party_id FROM new_rows) o;
    END IF;
    IF TG_TABLE_NAME = 'progress_milestone' THEN  -- the page that shows the whole house watches all of them
        PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to('milestones', 'UTF8')), 'hex'), 32));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_milestones AFTER INSERT ON progress_milestone
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION progress_tell_watchers();
CREATE OR REPLACE TRIGGER watchers_hear_of_new_plans AFTER INSERT ON progress_plan
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION progress_tell_watchers();
CREATE OR REPLACE TRIGGER watchers_hear_of_changed_plans AFTER UPDATE ON progress_plan
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION progress_tell_watchers();

-- The rule of it: more has left than was delivered or came back.
CREATE OR REPLACE FUNCTION progress_travelling_rule(p_shipped numeric, p_delivered numeric, p_returned numeric, p_left_at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p_shipped > greatest(p_delivered, p_returned, 0) THEN p_left_at END
$$;

-- When the last of what is on its way of an order left the house; NULL once all that left has arrived or come back.
CREATE OR REPLACE FUNCTION progress_travelling_since(p_order uuid) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = @schema@, pg_temp AS $$
    SELECT progress_travelling_rule(s.shipped, s.delivered, s.returned, s.left_at)
    FROM (SELECT sum(m.quantity) FILTER (WHERE m.step = 'shipped') AS shipped,
                 sum(m.quantity) FILTER (WHERE m.step = 'delivered') AS delivered,
                 sum(m.quantity) FILTER (WHERE m.step = 'returned') AS returned,
                 max(m.reached_at) FILTER (WHERE m.step = 'shipped') AS left_at
          FROM progress_milestone m
          WHERE m.order_id = p_order AND m.step IN ('shipped', 'delivered', 'returned')) s
$$;

-- What the window shows of an order besides its common steps, for who may see its rows: how the goods come about (a step
-- is reached when no line that was planned for it is still without it), since when goods are on their way, and how the
-- promised day moved, latest first.
CREATE OR REPLACE FUNCTION progress_window(p_order uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = @schema@, pg_temp AS $$
    -- Read once: every other reading of the table would ask again who reads.
    WITH reached AS MATERIALIZED (SELECT * FROM progress_milestone WHERE order_id = p_order)
    SELECT json_build_object(
        'making', (SELECT coalesce(json_agg(json_build_array(s.step, r.reached_at, p.planned_at, p.is_late)), '[]')
            FROM unnest(ARRAY['production', 'quality', 'material']) WITH ORDINALITY AS s(step, place)
            LEFT JOIN LATERAL (SELECT max(m.reached_at) AS reached_at FROM reached m WHERE m.step = s.step) r ON true
            LEFT JOIN LATERAL (SELECT max(q.planned_at) AS planned_at, bool_or(q.late_since IS NOT NULL) AS is_late
                FROM progress_plan q
                CROSS JOIN LATERAL (SELECT sum(m.quantity) AS quantity FROM reached m
                    WHERE m.order_line_id = q.order_line_id AND m.step = q.step) came
                WHERE q.order_id = p_order AND q.step = s.step AND (came.quantity IS NULL OR (
                    -- A part has come; while the other one is late, nobody is told that all is well.
                    q.late_since IS NOT NULL
                    AND came.quantity < (SELECT l.quantity FROM orders_orderline l WHERE l.id = q.order_line_id)))) p ON true
            WHERE r.reached_at IS NOT NULL OR p.planned_at IS NOT NULL),
        'travelling_since', (SELECT progress_travelling_rule(
            sum(m.quantity) FILTER (WHERE m.step = 'shipped'), sum(m.quantity) FILTER (WHERE m.step = 'delivered'),
            sum(m.quantity) FILTER (WHERE m.step = 'returned'), max(m.reached_at) FILTER (WHERE m.step = 'shipped'))
            FROM reached m),
        -- Taken from the shelf, and neither gone nor called off since.
        'packing_since', (SELECT max(taken.at) FROM (
            SELECT max(m.reached_at) FILTER (WHERE m.step = 'picked') AS at FROM reached m GROUP BY m.order_line_id
            HAVING sum(m.quantity) FILTER (WHERE m.step = 'picked')
                   > coalesce(sum(m.quantity) FILTER (WHERE m.step IN ('shipped', 'cancelled')), 0)) taken),
        'moves', (SELECT coalesce(json_agg(json_build_array(v.reached_at, v.was_on, v.promised_on, v.reason)), '[]')
            FROM (SELECT DISTINCT ON (m.reached_at) m.reached_at, m.was_on, m.promised_on, m.reason
                  FROM reached m WHERE m.step = 'moved'
                  ORDER BY m.reached_at DESC, m.planned_at DESC NULLS LAST LIMIT 5) v))::text
$$;
-- A plan changes when its receipt moves: room on its own page spares every index.
ALTER TABLE progress_plan SET (fillfactor = 50);
