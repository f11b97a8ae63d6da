"""One web worker: `daphne coderunner.asgi:application`."""

import os

from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coderunner.settings")

from coderunner.routing import asgi_application

application = asgi_application()

from django.conf import settings  # noqa: E402

if not settings.REDIS_URL:
    raise ImproperlyConfigured(
        "REDIS_URL is needed by a web worker of its own; `manage.py serve` works without Redis."
    )
