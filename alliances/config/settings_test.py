"""Settings of the tests: the real ones, in demonstration mode, with a fast hash and mail in memory."""

import os

os.environ.setdefault("PORTAL_MODE", "demo")
os.environ.setdefault("SECRET_KEY", "tests-only-" + "0" * 40)

from alliances.config.settings import *  # noqa: E402, F403
from alliances.config.settings import DATABASES, STORAGES

DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME") or f"test_{DATABASES['default']['NAME']}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Static files straight from their folders: nothing is collected for the tests.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# Long: inside a test's transaction, the thread that keeps the lease would not see the job.
JOB_LEASE_SECONDS = 600
