"""Which accounts a login means: a user name, or an email address.

Addresses need not be confirmed, and an unconfirmed one may stand in several accounts: else
whoever enters another person's address first would keep that person from using it, and a form
that refuses it would tell that it is known here. The password then decides. To find out by the
time that an answer takes whether an address is known, one would have to see how many passwords
were compared, so it is always the same number.
"""

from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User

# Accounts whose password is compared when an address is given. Each takes as long as a sign-in.
MOST_BY_ADDRESS = 2


def accounts_of(login: str) -> list[User]:
    """At most one by name, and as many by address as fit; the one that confirmed it comes first."""
    named = _by_name(login)
    if "@" not in login:
        return named
    others = [user for user in by_address(login) if user not in named]
    return [*named, *others][:MOST_BY_ADDRESS]


def by_address(email: str) -> list[User]:
    """At most `MOST_BY_ADDRESS`."""
    if "\0" in email:
        return []
    confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True)
    first = set(confirmed.values_list("user_id", flat=True))
    users: list[User] = filter_users_by_email(email, for_login=True)
    users.sort(key=lambda user: (user.pk not in first, user.pk))
    return users[:MOST_BY_ADDRESS]


def whose_password(password: str, accounts: list[User], *, by_address: bool) -> User | None:
    """The one of these accounts that has this password, active or not. Takes equally long however
    many there are."""
    right = [user for user in accounts if user.check_password(password)]
    for _ in range((MOST_BY_ADDRESS if by_address else 1) - len(accounts)):
        make_password(password)  # takes as long as comparing one
    return right[0] if right else None


def _by_name(login: str) -> list[User]:
    """Names differ in more than case, but for those that an administrator made."""
    if "\0" in login:
        return []
    users = [
        user
        for user in User.objects.filter(username__iexact=login)
        if user.username.lower() == login.lower()
    ]
    exact = [user for user in users if user.username == login]
    return exact or (users if len(users) == 1 else [])
