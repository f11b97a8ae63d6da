"""The site's password validators, one by one: pages list them, and tick them off while one types.

The rules are those of AUTH_PASSWORD_VALIDATORS and are checked here only, so a page cannot show
other rules than the ones that decide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

# Longer ones are not looked at: comparing them with a name would take time.
PASSWORD_CHARACTERS, NAME_CHARACTERS, EMAIL_CHARACTERS = 4096, 150, 254


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` tells the rules of a site apart; `text` is for the reader."""

    name: str
    text: str


def _length(validator: Any) -> str:
    count = validator.min_length
    return ngettext("At least %(count)d character", "At least %(count)d characters", count) % {
        "count": count
    }


# Short forms of Django's sentences, which are used for all other validators.
_TEXTS: Mapping[str, Callable[[Any], str]] = {
    "MinimumLengthValidator": _length,
    "UserAttributeSimilarityValidator": lambda _validator: _("Not like your name or email address"),
    "CommonPasswordValidator": lambda _validator: _("Not a common password"),
    "NumericPasswordValidator": lambda _validator: _("Not only digits"),
}


def rules() -> list[Rule]:
    return [Rule(_name(one), _text(one)) for one in get_default_password_validators()]


def unmet(password: str, user: User) -> list[str]:
    """The names of the rules that this password of this user breaks."""
    return [_name(one) for one in get_default_password_validators() if _breaks(one, password, user)]


def person(username: str, email: str) -> User:
    """Somebody who has no account yet."""
    return User(username=username[:NAME_CHARACTERS], email=email[:EMAIL_CHARACTERS])


def _name(validator: object) -> str:
    return type(validator).__name__


def _text(validator: Any) -> str:
    short = _TEXTS.get(_name(validator))
    return short(validator) if short else str(validator.get_help_text())


def _breaks(validator: Any, password: str, user: User) -> bool:
    try:
        validator.validate(password[:PASSWORD_CHARACTERS], user)
    except ValidationError:
        return True
    return False
