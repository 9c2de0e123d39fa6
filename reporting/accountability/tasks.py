"""Registers the annual report among the kinds of jobs."""

from alliances.jobs.registry import does
from reporting.accountability.services import KIND, produce

does(KIND)(produce)
