"""Every address of the portal and who may open it. Written by hand: a page that is not here fails the test."""

STAFF = "manager officer finance reader privacy"
TEAM = f"{STAFF} delegate"
EDIT = "manager officer"
PAY = "manager officer finance"
MINISTRY = "analyst administrator"
ORGANISATION = "organisation-manager editor signatory adviser"

# name: (who, object ids the address needs). Names of roles are those of `identities` below.
ADDRESSES = {
    "alliance:home": TEAM,
    "alliance:dashboard": STAFF,
    "alliance:projects": TEAM,
    "alliance:project_promoters": TEAM,
    "alliance:projects_export": TEAM,
    "alliance:project_new": EDIT,
    "alliance:project": TEAM,
    "alliance:project_edit": EDIT,
    "alliance:project_delete": EDIT,
    "alliance:project_move": EDIT,
    "alliance:award_request": EDIT,
    "alliance:award_approve": EDIT,
    "alliance:award_decline": "manager",
    "alliance:award_withdraw": EDIT,
    "alliance:instalments": STAFF,
    "alliance:instalment_plan": EDIT,
    "alliance:instalment_move": PAY,
    "alliance:envelopes": STAFF,
    "alliance:ledger": STAFF,
    "alliance:posting": STAFF,
    "alliance:accountability": STAFF,
    "alliance:accountability_year": STAFF,
    "alliance:accountability_produce": PAY,
    "alliance:accountability_document": STAFF,
    "alliance:files": TEAM,
    "alliance:file": TEAM,
    "alliance:job": TEAM,
    "alliance:job_cancel": TEAM,
    "alliance:job_retry": TEAM,
    "alliance:team": TEAM,
    "alliance:team_role": "manager",
    "alliance:team_end": "manager",
    "alliance:team_cancel": "manager",
    "committee:home": "committee",
    "ministry:home": MINISTRY,
    "ministry:alliance": MINISTRY,
    "ministry:files": MINISTRY,
    "ministry:file": MINISTRY,
    "ministry:job": MINISTRY,
    "ministry:job_cancel": MINISTRY,
    "ministry:job_retry": MINISTRY,
    "ministry:team": "administrator",
    "ministry:team_role": "administrator",
    "ministry:team_end": "administrator",
    "ministry:team_cancel": "administrator",
    "ministry:team_opens": "administrator",
    "audit:home": "auditor",
    "audit:alliance": "auditor",
    "audit:files": "auditor",
    "audit:file": "auditor",
    "audit:job": "auditor",
    "audit:job_cancel": "auditor",
    "audit:job_retry": "auditor",
    "promoter:home": ORGANISATION,
    "promoter:team": ORGANISATION,
    "promoter:team_role": "organisation-manager",
    "promoter:team_end": "organisation-manager",
    "promoter:team_cancel": "organisation-manager",
}
# Pages outside the spaces: anyone, or any person signed in.
ANYONE = {
    "healthz",
    "readyz",
    "public:home",
    "public:alliance",
    "public:help",
    "public:accessibility",
    "public:privacy",
    "public:alternate_format",
    "public:verify",
    "public:verified",
    "people:invitation",
    "people:second_factor",
    "mail:list",
    "mail:message",
    "look:gallery",
}
SIGNED_IN = {
    "people:arrival",
    "people:spaces",
    "people:account",
    "people:notices",
    "people:notices_read",
    "people:notice_read",
}
# The sign-in library's own pages: it asks for a session, a second factor or a fresh password by itself.
LIBRARY = ("account_", "mfa_", "usersessions_")
