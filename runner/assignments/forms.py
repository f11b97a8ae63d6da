from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runner.assignments.locked_lines import WrongLines, lines_of
from runner.classes.forms import ClockField, at_class
from runner.infrastructure.http.time_zone import zone_of
from runner.languages import LANGUAGES
from runner.models import Assignment
from runner.protocol.names import is_printable
from runner.protocol.paths import MAX_SOURCE_BYTES

TEXT_CHARACTERS = 40_000


def check_printable(text: str) -> None:
    if not is_printable(text):
        raise ValidationError(_("Line breaks and invisible characters are not allowed."))


def without_nul(text: str) -> None:
    if "\0" in text:
        raise ValidationError(_("This is not text."))


class AssignmentForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for mypy
    """One file to begin with, or the files of a snippet of the instructor's."""

    language = forms.ChoiceField(label=gettext_lazy("Programming language"))
    code = forms.CharField(
        label=gettext_lazy("Code to begin with"),
        required=False,
        strip=False,
        validators=[without_nul],
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "class": "code"}),
    )
    locked = forms.CharField(
        label=gettext_lazy("Locked lines"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Numbers of lines that students cannot change: 1-3, 10"),
    )
    due = ClockField(
        label=gettext_lazy("Due"),
        help_text=gettext_lazy("On the clocks of the class; empty: any time."),
    )

    class Meta:
        model = Assignment
        fields = ("title", "text", "locked", "published")
        labels = {"published": gettext_lazy("Students see it")}
        help_texts = {
            "text": gettext_lazy("Markdown: # heading, - list, `code`, **bold**, [link](https://…)")
        }
        widgets = {"text": forms.Textarea({"rows": 10})}

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._zone = zone
        self.fields["text"].validators.append(without_nul)
        self.fields["text"].max_length = TEXT_CHARACTERS  # type: ignore[attr-defined]
        self.fields["title"].validators.append(check_printable)
        choices: Any = self.fields["language"]
        choices.choices = [(one.id, one.name) for one in LANGUAGES.values()]
        choices.initial = self.instance.language or "python"
        if self.instance.pk:
            main = self.instance.main
            files = self.instance.files
            self.fields["code"].initial = next(
                (file["content"] for file in files if file["path"] == main), ""
            )
        if self.instance.due_at:
            local = self.instance.due_at.astimezone(zone_of(zone))
            self.fields["due"].initial = local.replace(tzinfo=None)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > TEXT_CHARACTERS:
            raise ValidationError(_("At most %(most)d characters.") % {"most": TEXT_CHARACTERS})
        return text

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].replace("\r\n", "\n")
        if len(code.encode()) > MAX_SOURCE_BYTES - 1024:
            raise ValidationError(_("This program is too large."))
        return code

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        return due and at_class(due, self._zone, last=True)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        lines = fields.get("code", "").count("\n") + 1
        try:
            lines_of(fields.get("locked", ""), lines)
        except WrongLines as error:
            problem = _("There are no such lines: %(lines)s. Example: 1-3, 10")
            self.add_error("locked", problem % {"lines": str(error)[:40]})
        return fields

    def save(self, commit: bool = True) -> Any:
        """The main file is the one of the field; further ones stay."""
        one, fields = self.instance, self.cleaned_data
        language = LANGUAGES[fields["language"]]
        if one.language != language.id:
            one.language, one.main, one.files = language.id, language.main, []
        others = [file for file in one.files if file["path"] != one.main]
        one.files = [{"path": one.main, "content": fields["code"]}, *others]
        one.due_at = fields["due"]
        return super().save(commit)


class MarkForm(forms.Form):
    mark = forms.CharField(
        label=gettext_lazy("Mark"), required=False, max_length=40, validators=[check_printable]
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=10_000,
        validators=[without_nul],
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class CommentForm(forms.Form):
    path = forms.CharField(max_length=255, widget=forms.HiddenInput)
    line = forms.IntegerField(min_value=1, max_value=10**6)
    text = forms.CharField(max_length=2000, validators=[without_nul])
