"""What must hold of the ledger."""

from alliances.audit.invariants import hold

hold(
    "posting_balances",
    "each posting sums to zero",
    """SELECT e.alliance_id, 'posting ' || e.posting_id AS row_at_fault, 'sums to ' || sum(e.amount) AS detail
         FROM entry e GROUP BY e.alliance_id, e.posting_id HAVING sum(e.amount) <> 0""",
)
hold(
    "posting_has_entries",
    "no posting is empty",
    """SELECT p.alliance_id, 'posting ' || p.id AS row_at_fault, 'has no entry' AS detail FROM posting p
        WHERE NOT EXISTS (SELECT FROM entry e WHERE e.alliance_id = p.alliance_id AND e.posting_id = p.id)""",
)
hold(
    "account_balance",
    "an account's balance is the sum of its entries",
    """SELECT a.alliance_id, 'account ' || a.id AS row_at_fault,
              'says ' || a.balance || ', its entries ' || coalesce(s.amount, 0) AS detail
         FROM account a LEFT JOIN (SELECT alliance_id, account_id, sum(amount) AS amount FROM entry GROUP BY 1, 2) s
           ON s.alliance_id = a.alliance_id AND s.account_id = a.id
        WHERE a.balance <> coalesce(s.amount, 0)""",
)
hold(
    "account_not_overdrawn",
    "only sources are below zero",
    """SELECT a.alliance_id, 'account ' || a.id AS row_at_fault, a.state || ' holds ' || a.balance AS detail FROM account a
        WHERE a.balance < 0 AND a.state NOT IN ('source', 'interest', 'recovery', 'opening')""",
)
hold(
    "money_day",
    "the sums by day are those of the entries",
    """SELECT coalesce(t.alliance_id, l.alliance_id) AS alliance_id,
              'agreement ' || coalesce(t.agreement_id, l.agreement_id) || ', ' || coalesce(t.kind, l.kind) || ' '
                || coalesce(t.state, l.state) || ', ' || coalesce(t.day, l.day) AS row_at_fault,
              'tally ' || coalesce(t.amount, 0) || ', entries ' || coalesce(l.amount, 0) AS detail
         FROM (SELECT alliance_id, agreement_id, fiscal_year, kind, state, day, sum(amount) AS amount
                 FROM money_day GROUP BY 1, 2, 3, 4, 5, 6) t
         FULL JOIN (SELECT e.alliance_id, v.agreement_id, v.fiscal_year, v.kind, a.state, p.effective_on AS day,
                           sum(e.amount) AS amount
                      FROM entry e
                      JOIN posting p ON p.alliance_id = e.alliance_id AND p.id = e.posting_id
                      JOIN account a ON a.alliance_id = e.alliance_id AND a.id = e.account_id
                      JOIN envelope v ON v.alliance_id = e.alliance_id AND v.id = a.envelope_id
                     GROUP BY 1, 2, 3, 4, 5, 6) l
        USING (alliance_id, agreement_id, fiscal_year, kind, state, day)
        WHERE coalesce(t.amount, 0) <> coalesce(l.amount, 0)""",
)
hold(
    "money_month",
    "the sums by month are those of the days",
    """SELECT coalesce(m.alliance_id, d.alliance_id) AS alliance_id,
              'agreement ' || coalesce(m.agreement_id, d.agreement_id) || ', ' || coalesce(m.kind, d.kind) || ' '
                || coalesce(m.state, d.state) || ', ' || coalesce(m.month, d.month) AS row_at_fault,
              'month ' || coalesce(m.amount, 0) || ', days ' || coalesce(d.amount, 0) AS detail
         FROM (SELECT alliance_id, agreement_id, fiscal_year, kind, state, month, sum(amount) AS amount
                 FROM money_month GROUP BY 1, 2, 3, 4, 5, 6) m
         FULL JOIN (SELECT alliance_id, agreement_id, fiscal_year, kind, state, day - extract(day FROM day)::int + 1 AS month,
                           sum(amount) AS amount FROM money_day GROUP BY 1, 2, 3, 4, 5, 6) d
        USING (alliance_id, agreement_id, fiscal_year, kind, state, month)
        WHERE coalesce(m.amount, 0) <> coalesce(d.amount, 0)""",
)
hold(
    "money_of_projects",
    "money is committed and paid for a project, but for what the holder spends itself",
    """SELECT e.alliance_id, 'posting ' || e.posting_id AS row_at_fault,
              'moves ' || a.state || ' of « ' || v.name || ' » '
                || CASE WHEN p.subject_id IS NULL THEN 'for no project' ELSE 'for a project' END AS detail
         FROM entry e
         JOIN posting p ON p.alliance_id = e.alliance_id AND p.id = e.posting_id
         JOIN account a ON a.alliance_id = e.alliance_id AND a.id = e.account_id AND a.state IN ('committed', 'paid')
         JOIN envelope v ON v.alliance_id = a.alliance_id AND v.id = a.envelope_id
        WHERE (p.subject_id IS NULL) <> (v.kind IN ('administration', 'mobilisation'))""",
)
hold(
    "agreement_years",
    "the years of an agreement add up to its amount",
    """SELECT g.alliance_id, 'agreement ' || g.number AS row_at_fault,
              'is ' || g.amount || ', its years ' || sum(y.amount) AS detail
         FROM agreement g JOIN agreement_year y ON y.alliance_id = g.alliance_id AND y.agreement_id = g.id
        GROUP BY g.alliance_id, g.id, g.number, g.amount HAVING sum(y.amount) <> g.amount""",
)
hold(
    "appropriation_within_agreement",
    "no more is appropriated than the agreement gives",
    """SELECT g.alliance_id, 'agreement ' || g.number AS row_at_fault,
              'is ' || g.amount || ', appropriated ' || -sum(a.balance) AS detail
         FROM agreement g
         JOIN envelope v ON v.alliance_id = g.alliance_id AND v.agreement_id = g.id
         JOIN account a ON a.alliance_id = v.alliance_id AND a.envelope_id = v.id AND a.state = 'source'
        GROUP BY g.alliance_id, g.id, g.number, g.amount HAVING -sum(a.balance) > g.amount""",
)
hold(
    "administration_cap",
    "administration spends no more than the agreement's rate of the appropriation",
    """SELECT v.alliance_id, 'envelope ' || v.id AS row_at_fault, 'received ' || r.amount || ', limit ' || c.cap AS detail
         FROM envelope v
         JOIN agreement g ON g.alliance_id = v.alliance_id AND g.id = v.agreement_id
         JOIN (SELECT a.alliance_id, a.envelope_id, sum(a.balance) AS amount FROM account a
                WHERE a.state IN ('appropriated', 'reserved', 'committed', 'paid') GROUP BY 1, 2) r
           ON r.alliance_id = v.alliance_id AND r.envelope_id = v.id
         JOIN (SELECT y.alliance_id, y.agreement_id, y.fiscal_year, round(y.amount * g.administration_rate / 100, 2) AS cap
                 FROM agreement_year y JOIN agreement g ON g.alliance_id = y.alliance_id AND g.id = y.agreement_id) c
           ON c.alliance_id = v.alliance_id AND c.agreement_id = v.agreement_id AND c.fiscal_year = v.fiscal_year
        WHERE v.kind = 'administration' AND r.amount > c.cap""",
)
