"""Whether this site sends mail. Pages promise none that nobody will get."""

from django.conf import settings

# They write mail to the log or to a file, or drop it. (`locmem` is the mail server of the tests.)
UNDELIVERED = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "filebased", "dummy")
)


def sends_mail() -> bool:
    """With DEBUG, what `EMAIL_URL` writes to the terminal or a file counts as sent."""
    backend: str = settings.EMAIL_BACKEND
    return backend not in UNDELIVERED or (
        settings.DEBUG and not backend.endswith(".dummy.EmailBackend")
    )
