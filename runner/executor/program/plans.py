"""What is started for a run on this machine."""

import logging
from collections.abc import Sequence

from django.conf import settings

from runner import runs
from runner.executor.demand import places
from runner.languages import LANGUAGES, missing
from runner.limits import KIB
from runner.models import Run
from runner.protocol.reasons import ReasonCode
from runner.sandbox import DataFile, Plan, Size, lacks_screen, launcher, zone_exists

logger = logging.getLogger(__name__)


TEST_CEILINGS = {"wall_seconds": 30, "output_bytes": 256 * KIB}  # somebody waits for its result


class CannotRun(Exception):
    """This machine cannot run programs of that language, or show their windows."""

    def __init__(self, reason_code: ReasonCode = ReasonCode.TOOLCHAIN_MISSING) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


def places_of(language: str) -> int:
    """That a run in that language takes of an executor's capacity. Asked for all languages before
    each claim, so it makes no `Limits` of theirs."""
    known, usual = LANGUAGES.get(language), settings.LIMITS.memory_bytes
    return places(known.limits.memory_bytes or usual, usual) if known else 1


def plan_of(run: Run, data: Sequence[DataFile] = ()) -> Plan:
    """Raises CannotRun."""
    language = LANGUAGES.get(run.language)  # one that a newer web worker knows
    lacking = missing(language) if language else [f"a definition of {run.language}"]
    if language is None or lacking:
        logger.error("Run %s cannot start here: there is no %s.", run.pk, ", ".join(lacking))
        raise CannotRun
    screen = Size(run.screen_width, run.screen_height) if run.screen_width else None
    if screen and (lacking_for_it := lacks_screen(language)):
        logger.error("Run %s has no window here: there is no %s.", run.pk, lacking_for_it)
        raise CannotRun(ReasonCode.SCREEN_MISSING)
    files = {file["path"]: file["content"] for file in run.files}
    return Plan(
        language,
        files,
        run.main,
        run.args,
        runs.limits_of(run),
        keep_open=run.keep_open and not run.observed,
        launcher=launcher(run.observed),
        environment=_zone(run),
        ceilings=_ceilings(run),
        screen=screen,
        data=data,
        stdin=run.stdin,
    )


def _ceilings(run: Run) -> dict[str, object]:
    """Of the class; what a debugger and a screen take is beside the program's memory here, too."""
    found: dict[str, object] = dict(run.ceilings or {})
    if run.stdin is not None:
        found |= TEST_CEILINGS
    memory = found.get("memory_bytes")
    if type(memory) is int:
        beside = runs.limits_of(run).memory_bytes - settings.LIMITS.memory_bytes
        found["memory_bytes"] = memory + beside
    return found


def _zone(run: Run) -> dict[str, str]:
    """The student's time zone, or the site's; last, as an interpreter that waits adds it."""
    zone = run.time_zone or settings.TIME_ZONE
    return {"TZ": zone} if zone != "UTC" and zone_exists(zone) else {}
