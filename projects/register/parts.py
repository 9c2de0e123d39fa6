"""Writing the parts of a project: only what differs. Contributions keep their rows, because other rooms follow them."""

from projects.register.content import ContributionRow, ProjectContent
from projects.register.models import (
    BudgetLine,
    Contribution,
    ExpectedResult,
    Project,
    ProjectPriority,
    ProjectTarget,
    ProjectTerritory,
)

_ALL = (ProjectTerritory, ProjectPriority, ProjectTarget, BudgetLine, Contribution, ExpectedResult)
_WRITTEN = ("partner", "kind", "form", "state", "amount", "effective_on")


def write_parts(project: Project, before: ProjectContent | None, content: ProjectContent) -> None:
    """Replace each part that is not as it was; `before` is None for a new project."""
    changed = None if before is None else set(before.differences(content))
    for name, write in _WRITERS.items():
        if changed is None or name in changed:
            write(project, content)
    if changed is None or "contributions" in changed:
        _contributions(project, before.contributions if before else (), content.contributions)


def delete_parts(project: Project) -> None:
    for model in _ALL:
        _emptied(model, project)


def _emptied(model, project: Project) -> dict:
    """Delete the part's rows and give what every new row starts with."""
    rows = model.objects.filter(alliance_id=project.alliance_id, project_id=project.pk)
    rows._raw_delete(rows.db)
    return {"alliance_id": project.alliance_id, "project_id": project.pk}


def _territories(project: Project, content: ProjectContent) -> None:
    owned = _emptied(ProjectTerritory, project)
    ProjectTerritory.objects.bulk_create(
        ProjectTerritory(**owned, territory_id=pk, share=share) for pk, share in content.territories
    )


def _priorities(project: Project, content: ProjectContent) -> None:
    owned = _emptied(ProjectPriority, project)
    ProjectPriority.objects.bulk_create(
        ProjectPriority(**owned, priority_id=pk, rank=rank) for rank, pk in enumerate(content.priorities)
    )


def _targets(project: Project, content: ProjectContent) -> None:
    owned = _emptied(ProjectTarget, project)
    ProjectTarget.objects.bulk_create(ProjectTarget(**owned, target_group_id=pk) for pk in content.targets)


def _budget(project: Project, content: ProjectContent) -> None:
    owned = _emptied(BudgetLine, project)
    BudgetLine.objects.bulk_create(BudgetLine(**owned, category_id=pk, amount=amount) for pk, amount in content.budget)


def _results(project: Project, content: ProjectContent) -> None:
    owned = _emptied(ExpectedResult, project)
    ExpectedResult.objects.bulk_create(
        ExpectedResult(**owned, label=label, target=target, rank=rank)
        for rank, (label, target) in enumerate(content.results)
    )


_WRITERS = {
    "territories": _territories,
    "priorities": _priorities,
    "targets": _targets,
    "budget": _budget,
    "results": _results,
}


def _contributions(project: Project, before: tuple[ContributionRow, ...], after: tuple[ContributionRow, ...]) -> None:
    mine = Contribution.objects.filter(alliance_id=project.alliance_id, project_id=project.pk)
    known = {row.pk: row for row in before}
    kept = {row.pk for row in after if row.pk in known}
    if gone := set(known) - kept:
        rows = mine.filter(pk__in=gone)
        rows._raw_delete(rows.db)
    fresh = []
    for row in after:
        values = {name: getattr(row, name) for name in _WRITTEN}
        if row.pk not in known:
            fresh.append(Contribution(alliance_id=project.alliance_id, project_id=project.pk, **values))
        elif row != known[row.pk]:
            mine.filter(pk=row.pk).update(**values)
    Contribution.objects.bulk_create(fresh)
