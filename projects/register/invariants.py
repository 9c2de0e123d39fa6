"""What must hold of projects, their money and the sums kept of them."""

from alliances.audit.invariants import hold

hold(
    "project_money",
    "a project's money is that of its postings",
    """SELECT p.alliance_id, 'project ' || p.number AS row_at_fault,
              'says ' || p.reserved || '/' || p.committed || '/' || p.paid || ', the ledger '
                || coalesce(l.reserved, 0) || '/' || coalesce(l.committed, 0) || '/' || coalesce(l.paid, 0) AS detail
         FROM project p LEFT JOIN (
              SELECT s.alliance_id, s.subject_id,
                     coalesce(sum(e.amount) FILTER (WHERE a.state = 'reserved'), 0) AS reserved,
                     coalesce(sum(e.amount) FILTER (WHERE a.state = 'committed'), 0) AS committed,
                     coalesce(sum(e.amount) FILTER (WHERE a.state = 'paid'), 0) AS paid
                FROM posting s
                JOIN entry e ON e.alliance_id = s.alliance_id AND e.posting_id = s.id
                JOIN account a ON a.alliance_id = e.alliance_id AND a.id = e.account_id
               WHERE s.subject_id IS NOT NULL GROUP BY 1, 2) l
           ON l.alliance_id = p.alliance_id AND l.subject_id = p.id
        WHERE (p.reserved, p.committed, p.paid)
           <> (coalesce(l.reserved, 0), coalesce(l.committed, 0), coalesce(l.paid, 0))""",
)
hold(
    "project_partners",
    "a project's partners' money is the sum of its contributions",
    """SELECT p.alliance_id, 'project ' || p.number AS row_at_fault,
              'says ' || p.partners_promised || '/' || p.partners_secured || ', contributions '
                || coalesce(c.promised, 0) || '/' || coalesce(c.secured, 0) AS detail
         FROM project p LEFT JOIN (
              SELECT alliance_id, project_id, coalesce(sum(amount) FILTER (WHERE state = 'promised'), 0) AS promised,
                     coalesce(sum(amount) FILTER (WHERE state <> 'promised'), 0) AS secured
                FROM contribution GROUP BY 1, 2) c
           ON c.alliance_id = p.alliance_id AND c.project_id = p.id
        WHERE (p.partners_promised, p.partners_secured) <> (coalesce(c.promised, 0), coalesce(c.secured, 0))""",
)
hold(
    "project_parts",
    "a project's lists of territories and priorities are those of its parts",
    """SELECT p.alliance_id, 'project ' || p.number AS row_at_fault,
              'territories ' || p.territory_ids::text || ', priorities ' || p.priority_ids::text AS detail
         FROM project p
         LEFT JOIN (SELECT alliance_id, project_id, array_agg(territory_id ORDER BY share DESC, territory_id) AS ids
                      FROM project_territory GROUP BY 1, 2) t ON t.alliance_id = p.alliance_id AND t.project_id = p.id
         LEFT JOIN (SELECT alliance_id, project_id, array_agg(priority_id ORDER BY rank, priority_id) AS ids
                      FROM project_priority GROUP BY 1, 2) r ON r.alliance_id = p.alliance_id AND r.project_id = p.id
        WHERE p.territory_ids <> coalesce(t.ids, '{}') OR p.priority_ids <> coalesce(r.ids, '{}')""",
)
hold(
    "territory_shares",
    "the territories of a project share 100 percent",
    """SELECT alliance_id, 'project id ' || project_id AS row_at_fault, 'shares total ' || sum(share) AS detail
         FROM project_territory GROUP BY alliance_id, project_id HAVING sum(share) <> 100""",
)
hold(
    "project_tally",
    "the sums of the list are those of the projects",
    """SELECT coalesce(t.alliance_id, l.alliance_id) AS alliance_id, 'state ' || coalesce(t.state, l.state) AS row_at_fault,
              'tally ' || coalesce(t.n, 0) || ' projects, ' || coalesce(t.money, 0) || '; live '
                || coalesce(l.n, 0) || ' projects, ' || coalesce(l.money, 0) AS detail
         FROM (SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, sum(n) AS n,
                      sum(asked + committed + paid + partners) AS money FROM project_tally GROUP BY 1, 2, 3, 4, 5, 6) t
         FULL JOIN (SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, count(*) AS n,
                           sum(fund_amount + committed + paid + partners_secured) AS money
                      FROM project GROUP BY 1, 2, 3, 4, 5, 6) l
        USING (alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids)
        WHERE coalesce(t.n, 0) <> coalesce(l.n, 0) OR coalesce(t.money, 0) <> coalesce(l.money, 0)""",
)
hold(
    "project_day",
    "the sums by day are those of awarded projects and secured contributions",
    """SELECT coalesce(t.alliance_id, l.alliance_id) AS alliance_id,
              'day ' || coalesce(t.day, l.day) || ' ' || coalesce(t.kind, l.kind) AS row_at_fault,
              'tally ' || coalesce(t.n, 0) || ', ' || coalesce(t.partners, 0) || '; live '
                || coalesce(l.n, 0) || ', ' || coalesce(l.partners, 0) AS detail
         FROM (SELECT alliance_id, agreement_id, day, kind, sum(n) AS n, sum(partners) AS partners
                 FROM project_day GROUP BY 1, 2, 3, 4) t
         FULL JOIN (SELECT alliance_id, agreement_id, day, kind, sum(n) AS n, sum(partners) AS partners FROM (
                           SELECT alliance_id, agreement_id, awarded_on AS day, '' AS kind, 1 AS n, 0 AS partners
                             FROM project WHERE awarded_on IS NOT NULL
                           UNION ALL SELECT alliance_id, agreement_id, cancelled_on, '', -1, 0
                             FROM project WHERE cancelled_on IS NOT NULL AND awarded_on IS NOT NULL
                           UNION ALL SELECT c.alliance_id, p.agreement_id, d.day, c.kind, 0, d.amount
                             FROM contribution c
                             JOIN project p ON p.alliance_id = c.alliance_id AND p.id = c.project_id
                            CROSS JOIN LATERAL (VALUES (c.counts_from, c.amount), (c.counts_until, -c.amount)) d (day, amount)
                            WHERE d.day IS NOT NULL) x GROUP BY 1, 2, 3, 4) l
        USING (alliance_id, agreement_id, day, kind)
        WHERE coalesce(t.n, 0) <> coalesce(l.n, 0) OR coalesce(t.partners, 0) <> coalesce(l.partners, 0)""",
)
hold(
    "project_month",
    "the sums by month are those of the days",
    """SELECT coalesce(m.alliance_id, d.alliance_id) AS alliance_id,
              'month ' || coalesce(m.month, d.month) || ' ' || coalesce(m.kind, d.kind) AS row_at_fault,
              'month ' || coalesce(m.n, 0) || ', ' || coalesce(m.partners, 0) || '; days '
                || coalesce(d.n, 0) || ', ' || coalesce(d.partners, 0) AS detail
         FROM (SELECT alliance_id, agreement_id, month, kind, sum(n) AS n, sum(partners) AS partners
                 FROM project_month GROUP BY 1, 2, 3, 4) m
         FULL JOIN (SELECT alliance_id, agreement_id, day - extract(day FROM day)::int + 1 AS month, kind, sum(n) AS n,
                           sum(partners) AS partners FROM project_day GROUP BY 1, 2, 3, 4) d
        USING (alliance_id, agreement_id, month, kind)
        WHERE coalesce(m.n, 0) <> coalesce(d.n, 0) OR coalesce(m.partners, 0) <> coalesce(d.partners, 0)""",
)
hold(
    "instalment_tally",
    "the sums of instalments are those of their rows",
    """SELECT coalesce(t.alliance_id, l.alliance_id) AS alliance_id, 'state ' || coalesce(t.state, l.state) AS row_at_fault,
              'tally ' || coalesce(t.n, 0) || ', ' || coalesce(t.amount, 0) || '; live '
                || coalesce(l.n, 0) || ', ' || coalesce(l.amount, 0) AS detail
         FROM (SELECT alliance_id, state, coalesce(due_on, '-infinity') AS day, sum(n) AS n, sum(amount) AS amount
                 FROM instalment_tally GROUP BY 1, 2, 3) t
         FULL JOIN (SELECT alliance_id, state, CASE WHEN state = 'planned' THEN due_on ELSE '-infinity' END AS day,
                           count(*) AS n, sum(amount) AS amount FROM instalment GROUP BY 1, 2, 3) l
        USING (alliance_id, state, day)
        WHERE coalesce(t.n, 0) <> coalesce(l.n, 0) OR coalesce(t.amount, 0) <> coalesce(l.amount, 0)""",
)
hold(
    "money_after_award",
    "the money of a project stands under its agreement, from its award on",
    """SELECT s.alliance_id, 'project ' || p.number AS row_at_fault,
              'posting ' || s.id || ' of ' || s.effective_on || ', awarded ' || coalesce(p.awarded_on::text, 'never') AS detail
         FROM posting s
         JOIN project p ON p.alliance_id = s.alliance_id AND p.id = s.subject_id
        WHERE p.awarded_on IS NULL OR s.effective_on < p.awarded_on
           OR EXISTS (SELECT FROM entry e
                        JOIN account a ON a.alliance_id = e.alliance_id AND a.id = e.account_id
                        JOIN envelope v ON v.alliance_id = a.alliance_id AND v.id = a.envelope_id
                       WHERE e.alliance_id = s.alliance_id AND e.posting_id = s.id AND v.agreement_id <> p.agreement_id)""",
)
hold(
    "award_committed",
    "an approved award has its commitment in the ledger, to the cent",
    """SELECT a.alliance_id, 'award ' || a.id AS row_at_fault,
              'approved ' || a.amount || ', committed ' || coalesce(c.amount, 0) AS detail
         FROM award a LEFT JOIN (
              SELECT s.alliance_id, s.subject_id, sum(e.amount) AS amount FROM posting s
                JOIN entry e ON e.alliance_id = s.alliance_id AND e.posting_id = s.id
                JOIN account k ON k.alliance_id = e.alliance_id AND k.id = e.account_id AND k.state = 'committed'
               WHERE s.cause = 'commitment' GROUP BY 1, 2) c
           ON c.alliance_id = a.alliance_id AND c.subject_id = a.project_id
        WHERE a.state = 'approved' AND a.amount <> coalesce(c.amount, 0)""",
)
hold(
    "instalments_paid",
    "what instalments say is paid is what the ledger paid",
    """SELECT p.alliance_id, 'project ' || p.number AS row_at_fault,
              'paid ' || p.paid || ', instalments ' || i.amount AS detail
         FROM project p JOIN (SELECT alliance_id, project_id, coalesce(sum(amount) FILTER (WHERE state = 'paid'), 0) AS amount
                                FROM instalment GROUP BY 1, 2) i ON i.alliance_id = p.alliance_id AND i.project_id = p.id
        WHERE p.paid <> i.amount""",
)
hold(
    "instalments_within_award",
    "instalments to come and paid never exceed what is engaged",
    """SELECT p.alliance_id, 'project ' || p.number AS row_at_fault,
              'engaged ' || (p.committed + p.paid) || ', instalments ' || i.amount AS detail
         FROM project p JOIN (SELECT alliance_id, project_id, sum(amount) AS amount FROM instalment
                               WHERE state <> 'cancelled' GROUP BY 1, 2) i
           ON i.alliance_id = p.alliance_id AND i.project_id = p.id
        WHERE i.amount > p.committed + p.paid""",
)
