"""Accounts of a demonstration: their address says what they are, and nowhere else may they sign in."""

DEMO_PASSWORD = "Solidarite-2023"
DEMO_DOMAIN = ".demo.test"


def is_demo_address(email: str) -> bool:
    """Every account whose address ends with « .demo.test »."""
    return email.strip().lower().endswith(DEMO_DOMAIN)
