"""Whether this site sends mail. Pages promise none that nobody will get."""

from django.conf import settings
from django.http import HttpRequest

# They write mail to the log or to a file, or drop it. (`locmem` is the mail server of the tests.)
UNDELIVERED = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "filebased", "dummy")
)


def sends_mail() -> bool:
    return settings.EMAIL_BACKEND not in UNDELIVERED


def mail_context(request: HttpRequest) -> dict[str, bool]:
    """Context processor: templates know `sends_mail`."""
    return {"sends_mail": sends_mail()}
