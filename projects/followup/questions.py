"""What is asked before each act on an instalment: the question, what it takes, and the act itself."""

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from alliances.look import formats, messages
from alliances.look.confirmation import NothingToFill, Question
from alliances.people.models import User
from alliances.workflow.engine import MoveRefused
from projects.awards.finding import crumbs_of, page_of
from projects.awards.forms import ReasonForm
from projects.awards.policies import already_text, four_eyes_text
from projects.followup import services
from projects.followup.forms import PaidForm, ReturnedForm
from projects.followup.models import Instalment
from projects.followup.workflow import INSTALMENT
from regions.money.services import InsufficientBalance, KeyReused


def _question(request: HttpRequest, row: Instalment, title: str, button: str, *lines: str, danger=False) -> Question:
    # No address comes from what is sent but one of two: the list, or the project’s page.
    back = page_of(request, row.project_id, "versements")
    return Question(title, button, back, tuple(line for line in lines if line), danger, crumbs_of(request, row.project))


def _said(row: Instalment) -> str:
    return (
        f"{formats.money(row.amount)} à {row.project.organisation.name}, versement {row.rank} de {row.project.title}."
    )


def _who(person_id: int | None) -> str:
    return User.objects.names([person_id]).get(person_id, "") if person_id else ""


def _plain(request: HttpRequest):
    return NothingToFill(request.POST if request.method == "POST" else None)


def _simple(service, title: str, button: str, line: str, done: str, request: HttpRequest, row: Instalment):
    """An act that asks nothing but its confirmation."""
    question = _question(request, row, title, button, _said(row), line)

    def act(given: dict) -> str:
        service(actor=request.access.actor, instalment=row)
        return done

    return question, _plain(request), act


def _with_reason(service, title: str, button: str, line: str, done: str, request: HttpRequest, row: Instalment):
    danger = service is services.cancel
    question = _question(request, row, title, button, _said(row), line, danger=danger)

    def act(given: dict) -> str:
        service(actor=request.access.actor, instalment=row, reason=given["reason"])
        return done

    return question, ReasonForm(request.POST or None), act


def _approve(request: HttpRequest, row: Instalment):
    label = f"Approuver le versement de {formats.money(row.amount)}"
    asked = f"{_who(row.requested_by_id)} l’a demandé le {formats.when(row.requested_at)}." if row.requested_at else ""
    question = _question(request, row, "Approuver le versement?", label, _said(row), asked)

    def act(given: dict) -> str:
        services.approve(actor=request.access.actor, instalment=row)
        return f"Versement de {formats.money(row.amount)} approuvé. Il peut être fait et inscrit."

    return question, _plain(request), act


def _pay(request: HttpRequest, row: Instalment):
    left = row.project.committed - row.amount
    question = _question(
        request,
        row,
        f"Inscrire {formats.money(row.amount)} comme versés?",
        "Inscrire comme versé",
        _said(row),
        f"« Versé » passera de {formats.money(row.project.paid)} à {formats.money(row.project.paid + row.amount)}; "
        f"il restera {formats.money(left)} à verser."
        if left >= 0
        else "",
    )
    form = PaidForm(request.POST or None, initial={"tries": row.tries})

    def act(given: dict) -> str:
        try:
            services.pay(actor=request.access.actor, instalment=row, **given)
        except KeyReused as reused:
            raise ValidationError(messages.text("E61"), code="E61") from reused
        except InsufficientBalance as short:
            raise ValidationError(
                f"{formats.money(short.available)} seulement sont engagés dans « {short.envelope.name} »; il manque "
                f"{formats.money(short.missing)}.",
                code="E50",
            ) from short
        return f"{formats.money(row.amount)} inscrits comme versés le {formats.day(given['paid_on'])}."

    return question, form, act


def _record_return(request: HttpRequest, row: Instalment):
    question = _question(
        request,
        row,
        "Inscrire le retour de la banque?",
        "Inscrire le retour de la banque",
        _said(row),
        f"L’écriture d’origine reste visible. Une écriture contraire de {formats.money(row.amount)} sera inscrite; "
        "« Engagé » ne change pas.",
    )

    def act(given: dict) -> str:
        services.record_return(actor=request.access.actor, instalment=row, **given)
        return f"Retour de {formats.money(row.amount)} inscrit. Vérifiez les coordonnées bancaires de l’organisme."

    return question, ReturnedForm(request.POST or None), act


QUESTIONS = {
    "due": partial(
        _simple,
        services.declare_due,
        "Déclarer ce versement dû dès maintenant?",
        "Déclarer dû",
        "Il pourra être demandé avant sa date.",
        "Versement dû. Il peut être demandé.",
    ),
    "blocked": partial(
        _with_reason,
        services.block,
        "Bloquer le versement?",
        "Bloquer le versement",
        "Il ne pourra pas être demandé. Une autre personne devra le débloquer.",
        "Versement bloqué.",
    ),
    "unblocked": partial(
        _with_reason,
        services.unblock,
        "Débloquer le versement?",
        "Débloquer le versement",
        "Il redeviendra dû.",
        "Versement débloqué. Il peut être demandé.",
    ),
    "requested": partial(
        _simple,
        services.request,
        "Demander le versement?",
        "Demander le versement",
        "Une autre personne devra l’approuver. Aucune somme n’est inscrite au grand livre avant le versement.",
        "Versement demandé. Une autre personne doit maintenant l’approuver.",
    ),
    "approved": _approve,
    "refused": partial(
        _with_reason,
        services.refuse,
        "Refuser le versement?",
        "Refuser le versement",
        "Il redeviendra dû, avec votre motif.",
        "Versement refusé. Il peut être demandé de nouveau.",
    ),
    "paid": _pay,
    "returned": _record_return,
    "reopened": partial(
        _simple,
        services.reopen,
        "Remettre le versement à verser?",
        "Remettre à verser",
        "Il devra être demandé et approuvé de nouveau.",
        "Versement dû. Il peut être demandé.",
    ),
    "cancelled": partial(
        _with_reason,
        services.cancel,
        "Annuler le versement?",
        "Annuler le versement",
        "Il n’aura pas lieu. La somme reste engagée pour le projet tant que personne ne la désengage.",
        "Versement annulé.",
    ),
}

_DONE = {"approved": "approuvé", "paid": "inscrit comme versé", "requested": "demandé"}


def explain(request: HttpRequest, row: Instalment, name: str):
    """Say a refusal in full: who may approve (E55), who did it already (E56)."""

    def told(refused: MoveRefused) -> str:
        if refused.verdict.code == "E55":
            return four_eyes_text(row.alliance_id, request.access.person.pk)
        now = Instalment.objects.get(alliance_id=row.alliance_id, pk=row.pk)
        if refused.verdict.code != "E69" or now.state != INSTALMENT.moves[name].target or name not in _DONE:
            return refused.verdict.why
        who, when = {
            "approved": (now.approved_by_id, now.approved_at),
            "paid": (now.paid_by_id, now.state_since),
            "requested": (now.requested_by_id, now.requested_at),
        }[name]
        return already_text(f"{_DONE[name]} ce versement", _who(who), when)

    return told
