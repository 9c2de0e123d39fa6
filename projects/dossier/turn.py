"""Whose turn it is on a project: the next act, by whom, when, and what follows."""

from dataclasses import dataclass
from datetime import date

from alliances.look import formats
from alliances.tenancy.access import Actor
from projects.dossier.content import Dossier

_TEAM = {"officer", "manager"}
# Nearest to the money first.
_ORDER = ("approved", "requested", "returned", "blocked", "due", "planned")


@dataclass(frozen=True)
class Turn:
    """`acts` are the names of the moves to show in the card, the first one as the main button."""

    title: str
    text: str
    roles: frozenset[str]
    acts: tuple[str, ...] = ()
    late: date | None = None
    instalment: object = None

    def mine(self, actor: Actor) -> bool:
        return bool(self.roles & actor.roles)


def _turn(title: str, text: str, roles: set[str], *acts: str, late=None, instalment=None) -> Turn:
    return Turn(title, text, frozenset(roles), acts, late, instalment)


def turn_of(dossier: Dossier) -> Turn | None:
    """None once the file is closed or cancelled."""
    return {
        "draft": _draft,
        "approved": _approved,
        "to_sign": _to_sign,
        "in_progress": _in_progress,
        "suspended": _suspended,
        "completed": _completed,
    }.get(dossier.project.state, lambda dossier: _released(dossier))(dossier)


def _draft(dossier: Dossier) -> Turn:
    award = dossier.award
    if award and award.state == "requested":
        who = dossier.names.get(award.requested_by_id, "")
        return _turn(
            f"Au tour de la gestion : approuver l’engagement de {formats.money(award.amount)}",
            f"Demandé par {who} le {formats.when(award.requested_at)}, dans « {award.envelope.name} ». "
            "L’approbation engage l’argent et le projet est accepté.",
            {"manager"},
            "award_approve",
            "award_decline",
            "award_withdraw",
        )
    asked = formats.money(dossier.project.fund_amount)
    again = ""
    if award and award.state == "declined":
        again = f" Le dernier engagement a été refusé : {formats.ended(award.reason)}"
    return _turn(
        "Au tour de l’équipe : demander l’engagement",
        f"L’organisme demande {asked} au Fonds. Rien n’est engagé avant l’approbation d’une autre personne.{again}",
        _TEAM,
        "award_request",
    )


def _approved(dossier: Dossier) -> Turn:
    awarded = dossier.project.awarded_on
    return _turn(
        "Au tour de l’équipe : préparer l’entente",
        f"Engagé le {formats.day(awarded)}. Une fois préparée, l’entente sera à signer par l’organisme et l’alliance.",
        _TEAM,
        "prepared",
    )


def _to_sign(dossier: Dossier) -> Turn:
    return _turn(
        "Au tour de l’organisme et de l’alliance : signer l’entente",
        "Les versements pourront être demandés dès que la signature sera inscrite.",
        _TEAM,
        "started",
    )


def _suspended(dossier: Dossier) -> Turn:
    return _turn(
        "Au tour de l’équipe : reprendre ou annuler le projet",
        f"Aucun versement n’est possible. Motif : {formats.ended(dossier.project.state_reason or formats.NOTHING)}",
        _TEAM,
        "resumed",
    )


def _in_progress(dossier: Dossier) -> Turn:
    payment = _next_payment(dossier)
    if payment:
        return payment
    if dossier.free > 0:
        return _turn(
            "Au tour de l’équipe : planifier les versements",
            f"{formats.money(dossier.free)} sont engagés et aucun versement ne les promet.",
            _TEAM,
            "plan",
        )
    return _turn(
        "Au tour de l’équipe : terminer le projet",
        f"Tout est versé. Les activités finissent le {formats.day(dossier.project.ends_on)}.",
        _TEAM,
        "completed",
    )


def _completed(dossier: Dossier) -> Turn:
    payment = _next_payment(dossier)
    if payment:
        return payment
    if dossier.free > 0:
        return _released(dossier)
    return _turn("Au tour de la gestion : fermer le dossier", "Tout est réglé.", {"manager"}, "closed")


def _released(dossier: Dossier) -> Turn | None:
    if dossier.free <= 0:
        return None
    return _turn(
        f"Au tour de la gestion : désengager {formats.money(dossier.free)}",
        "Cette somme n’est promise par aucun versement. Désengagée, elle revient à sa branche.",
        {"manager"},
        "release",
    )


def _next_payment(dossier: Dossier) -> Turn | None:
    rows = [row for row in dossier.instalments if row.state in _ORDER]
    if not rows:
        return None
    row = min(rows, key=lambda row: (row.state == "planned", row.due_on, row.rank))
    amount = formats.money(row.amount)
    titles = {
        "approved": (f"Au tour des finances : verser {amount}", {"finance"}, "paid"),
        "requested": (f"Au tour de la gestion : approuver le versement de {amount}", {"manager"}, "approved"),
        "returned": (f"Au tour des finances : remettre à verser {amount}", {"finance", "officer"}, "reopened"),
        "blocked": (f"Au tour de la gestion : débloquer le versement de {amount}", {"manager"}, "unblocked"),
        "due": (f"Au tour des finances : demander le versement de {amount}", {"finance", "officer"}, "requested"),
        "planned": (f"Prochain versement : {amount}", frozenset(), ""),
    }
    title, roles, act = titles[row.state]
    when = f"Versement {row.rank}, prévu le {formats.day(row.due_on)}"
    late = row.due_on if row.state != "planned" and row.due_on < dossier.today else None
    return _turn(title, when, set(roles), act, late=late, instalment=row)
