"""What is asked before each move of a project: the question with its figures, what it takes, and the move itself."""

from functools import partial

from django.http import HttpRequest

from alliances.look import formats
from alliances.look.confirmation import NothingToFill, Question
from projects.awards.finding import crumbs_of, page_of
from projects.awards.forms import ReasonForm
from projects.dossier import services
from projects.dossier.forms import SignedForm
from projects.register.models import Project


def _question(request: HttpRequest, project: Project, title: str, button: str, *lines: str, danger=False) -> Question:
    return Question(title, button, page_of(request, project.pk), lines, danger, crumbs_of(request, project))


def _simple(service, title: str, button: str, line: str, done: str, request: HttpRequest, project: Project):
    def act(given: dict) -> str:
        service(actor=request.access.actor, project=project)
        return done

    form = NothingToFill(request.POST if request.method == "POST" else None)
    return _question(request, project, title, button, line), form, act


def _sign(request: HttpRequest, project: Project):
    line = "Le projet sera en cours et ses versements pourront être demandés."

    def act(given: dict) -> str:
        services.start(actor=request.access.actor, project=project, signed_on=given["signed_on"])
        return "Entente signée. Le projet est en cours."

    question = _question(request, project, "Inscrire l’entente signée?", "Inscrire l’entente signée", line)
    return question, SignedForm(request.POST or None), act


def _suspend(request: HttpRequest, project: Project):
    line = "Aucun versement ne sera possible avant la reprise. L’argent engagé le reste."

    def act(given: dict) -> str:
        services.suspend(actor=request.access.actor, project=project, reason=given["reason"])
        return "Projet suspendu. Aucun versement n’est possible."

    return _question(request, project, "Suspendre le projet?", "Suspendre le projet", line), _reason(request), act


def _cancel(request: HttpRequest, project: Project):
    unpaid, back = services.to_pay(project), formats.money(project.committed)
    lines = [f"{back} seront désengagés et reviendront à leur branche."]
    if unpaid:
        lines.append(f"Les versements non faits, {formats.money(unpaid)} en tout, seront annulés.")
    if project.paid:
        lines.append(f"Les {formats.money(project.paid)} déjà versés restent au grand livre.")
    lines.append("Cette action est définitive.")

    def act(given: dict) -> str:
        services.cancel(actor=request.access.actor, project=project, reason=given["reason"])
        return f"Projet annulé. {back} désengagés."

    question = _question(request, project, "Annuler le projet?", "Annuler le projet", *lines, danger=True)
    return question, _reason(request), act


def _release(request: HttpRequest, project: Project):
    free = project.committed - services.to_pay(project)
    amount = formats.money(max(free, 0))
    lines = (
        f"{amount} engagés, qu’aucun versement ne promet, reviendront à leur branche.",
        f"« Engagé » passera de {formats.money(project.engaged)} à {formats.money(project.engaged - max(free, 0))}.",
    )

    def act(given: dict) -> str:
        released = services.release(actor=request.access.actor, project=project, reason=given["reason"])
        return f"{formats.money(released)} désengagés."

    question = _question(request, project, f"Désengager {amount}?", f"Désengager {amount}", *lines)
    return question, _reason(request), act


def _reason(request: HttpRequest) -> ReasonForm:
    return ReasonForm(request.POST or None)


QUESTIONS = {
    "prepared": partial(
        _simple,
        services.prepare,
        "Mettre l’entente à signer?",
        "Mettre l’entente à signer",
        "L’organisme et l’alliance pourront la signer. Aucun versement avant la signature.",
        "Entente à signer.",
    ),
    "started": _sign,
    "suspended": _suspend,
    "resumed": partial(
        _simple,
        services.resume,
        "Reprendre le projet?",
        "Reprendre le projet",
        "Ses versements pourront de nouveau être demandés.",
        "Projet repris.",
    ),
    "completed": partial(
        _simple,
        services.complete,
        "Terminer le projet?",
        "Terminer le projet",
        "Les activités sont finies. Les derniers versements restent possibles jusqu’à la fermeture du dossier.",
        "Projet terminé. Il reste à régler le solde, puis à fermer le dossier.",
    ),
    "closed": partial(
        _simple,
        services.close,
        "Fermer le dossier?",
        "Fermer le dossier",
        "Tout est réglé. Le dossier ne changera plus; les pièces justificatives sont à conserver 7 ans.",
        "Dossier fermé.",
    ),
    "cancelled": _cancel,
    "release": _release,
}
