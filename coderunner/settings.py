"""The only settings file. Everything that differs between sites comes from the environment."""
# size: the only settings file

import os
import tomllib
from pathlib import Path

from coderunner import environment as env
from coderunner import logs, reporting
from coderunner.worker_policy import add_worker_policy
from runner.infrastructure.optimisations import ALL as ALL_OPTIMISATIONS
from runner.limits import Limits

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what this machine made: database, secret, collected files
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

DEBUG = env.boolean("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY", default_file=VAR_DIR / "secret_key")
PORT = env.integer("PORT", default=8000, minimum=1, maximum=65535)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
# Also the allow-list of WebSocket origins, in addition to the site's own.
CORS_ALLOWED_ORIGINS = env.origins("CORS_ALLOWED_ORIGINS")
# Below which path the site is served: empty, or for example /coderunner.
URL_PREFIX = env.url_prefix("URL_PREFIX")
FORCE_SCRIPT_NAME = URL_PREFIX or None
# Whose site it is, on every page and in mails.
SITE_NAME = env.site_name("SITE_NAME")
SITE_LOGO = env.logo("SITE_LOGO")
IMPRINT_URL, PRIVACY_URL = env.link("IMPRINT_URL"), env.link("PRIVACY_URL")

INSTALLED_APPS = [
    "accounts",
    "runner",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "channels",
    "corsheaders",
    "csp",
    "django_vite",
]

MIDDLEWARE = [
    "runner.infrastructure.http.any_host.AnyHost",
    "runner.infrastructure.http.any_host.ArtifactHost",
    "runner.infrastructure.http.after_response.AfterResponse",
    "runner.infrastructure.http.secret_paths.KeepSecretPaths",
    "django.middleware.security.SecurityMiddleware",
    "runner.infrastructure.http.permissions_policy.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "runner.infrastructure.http.permissions_policy.NotKept",
    "corsheaders.middleware.CorsMiddleware",
    "runner.infrastructure.server.sign_in_proof.SignInProof",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "runner.infrastructure.http.time_zone.TimeZone",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "runner.infrastructure.http.log_user.LogUser",
    "runner.infrastructure.http.throttle.Throttle",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sign_in.unsent_forms.UnsentForms",
    "accounts.sign_in.known_browsers.KnownBrowsers",
    "accounts.sign_in.required_steps.RequiredSteps",
    "accounts.sign_in.suspended_forms.SuspendedForms",
    "runner.infrastructure.http.content_policy.ContentPolicy",
]

ROOT_URLCONF = "coderunner.urls"
ASGI_APPLICATION = "coderunner.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.about_accounts",
                "runner.infrastructure.http.site.about_site",
            ]
        },
    }
]

# --- Storage ---------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
# PostgreSQL cancels longer statements. 0 disables this, for migrations of large tables.
STATEMENT_SECONDS = env.integer("STATEMENT_SECONDS", default=20, minimum=0, maximum=3600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several threads write: wait at BEGIN instead of failing in the middle of a transaction.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,  # seconds
        "options": f"-c statement_timeout={STATEMENT_SECONDS * 1000}",  # milliseconds
        # Detects a vanished host or network: idle after 11 s, with data in flight after 20 s.
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 20000,
    }

# What makes the product faster and can be turned off: see docs/performance.md.
OPTIMISATIONS = env.subset("OPTIMISATIONS", ALL_OPTIMISATIONS)

REDIS_URL = env.redis("REDIS_URL")
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "runner.infrastructure.channel_layer.PubSubLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # seconds
        }
    }
else:
    # Full queues drop messages; senders repeat them.
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels.layers.InMemoryChannelLayer",
            "CONFIG": {"capacity": 1000},
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # Counters of wrong passwords are here, and a full cache evicts some of them.
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

# Solved puzzles of visitors, which count once. Apart: a crowd of visitors evicts no other counters.
CACHES["visitors"] = (
    CACHES["default"]
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "visitors",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
)

# --- People ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
}
ACCOUNT_USERNAME_VALIDATORS = "accounts.adapter.username_validators"
ACCOUNT_CHANGE_EMAIL = True  # one address per account; a new one must be confirmed
# … and needs the password: by a link to it a forgotten password is replaced.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
# No form tells whether an address is known: an unconfirmed one may stand in several accounts.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# A class may sign in from one address within a minute; guessing one password stays slow. What each
# of the counters of wrong passwords is for: `accounts/sign_in/throttle.py`.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "signup": "100/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "login_failed_everywhere": "30/h/key",
    "login_failed_browser": "5/5m/key",
    "new_browser": "30/d/key",
    "code_failed": "50/d/key",  # of a second factor
    "signup_code": "100/5m/ip,1000/5m/key",
    "join_code": "20/5m/user,300/5m/ip",  # of a class: 40 bits
    "hand_in": "30/5m/user",
    "export": "20/5m/user",  # of a class
    "interview_test": "120/m/user",
    "room_guest": "60/m/ip",  # a school has one address
    "class_list": "20/5m/user",  # each makes up to 40 accounts
    "mail": "200/h/ip,10/h/key",  # that strangers cause, and that one address gets
    "oidc": "300/m/ip",  # each asks the provider
    "passkey": "120/m/ip",  # each makes a session
    "check_password": "3000/m/ip",  # while one types: about 20 for each new password
    "download_data": "5/h/user",
}
# Who may create an account: everybody, who knows the code, or nobody.
SIGNUP = env.choice("SIGNUP", ("open", "code", "closed"))
SIGNUP_CODE = env.secret("SIGNUP_CODE")
env.together(SIGNUP == "code", "SIGNUP=code", ("SIGNUP_CODE", SIGNUP_CODE))
# Without a mail server nothing is sent, and pages promise nothing: see `accounts/mail.py`.
MAIL = env.email("EMAIL_URL", DEBUG)
globals().update(MAIL)  # EMAIL_BACKEND, EMAIL_HOST …
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("DEFAULT_FROM_EMAIL", MAIL)
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A second factor; everybody may have one.
MFA_REQUIRED_FOR_STAFF = env.boolean("MFA_REQUIRED_FOR_STAFF", default=False)
MFA_ADAPTER = "accounts.sign_in.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address keeps nobody from an account of their own
MFA_TOTP_ISSUER = SITE_NAME or "Code Runner"
MFA_TOTP_TOLERANCE = 1  # codes of 30 s: clocks of phones differ
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "authenticate": "accounts.sign_in.second_factor.AuthenticateForm",
    "reauthenticate": "accounts.sign_in.second_factor.ReauthenticateForm",
    "activate_totp": "accounts.sign_in.second_factor.ActivateForm",
}
# Signing in with the account of a school, by OpenID Connect.
OIDC_ISSUER = env.issuer("OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.secret("OIDC_CLIENT_SECRET") if OIDC_ISSUER else ""
OIDC_NAME = env.text("OIDC_NAME", "OpenID Connect")
OIDC_STAFF_CLAIM = env.claim("OIDC_STAFF_CLAIM")  # None: no claim makes anybody an instructor
OIDC_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM", "groups")  # whose names classes may have
env.together(
    OIDC_ISSUER,
    "OIDC_ISSUER",
    ("OIDC_CLIENT_ID", OIDC_CLIENT_ID),
    ("OIDC_CLIENT_SECRET", OIDC_CLIENT_SECRET),
)
SOCIALACCOUNT_ADAPTER = "accounts.oidc.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.oidc.SocialSignupForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # no address makes two accounts one
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # connecting one needs the password
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "school",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
HTTPS = env.boolean("HTTPS", default=False)  # a TLS proxy in front sets X-Forwarded-Proto
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = env.cookie_names(HTTPS, URL_PREFIX)
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{URL_PREFIX}/"
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, minimum=0, maximum=10)  # in front
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Browsers then insist on TLS for this long: the host name cannot go back to plain HTTP.
HSTS_DAYS = env.integer("HSTS_DAYS", default=180, minimum=0, maximum=3650)
SECURE_HSTS_SECONDS = HSTS_DAYS * 24 * 3600 if HTTPS else 0
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Front end, and policies for browsers ----------------------------------------------------
STATIC_URL = f"{URL_PREFIX}/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
VITE_MANIFEST = BASE_DIR / "static" / "dist" / ".vite" / "manifest.json"
# `make dev`: pages are opened through Vite's dev server, so the policy below holds there, too.
VITE_DEV_SERVER = env.vite_dev_server("VITE_DEV_SERVER", DEBUG)
DJANGO_VITE = {"default": {"manifest_path": VITE_MANIFEST} | VITE_DEV_SERVER}
# Object storage for data files; without a bucket they are in the database.
DATA_BUCKET, DATA_ENDPOINT = env.text("DATA_BUCKET"), env.text("DATA_ENDPOINT")
DATA_REGION = env.text("DATA_REGION")
DATA_KEYS = env.text("DATA_ACCESS_KEY"), env.secret("DATA_SECRET_KEY") if DATA_BUCKET else ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # `collectstatic` writes Brotli and gzip versions beside each file.
    "staticfiles": {"BACKEND": "coderunner.compressed_files.CachedStaticFilesStorage"},
    **env.data_storage(DATA_BUCKET, DATA_ENDPOINT, DATA_REGION, DATA_KEYS),
}
WHITENOISE_MAX_AGE = 3600
# Browsers ask for some names at the root, whatever pages say: favicon.ico, robots.txt …
WHITENOISE_ROOT = BASE_DIR / "static" / "dist" / "root"
# Vite names these files by their content, so they never change.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/static/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_ADD_HEADERS_FUNCTION = add_worker_policy
CORS_ALLOW_CREDENTIALS = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Sites that may frame shared snippets, if the owner allows it. Nothing else may be framed.
EMBED_ALLOWED_ORIGINS = env.origins("EMBED_ALLOWED_ORIGINS")
# Where the browser gets what programs have shown: a host of its own, to which it sends no cookies.
# Without one such content has an opaque origin, by its policy.
ARTIFACT_ORIGIN = env.origin("ARTIFACT_ORIGIN")
ALLOWED_HOSTS += env.hosts_of(ARTIFACT_ORIGIN)
OF_ARTIFACTS = [ARTIFACT_ORIGIN] if ARTIFACT_ORIGIN else []
CSRF_FAILURE_VIEW = "runner.infrastructure.http.way_here.pages.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        # Monaco and xterm.js create style elements and attributes.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", *OF_ARTIFACTS],
        "media-src": ["'self'", *OF_ARTIFACTS],
        "frame-src": ["'self'", *OF_ARTIFACTS],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", *OF_ARTIFACTS],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds
# Of programs and pages of people whose own time zone is not known.
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")
USE_I18N = USE_TZ = True

# --- Runs ------------------------------------------------------------------------------------
LIMITS = Limits.from_environment(env.integer)
# Whether people without an account may run programs: no, those of snippets that their owners have
# opened, or also those that a course page brings with it.
VISITORS = env.choice("VISITORS", ("off", "shared", "any"))
# What programs in Python shall not use: a rule of teaching, and no boundary of security.
FORBIDDEN_MODULES = env.python_names("FORBIDDEN_MODULES")
FORBIDDEN_CALLS = env.python_names("FORBIDDEN_CALLS")
# `manage.py purge` deletes finished runs that are older.
RETAIN_RUN_DAYS = env.integer("RETAIN_RUN_DAYS", default=365, minimum=1, maximum=36500)
# … and interviews that ended longer ago, with all that belongs to them.
INTERVIEW_DAYS = env.integer("INTERVIEW_DAYS", default=90, minimum=1, maximum=3650)
# … and entries of the audit trail.
AUDIT_DAYS = env.integer("AUDIT_DAYS", default=180, minimum=1, maximum=36500)
# Minimum number of warm sandboxes per executor; each costs 7 MiB.
POOL_SIZE = env.integer("POOL_SIZE", default=4, minimum=0, maximum=1000)
# Toolchains that are no packages of Debian's. Programs find them in /opt/coderunner, read-only.
TOOLCHAINS_FOLDER = env.folder("TOOLCHAINS_FOLDER", default="/opt/coderunner")
# Without control groups a watchdog enforces limits, which hostile programs can evade: executors
# refuse to start then, unless somebody has decided otherwise.
ALLOW_WEAK_LIMITS = env.boolean("ALLOW_WEAK_LIMITS", default=False)
# In which executors remember over restarts which toolchains have passed their test.
_TRIED = BASE_DIR / "var" / "tried_languages.json"
TRIED_LANGUAGES_FILE = Path(env.folder("TRIED_LANGUAGES_FILE", default=str(_TRIED)))

# --- Monitoring --------------------------------------------------------------------------------
LOGGING = logs.configuration(env.choice("LOG_FORMAT", logs.FORMATS))
METRICS_TOKEN = env.secret("METRICS_TOKEN")  # without it only private networks may read /metrics
# An executor with a working sandbox touches it at each heartbeat, for container health checks.
HEARTBEAT_FILE = os.environ.get("HEARTBEAT_FILE", "")
reporting.begin(env.secret("SENTRY_DSN"), VERSION)
