CREATE SEQUENCE IF NOT EXISTS logistics_number START 50001;
ALTER TABLE logistics_shipment ALTER COLUMN number SET DEFAULT 'L-' || nextval('logistics_number');
