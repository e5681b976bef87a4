-- name: post_invoices  (receivable against revenue and tax; open items; gapless number; sealed by trigger)
WITH fresh AS (
    SELECT i.* FROM invoicing_invoice i WHERE i.id = ANY(%(ids)s::uuid[]) AND i.gross_amount <> 0
      AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.source = i.kind AND e.source_id = i.id)
), drawn AS (
    UPDATE numbers_numberrange SET next_value = next_value + (SELECT count(*) FROM fresh) WHERE code = 'journal'
    RETURNING old.next_value AS first
), entry AS (
    INSERT INTO ledger_entry (id, number, source, source_id, document_number, booked_on, text, posted_at, actor_name, currency)
    SELECT uuidv7(), d.first + row_number() OVER (ORDER BY f.issued_on, f.number) - 1, f.kind, f.id, f.number, f.issued_on,
           f.number, %(at)s::timestamptz, %(actor)s, f.currency
    FROM fresh f CROSS JOIN drawn d RETURNING id, source_id
), side AS (
    SELECT e.id AS entry_id, 0 AS kind, r.account_id, f.gross_amount AS amount, f.party_id, '' AS tax_code, NULL::numeric AS tax_rate
    FROM entry e JOIN fresh f ON f.id = e.source_id JOIN ledger_accountrule r ON r.purpose = 'receivable'
    UNION ALL
    SELECT e.id, s.kind, coalesce(exact.account_id, broad.account_id), s.amount, NULL, t.tax_code, t.tax_rate
    FROM entry e JOIN invoicing_invoicetax t ON t.invoice_id = e.source_id
    CROSS JOIN LATERAL (VALUES (1, 'revenue', -t.net_amount), (2, 'tax', -t.tax_amount)) AS s(kind, purpose, amount)
    LEFT JOIN ledger_accountrule exact ON exact.purpose = s.purpose AND exact.tax_code = t.tax_code AND exact.tax_rate = t.tax_rate
    LEFT JOIN ledger_accountrule broad ON broad.purpose = s.purpose AND broad.tax_code = t.tax_code AND broad.tax_rate IS NULL
    WHERE s.amount <> 0
), lines AS (
    INSERT INTO ledger_entryline (entry_id, position, account_id, amount, party_id, tax_code, tax_rate)
    SELECT entry_id, row_number() OVER (PARTITION BY entry_id ORDER BY kind, tax_rate DESC, tax_code), account_id, amount,
           party_id, tax_code, tax_rate
    FROM side
), item AS (
    INSERT INTO ledger_openitem (id, source, source_id, document_number, order_id, party_id, currency, amount, open_amount, booked_on, due_on)
    SELECT uuidv7(), kind, id, number, order_id, party_id, currency, gross_amount, gross_amount, issued_on, due_on FROM fresh
    RETURNING order_id
)
SELECT DISTINCT order_id FROM item WHERE order_id IS NOT NULL

-- name: post_payments  (bank against receivable; a payment is an open item until it is matched)
WITH fresh AS (
    SELECT p.* FROM payments_payment p WHERE p.id = ANY(%(ids)s::uuid[])
      AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.source = 'payment' AND e.source_id = p.id)
), drawn AS (
    UPDATE numbers_numberrange SET next_value = next_value + (SELECT count(*) FROM fresh) WHERE code = 'journal'
    RETURNING old.next_value AS first
), entry AS (
    INSERT INTO ledger_entry (id, number, source, source_id, document_number, booked_on, text, posted_at, actor_name, currency)
    SELECT uuidv7(), d.first + row_number() OVER (ORDER BY f.received_on, f.id) - 1, 'payment', f.id, left(f.reference, 40),
           f.received_on, f.reference, %(at)s::timestamptz, %(actor)s, f.currency
    FROM fresh f CROSS JOIN drawn d RETURNING id, source_id
), lines AS (
    INSERT INTO ledger_entryline (entry_id, position, account_id, amount, party_id, tax_code)
    SELECT e.id, s.position, r.account_id, s.sign * f.amount, CASE WHEN s.position = 2 THEN f.party_id END, ''
    FROM entry e JOIN fresh f ON f.id = e.source_id
    CROSS JOIN LATERAL (VALUES (1, f.method, 1), (2, 'receivable', -1)) AS s(position, purpose, sign)
    JOIN ledger_accountrule r ON r.purpose = s.purpose
), item AS (
    INSERT INTO ledger_openitem (id, source, source_id, document_number, order_id, party_id, currency, amount, open_amount, booked_on, due_on)
    SELECT uuidv7(), 'payment', id, left(reference, 40), order_id, party_id, currency, -amount, -amount, received_on, received_on
    FROM fresh RETURNING order_id
)
SELECT DISTINCT order_id FROM item WHERE order_id IS NOT NULL

-- name: clear_orders  (within each order, credits settle debits, oldest first; returns the orders now settled)
WITH locked AS (
    SELECT * FROM ledger_openitem WHERE order_id = ANY(%(orders)s::uuid[]) AND open_amount <> 0 ORDER BY id FOR NO KEY UPDATE
), debit AS (
    SELECT id, order_id, booked_on, sum(open_amount) OVER w - open_amount AS low, sum(open_amount) OVER w AS high
    FROM locked WHERE open_amount > 0 WINDOW w AS (PARTITION BY order_id ORDER BY due_on, document_number, id)
), credit AS (
    SELECT id, order_id, booked_on, sum(-open_amount) OVER w + open_amount AS low, sum(-open_amount) OVER w AS high
    FROM locked WHERE open_amount < 0 WINDOW w AS (PARTITION BY order_id ORDER BY booked_on, id)
), flow AS (
    -- A full join is never done as a loop in a loop, which the planner would choose for the one row it expects.
    SELECT c.id AS credit_id, d.id AS debit_id, d.order_id, least(c.high, d.high) - greatest(c.low, d.low) AS amount,
           greatest(c.booked_on, d.booked_on) AS on_day
    FROM debit d FULL JOIN credit c ON c.order_id = d.order_id
    WHERE CASE WHEN c.low < d.high AND d.low < c.high THEN true ELSE false END
), matched AS (
    INSERT INTO ledger_match (id, credit_id, debit_id, amount, matched_at, actor_name)
    SELECT uuidv7(), credit_id, debit_id, amount, %(at)s::timestamptz, %(actor)s FROM flow
), change AS (
    SELECT id, sum(amount) AS amount, max(on_day) AS on_day FROM (
        SELECT credit_id AS id, amount, on_day FROM flow UNION ALL SELECT debit_id, -amount, on_day FROM flow) c GROUP BY id
), settled AS (
    UPDATE ledger_openitem i SET open_amount = i.open_amount + c.amount,
        cleared_on = CASE WHEN i.open_amount + c.amount = 0 THEN c.on_day END
    FROM change c WHERE i.id = c.id
)
SELECT l.order_id FROM locked l FULL JOIN change c ON c.id = l.id
GROUP BY l.order_id
HAVING bool_or(c.id IS NOT NULL) AND coalesce(sum(l.open_amount + coalesce(c.amount, 0)) FILTER (WHERE l.open_amount > 0), 0) = 0

-- name: unbilled_orders  (of these, those with something still to be billed, or an invoice still to be posted)
SELECT order_id FROM charges_charge
WHERE order_id = ANY(%(orders)s::uuid[]) AND quantity > invoiced_quantity + cancelled_quantity
UNION
SELECT i.order_id FROM invoicing_invoice i
WHERE i.order_id = ANY(%(orders)s::uuid[]) AND i.kind = 'invoice' AND i.gross_amount <> 0
  AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.source = i.kind AND e.source_id = i.id)

-- name: post_entries  (free entries, such as bad debt; balanced by the caller, checked at commit)
WITH asked AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(sources)s::text[], %(source_ids)s::uuid[], %(documents)s::text[],
                         %(booked_on)s::date[], %(texts)s::text[]) AS a(id, source, source_id, document, booked_on, text)
    WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.source = a.source AND e.source_id = a.source_id)
), drawn AS (
    UPDATE numbers_numberrange SET next_value = next_value + (SELECT count(*) FROM asked) WHERE code = 'journal'
    RETURNING old.next_value AS first
), entry AS (
    INSERT INTO ledger_entry (id, number, source, source_id, document_number, booked_on, text, posted_at, actor_name, currency)
    SELECT a.id, d.first + row_number() OVER (ORDER BY a.booked_on, a.document) - 1, a.source, a.source_id, a.document, a.booked_on,
           a.text, %(at)s::timestamptz, %(actor)s, %(currency)s
    FROM asked a CROSS JOIN drawn d RETURNING id
)
INSERT INTO ledger_entryline (entry_id, position, account_id, amount, party_id, tax_code)
SELECT e.id, row_number() OVER (PARTITION BY e.id ORDER BY l.amount DESC), r.account_id, l.amount, l.party, ''
FROM entry e JOIN unnest(%(line_entries)s::uuid[], %(purposes)s::text[], %(amounts)s::numeric[], %(parties)s::uuid[])
     AS l(entry, purpose, amount, party) ON l.entry = e.id
JOIN ledger_accountrule r ON r.purpose = l.purpose

-- name: verify
SELECT entries, last_hash, broken_at FROM ledger_verify()

-- name: settle_pairs  (a credit settles a debit as far as both are open: pairs of sources, each item in one pair)
WITH locked AS (
    SELECT * FROM ledger_openitem WHERE source_id = ANY(%(credits)s::uuid[] || %(debits)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
), flow AS (
    SELECT c.id AS credit_id, d.id AS debit_id, least(-c.open_amount, d.open_amount) AS amount,
           greatest(c.booked_on, d.booked_on) AS on_day
    FROM unnest(%(credits)s::uuid[], %(debits)s::uuid[]) AS a(credit, debit)
    JOIN locked c ON c.source_id = a.credit AND c.open_amount < 0
    JOIN locked d ON d.source_id = a.debit AND d.open_amount > 0
), matched AS (
    INSERT INTO ledger_match (id, credit_id, debit_id, amount, matched_at, actor_name)
    SELECT uuidv7(), credit_id, debit_id, amount, %(at)s::timestamptz, %(actor)s FROM flow
), change AS (
    SELECT credit_id AS id, amount, on_day FROM flow UNION ALL SELECT debit_id, -amount, on_day FROM flow
)
UPDATE ledger_openitem i SET open_amount = i.open_amount + c.amount,
    cleared_on = CASE WHEN i.open_amount + c.amount = 0 THEN c.on_day END
FROM change c WHERE i.id = c.id
