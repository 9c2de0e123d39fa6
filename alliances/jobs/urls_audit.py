"""Jobs and files in the auditor's space."""

from alliances.files.urls import audit as files
from alliances.jobs.urls import audit as jobs

urlpatterns = [*jobs, *files]
