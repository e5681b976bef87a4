-- A gapless range only counts up once a number was drawn, whoever writes: the last wall behind ``set_range``.
CREATE OR REPLACE FUNCTION numbers_refuse_jumps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Numbers of the range % have been used.', OLD.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_used_number_range_does_not_jump';
END $$;
CREATE OR REPLACE TRIGGER numbers_refuse_jumps BEFORE UPDATE ON numbers_numberrange FOR EACH ROW
    WHEN (OLD.next_value > OLD.first_value AND (NEW.next_value < OLD.next_value OR NEW.first_value <> OLD.first_value))
    EXECUTE FUNCTION numbers_refuse_jumps();
