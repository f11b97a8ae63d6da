"""What a user may choose about how the workspace looks. Stored with the user."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

FONT_SIZE_MIN, FONT_SIZE_MAX = 10, 32  # pixels
FontSize = Annotated[StrictInt, Field(ge=FONT_SIZE_MIN, le=FONT_SIZE_MAX)]
ThemeChoice = Literal["system", "light", "dark", "contrast"]
# `page`: the terminal has the theme of the page. In high contrast it has that theme either way.
TerminalTheme = Literal["dark", "page"]
TabSize = Literal[2, 4, 8]
# What a program gets that prints a BEL. A sound would disturb a class by default.
BellChoice = Literal["off", "flash", "sound"]
# Problems that are shown while typing: what fails (`errors`), or also likely mistakes (`strict`).
CheckLevel = Literal["off", "errors", "strict"]
# What the page advises on before a run.
AdviceKind = Literal[
    "network",
    "eval_input",
    "shell_input",
    "password",
    "endless_loop",
    "module_missing",
    "windows_only",
    "file_missing",
]

# When editors suggest names: never beyond the words of the files, on Ctrl+Space, or while typing.
CodeHelpChoice = Literal["off", "asked", "typing"]


class Preferences(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: ThemeChoice = "system"
    font_size: FontSize = 14
    tab_size: TabSize = 4
    screen_reader: StrictBool = False
    terminal_font_size: FontSize = 14
    terminal_theme: TerminalTheme = "dark"  # full-screen programs expect a dark one
    copy_on_select: StrictBool = False
    bell: BellChoice = "flash"
    explain_errors: StrictBool = True  # of a run that has ended with one
    code_help: CodeHelpChoice = "asked"
    option_is_meta: StrictBool = False  # on Macs; otherwise Option types characters
    code_checks: CheckLevel = "errors"
    format_on_save: StrictBool = False
    advice: StrictBool = True
    advice_off: Annotated[tuple[AdviceKind, ...], Field(max_length=32)] = ()  # not wanted again

    @classmethod
    def stored(cls, values: Mapping[str, object]) -> Self:
        """What another version of us has stored may be more than, or other than, we know."""
        known = {name: value for name, value in values.items() if name in cls.model_fields}
        try:
            return cls.model_validate(known)
        except ValidationError:
            return cls()
