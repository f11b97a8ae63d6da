# ruff: noqa: RUF001 (letters of other scripts)
"""What the keys of each layout type: alone, with Shift, with AltGr, and with Option on a Mac.

Rows are those of an ISO keyboard, of 48 keys. `◌` is a dead key, `∅` types nothing.
"""

from dataclasses import dataclass, field

DEAD, NOTHING = "◌", "∅"
CODES = [
    "Backquote", *(f"Digit{digit}" for digit in "1234567890"), "Minus", "Equal",
    *(f"Key{letter}" for letter in "QWERTYUIOP"), "BracketLeft", "BracketRight",
    *(f"Key{letter}" for letter in "ASDFGHJKL"), "Semicolon", "Quote", "Backslash",
    "IntlBackslash", *(f"Key{letter}" for letter in "ZXCVBNM"), "Comma", "Period", "Slash",
]  # fmt: skip


@dataclass(frozen=True)
class Layout:
    name: str
    alone: str
    shift: str
    altgr: dict[str, str] = field(default_factory=dict)  # on Windows and Linux
    option: dict[str, str] = field(default_factory=dict)  # on a Mac; `Shift+` before the code
    more: dict[str, tuple[str, str]] = field(default_factory=dict)  # keys that others do not have

    def keys(self) -> dict[str, tuple[str, str]]:
        """By code: what a key types alone, and with Shift."""
        rows = zip(CODES, _keys(self.alone), _keys(self.shift), strict=True)
        return {code: (alone, shift) for code, alone, shift in rows} | self.more

    def code_of(self, character: str) -> tuple[str, bool] | None:
        """The key that types a character, and whether with Shift."""
        for code, typed in self.keys().items():
            if character in typed:
                return code, typed[0] != character
        return None


def _keys(rows: str) -> list[str]:
    """Of a row with spaces, each word is a key: it may type several characters."""
    found: list[str] = []
    for row in rows.splitlines():
        found += row.split() if " " in row else row
    return found


US = Layout(
    "US",
    "`1234567890-=\nqwertyuiop[]\nasdfghjkl;'\\\n\\zxcvbnm,./",
    '~!@#$%^&*()_+\nQWERTYUIOP{}\nASDFGHJKL:"|\n|ZXCVBNM<>?',
    option={"KeyL": "¬", "KeyG": "©", "Digit2": "™", "KeyS": "ß", "KeyV": "√", "KeyC": "ç"},
)
GERMAN = Layout(
    "German",
    "◌1234567890ß◌\nqwertzuiopü+\nasdfghjklöä#\n<yxcvbnm,.-",
    "°!\"§$%&/()=?◌\nQWERTZUIOPÜ*\nASDFGHJKLÖÄ'\n>YXCVBNM;:_",
    altgr={
        "Digit2": "²", "Digit7": "{", "Digit8": "[", "Digit9": "]", "Digit0": "}", "Minus": "\\",
        "KeyQ": "@", "KeyE": "€", "BracketRight": "~", "KeyM": "µ", "IntlBackslash": "|",
    },
    option={
        "KeyL": "@", "Digit5": "[", "Digit6": "]", "Digit7": "|", "Digit8": "{", "Digit9": "}",
        "KeyN": "~", "Shift+Digit7": "\\", "KeyE": "€",
    },
)  # fmt: skip
SWISS = Layout(
    "Swiss German",
    "§1234567890'◌\nqwertzuiopü◌\nasdfghjklöä$\n<yxcvbnm,.-",
    '°+"*ç%&/()=?◌\nQWERTZUIOPè!\nASDFGHJKLéà£\n>YXCVBNM;:_',
    altgr={
        "Digit1": "¦", "Digit2": "@", "Digit3": "#", "Digit7": "|", "BracketLeft": "[",
        "BracketRight": "]", "Quote": "{", "Backslash": "}", "IntlBackslash": "\\", "KeyE": "€",
    },
    option={
        "KeyG": "@", "Digit3": "#", "Digit5": "[", "Digit6": "]", "Digit7": "|", "Digit8": "{",
        "Digit9": "}", "KeyN": "~", "Shift+Digit7": "\\",
    },
)  # fmt: skip
FRENCH = Layout(
    "French",
    "²&é\"'(-è_çà)=\nazertyuiop◌$\nqsdfghjklmù*\n<wxcvbn,;:!",
    "∅1234567890°+\nAZERTYUIOP◌£\nQSDFGHJKLM%µ\n>WXCVBN?./§",
    altgr={
        "Digit2": "~", "Digit3": "#", "Digit4": "{", "Digit5": "[", "Digit6": "|", "Digit7": "`",
        "Digit8": "\\", "Digit9": "^", "Digit0": "@", "Minus": "]", "Equal": "}", "KeyE": "€",
    },
    option={
        "Digit5": "{", "Shift+Digit5": "[", "Minus": "}", "Shift+Minus": "]", "Shift+KeyL": "|",
        "KeyN": "~", "Shift+Period": "\\",
    },
)  # fmt: skip
SPANISH = Layout(
    "Spanish",
    "º1234567890'¡\nqwertyuiop◌+\nasdfghjklñ◌ç\n<zxcvbnm,.-",
    'ª!"·$%&/()=?¿\nQWERTYUIOP◌*\nASDFGHJKLÑ◌Ç\n>ZXCVBNM;:_',
    altgr={
        "Backquote": "\\", "Digit1": "|", "Digit2": "@", "Digit3": "#", "Digit4": "~",
        "BracketLeft": "[", "BracketRight": "]", "Quote": "{", "Backslash": "}", "KeyE": "€",
    },
    option={
        "Digit1": "|", "Digit2": "@", "Digit3": "#", "BracketLeft": "[", "BracketRight": "]",
        "Quote": "{", "Backslash": "}", "Semicolon": "~",
    },
)  # fmt: skip
SWEDISH = Layout(
    "Swedish",
    "§1234567890+◌\nqwertyuiopå◌\nasdfghjklöä'\n<zxcvbnm,.-",
    '½!"#¤%&/()=?◌\nQWERTYUIOPÅ◌\nASDFGHJKLÖÄ*\n>ZXCVBNM;:_',
    altgr={
        "Digit2": "@", "Digit3": "£", "Digit4": "$", "Digit7": "{", "Digit8": "[", "Digit9": "]",
        "Digit0": "}", "Minus": "\\", "BracketRight": "~", "IntlBackslash": "|", "KeyE": "€",
    },
    option={
        "Digit2": "@", "Digit7": "|", "Digit8": "[", "Digit9": "]", "Shift+Digit7": "\\",
        "Shift+Digit8": "{", "Shift+Digit9": "}", "BracketRight": "~",
    },
)  # fmt: skip
HUNGARIAN = Layout(
    "Hungarian",
    "0123456789öüó\nqwertzuiopőú\nasdfghjkléáű\níyxcvbnm,.-",
    "§'\"+!%/=()ÖÜÓ\nQWERTZUIOPŐÚ\nASDFGHJKLÉÁŰ\nÍYXCVBNM?:_",
    altgr={
        "KeyQ": "\\", "KeyW": "|", "KeyF": "[", "KeyG": "]", "KeyX": "#", "KeyC": "&", "KeyV": "@",
        "KeyB": "{", "KeyN": "}", "Comma": ";", "Slash": "*", "Semicolon": "$", "Quote": "ß",
    },
    option={"KeyQ": "\\", "KeyW": "|", "KeyF": "[", "KeyG": "]", "KeyV": "@", "KeyB": "{"},
)  # fmt: skip
TURKISH_F = Layout(
    "Turkish F",
    "+1234567890/-\nfgğıodrnhpqw\nuieaütkmlyşx\n<jövcçzsb.,",
    "*!\"◌$%&'()=?_\nFGĞIODRNHPQW\nUİEAÜTKMLYŞX\n>JÖVCÇZSB:;",
    altgr={
        "Digit3": "#", "Digit4": "$", "Digit7": "{", "Digit8": "[", "Digit9": "]", "Digit0": "}",
        "Minus": "\\", "Equal": "|", "KeyQ": "@",
    },
    option={"KeyQ": "@", "Digit3": "#", "Digit7": "{", "Digit8": "[", "Digit9": "]"},
)  # fmt: skip
RUSSIAN = Layout(
    "Russian",
    "ё1234567890-=\nйцукенгшщзхъ\nфывапролджэ\\\n/ячсмитьбю.",
    'Ё!"№;%:?*()_+\nЙЦУКЕНГШЩЗХЪ\nФЫВАПРОЛДЖЭ/\n|ЯЧСМИТЬБЮ,',
    altgr={"Digit8": "₽"},
    option={"Digit8": "•", "KeyA": "ƒ"},
)
GREEK = Layout(
    "Greek",
    "`1234567890-=\n;ςερτυθιοπ[]\nασδφγηξκλ◌'\\\n<ζχψωβνμ,./",
    '~!@#$%^&*()_+\n:◌ΕΡΤΥΘΙΟΠ{}\nΑΣΔΦΓΗΞΚΛ◌"|\n>ΖΧΨΩΒΝΜ<>?',
    altgr={"KeyE": "€", "Digit3": "£"},
    option={"KeyE": "€", "KeyG": "©"},
)
ARABIC = Layout(
    "Arabic",
    "ذ1234567890-=\nضصثقفغعهخحجد\nشسيبلاتنمكط\\\n\\ ئ ء ؤ ر لا ى ة و ز ظ",
    'ّ ! @ # $ % ^ & * ) ( _ +\nَ ً ُ ٌ لإ إ ‘ ÷ × ؛ < >\nِ ٍ ] [ لأ أ ـ ، / : " |\n| ~ ْ } { لآ آ ’ , . ؟',
    altgr={"KeyE": "€"},
    option={"Digit5": "٪"},
)
HEBREW = Layout(
    "Hebrew",
    ";1234567890-=\n/'קראטוןםפ][\nשדגכעיחלךף,\\\n\\זסבהנמצתץ.",
    '~!@#$%^&*)(_+\nQWERTYUIOP}{\nASDFGHJKL:"|\n|ZXCVBNM><?',
    altgr={"Digit4": "₪", "KeyE": "€"},
    option={"Digit4": "₪"},
)
JAPANESE = Layout(
    "Japanese",
    "∅1234567890-^\nqwertyuiop@[\nasdfghjkl;:]\n∅zxcvbnm,./",
    "∅!\"#$%&'()∅=~\nQWERTYUIOP`{\nASDFGHJKL+*}\n∅ZXCVBNM<>?",
    option={"IntlYen": "\\"},
    more={"IntlYen": ("¥", "|"), "IntlRo": ("\\", "_")},
)
DVORAK = Layout(
    "Dvorak",
    "`1234567890[]\n',.pyfgcrl/=\naoeuidhtns-\\\n\\;qjkxbmwvz",
    '~!@#$%^&*(){}\n"<>PYFGCRL?+\nAOEUIDHTNS_|\n|:QJKXBMWVZ',
    option={"KeyF": "ƒ"},
)
LAYOUTS = [
    US, GERMAN, SWISS, FRENCH, SPANISH, SWEDISH, HUNGARIAN, TURKISH_F, RUSSIAN, GREEK, ARABIC,
    HEBREW, JAPANESE, DVORAK,
]  # fmt: skip
