"""The whole form of a project: its sections, what is asked without saving, what is compared with another's version."""

from datetime import date
from decimal import Decimal

from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone

from alliances.look import formats, parsing
from projects.register.content import SECTIONS, ProjectContent
from projects.register.forms import (
    BudgetForm,
    ContributionRows,
    ProjectForm,
    PromoterForm,
    ResultRows,
    TerritoriesForm,
    equal_shares,
)
from projects.register.models import Project
from projects.register.policies import frozen_fields
from regions.models import Agreement, Territory

# Agreements under which a project can be entered: those that were signed, whether they still run or not.
SIGNED = ("signed", "active", "extended", "closing", "closed")
# Buttons that ask for the page again, without saving: a row more, organisations found, shares, figures.
ASKING = ("find", "split", "refresh", "contributions-add", "results-add")
_KEYS = {
    "organisation": ("words", "organisation", "new_"),
    "territories": ("territory", "part-"),
    "priorities": ("priority", "more_priorities"),
    "targets": ("target_groups",),
    "budget": ("budget-",),
    "contributions": ("contributions-",),
    "results": ("results-",),
}


def keys_of(section: str, data: QueryDict) -> list[str]:
    """Names of the posted values that belong to one section."""
    wanted = _KEYS.get(section, (section,))
    return [key for key in data if any(key == name or (name[-1] in "-_" and key.startswith(name)) for name in wanted)]


def as_data(content: ProjectContent) -> QueryDict:
    """What a form would post to say `content`."""
    data = QueryDict(mutable=True)
    data["organisation"] = str(content.organisation)
    for name in ("title", "summary", "nature"):
        data[name] = getattr(content, name)
    data["starts_on"], data["ends_on"] = content.starts_on.isoformat(), content.ends_on.isoformat()
    data["agreement"] = str(content.agreement)
    data["fund_amount"] = formats.amount(content.fund_amount)
    for pk, share in content.territories:
        data.appendlist("territory", str(pk))
        data[f"part-{pk}"] = formats.number(share, 2)
    data["priority"] = str(content.priorities[0]) if content.priorities else ""
    data.setlist("more_priorities", [str(pk) for pk in content.priorities[1:]])
    data.setlist("target_groups", [str(pk) for pk in content.targets])
    for pk, amount in content.budget:
        data[f"budget-{pk}"] = formats.amount(amount)
    _rows(data, "contributions", [_contribution(row) for row in content.contributions])
    _rows(data, "results", [{"label": label, "target": formats.count(target)} for label, target in content.results])
    return data


def _contribution(row) -> dict[str, str]:
    return {
        "pk": str(row.pk or ""),
        "partner": row.partner,
        "kind": row.kind,
        "form": row.form,
        "state": row.state,
        "amount": formats.amount(row.amount),
        "effective_on": row.effective_on.isoformat(),
    }


def _rows(data: QueryDict, prefix: str, rows: list[dict[str, str]]) -> None:
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    data[f"{prefix}-TOTAL_FORMS"] = str(max(len(rows), 1))
    for index, row in enumerate(rows):
        for name, value in row.items():
            data[f"{prefix}-{index}-{name}"] = value


def blank(promoter: int | None = None) -> QueryDict:
    data = QueryDict(mutable=True)
    data["nature"] = "intervention"
    data["organisation"] = str(promoter or "")
    _rows(data, "contributions", [])
    _rows(data, "results", [])
    return data


class ProjectEntry:
    """Always built from posted values; `quiet` shows them without judging them."""

    def __init__(self, alliance_id: int, data: QueryDict, *, project: Project | None = None, quiet: bool = False):
        self.project, self.data, self.frozen = project, data, frozen_fields(project)
        day = self._start(data)
        self.quiet = quiet
        agreements = (
            Agreement.objects.filter(alliance_id=alliance_id, state__in=SIGNED, starts_on__lte=day, ends_on__gte=day)
            .select_related("cycle")
            .order_by("starts_on")
        )
        self.main = ProjectForm(data, agreements=agreements, frozen=self.frozen)
        self.promoter = None
        if "organisation" not in self.frozen:
            self.promoter = PromoterForm(data, current=project.organisation if project else None)
        self.territories = TerritoriesForm(data, offered=Territory.objects.of_alliance(alliance_id, day))
        self.budget = BudgetForm(data)
        self.contributions = ContributionRows(data, prefix="contributions")
        self.results = ResultRows(data, prefix="results")
        self.forms = [form for form in (self.promoter, self.main, self.territories, self.budget) if form is not None]
        self.rows = [self.contributions, self.results]
        if quiet:
            self._hush()

    @staticmethod
    def _start(data: QueryDict) -> date:
        try:
            return parsing.day(str(data.get("starts_on") or ""))
        except parsing.Refused:
            return timezone.localdate()

    def _hush(self) -> None:
        for form in [*self.forms, *(form for rows in self.rows if rows.is_valid() is not None for form in rows.forms)]:
            form._errors = ErrorDict()
            form.cleaned_data = {}
        for rows in self.rows:
            rows._errors, rows._non_form_errors = [ErrorDict() for _ in rows.forms], rows.error_class()

    def is_valid(self) -> bool:
        # Every section is judged: the summary lists all that is to be corrected, at once.
        return all([form.is_valid() for form in self.forms] + [rows.is_valid() for rows in self.rows])

    def error_lines(self) -> list:
        if self.quiet:
            return []
        return [line for part in (*self.forms, *self.rows) for line in part.error_lines()]

    def content(self) -> ProjectContent:
        """What was entered; frozen fields as they are stored."""
        found, project = self.main.cleaned_data, self.project
        return ProjectContent(
            organisation=self.promoter.wanted() if self.promoter else project.organisation_id,
            agreement=found["agreement"].pk if "agreement" in found else project.agreement_id,
            title=found["title"],
            summary=found["summary"],
            starts_on=found["starts_on"],
            ends_on=found["ends_on"],
            nature=found["nature"],
            fund_amount=found.get("fund_amount") or project.fund_amount,
            territories=self.territories.cleaned_data["shares"],
            priorities=self.main.priorities(),
            targets=self.main.targets(),
            budget=self.budget.budget(),
            contributions=tuple(form.row() for form in self._kept(self.contributions)),
            results=tuple(
                (form.cleaned_data["label"], form.cleaned_data["target"]) for form in self._kept(self.results)
            ),
        )

    @staticmethod
    def _kept(rows):
        deleted = set(map(id, rows.deleted_forms))
        return [form for form in rows.forms if form.has_changed() and id(form) not in deleted]

    # --- figures, whatever is readable of what is typed ---

    def sums(self) -> dict:
        """Expenses, income and their difference; the fund's part of the income in percent, None without any income."""
        expenses = sum((self._amount(f"budget-{pk}") for pk in self.budget.categories), Decimal(0))
        partners = sum(
            (self._amount(f"contributions-{index}-amount") for index in range(len(self.contributions.forms))),
            Decimal(0),
        )
        fund = self.project.fund_amount if "fund_amount" in self.frozen else self._amount("fund_amount")
        income = fund + partners
        return {
            "expenses": expenses,
            "fund": fund,
            "partners": partners,
            "income": income,
            "gap": abs(expenses - income),
            "balanced": expenses == income,
            "rate": fund * 100 / income if income else None,
            "shares": sum((self._share(pk) for pk in self.territories.chosen), Decimal(0)),
        }

    def _amount(self, name: str) -> Decimal:
        if self.data.get(name.rpartition("-")[0] + "-DELETE"):
            return Decimal(0)
        try:
            return parsing.money(str(self.data.get(name) or ""))
        except parsing.Refused:
            return Decimal(0)

    def _share(self, pk: int) -> Decimal:
        try:
            return parsing.percent(str(self.data.get(f"part-{pk}") or ""))
        except parsing.Refused:
            return Decimal(0)


def asked(alliance_id: int, data: QueryDict, project: Project | None) -> ProjectEntry:
    """The same page again, as one of the ASKING buttons wants it: nothing judged, nothing saved."""
    data = data.copy()
    for prefix in ("contributions", "results"):
        if f"{prefix}-add" in data:
            total = data.get(f"{prefix}-TOTAL_FORMS", "0")
            data[f"{prefix}-TOTAL_FORMS"] = str(
                int(total) + 1 if total.isascii() and total.isdigit() and len(total) < 4 else 1
            )
    if "split" in data:
        entry = ProjectEntry(alliance_id, data, project=project, quiet=True)
        for pk, share in equal_shares(entry.territories.chosen).items():
            data[f"part-{pk}"] = formats.number(share, 2)
    for name in ASKING:
        data.pop(name, None)
    return ProjectEntry(alliance_id, data, project=project, quiet=True)


def is_asking(data: QueryDict) -> bool:
    return any(name in data for name in ASKING)


def marks(content: ProjectContent) -> str:
    """What each section was when the page was opened, to know later who changed what."""
    return " ".join(f"{name}:{content.digest(name)}" for name in SECTIONS)
