-- name: trial_balance  (each account: what stood before the period, what came in it, what stands after it)
SELECT a.number, a.name_de, a.name_en, a.kind,
       coalesce(sum(l.amount) FILTER (WHERE e.booked_on < %(first)s::date), 0) AS opening,
       coalesce(sum(l.amount) FILTER (WHERE e.booked_on >= %(first)s::date AND l.amount > 0), 0) AS debit,
       coalesce(-sum(l.amount) FILTER (WHERE e.booked_on >= %(first)s::date AND l.amount < 0), 0) AS credit,
       coalesce(sum(l.amount), 0) AS closing, count(l.id) AS lines
FROM ledger_account a
LEFT JOIN (ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id AND e.booked_on <= %(last)s::date) ON l.account_id = a.number
GROUP BY a.number ORDER BY a.number

-- name: sheet  (lines of an account in the order of the days, each with the balance after it; 1 more than a page)
WITH line AS (
    SELECT l.id, e.number, e.booked_on, e.document_number, e.text, e.source, l.amount, l.tax_rate, l.party_id
    FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id
    WHERE l.account_id = %(account)s AND e.booked_on <= %(last)s::date
), before AS (
    SELECT coalesce(sum(amount), 0) AS amount FROM line
    WHERE booked_on < %(first)s::date
       OR (booked_on >= %(first)s::date AND (booked_on, number, id) <= (%(after_on)s::date, %(after_number)s::bigint, %(after_id)s::bigint))
), page AS (
    SELECT * FROM line
    WHERE booked_on >= %(first)s::date AND (booked_on, number, id) > (%(after_on)s::date, %(after_number)s::bigint, %(after_id)s::bigint)
    ORDER BY booked_on, number, id LIMIT %(limit)s::int
)
SELECT b.amount AS carried, p.*, b.amount + sum(p.amount) OVER (ORDER BY p.booked_on, p.number, p.id) AS balance
FROM before b LEFT JOIN page p ON true ORDER BY p.booked_on, p.number, p.id

-- name: entry
SELECT e.id, e.number, e.source, e.source_id, e.document_number, e.booked_on, e.text, e.posted_at, e.actor_name, e.currency,
       encode(s.hash, 'hex') AS hash, encode(b.hash, 'hex') AS hash_before,
       (SELECT jsonb_agg(jsonb_build_object('account', l.account_id, 'name_de', a.name_de, 'name_en', a.name_en,
                                            'amount', l.amount, 'tax_rate', l.tax_rate) ORDER BY l.position)
        FROM ledger_entryline l JOIN ledger_account a ON a.number = l.account_id WHERE l.entry_id = e.id) AS lines
FROM ledger_entry e LEFT JOIN ledger_seal s ON s.entry_id = e.id LEFT JOIN ledger_seal b ON b.number = e.number - 1
WHERE e.number = %(number)s::bigint

-- name: entry_of
SELECT number FROM ledger_entry WHERE source = %(source)s AND document_number = %(document)s ORDER BY number LIMIT 1

-- name: ageing  (what customers owe, by how late it is; and what we owe them)
SELECT coalesce(sum(open_amount) FILTER (WHERE open_amount > 0 AND due_on >= %(today)s::date), 0) AS not_due,
       coalesce(sum(open_amount) FILTER (WHERE open_amount > 0 AND due_on < %(today)s::date AND due_on >= %(today)s::date - 30), 0) AS to_30,
       coalesce(sum(open_amount) FILTER (WHERE open_amount > 0 AND due_on < %(today)s::date - 30 AND due_on >= %(today)s::date - 60), 0) AS to_60,
       coalesce(sum(open_amount) FILTER (WHERE open_amount > 0 AND due_on < %(today)s::date - 60 AND due_on >= %(today)s::date - 90), 0) AS to_90,
       coalesce(sum(open_amount) FILTER (WHERE open_amount > 0 AND due_on < %(today)s::date - 90), 0) AS beyond,
       coalesce(sum(open_amount) FILTER (WHERE open_amount < 0), 0) AS credits
FROM ledger_openitem WHERE open_amount <> 0

-- name: disagreements  (what the books say twice and not alike; nothing when they are right)
SELECT 'unbalanced' AS finding, e.number::text AS subject, sum(l.amount) AS amount
FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id GROUP BY e.number HAVING sum(l.amount) <> 0
UNION ALL
SELECT 'unsealed', e.number::text, NULL FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_seal s WHERE s.entry_id = e.id)
UNION ALL
SELECT 'receivables', r.account_id, ledger.amount - items.amount
FROM ledger_accountrule r
CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM ledger_entryline WHERE account_id = r.account_id) ledger
CROSS JOIN LATERAL (SELECT coalesce(sum(open_amount), 0) AS amount FROM ledger_openitem) items
WHERE r.purpose = 'receivable' AND ledger.amount <> items.amount
UNION ALL
SELECT 'matches', i.document_number, i.amount - i.open_amount - m.amount
FROM ledger_openitem i CROSS JOIN LATERAL (
    SELECT coalesce(sum(CASE WHEN debit_id = i.id THEN amount ELSE -amount END), 0) AS amount
    FROM ledger_match WHERE debit_id = i.id OR credit_id = i.id) m
WHERE i.amount - i.open_amount <> m.amount
UNION ALL
SELECT 'gap', (n.next_value - 1)::text, NULL FROM numbers_numberrange n
WHERE n.code = 'journal' AND n.next_value - 1 <> (SELECT count(*) FROM ledger_entry)
LIMIT 50

-- name: checksum
SELECT entries, last_hash, broken_at FROM ledger_verify()
