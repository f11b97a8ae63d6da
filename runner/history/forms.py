"""The filters of the list of runs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from runner import access
from runner.history.figures import OUTCOMES

SNIPPETS_OFFERED = 100  # newest first; older ones are reached from the list of snippets
ACTIVE = "active"
NAME_CHARACTERS = 150  # of a user or an error


def _without_nul(text: str) -> None:
    if "\0" in text:  # PostgreSQL does not take the question
        raise ValidationError("")


class RunFilter(forms.Form):
    """Which runs the history shows; what makes no sense filters nothing.

    Everybody's are found by student, one's own by snippet.
    """

    student = forms.CharField(
        label=_("Student"),
        required=False,
        max_length=NAME_CHARACTERS,
        validators=[_without_nul],
        widget=forms.TextInput({"type": "search", "placeholder": _("Part of the name")}),
    )
    snippet = forms.TypedChoiceField(label=_("Snippet"), required=False, coerce=int)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[("", _("Any")), (ACTIVE, _("Running now")), *OUTCOMES.items()],
    )
    error = forms.CharField(
        label=_("Error"),
        required=False,
        max_length=NAME_CHARACTERS,
        validators=[_without_nul],
        widget=forms.TextInput(
            {"type": "search", "placeholder": "NameError", "spellcheck": "false"}
        ),
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, user: User, *, everybody: bool) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
        if everybody:
            del self.fields["snippet"]
            return
        del self.fields["student"]
        own = access.open_snippets(user).order_by("-updated_at", "-id")
        offered = list(own.values_list("pk", "title")[:SNIPPETS_OFFERED])
        asked = str(data.get("snippet", ""))
        if asked.isdecimal() and len(asked) < 20 and int(asked) not in dict(offered):
            offered += own.filter(pk=asked).values_list("pk", "title")
        self.fields["snippet"].choices = [("", _("All")), *offered]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """The fields that are set and sensible."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
