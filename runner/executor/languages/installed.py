"""Notices what is installed on this machine while an executor runs, as far as sandboxes show it."""

from runner.languages import LANGUAGES, prepared_folder
from runner.sandbox import look_again


class Installed:
    """Packages of Pythons, versions of Python, and folders of toolchains."""

    def __init__(self) -> None:
        self._packages = _packages()

    def changed(self) -> bool:
        """Since the last time: sandboxes that wait are then those of a former machine.

        A few `stat`s. Called by the event loop alone, which also makes the sandboxes.
        """
        before = self._packages
        LANGUAGES.look_for_versions()
        self._packages = _packages()
        return look_again() or self._packages != before


def _packages() -> dict[str, object]:
    """By the commands of the Pythons: each installation is a folder of its own."""
    commands = {each.run[0] for each in LANGUAGES.values() if each.errors == "python"}
    return {command: prepared_folder(command) for command in commands}
