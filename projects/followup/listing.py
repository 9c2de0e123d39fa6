"""The page of all instalments of an alliance: filtered by state, in the order of their dates, by keyset."""

import re
from datetime import date
from functools import partial

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from alliances.look import formats
from alliances.people.models import User
from projects.awards.policies import four_eyes_text
from projects.followup.forms import OPEN
from projects.followup.models import NOT_OVER, OVER, Instalment, InstalmentState
from projects.followup.reading import FORWARD, acts_of, in_state, judged, totals_by_state

SIZE = 25
_FIGURES = (
    ("due", "À demander"),
    ("requested", "À approuver"),
    ("approved", "À verser"),
    ("planned", "Prévus"),
    ("paid", "Versés"),
)

_NO_PAYMENT = {
    "approved": "Entente à préparer",
    "to_sign": "Entente à signer",
    "suspended": "Projet suspendu",
    "closed": "Dossier fermé",
    "cancelled": "Projet annulé",
}


def listing(request: HttpRequest, state: str, after: str) -> dict:
    """Context of the page: rows with their acts, totals of each state, the address of the next page."""
    today, alliance = timezone.localdate(), request.access.alliance
    every = Instalment.objects.filter(alliance_id=alliance.pk)
    sums = totals_by_state(alliance.pk, today)
    rows = _filtered(every, state or OPEN, today)
    rows = _after(rows, after).select_related("project__organisation").order_by("due_on", "id")
    page = [judged(row, today) for row in rows[: SIZE + 1]]
    more, page = len(page) > SIZE, page[:SIZE]
    _dress(request, page)
    shown = _shown_sum(sums, state or OPEN)
    return {
        "rows": page,
        "state": state,
        "next": f"{page[-1].due_on.isoformat()}_{page[-1].pk}" if more else "",
        "first": not after,
        "figures": [(code, label, *sums.get(code, (0, 0))) for code, label in _FIGURES],
        "shown": shown,
        "upcoming": _upcoming(every, today) if not page else None,
    }


def _filtered(rows, state: str, today: date):
    if state == "tous":
        return rows
    if state == OPEN:
        return rows.filter(NOT_OVER)
    return in_state(rows, state, today)


def _after(rows, after: str):
    """Rows after the last one of the page before: « 2026-05-01_12 ». Anything else is the first page."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)_(\d{1,18})", after)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None:
        return rows
    # The first condition is where the index begins to be read, the second leaves out the rest of that day.
    return rows.filter(Q(due_on__gt=day) | Q(id__gt=int(found[2])), due_on__gte=day)


def _shown_sum(sums: dict, state: str) -> tuple[int, object]:
    kept = {
        "tous": list(sums),
        OPEN: [code for code in sums if code not in OVER],
    }.get(state, [state])
    chosen = [sums[code] for code in kept if code in sums]
    return sum(n for n, _ in chosen), sum((total for _, total in chosen), 0)


def _address(alliance: str, row: Instalment, word: str) -> str:
    return reverse("alliance:instalment_move", kwargs={"alliance": alliance, "instalment": row.pk, "move": word})


def _dress(request: HttpRequest, rows: list[Instalment]) -> None:
    """Give each row its acts and the line that says what it waits for. Two queries, whatever their number."""
    actor, alliance = request.access.actor, request.access.alliance
    mine = any(row.state == "requested" and row.requested_by_id == actor.person_id for row in rows)
    approvers = four_eyes_text(alliance.pk, actor.person_id) if mine and actor.may("manager") else ""
    names = User.objects.names(who for row in rows for who in (row.requested_by_id, row.approved_by_id, row.paid_by_id))
    for row in rows:
        row.acts = acts_of(row, actor, partial(_address, alliance.slug), approvers, FORWARD)
        row.told = told(row, names)
        row.overdue = row.state == InstalmentState.DUE and row.due_on < timezone.localdate()


def told(row: Instalment, names: dict[int, str]) -> str:
    """What the instalment waits for, or how it ended."""
    if row.state == "requested":
        return f"Demandé par {names.get(row.requested_by_id, '')}; une autre personne doit l’approuver."
    if row.state == "approved":
        return f"Approuvé par {names.get(row.approved_by_id, '')}; à verser."
    if row.state == "paid":
        return f"Versé le {formats.day(row.paid_on)}, référence {row.reference}."
    if row.state == "blocked":
        return f"Bloqué par : {formats.ended(row.reason)}"
    if row.state == "returned":
        return f"Retourné : {formats.ended(row.reason)}"
    if row.state == "cancelled":
        return f"Annulé : {formats.ended(row.reason)}"
    if row.project.state in _NO_PAYMENT:
        return f"{_NO_PAYMENT[row.project.state]} : aucun versement possible."
    if row.state == "due":
        return f"Refusé : {formats.ended(row.reason)} À demander de nouveau." if row.reason else "À demander."
    return "Prévu."


def _upcoming(rows, today: date):
    return rows.filter(state="planned", due_on__gt=today).order_by("due_on").values_list("due_on", flat=True).first()
