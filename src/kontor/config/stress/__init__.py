"""The promise ledger under load: many connections, every operation at once, and the database asked afterwards."""
