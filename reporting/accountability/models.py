"""Documents the portal produced and vouches for: the data that was frozen, its hash, the hash of the file."""

from django.conf import settings
from django.db import models

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, Link, TenantLink, Wall


class Document(TenantModel):
    """A produced document. `data` is what it was rendered from; it is never rendered again."""

    kind = models.CharField(max_length=30)  # accountability
    title = models.CharField(max_length=200)
    fiscal_year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)  # printed; resolved by the public page
    data = models.JSONField()
    data_sha256 = models.CharField(max_length=64)
    template_version = models.CharField(max_length=20)
    file = Link("alliances.StoredFile", related_name="+")
    file_sha256 = models.CharField(max_length=64)
    job_id = models.BigIntegerField()
    produced_at = models.DateTimeField()
    produced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        db_table = "document"
        indexes = [
            models.Index(fields=["code"], name="document_code"),
            models.Index(fields=["alliance", "kind", "fiscal_year", "-id"], name="document_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="document_key"),
            models.UniqueConstraint(fields=["alliance", "code"], name="document_code_once"),
            # one job makes one document, however often its worker dies
            models.UniqueConstraint(fields=["alliance", "job_id"], name="document_of_job"),
            models.UniqueConstraint(fields=["alliance", "kind", "fiscal_year", "version"], name="document_version"),
            TenantLink(name="document_of_file", field="file"),
            Wall(
                name="document_wall",
                rules=[
                    ("alliance", "select insert", ALLIANCE),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_documents", "select", EVERY_ROW),
                ],
            ),
        ]
