from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """How programs of one language are started.

    `command` is what runs inside the sandbox, before the path of the main file and the user's
    arguments. `environment` is added to the sandbox's own. `self_test` is a program and what it
    prints; `doctor` runs it.
    """

    id: str
    name: str
    main: str
    command: tuple[str, ...]
    example: str
    self_test: tuple[str, str]
    environment: dict[str, str] = field(default_factory=dict)

    def argv(self, main: str, args: Iterable[str]) -> list[str]:
        # A file may be called `-c`; no program shall take it for an option.
        path = f"./{main}" if main.startswith("-") else main
        return [*self.command, path, *args]
