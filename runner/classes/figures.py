"""The page of a class's figures, one day on its clocks at a time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.models import Classroom
from runner import access, history
from runner.access import Action
from runner.classes.day_figures import RunRow, figures_of
from runner.classes.page import about, of_class, reader
from runner.infrastructure.http.time_zone import zone_of
from runner.models import Run
from runner.run_state import RunStatus

MOST_RUNS = 20_000  # that are read of one day, the newest
DAYS_SHOWN = 14
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


@require_safe
@of_class(Action.SEE_FIGURES)
def day(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """`?day=YYYY-MM-DD`; without it, or with another text, today."""
    zone = zone_of(classroom.time_zone) or ZoneInfo("UTC")
    wanted = _day(request.GET.get("day", "")) or timezone.now().astimezone(zone).date()
    start = datetime.combine(wanted, time(), zone)
    end = datetime.combine(wanted + timedelta(days=1), time(), zone)  # a day may have 23 hours
    runs = access.visible_runs(reader(request)).filter(
        classroom=classroom, created_at__gte=start, created_at__lt=end
    )
    columns = (
        "owner__username", "outcome", "error_name", "started_at", "first_output_at", "finished_at",
    )  # fmt: skip
    rows = runs.order_by("-created_at").values_list(*columns)[:MOST_RUNS]
    figures = figures_of([RunRow(*row) for row in rows], timezone.now())
    days = _days(access.visible_runs(reader(request)).filter(classroom=classroom), wanted, zone)
    outcomes = [
        (history.state_label(RunStatus.FINISHED, name), count) for name, count in figures.outcomes
    ]
    context = about(request, classroom) | {
        "day": wanted,
        "before": wanted - timedelta(days=1),
        "after": wanted + timedelta(days=1),
        "figures": figures,
        "days": [(_short(day), count) for day, count in days],
        "most": max((count for _, count in days), default=0),
        "outcomes": outcomes,
        "cut": figures.runs >= MOST_RUNS,
    }
    return render(request, "classes/figures.html", context)


def _short(day: date) -> str:
    return date_format(day, pgettext("date format", "j M"))


def _days(runs: QuerySet[Run], last: date, zone: ZoneInfo) -> list[tuple[date, int]]:
    """How many runs there were on each of the days until that one, on the clocks of the class."""
    first = last - timedelta(days=DAYS_SHOWN - 1)
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    counted = runs.filter(created_at__gte=start, created_at__lt=end).order_by()
    by_day = counted.annotate(day=TruncDate("created_at", tzinfo=zone)).values_list("day")
    found = dict(by_day.annotate(count=Count("pk")))
    days = (first + timedelta(days=number) for number in range(DAYS_SHOWN))
    return [(day, found.get(day, 0)) for day in days]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_DAY <= found < LAST_DAY else None
