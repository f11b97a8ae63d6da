from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth has no types
    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """As allauth's, but a form sent twice by a double click makes one account, not an error."""
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
        except IntegrityError:
            name = self.cleaned_data["username"]
            messages.info(request, f"There is an account {name} now. Please sign in.")
            return None, redirect("account_login")
        return user, response
