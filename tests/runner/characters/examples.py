"""Texts of which Python and the page must have the same opinion; the page's test reads the file.

python -m tests.runner.characters.examples   writes it
"""

import json
import random
from pathlib import Path

from runner.characters import characters

FILE = Path(__file__).parent / "examples.json"
KNOWN = {
    "emoji": "\U0001f40d\u2705\U0001f7e9\u2b1b\U0001f600",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "heart": "\u2764\ufe0f\u2764",
    "keycaps": "1\ufe0f\u20e3#\ufe0f\u20e3*",
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7\U0001f1ea",
    "England": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "skin": "\U0001f44d\U0001f3fd\u261d\U0001f3fba\U0001f3fd",
    "couple": "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f468\U0001f3ff",
    "marks": "e\u0301o\u0308\u0323\u0301",
    "Han": "时间\uff21\u30ab",
    "Hangul": "한글\u1112\u1161\u11ab\u1100\u1161",
    "Devanagari": "नमस्ते क्षि हिन्दी",
    "Thai": "กำลัง",
    "Tamil": "நிகழ்",
    "Arabic": "\u0645\u064e\u0631\u062d\u0628\u0627",
    "invisible": "a\u200bb\u200ec\ufeffd\u00ade",
    "boxes": "╔═╗│█▒",
    "alone": "\u0301x\ufe0f",
}
# What rules are about: two code points of each kind, and of ordinary text.
SIGNS = (
    "ab1#é\u00a9\u2764\u2600\u231a\u2705\U0001f600\U0001f468\U0001f3fb\U0001f3fd\u200d\u200c\ufe0f"
    "\ufe0e\u0301\u0308\u20e3\u0915\u0937\u0924\u094d\u093f\u093e\u0e33\u0e31\u0600\u06dd\u200b\u2060"
    "\U0001f1e9\U0001f1ea\u1100\u1112\u1161\u11a8가각时\u3042\uff01\u0627\u05d0│\u00a0\ud7b0\U000e0062"
)  # fmt: skip


def texts(count: int = 3000) -> list[str]:
    dice = random.Random(18)
    made = ["".join(dice.choices(SIGNS, k=dice.randint(1, 6))) for _ in range(count)]
    return [*KNOWN.values(), *SIGNS, *made]


def written() -> str:
    said = [[text, [[each, columns] for each, columns in characters(text)]] for text in texts()]
    return "[\n" + ",\n".join(json.dumps(one) for one in said) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
