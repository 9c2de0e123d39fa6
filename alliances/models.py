"""The models of this package's rooms."""

from alliances.audit.models import AuditEvent
from alliances.files.models import StoredFile
from alliances.jobs.models import Job
from alliances.notices.models import Notice
from alliances.people.models import (
    AllianceMembership,
    Invitation,
    MinistryMembership,
    Organisation,
    OrganisationMembership,
    User,
)
from alliances.tenancy.models import Alliance

__all__ = [
    "Alliance",
    "AllianceMembership",
    "AuditEvent",
    "Invitation",
    "Job",
    "MinistryMembership",
    "Notice",
    "Organisation",
    "OrganisationMembership",
    "StoredFile",
    "User",
]
