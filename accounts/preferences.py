"""The preferences of a user, validated. Pure: stored with the user."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

FontSize = Annotated[StrictInt, Field(ge=10, le=32)]  # pixels


class Preferences(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Literal["system", "light", "dark", "contrast"] = "system"
    font_size: FontSize = 14
    tab_size: Literal[2, 4, 8] = 4
    screen_reader: StrictBool = False
    terminal_font_size: FontSize = 14
    copy_on_select: StrictBool = False

    @classmethod
    def stored(cls, values: Mapping[str, object]) -> Self:
        """What another version of us has stored may be more than, or other than, we know."""
        known = {name: value for name, value in values.items() if name in cls.model_fields}
        try:
            return cls.model_validate(known)
        except ValidationError:
            return cls()
