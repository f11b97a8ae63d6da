from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import PydanticCustomError

from runner.infrastructure import sentences
from runner.interviews.store import LONGEST_MINUTES, NOTES_CHARACTERS, TASK_CHARACTERS
from runner.interviews.testing import MOST_TESTS, NAME_CHARACTERS, TEXT_CHARACTERS
from runner.languages import LANGUAGES
from runner.models import BEST_SCORE, InterviewTemplate
from runner.protocol.names import is_printable
from runner.protocol.paths import MAX_SOURCE_BYTES, check_path, check_program, is_too_large
from runner.protocol.reasons import ReasonCode

MOST_FILES = 10
USUAL_MINUTES = 60
REMARK_CHARACTERS = 10_000
CODE = {"rows": 8, "spellcheck": "false", "class": "code", "autocapitalize": "off"}


def check_printable(text: str) -> None:
    if not is_printable(text):
        raise ValidationError(_("Line breaks and invisible characters are not allowed."))


def without_nul(text: str) -> None:
    if "\0" in text:
        raise ValidationError(_("This is not text."))


class CodeField(forms.CharField):
    """Text as it was typed, with the line ends of files."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(CODE | {"rows": options.pop("rows", 8)})
        given: dict[str, Any] = {
            "required": False,
            "strip": False,
            "validators": [without_nul],
            "widget": widget,
        }
        super().__init__(**(given | options))

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class FileForm(forms.Form):
    """A row without a name and a text is none."""

    path = forms.CharField(label=gettext_lazy("File name"), required=False, max_length=255)
    content = CodeField(label=gettext_lazy("Text"))


class CaseForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the test case"),
        required=False,
        max_length=NAME_CHARACTERS,
        validators=[check_printable],
    )
    input = CodeField(label=gettext_lazy("Input"), rows=3, max_length=TEXT_CHARACTERS)
    output = CodeField(label=gettext_lazy("Expected output"), rows=3, max_length=TEXT_CHARACTERS)
    hidden = forms.BooleanField(label=gettext_lazy("The candidate does not see it"), required=False)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only for mypy
    """Rows of one kind; empty ones are left out."""

    def filled(self) -> list[dict[str, Any]]:
        said = [row.cleaned_data for row in self.forms if row.is_valid()]
        return [row for row in said if any(value for value in row.values())]


Files = forms.formset_factory(
    FileForm, formset=Rows, extra=1, max_num=MOST_FILES, absolute_max=MOST_FILES
)
Cases = forms.formset_factory(
    CaseForm, formset=Rows, extra=1, max_num=MOST_TESTS, absolute_max=MOST_TESTS
)


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for mypy
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Allowed languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("An interview begins with the first of them."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=0,
        max_value=LONGEST_MINUTES,
        help_text=gettext_lazy("An interviewer starts the timer. 0: without a timer."),
    )

    class Meta:
        model = InterviewTemplate
        fields = ("title", "task", "notes", "languages", "minutes")
        help_texts = {
            "task": gettext_lazy(
                "The candidate reads it. Markdown: # heading, - list, `code`, **bold**"
            ),
            "notes": gettext_lazy("Only you and the interviewers whom you invite read them."),
        }
        widgets = {
            "task": forms.Textarea({"rows": 8}),
            "notes": forms.Textarea({"rows": 5}),
        }

    def __init__(self, sent: QueryDict | None, instance: InterviewTemplate) -> None:
        super().__init__(sent, instance=instance)
        self.label_suffix = ""
        if instance._state.adding:
            usual = {"languages": ["python"], "minutes": USUAL_MINUTES}
            self.initial = {**self.initial, **usual}
        choices: Any = self.fields["languages"]
        choices.choices = [(one.id, one.name) for one in LANGUAGES.values() if not one.console]
        self.fields["title"].validators.append(check_printable)
        most = (("task", TASK_CHARACTERS), ("notes", NOTES_CHARACTERS))
        for name, characters in most:
            self.fields[name].validators += [without_nul, _at_most(characters)]
        self.file_rows: Any = Files(sent, prefix="files", initial=instance.files or [])
        self.test_rows: Any = Cases(sent, prefix="tests", initial=instance.tests or [])

    def is_valid(self) -> bool:
        """Of all rows, too."""
        every = [super().is_valid(), self.file_rows.is_valid(), self.test_rows.is_valid()]
        if all(every):
            self._check_files(self._files())
        return all(every) and not self.errors

    def _files(self) -> list[dict[str, str]]:
        """At least one: of the first language, empty."""
        rows = [{"path": row["path"], "content": row["content"]} for row in self.file_rows.filled()]
        first = LANGUAGES[self.cleaned_data["languages"][0]]
        return rows or [{"path": first.main, "content": ""}]

    def _check_files(self, files: Sequence[dict[str, str]]) -> None:
        try:
            check_program([check_path(file["path"]) for file in files], None)
        except PydanticCustomError as error:
            code = ReasonCode(error.type)
            self.add_error(None, sentences.sentence(code, error.context or {}))
        if is_too_large(file["content"] for file in files):
            limit = MAX_SOURCE_BYTES // 1024
            self.add_error(None, _("The files are larger than %(limit)d KiB.") % {"limit": limit})

    def save(self, commit: bool = True) -> Any:
        one = self.instance
        one.files, one.languages = self._files(), self.cleaned_data["languages"]
        one.tests = [
            {
                "name": row["name"] or _("Test %(number)d") % {"number": number},
                "input": row["input"],
                "output": row["output"],
                "hidden": row["hidden"],
            }
            for number, row in enumerate(self.test_rows.filled(), 1)
        ]
        return super().save(commit)


def _at_most(characters: int) -> Any:
    def check(text: str) -> None:
        if len(text) > characters:
            raise ValidationError(_("At most %(most)d characters.") % {"most": characters})

    return check


def with_more_rows(sent: QueryDict, prefix: str, most: int) -> QueryDict:
    """What was sent, with one more empty row."""
    more, name = sent.copy(), f"{prefix}-TOTAL_FORMS"
    count = sent.get(name, "")
    if count.isascii() and count.isdigit() and len(count) < 4:
        more[name] = str(min(int(count) + 1, most))
    return more


class BeginForm(forms.Form):
    candidate = forms.CharField(
        label=gettext_lazy("Name of the candidate"),
        required=False,
        max_length=100,
        validators=[check_printable],
    )


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(
        label=gettext_lazy("Your rating"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, BEST_SCORE + 1)],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("5 is the best."),
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=REMARK_CHARACTERS,
        validators=[without_nul],
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
