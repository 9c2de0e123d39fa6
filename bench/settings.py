"""The portal’s own settings, with three empty pages more: the floor that each page is compared with."""

from alliances.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
