"""The journal of a project, told: « Dominique Témoin a demandé le versement de 31 200,00 $ »."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db.models import Q

from alliances.audit.models import AuditEvent
from alliances.look import formats

PAGE = 12
# An award that is approved says it already.
SILENT = ("project.approved",)

TOLD = {
    "project.created": "{who} a inscrit le projet",
    "project.imported": "{who} a importé le projet",
    "project.changed": "{who} a modifié la fiche",
    "project.prepared": "{who} a mis l’entente à signer",
    "project.started": "{who} a inscrit l’entente signée[ le {signed_on}]",
    "project.suspended": "{who} a suspendu le projet[ : {reason}]",
    "project.resumed": "{who} a repris le projet",
    "project.completed": "{who} a terminé le projet",
    "project.closed": "{who} a fermé le dossier",
    "project.cancelled": "{who} a annulé le projet[ et désengagé {amount}][ : {reason}]",
    "project.released": "{who} a désengagé {amount}[ : {reason}]",
    "award.requested": "{who} a demandé un engagement de {amount}[, résolution {resolution}]",
    "award.approved": "{who} a approuvé l’engagement de {amount}[, « {branch} »]",
    "award.declined": "{who} a refusé l’engagement de {amount}[ : {reason}]",
    "award.withdrawn": "{who} a retiré la demande de {amount}",
    "award.refused_insufficient": "Solde insuffisant pour engager {amount} : « {branch} » ne tenait que {available}",
    "payment.planned": "{who} a planifié les versements, {total} en tout",
    "payment.due": "{who} a déclaré dû le versement {rank} de {amount}",
    "payment.blocked": "{who} a bloqué le versement {rank} de {amount}[ : {reason}]",
    "payment.unblocked": "{who} a débloqué le versement {rank} de {amount}[ : {reason}]",
    "payment.requested": "{who} a demandé le versement de {amount}",
    "payment.approved": "{who} a approuvé le versement de {amount}",
    "payment.refused": "{who} a refusé le versement de {amount}[ : {reason}]",
    "payment.paid": "{who} a inscrit comme versés {amount}[, référence {reference}]",
    "payment.returned": "La banque a retourné {amount}[ : {reason}]",
    "payment.reopened": "{who} a remis à verser {amount}",
    "payment.cancelled": "{who} a annulé le versement {rank} de {amount}[ : {reason}]",
}
# A clause between brackets is said where its facts are known.
_CLAUSE, _NAME = re.compile(r"\[(.*?)\]"), re.compile(r"{(\w+)}")
OTHERWISE = "{who} a agi sur le dossier"
MONEY = ("amount", "total", "available")
DAYS = ("signed_on", "on")


@dataclass(frozen=True)
class Line:
    text: str
    at: datetime
    id: int


class _Facts(dict):
    def __missing__(self, key: str) -> str:
        return formats.NOTHING


def _read(facts: dict) -> _Facts:
    shown = _Facts({key: str(value) for key, value in facts.items()})
    for key in MONEY:
        if key in facts:
            try:
                shown[key] = formats.money(Decimal(str(facts[key])))
            except InvalidOperation:
                shown[key] = formats.NOTHING
    for key in DAYS:
        if key in facts:
            try:
                shown[key] = formats.day(date.fromisoformat(facts[key]))
            except (TypeError, ValueError):
                shown[key] = formats.NOTHING
    return shown


def tell(event: AuditEvent) -> str:
    """One sentence. A verb that we do not know is told in general."""
    known = {key for key, value in event.facts.items() if value not in ("", None)}
    sentence = _CLAUSE.sub(
        lambda found: found[1] if set(_NAME.findall(found[1])) <= known else "", TOLD.get(event.verb, OTHERWISE)
    )
    return sentence.format_map(_Facts({**_read(event.facts), "who": event.actor_name}))


def lines(*, alliance_id: int, project_id: int, awards: list[int], instalments: list[int], before: int | None):
    """(the latest lines before an event, the id to go on from or None). One query."""
    about = Q(object_kind="project", object_id=project_id)
    if awards:
        about |= Q(object_kind="award", object_id__in=awards)
    if instalments:
        about |= Q(object_kind="instalment", object_id__in=instalments)
    events = AuditEvent.objects.filter(about, alliance_id=alliance_id).exclude(verb__in=SILENT)
    if before:
        events = events.filter(id__lt=before)
    found = list(events.order_by("-id")[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return [Line(tell(event), event.at, event.pk) for event in found[:PAGE]], more
