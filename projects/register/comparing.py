"""Two people changed the same project: which sections differ, how each version reads, and the mix that is chosen."""

from dataclasses import dataclass

from django.http import QueryDict

from alliances.look import formats
from projects.register.content import SECTIONS, NewOrganisation, ProjectContent
from projects.register.entry import as_data, keys_of
from projects.register.enums import ContributionForm, ContributionState, Nature, PartnerKind
from projects.register.models import ExpenseCategory
from regions.models import Agreement, Priority, TargetGroup, Territory

LABELS = {
    "organisation": "Organisme promoteur",
    "title": "Titre du projet",
    "summary": "Résumé public",
    "starts_on": "Début",
    "ends_on": "Fin",
    "nature": "Nature de l’initiative",
    "agreement": "Entente",
    "fund_amount": "Montant demandé au FQIS",
    "territories": "Territoires",
    "priorities": "Priorités",
    "targets": "Personnes visées",
    "budget": "Dépenses",
    "contributions": "Contributions des partenaires",
    "results": "Résultats attendus",
}
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Difference:
    """One section that the two versions write differently; `choice` is proposed when only one of them changed it."""

    section: str
    label: str
    theirs: list[str]
    mine: list[str]
    choice: str


def _lines(content: ProjectContent, section: str) -> list[str]:
    value = getattr(content, section)
    if section == "organisation":
        if isinstance(value, NewOrganisation):
            return [f"{value.name} (nouveau)"]
        return [content.promoter.name if content.promoter else ""]
    if section == "agreement":
        return list(Agreement.objects.filter(pk=value).values_list("number", flat=True))
    if section == "nature":
        return [str(Nature(value).label)]
    if section in {"starts_on", "ends_on"}:
        return [formats.day(value)]
    if section == "fund_amount":
        return [formats.money(value)]
    return _part_lines(value, section) if section not in {"title", "summary"} else [value]


def _part_lines(value: tuple, section: str) -> list[str]:
    if section == "contributions":
        return [
            f"{row.partner} ({PartnerKind(row.kind).label}), {ContributionForm(row.form).label.lower()}, "
            f"{ContributionState(row.state).label.lower()} : {formats.money(row.amount)}, "
            f"{formats.iso(row.effective_on)}"
            for row in value
        ]
    if section == "results":
        return [f"{label} : {formats.count(target)}" for label, target in value]
    model = {
        "territories": Territory,
        "priorities": Priority,
        "targets": TargetGroup,
        "budget": ExpenseCategory,
    }[section]
    names = dict(model.objects.values_list("pk", "name"))
    if section == "territories":
        return [f"{names[pk]} : {formats.percent(share, 2)}" for pk, share in value]
    if section == "budget":
        return [f"{names[pk]} : {formats.money(amount)}" for pk, amount in value]
    return [names[pk] for pk in value]


def differences(theirs: ProjectContent, mine: ProjectContent, opened: str) -> list[Difference]:
    """What to choose between. `opened`: marks of the sections when my page was opened."""
    before = dict(mark.split(":", 1) for mark in opened[:2000].split() if ":" in mark)
    found = []
    for section in mine.differences(theirs):
        choice = ""
        if before.get(section) == theirs.digest(section):
            choice = MINE
        elif before.get(section) == mine.digest(section):
            choice = THEIRS
        found.append(Difference(section, LABELS[section], _lines(theirs, section), _lines(mine, section), choice))
    return found


def undecided(data: QueryDict) -> list[str]:
    """Labels of the sections for which nobody said yet which version to keep."""
    return [
        LABELS[section]
        for section in data.getlist("differs")
        if section in LABELS and data.get(f"keep-{section}") not in {MINE, THEIRS}
    ]


def mixed(data: QueryDict, theirs: ProjectContent) -> QueryDict:
    """My values, with the sections for which theirs were chosen (keep-<section>=theirs)."""
    stored, out = as_data(theirs), data.copy()
    for section in SECTIONS:
        if data.get(f"keep-{section}") == THEIRS:
            for key in keys_of(section, out):
                del out[key]
            for key in keys_of(section, stored):
                out.setlist(key, stored.getlist(key))
        out.pop(f"keep-{section}", None)
    out.pop("differs", None)
    return out
