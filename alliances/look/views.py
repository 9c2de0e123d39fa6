"""The gallery: every component in every state. A screen that needs a new one first brings it here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alliances.look import fields, forms, states
from alliances.tenancy.access import ANYONE, screen

GOOD = {
    "title": "Cuisine collective mobile",
    "amount": "147 000",
    "starts": "2026-09-01",
    "summary": "Un camion-cuisine.",
}
BAD = {"fees": "12,345.67", "number": "1199 0000 11", "registered": "oui", "ends": "2026-02-30"}


class Sample(forms.PortalForm):
    title = fields.PlainTextField(
        label="Titre du projet", what="le titre du projet", help_text="Il paraîtra sur le site public.", max_length=100
    )
    amount = fields.MoneyField(label="Montant demandé", what="le montant demandé")
    starts = fields.DayField(label="Date de début")
    summary = fields.LongTextField(
        label="Résumé public", max_length=500, rows=4, required=False, help_text="Au plus 500 caractères."
    )


class Refused(forms.PortalForm):
    fees = fields.MoneyField(label="Honoraires professionnels, 2027-2028")
    ends = fields.DayField(label="Date de fin")
    number = fields.NEQField(label="NEQ")
    registered = fields.ChoiceField(
        label="Votre organisme est-il immatriculé?",
        choices=[("oui", "Oui"), ("non", "Non")],
        widget=fields.forms.RadioSelect,
        hints={"non": "Un fiduciaire devra recevoir les sommes."},
    )
    agreed = fields.CheckField(label="J’ai lu les règles de l’appel")


class Row(forms.PortalForm):
    partner = fields.PlainTextField(label="Partenaire", what="le nom du partenaire")
    amount = fields.MoneyField(label="Montant")


@screen(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    if settings.PORTAL_MODE != "demo":
        raise Http404
    rows = forms.rows_of(Row, extra=2)(request.POST or None, prefix="partners")
    if rows.adding:
        rows = rows.with_one_more()
    envelopes = [
        ("Enveloppe en cours de cycle", 5805682, 1742915, 2186340, 3214560),
        ("Projet engagé en entier", 96200, 61905, 67340, 96200),
        ("Rien n’est versé", 84000, 0, 0, 84000),
        ("Projet terminé", 41250, 41250, 41250, 41250),
    ]
    context = {
        "kinds": [(states.KIND_LABELS[kind], kind, states.REGISTRY[kind]) for kind in states.KIND_LABELS],
        "good": Sample(GOOD),
        "refused": Refused(BAD),
        "rows": rows,
        "bars": [{"what": what, "total": t, "spent": s, "paid": p, "committed": c} for what, t, s, p, c in envelopes],
        "steps": [
            {"label": "Déposée", "note": "27 mai 2026", "done": True},
            {"label": "Admissible", "note": "4 juin 2026", "done": True},
            {"label": "À l’étude par le comité", "note": "Comité du 16 juin", "current": True},
            {"label": "Décision", "note": "au plus tard le 30 juin"},
            {"label": "Entente"},
        ],
        "icons": ["check", "clock", "calendar", "map", "money", "users", "mail", "key", "file", "trash", "out", "up"],
        "moment": dt.datetime(2026, 5, 27, 23, 12, 8, tzinfo=dt.UTC),
        "figure": Decimal("61905.42"),
    }
    return render(request, "look/gallery.html", context)
