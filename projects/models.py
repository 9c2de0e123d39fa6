"""The models of this package's rooms."""

from projects.awards.models import Award
from projects.followup.models import Instalment
from projects.register.models import (
    BudgetLine,
    Contribution,
    ExpectedResult,
    ExpenseCategory,
    NumberSeries,
    Project,
    ProjectPriority,
    ProjectTarget,
    ProjectTerritory,
)
from projects.register.tallies import ProjectDay, ProjectTally

__all__ = [
    "Award",
    "BudgetLine",
    "Contribution",
    "ExpectedResult",
    "ExpenseCategory",
    "Instalment",
    "NumberSeries",
    "Project",
    "ProjectDay",
    "ProjectPriority",
    "ProjectTally",
    "ProjectTarget",
    "ProjectTerritory",
]
