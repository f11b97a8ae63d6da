from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User


class DeleteForm(forms.Form):
    """Typing one's name takes a moment to think."""

    username = forms.CharField(
        label=gettext_lazy("Type your username to confirm"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if name != self._user.username:
            raise ValidationError(_("This is not your username."))
        return name
