"""Signed-in people without number: each test has its own, so none meets another's runs."""

import json

from tests.product import Product, SignedIn

SIGN_IN = """
import json
from django.db import transaction
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore

def sign_in(name, staff):
    user = get_user_model().objects.create(username=name, is_staff=staff, password="!")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return name, f"sessionid={session.session_key}"

"""


class People:
    """Made all at once, as starting Django for each would take a second."""

    def __init__(
        self, product: Product, students: int, instructors: int = 50, name: str = "student"
    ) -> None:
        code = SIGN_IN + (
            "with transaction.atomic():\n"
            f"    students = [sign_in(f'{name}{{n}}', False) for n in range({students})]\n"
            f"    instructors = [sign_in(f'teacher{{n}}', True) for n in range({instructors})]\n"
            "print(json.dumps([students, instructors]))"
        )
        made = json.loads(product.manage("shell", "--verbosity", "0", "--command", code))
        self._students, self._instructors = (
            iter([SignedIn(*one) for one in kind]) for kind in made
        )

    def student(self) -> SignedIn:
        return next(self._students)

    def instructor(self) -> SignedIn:
        return next(self._instructors)
