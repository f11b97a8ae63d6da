"""Which toolchains must be here, and the table that `make test-languages` ends with."""

import os
from collections import defaultdict

import pytest

from runner.languages import LANGUAGES, missing
from tests.a_language import lacks

TABLE = os.environ.get("LANGUAGES_TABLE") == "yes"
_results: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)


@pytest.fixture(autouse=True)
def _toolchain(request: pytest.FixtureRequest) -> None:
    callspec = getattr(request.node, "callspec", None)
    name = callspec.params.get("name", "") if callspec else ""
    if name in LANGUAGES and (lacking := missing(LANGUAGES[name])):
        lacks(name, lacking)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.outcome != "passed":
        test, _, parameters = report.nodeid.rpartition("::")[2].partition("[")
        name = parameters.rstrip("]")
        case = test.removeprefix("test_")
        for known in sorted(LANGUAGES, key=len, reverse=True):
            if name == known or name.startswith(f"{known}-"):
                case = name[len(known) + 1 :] or case
                _results[known][case] = report.outcome, report.duration
                return


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not TABLE:
        return
    cases = list(dict.fromkeys(case for tried in _results.values() for case in tried))
    terminalreporter.section("languages: seconds, or what failed")
    for number, case in enumerate(cases, 1):
        terminalreporter.write_line(f"{number:3}  {case}")
    head = "".join(f"{number:>7}" for number in range(1, len(cases) + 1))
    terminalreporter.write_line(f"{'':18}{head}")
    for name in LANGUAGES:
        cells = [_cell(_results[name].get(case)) for case in cases]
        terminalreporter.write_line(f"{LANGUAGES[name].name:18}{''.join(cells)}")


def _cell(result: tuple[str, float] | None) -> str:
    if result is None:
        return f"{'':>7}"
    outcome, seconds = result
    return f"{seconds:7.2f}" if outcome == "passed" else f"{outcome.upper():>7}"
