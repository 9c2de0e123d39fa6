"""The printed table and its dollar of rounding; how alliances share a line."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from alliances.models import AuditEvent
from alliances.tenancy.scope import alliance_scope, audit_scope, ministry_scope
from regions.agreements.allocation import table_of
from regions.models import AllocationShare, Cycle
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return table_of(Cycle.objects.get(code="2017-2023"))


def test_printed_and_computed_totals_stand_side_by_side(table):
    assert [(total.printed, total.computed, total.gap) for total in table.totals] == [
        (Decimal(84653956), Decimal(84653955), Decimal(1)),
        (Decimal(138818511), Decimal(138818510), Decimal(1)),
    ]
    assert len(table.lines) == 18
    assert sum(part.amount for line in table.lines for part in line.parts) == 138818510


def test_a_line_is_shared_to_the_dollar(table):
    north = next(line for line in table.lines if line.line.code == "10")
    assert [part.amount for part in north.parts] == [2178053, 2178053, 2178052]
    assert sum(part.percent for part in north.parts) == 100


def north_form(table):
    north = next(line for line in table.lines if line.line.code == "10")
    address = reverse("ministry:allocation_share", args=[north.line.pk])
    fields = [f"ligne-{north.line.pk}-part-{part.share.pk}" for part in north.parts]
    return north, address, fields


def test_the_administrator_edits_the_split(client, table):
    client.force_login(build.ministry_member("administrator"))
    north, address, fields = north_form(table)
    assert client.post(address, dict(zip(fields, ("25", "35", "40"), strict=True))).status_code == 302
    changed = next(line for line in table_of(table.cycle).lines if line.line.code == "10")
    assert [part.amount for part in changed.parts] == [Decimal("1633540"), Decimal("2286955"), Decimal("2613663")]
    with ministry_scope():
        assert AuditEvent.objects.get(verb="allocation.shared").facts["line"] == north.line.name


@pytest.mark.parametrize(
    ("given", "said"),
    [(("25", "35", "41"), "totalisent 101"), (("0", "50", "50"), "supérieure à 0"), (("x", "50", "50"), "de 0 à 100")],
)
def test_a_split_that_does_not_add_up_is_refused_whole(client, table, given, said):
    client.force_login(build.ministry_member("administrator"))
    _, address, fields = north_form(table)
    answer = client.post(address, dict(zip(fields, given, strict=True)))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{given[1]}"' in answer.content.decode(), "what was typed stays"
    assert set(AllocationShare.objects.filter(line__code="10").values_list("weight", flat=True)) == {Decimal(1)}


def test_only_the_ministry_may_write_it_in_sql(table):
    for scope in (alliance_scope(build.alliance().pk), audit_scope()):
        with scope, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            AllocationShare.objects.update(weight=2)


def test_readers_see_the_table_without_its_forms(client, table):
    for role, address in (("analyst", "ministry:allocation"), ("auditor", "audit:allocation")):
        client.force_login(build.ministry_member(role))
        html = client.get(reverse(address)).content.decode()
        assert "écart d’arrondi\u00a0: 1\u00a0$" in html
        assert "Enregistrer le partage" not in html


def test_agreements_say_who_holds_them(client):
    build.agreement()
    client.force_login(build.ministry_member())
    html = client.get(reverse("ministry:agreements") + "?cycle=2017-2023").content.decode()
    assert "APS-2017-04" in html
    assert "Consortium en développement social de la Mauricie" in html
    assert client.get(reverse("ministry:agreements") + "?cycle=%00x").status_code in {200, 400}
