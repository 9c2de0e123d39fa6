"""The models of this package's rooms."""

from projects.awards.models import Award
from projects.followup.models import Instalment, InstalmentTally
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
from projects.register.tallies import ProjectDay, ProjectMonth, ProjectTally

__all__ = [
    "Award",
    "BudgetLine",
    "Contribution",
    "ExpectedResult",
    "ExpenseCategory",
    "Instalment",
    "InstalmentTally",
    "NumberSeries",
    "Project",
    "ProjectDay",
    "ProjectMonth",
    "ProjectPriority",
    "ProjectTally",
    "ProjectTarget",
    "ProjectTerritory",
]
