"""The tenant: an alliance. What everybody may know of it is public; everything else hangs on alliance_id."""

from django.db import models


class Alliance(models.Model):
    """One of the 21 alliances. Source: shared facts of the programme, loaded by `load_reference`."""

    code = models.CharField(max_length=8, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    # « de la Mauricie », « des Laurentides »: comes with the data, never computed
    name_with_de = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, default="America/Toronto")
    # False: an Indigenous alliance whose agreement gives the ministry totals only; read by the policies
    detail_to_ministry = models.BooleanField(default=True)
    english_offered = models.BooleanField(default=False)

    class Meta:
        db_table = "alliance"
        ordering = ["code"]

    def __str__(self):
        return self.name


class TenantModel(models.Model):
    """A row of one alliance. Each concrete model adds its Wall, its key (alliance, id) and its links."""

    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True
