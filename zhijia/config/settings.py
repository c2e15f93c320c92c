"""Settings of the house, one file for every installation: the environment in, nothing else computed.

Rooms read `django.conf.settings`, never this module. Variables: ZHIJIA_HOME, DATABASE_URL, ZHIJIA_SECRET_KEY,
ZHIJIA_DEBUG, ZHIJIA_HTTPS, ZHIJIA_TLS, ZHIJIA_HOSTS, ZHIJIA_ORIGINS, ZHIJIA_PROXIES, ZHIJIA_LOG_LEVEL,
ZHIJIA_JOBS_AT_ONCE; for logins ZHIJIA_MLPS with single figures, and the outside providers (docs/operate.md).
"""

import os

from zhijia.config.environment import data_folder, database, env_bool, env_int, env_list, env_secret
from zhijia.config.logins import login_rules, mlps, outside, proxies

ZHIJIA_HOME = data_folder()
SECRET_KEY = env_secret("ZHIJIA_SECRET_KEY", ZHIJIA_HOME / "keys" / "django.key")
DEBUG = env_bool("ZHIJIA_DEBUG", False)
TLS = env_bool("ZHIJIA_TLS", False)  # set by `serve --https`: the server itself holds the certificate
HTTPS = env_bool("ZHIJIA_HTTPS", TLS)
ALLOWED_HOSTS = env_list("ZHIJIA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("ZHIJIA_ORIGINS", "")

# The rooms that exist, lowest floor first. To add one: write its name in its place (the floors are in pyproject.toml).
ROOMS: tuple[str, ...] = (
    "core",
    "accounts",
    "unions",
    "documents",
    "standards",
    "members",
    "notices",
    "plans",
    "inquiries",
    "funds",
    "activities",
    "care",
    "benefits",
    "learning",
    "voice",
    "elections",
    "reports",
    "shell",
)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    # The login library: only its providers are used, its tables stay empty (docs/adr/0010-login.md).
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "allauth.socialaccount.providers.weixin",
    "allauth.socialaccount.providers.openid_connect",
    *(f"zhijia.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhijia.shell.middleware.AccessMiddleware",
    "zhijia.shell.drafts.DraftMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# Where the hallway shows a fact with its records, and a record: rooms link there without knowing the hallway.
FACT_URL = "/facts/{key}/"
RECORD_URL = "/records/{room}/{kind}/{uid}/"
DEEMED_URL = "/members/deemed/{uid}/"
INVITE_URL = "/invitations/"
# How the hallway puts the verb of an audit line into words: rooms show deeds without knowing each other's.
DEED_WORDS = "zhijia.shell.deeds.verbs.words"
# The longest time, in days, for which a visiting auditor may read (members.visiting).
VISIT_DAYS = int(os.environ.get("ZHIJIA_VISIT_DAYS", "") or 90)
# Where the password is asked for again (core.guards.fresh).
CONFIRM_URL = "/me/confirm/"
CSRF_FAILURE_VIEW = "zhijia.shell.views.errors.stale_form"
ROOT_URLCONF = "zhijia.config.urls"
WSGI_APPLICATION = "zhijia.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhijia.shell.hallway.context",
            ]
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "").strip(), ZHIJIA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Long work waits in the database for the worker that `serve` starts; with ZHIJIA_JOBS_AT_ONCE=1 pages do it themselves.
JOBS_AT_ONCE = env_bool("ZHIJIA_JOBS_AT_ONCE", False)
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if JOBS_AT_ONCE
        else "django_tasks_db.DatabaseBackend"
    }
}

AUTH_USER_MODEL = "accounts.User"
# Length and kinds are asked for by accounts.rules.
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"}]
# Protection level 2 or 3 (等保), and the figures of its rules that are set differently here (accounts.rules).
MLPS, LOGIN_RULES = mlps(), login_rules()
SOCIALACCOUNT_PROVIDERS, OUTSIDE = outside()
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_USER_MODEL_EMAIL_FIELD = "username", None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"username"}, ["username*", "password1*"]
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# The proxy that holds the certificate says how it was asked; without HTTPS nobody is believed.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and not TLS else None
# Proxies that say for whom they ask: attempts are counted by address, and behind a proxy all would share one.
PROXIES = proxies()
SECURE_HSTS_SECONDS = env_int("ZHIJIA_HSTS_SECONDS", 0)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# In the session, not in a cookie: a sentence may name a record.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
# Files are few and come with the package: they are served as they lie, without a collecting step.
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "zhijia.config.logs.WithoutValues",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHIJIA_LOG_LEVEL", "WARNING").upper()},
    # Django's own handlers mail whole requests and print query strings: both may hold personal data.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        # These tell of every start and end, and of failures with all values: the job's row and errors.log say it.
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
    },
}
