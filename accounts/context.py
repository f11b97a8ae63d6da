"""What the templates know about this site's accounts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.mail import sends_mail


def about_accounts(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {
        "sends_mail": sends_mail(),
        "signup_is_open": settings.SIGNUP != "closed",
        "oidc_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }
