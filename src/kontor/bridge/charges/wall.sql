-- Charges are changed once they are billed: room on their own page spares every index.
ALTER TABLE charges_charge SET (fillfactor = 55);
