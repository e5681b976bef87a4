-- The order page is told that an online payment failed (money that came in it hears of by the milestone); the payload
-- is opaque and says nothing by itself.
CREATE OR REPLACE FUNCTION payments_tell_watchers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
    PERFORM pg_notify('kontor_live', left(encode(sha256(convert_to(NEW.order_id::text, 'UTF8')), 'hex'), 32));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER watchers_hear_of_failed_payments AFTER UPDATE OF state ON payments_paymentintent
FOR EACH ROW WHEN (NEW.state = 'failed' AND OLD.state <> 'failed') EXECUTE FUNCTION payments_tell_watchers();
