"""All settings, by environment. The table of variables is in docs/exploitation.md; a test keeps the two together."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from alliances.config import environment as env
from alliances.look import csp

BASE_DIR = Path(__file__).resolve().parents[2]

PORTAL_MODE = env.choice("PORTAL_MODE", ("production", "demo"), "production")
DEMO = PORTAL_MODE == "demo"
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
if not DEMO and len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY must have at least 40 characters in production.")

PORTAL_URL = env.text("PORTAL_URL", "http://localhost:8000" if DEMO else None).rstrip("/")
ALLOWED_HOSTS = env.several("ALLOWED_HOSTS", "localhost,127.0.0.1" if DEMO else urlsplit(PORTAL_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
PORTAL_NAME = "Portail des Alliances"
PORTAL_THEME = env.choice("PORTAL_THEME", ("neutre", "quebec"), "neutre")
PORTAL_CONTACT = env.text("PORTAL_CONTACT", "portail@alliances.demo.test" if DEMO else None)
# Empty when PDFs can be made; else the reason in French, which a failed job repeats.
PORTAL_PDF_OFF = env.text("PORTAL_PDF_OFF", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "alliances.apps.AlliancesConfig",
    "regions.apps.RegionsConfig",
    "projects.apps.ProjectsConfig",
    "reporting.apps.ReportingConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "alliances.look.middleware.CleanInput",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alliances.people.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "alliances.config.urls"
WSGI_APPLICATION = "alliances.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alliances.look.context.portal",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "alliances.templatetags.portal",
            ],
        },
    }
]
COTTON_DIR = "cotton"

# One address per login: the web may enter no upkeep, the worker may; only release jobs know the owner's password.
PORTAL_PROCESS = env.choice("PORTAL_PROCESS", ("web", "worker", "owner"), "web")
DATABASE_OWNER = env.database("DATABASE_OWNER_URL", required=PORTAL_PROCESS == "owner")
_login = {"web": "DATABASE_URL", "worker": "DATABASE_WORKER_URL", "owner": "DATABASE_OWNER_URL"}[PORTAL_PROCESS]
DATABASES = {
    "default": {
        **env.database(_login),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL", 8), "timeout": 10},
            "application_name": f"portal-{PORTAL_PROCESS}",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

# --- people ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "alliances.User"
AUTHENTICATION_BACKENDS = [
    "alliances.people.backends.PortalBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: nobody anonymous ever holds a permission
GUARDIAN_MONKEY_PATCH_USER = False
PASSWORD_HASHERS = ["alliances.people.hashers.PortalArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
MFA_REQUIRED = env.switch("MFA_REQUIRED", default=not DEMO)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:arrival"
ACCOUNT_ADAPTER = "alliances.people.adapter.AccountAdapter"
MFA_ADAPTER = "alliances.people.adapter.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address without an account gets no mail
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change of password, address or second factor is told to its person
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}  # the rest as allauth has it
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 3600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PORTAL_URL.startswith("http://localhost")
MFA_TOTP_ISSUER = PORTAL_NAME
USERSESSIONS_TRACK_ACTIVITY = False
# How many proxies of ours stand in front: allauth counts tries per address behind exactly that many.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
INVITATION_HOURS = 72
# The territories of an alliance, for its team page; in a higher package, so named here.
PEOPLE_TERRITORIES = "regions.territory.book.TerritoryBook"

# --- security ----------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = csp.CONTENT_SECURITY_POLICY
SECURE_TRANSPORT = PORTAL_URL.startswith("https://")
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TRANSPORT
SESSION_COOKIE_NAME = "__Host-session" if SECURE_TRANSPORT else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_TRANSPORT else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alliances.look.errors.page_expired"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_TRANSPORT
SECURE_SSL_REDIRECT = SECURE_TRANSPORT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- language ----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr-ca"
LANGUAGES = [("fr-ca", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "America/Toronto"

# --- static files, stored files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
VAR_DIR = Path(env.text("PORTAL_VAR", str(BASE_DIR / "var")))
STATIC_ROOT = VAR_DIR / "static"
PORTAL_FILES = Path(env.text("PORTAL_FILES", str(VAR_DIR / "files")))
_bucket = env.text("STORAGE_BUCKET", "")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": _bucket,
                "endpoint_url": env.text("STORAGE_ENDPOINT", "") or None,
                "access_key": env.text("STORAGE_KEY", ""),
                "secret_key": env.text("STORAGE_SECRET", ""),
                "default_acl": "private",
                "file_overwrite": False,
            },
        }
        if _bucket
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": PORTAL_FILES, "base_url": None},
        }
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_DAYS = 30  # how long « Mes fichiers » keeps an export or a report

# --- mail --------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "alliances.notices.backends.DemoOutbox" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.switch("EMAIL_USE_TLS", default=not DEMO)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", PORTAL_CONTACT)

# --- jobs --------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_TASK_QUEUES = [Queue("portal")]
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "alliances.jobs.heartbeat", "schedule": 10.0, "options": {"expires": 10}},
    "sweep-jobs": {"task": "alliances.jobs.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "send-notices": {"task": "alliances.notices.send", "schedule": 10.0, "options": {"expires": 10}},
    "keep-house": {"task": "alliances.jobs.keep_house", "schedule": 600.0, "options": {"expires": 600}},
}
JOB_LEASE_SECONDS = 30

# --- logs --------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
