"""Jobs and files in the ministry's space."""

from alliances.files.urls import ministry as files
from alliances.jobs.urls import ministry as jobs

urlpatterns = [*jobs, *files]
