"""A second factor beside the password: codes of an app, passkeys, recovery codes (allauth.mfa).

With MFA_REQUIRED_FOR_STAFF an instructor gets nowhere but to the pages of the own account until
the session has been confirmed by one.
"""

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.conf import settings
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.sign_in import throttle

# Recovery codes alone are none: they replace one that was lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
CONFIRMED_FOR = "second_factor_of"  # in the session: the id of the user
# A code is accepted in its period and those beside it (MFA_TOTP_TOLERANCE), but once only.
CODE_SECONDS = 3 * 30


def is_required(user: User) -> bool:
    return bool(settings.MFA_REQUIRED_FOR_STAFF and (user.is_staff or user.is_superuser))


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def remove(*users: User) -> None:
    """Of users who have lost theirs, with their recovery codes."""
    Authenticator.objects.filter(user_id__in=[user.pk for user in users]).delete()


def is_confirmed(user: User, session: Any) -> bool:
    """Whether this session has shown a second factor of the user's."""
    return bool(session.get(CONFIRMED_FOR) == user.pk)


def is_missing(user: User, session: Any) -> bool:
    """Whether the user may not go on in this session. Asks the database for instructors only."""
    return is_required(user) and not (is_confirmed(user, session) and has_one(user))


def page_to_confirm(user: User) -> str:
    """Where a session that was signed in by a password alone is confirmed."""
    by_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if by_app else "mfa_reauthenticate_webauthn")


def without_one(user_ids: set[int]) -> set[int]:
    """Those of these users who need a second factor and have none any more."""
    if not settings.MFA_REQUIRED_FOR_STAFF:
        return set()
    users = User.objects.filter(pk__in=user_ids)
    secured = Authenticator.objects.filter(user_id__in=user_ids, type__in=FACTORS)
    staff = {user.pk for user in users if is_required(user)}
    return staff - set(secured.values_list("user_id", flat=True))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your account needs a second factor. Set up another one before you remove this one."
        ),
        "incorrect_code": _("This code is wrong or has been used before."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return not is_required(authenticator.user) or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return pgettext("name of a key", "Passkey %(number)d") % {"number": number}


class _CountedCode:
    """Mixin: wrong codes count as wrong passwords do."""

    user: User
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            tries = throttle.code_try(context.request, self.user)
        except throttle.TooManyTries as error:
            raise account_adapter().too_many_tries(error) from error
        with tries:
            found = self._matching(code)
            if found is None:
                self._tell_of_failure()
                raise MFAAdapter().validation_error("incorrect_code")
            tries.right(self.user)
        self.authenticator = found
        return code

    def _matching(self, code: str) -> Authenticator | None:
        typed = Authenticator.objects.filter(user=self.user).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
        for one in typed:
            if one.wrap().validate_code(code) and _use_up(code, self.user):
                one.user = self.user
                return one
        return None

    def _tell_of_failure(self) -> None:
        typed = Authenticator.objects.filter(user=self.user).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
        # Once, as of the app if there is one.
        for one in typed.order_by("-type")[:1]:
            self._emit_authentication_failed(one)  # type: ignore[attr-defined]  # allauth's form


def _use_up(code: str, user: User) -> bool:
    """Whether it was not used before."""
    digits = "".join(one for one in code if one.isalnum())
    key = f"second_factor_used:{user.pk}:{digits}"
    return bool(cache.add(key, True, timeout=CODE_SECONDS))


class AuthenticateForm(_CountedCode, AllauthAuthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """The code that sets an app up is used, too: who saw it typed cannot sign in with it."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        _use_up(code, self.user)
        return code


class ReauthenticateForm(_CountedCode, AllauthReauthenticateForm):  # type: ignore[misc]
    pass


@receiver(authenticator_added)
@receiver(authenticator_used)
def confirm_session(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Who uses one, or sets one up, has just shown it. Also a recovery code counts once used."""
    if user and (authenticator.type in FACTORS or has_one(user)):
        request.session[CONFIRMED_FOR] = user.pk
