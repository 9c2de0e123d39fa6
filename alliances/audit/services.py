"""The journal: who did what."""

from alliances.audit.models import AuditEvent


def record(
    *, actor, verb: str, subject=None, alliance_id: int | None = None, organisation_id: int | None = None, **facts
):
    """Add one line to the journal, in the caller's transaction and scope.

    `actor` has person_id (None for the portal itself) and name. `subject` is the row the act is about.
    Facts must be JSON: amounts as text.
    """
    return AuditEvent.objects.create(
        alliance_id=alliance_id,
        organisation_id=organisation_id,
        person_id=actor.person_id,
        actor_name=actor.name[:160],
        verb=verb,
        object_kind=subject._meta.model_name if subject is not None else "",
        object_id=subject.pk if subject is not None else None,
        facts=facts,
    )
