"""Settings of the worker that a test kills: its lease need not last half a minute."""

from alliances.config.settings_test import *  # noqa: F403

JOB_LEASE_SECONDS = 6
