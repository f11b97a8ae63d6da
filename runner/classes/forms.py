"""Forms of a class, and the texts that people write for its timetable and its lists."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Classroom, User
from runner.infrastructure.http.time_zone import zone_of
from runner.protocol.names import is_printable

DAYS = (("mo",), ("tu", "di"), ("we", "mi"), ("th", "do"), ("fr",), ("sa",), ("su", "so"))
DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LESSON = re.compile(r"([^\W\d]{2,10})\.?\s+(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)")  # noqa: RUF001
MOST_LESSONS = 30
FIRST_YEAR, LAST_YEAR = 2000, 2999  # readers in other time zones have a date for each of them


def day_name(day: int) -> str:
    return str(WEEKDAYS[day])


def timetable_of(text: str) -> list[dict[str, Any]]:
    """Of lines such as `Mo 08:00-09:30`. Raises `ValidationError`."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LESSONS:
        raise ValidationError(_("At most %(most)d lessons.") % {"most": MOST_LESSONS})
    return [_lesson(line) for line in lines]


def _lesson(line: str) -> dict[str, Any]:
    found = LESSON.fullmatch(line)
    day = found[1][:2].lower() if found else ""
    number = next((index for index, names in enumerate(DAYS) if day in names), None)
    try:
        times = [datetime.strptime(found[part], "%H:%M").time() for part in (2, 3)] if found else []  # noqa: DTZ007
    except ValueError:
        times = []
    if number is None or len(times) != 2 or times[0] >= times[1]:
        problem = _("This is no lesson: “%(line)s”. Example: Mo 08:00-09:30")
        raise ValidationError(problem % {"line": line[:60]})
    return {"day": number, "start": f"{times[0]:%H:%M}", "end": f"{times[1]:%H:%M}"}


def timetable_text(timetable: list[dict[str, Any]]) -> str:
    return "\n".join(f"{DAY_NAMES[one['day']]} {one['start']}-{one['end']}" for one in timetable)


def at_class(local: datetime, zone: str, *, last: bool = False) -> datetime:
    """The instant of a time on the clocks of the class. When clocks are set back, an hour comes
    twice: `last` is its second time. Raises `ValidationError` for an hour that is left out."""
    aware = local.replace(tzinfo=zone_of(zone) or ZoneInfo("UTC"), fold=int(last))
    if aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) != local:
        problem = _("There is no %(time)s on that day: clocks are set forward.")
        raise ValidationError(problem % {"time": f"{local:%H:%M}"})
    return aware.astimezone(UTC)


class ClassForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for mypy
    lessons = forms.CharField(
        label=gettext_lazy("Timetable"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One lesson a line, in the time zone of the class: Mo 08:00-09:30"),
    )

    class Meta:
        model = Classroom
        fields = ("name", "term", "time_zone", "group")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["lessons"].initial = timetable_text(self.instance.timetable)
        if not user.is_staff:  # a group moves users whom the class does not know
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        for name in ("name", "term", "group"):
            if not is_printable(fields.get(name, "")):
                self.add_error(name, _("Line breaks and invisible characters are not allowed."))
        return fields

    def clean_lessons(self) -> list[dict[str, Any]]:
        return timetable_of(self.cleaned_data["lessons"])

    def save(self, commit: bool = True) -> Any:
        self.instance.timetable = self.cleaned_data["lessons"]
        return super().save(commit)


class ClockField(forms.CharField):
    """A date and time without a zone: Django's field would read it in the reader's."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
        super().__init__(required=False, max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        try:
            found = datetime.fromisoformat(text).replace(tzinfo=None) if text else None
        except ValueError as error:
            raise ValidationError(_("This is no date and time.")) from error
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValidationError(_("This is no date and time."))
        return found
