"""What can go wrong while a document is made. Ordinary exceptions: a worker catches them like any other."""


class RefusedResource(Exception):
    """A document asked for something outside itself; the message is the address (200 characters at most)."""


class Unavailable(Exception):
    """No document can be made on this machine; the message is French and says why."""
