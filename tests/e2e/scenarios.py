"""What shows that a command has done what it says; `test_every_command.py` gives them all."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload

from tests.e2e.workspace import Workspace

Do = Callable[[], None]
Scenario = Callable[[Workspace, Do], None]
DATA: FilePayload = {"name": "data.csv", "mimeType": "text/csv", "buffer": b"1\n"}


@dataclass(frozen=True)
class Entry:
    keys: str  # as the list shows them; empty: none
    scenario: Scenario


TESTED: dict[str, Entry] = {}


def command(name: str, keys: str = "") -> Callable[[Scenario], Scenario]:
    def register(scenario: Scenario) -> Scenario:
        TESTED[name] = Entry(keys, scenario)
        return scenario

    return register
