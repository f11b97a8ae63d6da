"""How often passwords and codes may be tried.

A try is counted for the account, whatever name, address or page was used, before the password is
looked at; a right one is taken back. Nothing that the client chooses is part of a key. There are
four counters, of which the rates are in ACCOUNT_RATE_LIMITS:

* `login_failed`, per key: the account from one network. Somebody elsewhere cannot fill it.
* `login_failed`, per ip: one network, whatever the account.
* `login_failed_everywhere`: the account from all networks, against guessing from many.
* `login_failed_browser`: a browser from which the account has signed in before has only this one,
  so nobody else can lock it out (`known_browsers.py`).

A network is an IPv4 address or a /64 of IPv6. Raising `User.lock_lifts` changes all keys of an
account and thereby forgets its wrong passwords.
"""

import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from allauth.core.internal import ratelimit
from django.db.models import F
from django.http import HttpRequest

from accounts.models import User
from accounts.sign_in import known_browsers

APP = "allauth.account"
LOGIN_CHARACTERS = 320  # the longest address; putting marks in order costs the square of a length


class TooManyTries(Exception):
    """`everywhere`: the wrong passwords came from more than this network."""

    def __init__(self, everywhere: bool) -> None:
        super().__init__(everywhere)
        self.everywhere = everywhere


@dataclass
class Tries(AbstractContextManager["Tries"]):
    """The counted tries of one request. `accounts` are those that may be tried.

    `right()` takes back those of the account whose password it was. For another one with the same
    address it was wrong: else whoever makes such an account could guess that one's password, with
    their own as the guess.
    """

    accounts: list[User] = field(default_factory=list)
    _counted: list[tuple[User | None, Any]] = field(default_factory=list)
    _right: User | None = None

    def right(self, user: User) -> None:
        self._right = user

    def add(
        self,
        request: HttpRequest,
        action: str,
        key: str,
        user: User | None,
        everywhere: bool = False,
    ) -> None:
        usage = ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True)
        if usage is None:
            raise TooManyTries(everywhere)
        self._counted.append((user, usage))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for user, usage in self._counted:
            if user is not None and user == self._right:
                usage.rollback()


def password_try(request: HttpRequest, login: str, accounts: Iterable[User]) -> Tries:
    """Counts one try for each account that it may open; `TooManyTries` when all have had enough.

    A login that means no account is counted by its text, so that the answers are the same.
    """
    tries = Tries()
    refused: TooManyTries | None = None
    accounts = list(accounts)
    for user in accounts:
        try:
            _count(tries, request, user)
            tries.accounts.append(user)
        except TooManyTries as error:
            refused = error
    if not accounts:
        text = unicodedata.normalize("NFKC", login[:LOGIN_CHARACTERS]).casefold().strip()
        _count_stranger(tries, request, f"unknown:{text}", None)
    elif refused and not tries.accounts:
        raise refused
    return tries


def code_try(request: HttpRequest, user: User) -> Tries:
    """As a password; codes have six digits, so there is also a limit for each day."""
    tries = password_try(request, user.username, [user])
    tries.add(request, "code_failed", _key(user), user, everywhere=True)
    return tries


def lift(*users: User) -> None:
    """Forgets the wrong passwords of these accounts."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(lock_lifts=F("lock_lifts") + 1)


def _key(user: User) -> str:
    return f"{user.pk}:{user.lock_lifts}"


def _count(tries: Tries, request: HttpRequest, user: User) -> None:
    browser = known_browsers.known(request, user)
    if browser:
        tries.add(request, "login_failed_browser", f"{browser}:{_key(user)}", user)
    else:
        _count_stranger(tries, request, _key(user), user)


def _count_stranger(tries: Tries, request: HttpRequest, account: str, user: User | None) -> None:
    tries.add(request, "login_failed", f"{account}@{ratelimit.get_ip(request)}", user)
    tries.add(request, "login_failed_everywhere", account, user, everywhere=True)
