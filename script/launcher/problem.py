"""What stops the launcher: one line that says what to do."""


class Problem(Exception):
    """Shown as it is, without a traceback."""
