"""The rules of a class: as its page shows them to all members, and their form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.classrooms.rules import tasks_of
from accounts.models import Classroom, ClassRules
from runner.classes.forms import ClockField, at_class
from runner.infrastructure.http.time_zone import zone_of
from runner.languages import LANGUAGES
from runner.limits import BOUNDS_OF_CLASS, KIB, MIB
from runner.models import Assignment

MOST_NAMES = 200  # in a list of packages or modules
MOST_TASKS = 300
MOST_SHOWN = 400  # assignments that are offered, the newest
# Of a limit: its label, and how many of its own units make the form's.
LIMITS = {
    "cpu_seconds": (gettext_lazy("Processor time in seconds"), 1),
    "wall_seconds": (gettext_lazy("Duration in seconds"), 1),
    "idle_seconds": (gettext_lazy("Seconds without input or output"), 1),
    "memory_bytes": (gettext_lazy("Memory in MiB"), MIB),
    "processes": (gettext_lazy("Processes and threads"), 1),
    "output_bytes": (gettext_lazy("Output in KiB"), KIB),
}


class NamesField(forms.CharField):
    """Names, separated by commas, spaces or lines; stored as the list of words that they are."""

    def __init__(self, *, is_name: Any, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": 2, "spellcheck": "false", "autocapitalize": "off"})
        super().__init__(required=False, max_length=8000, widget=widget, **kwargs)
        self._is_name = is_name

    def clean(self, value: Any) -> str:
        names = sorted(set(super().clean(value).replace(",", " ").split()), key=str.lower)
        if len(names) > MOST_NAMES:
            raise ValidationError(_("At most %(most)d names.") % {"most": MOST_NAMES})
        for name in names:
            if len(name) > 100 or not self._is_name(name):
                raise ValidationError(_("This is no name: “%(name)s”") % {"name": name[:60]})
        return f" {' '.join(names)} " if names else ""


def is_module(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def is_package(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").replace(".", "").isalnum()


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for mypy
    chosen_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Programming languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none to allow all."),
    )
    packages = NamesField(
        label=gettext_lazy("Packages that Python programs may import"),
        is_name=is_package,
        help_text=gettext_lazy("Name none to allow all that are installed."),
    )
    forbidden_modules = NamesField(
        label=gettext_lazy("Modules that Python programs may not import"),
        is_name=is_module,
        help_text=gettext_lazy("For example: random, os.path. These are rules of teaching."),
    )
    exam_start = ClockField(label=gettext_lazy("Exam starts"))
    exam_end = ClockField(
        label=gettext_lazy("Exam ends"),
        help_text=gettext_lazy("On the clocks of the class. It ends by itself."),
    )
    chosen_tasks = forms.MultipleChoiceField(
        label=gettext_lazy("Assignments of the exam"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Students run programs of these only. Choose none to allow all."),
    )

    class Meta:
        model = ClassRules
        fields = (
            "packages", "forbidden_modules", "sharing", "windows", "history", "quiet_watching",
            "playback", "retention_days", "exam_hides_old_code",
        )  # fmt: skip
        labels = {"retention_days": gettext_lazy("Days that runs of the class are kept")}
        help_texts = {
            "playback": gettext_lazy("Students are told, and can play it back themselves."),
        }

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._zone = zone_of(zone) or ZoneInfo("UTC")
        self._name = zone
        chosen: Any = self.fields["chosen_languages"]
        chosen.choices = [(one.id, one.name) for one in LANGUAGES.values()]
        chosen.initial = self.instance.languages.split()
        for name in ("packages", "forbidden_modules"):
            self.initial[name] = ", ".join(getattr(self.instance, name).split())
        for name, at in (("exam_start", "exam_starts_at"), ("exam_end", "exam_ends_at")):
            stored = getattr(self.instance, at)
            local = stored and stored.astimezone(self._zone).replace(tzinfo=None)
            self.fields[name].initial = local
        for name in LIMITS:
            self.fields[name] = self._limit(name)
        self._offer_tasks()
        self.order_fields([
            "chosen_languages", "packages", "forbidden_modules", *LIMITS, "sharing", "windows",
            "history", "quiet_watching", "playback", "retention_days", "exam_start", "exam_end",
            "exam_hides_old_code", "chosen_tasks",
        ])  # fmt: skip

    def _limit(self, name: str) -> forms.IntegerField:
        label, unit = LIMITS[name]
        site = getattr(settings.LIMITS, name) // unit
        stored = self.instance.limits.get(name)
        return forms.IntegerField(
            label=label,
            required=False,
            min_value=BOUNDS_OF_CLASS[name] // unit,
            max_value=site,
            initial=stored // unit if type(stored) is int else None,
            help_text=_("The site allows %(most)d.") % {"most": site},
        )

    def _offer_tasks(self) -> None:
        tasks: Any = self.fields["chosen_tasks"]
        rows = Assignment.objects.filter(classroom=self.instance.classroom_id)
        found = rows.order_by("-created_at").values_list("pk", "title")[:MOST_SHOWN]
        tasks.choices = [(str(pk), title) for pk, title in found]
        tasks.initial = self.instance.exam_tasks.split()
        if not tasks.choices:
            del self.fields["chosen_tasks"]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        start, end = (self._local(fields, name) for name in ("exam_start", "exam_end"))
        if (start is None) != (end is None):
            self.add_error("exam_end", _("An exam needs both times, or none."))
        elif start is not None and end is not None and end <= start:
            self.add_error("exam_end", _("An exam ends after it has started."))
        self.instance.exam_starts_at, self.instance.exam_ends_at = start, end
        self.instance.languages = (
            f" {' '.join(fields['chosen_languages'])} " if fields.get("chosen_languages") else ""
        )
        self.instance.exam_tasks = " ".join(fields.get("chosen_tasks", ())[:MOST_TASKS])
        self.instance.limits = {
            name: fields[name] * unit
            for name, (_label, unit) in LIMITS.items()
            if fields.get(name) is not None
        }
        return fields

    def clean_retention_days(self) -> int | None:
        days: int | None = self.cleaned_data["retention_days"]
        if days is not None and not 1 <= days <= settings.RETAIN_RUN_DAYS:
            problem = _("1 to %(most)d days: the site keeps none for longer.")
            raise ValidationError(problem % {"most": settings.RETAIN_RUN_DAYS})
        return days

    def _local(self, fields: dict[str, Any], name: str) -> datetime | None:
        value = fields.get(name)
        if value is None:
            return None
        try:
            return at_class(value, self._name, last=name == "exam_end")
        except ValidationError as error:
            self.add_error(name, error)
            return None


@dataclass(frozen=True, slots=True)
class ShownRules:
    """`row`: as stored; the lists are in words. `limits`: label and figure."""

    row: ClassRules
    languages: list[str]
    packages: list[str]
    modules: list[str]
    limits: list[tuple[str, int]]
    tasks: list[str]

    @classmethod
    def of(cls, classroom: Classroom) -> "ShownRules":
        row = ClassRules.objects.filter(pk=classroom.pk).first() or ClassRules()
        known = [LANGUAGES.get(each) for each in row.languages.split()]
        chosen = Assignment.objects.filter(classroom=classroom, pk__in=tasks_of(row))
        return cls(
            row,
            [language.name for language in known if language is not None],
            row.packages.split(),
            row.forbidden_modules.split(),
            [
                (str(label), row.limits[name] // unit)
                for name, (label, unit) in LIMITS.items()
                if type(row.limits.get(name)) is int
            ],
            list(chosen.order_by("title").values_list("title", flat=True))
            if row.exam_tasks
            else [],
        )
