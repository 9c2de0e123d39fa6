"""Names of the database roles. Read by `provision`, by the walls and by their tests.

A *login* opens connections and reaches no tenant table. A *space* is taken for one transaction. A *keeper* owns the
few functions that must see beyond their caller; nobody logs in as one. See ARCHITECTURE.md, « The wall ».
"""

OWNER = "portal_owner"
WEB = "portal_web"
WORKER = "portal_worker"
BACKUP = "portal_backup"

SPACES = ("alliance", "committee", "ministry", "audit", "promoter", "public", "person", "upkeep")
KEEPERS = ("ledger", "search", "tally", "people", "outbox", "documents")


def role_of(name: str) -> str:
    """The database role of a space ("alliance" → "space_alliance"); a keeper's name is already a role."""
    if name in SPACES:
        return f"space_{name}"
    if name.removeprefix("keeper_") in KEEPERS and name.startswith("keeper_"):
        return name
    raise ValueError(f"unknown space or keeper: {name}")


SPACE_ROLES = ", ".join(f"space_{space}" for space in SPACES)
ALL_ROLES = ", ".join([SPACE_ROLES, *(f"keeper_{keeper}" for keeper in KEEPERS)])
