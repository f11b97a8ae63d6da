"""What programs draw with matplotlib, pandas and Pillow appears, and appears once."""

from dataclasses import replace

import pytest

from runner import runs
from runner.languages import PYTHON
from runner.limits import MIB, Limits
from runner.sandbox.limit_backends import LimitBackend
from tests.runner.sandbox import inside
from tests.sandbox import attack
from tests.sandbox.test_installed_packages import require
from tests.sandbox.test_shown import Stored, showing, stored

pytestmark = pytest.mark.languages
__all__ = ["stored"]  # a fixture
LIMITS = replace(Limits(), memory_bytes=512 * MIB)
PLOT = "import matplotlib.pyplot as plt\n"


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    require(PYTHON)
    monkeypatch.setattr(inside, "WAIT_SECONDS", 100)
    monkeypatch.setattr(attack, "WAIT_SECONDS", 100)


async def shown(backend: LimitBackend, source: str, stored: Stored) -> tuple[str, list[runs.Shown]]:
    """What the program printed, and what it showed."""
    async with showing(backend, source, stored, LIMITS) as run:
        ended = await run.end()
    assert ended.outcome == "completed", ended.text
    return ended.text, stored.rows


def named(rows: list[runs.Shown]) -> list[tuple[int, str]]:
    return [(row.seq, row.name) for row in rows]


async def test_each_plot_appears_once_and_none_is_waited_for(
    backend: LimitBackend, stored: Stored
) -> None:
    """matplotlib warns of more than twenty open figures; code-interpreter#61: blank ones."""
    source = PLOT + (
        "plt.show()\nfor n in range(25):\n    plt.plot([n]); plt.show(); plt.show()\nplt.close('all')"
    )
    text, rows = await shown(backend, source, stored)
    assert text == ""
    assert [row.seq for row in rows] == list(range(1, 26))
    assert len({row.data for row in rows}) == 25


async def test_a_plot_that_is_saved_and_shown_appears_once(
    backend: LimitBackend, stored: Stored
) -> None:
    """GraphingLib#264, pycse#2: it is there twice."""
    source = PLOT + "plt.plot([1, 4, 9])\nplt.savefig('squares.png')\nplt.show()"
    _, rows = await shown(backend, source, stored)
    assert {name for _, name in named(rows)} == {"squares.png"}
    assert {row.seq for row in rows} == {1}


async def test_what_is_drawn_after_saving_appears_too(
    backend: LimitBackend, stored: Stored
) -> None:
    source = PLOT + (
        "plt.plot([1])\nplt.savefig('a.png')\nplt.plot([2])\nplt.savefig('b.png')\n"
        "plt.plot([3])\nplt.show()"
    )
    _, rows = await shown(backend, source, stored)
    assert len({row.seq for row in rows}) == 3
    assert len({row.data for row in rows}) == 3


async def test_an_animation_changes_in_its_place(backend: LimitBackend, stored: Stored) -> None:
    source = PLOT + (
        "import time\nbegan = time.monotonic()\n"
        "for n in range(40):\n    plt.cla(); plt.plot([n, 0]); plt.pause(0.02)\n"
        "print(int((time.monotonic() - began) * 5) + 2)"
    )
    text, rows = await shown(backend, source, stored)
    assert named(rows) == [(1, "figure-1.png")] * len(rows)
    assert 2 <= len(rows) <= int(text)  # at most five times a second
    last, rows_before = rows[-1].data, len(rows)
    _, rows = await shown(backend, PLOT + "plt.plot([39, 0])\nplt.show()", stored)
    assert rows[rows_before].data == last  # the last state is not left out


@pytest.mark.parametrize(
    ("source", "kind", "mime"),
    [
        ("from PIL import Image\nshow(Image.new('RGB', (30, 20), 'red'))", "picture", "image/png"),
        ("from PIL import Image\nshow(Image.new('CMYK', (3, 2)).convert('RGB'))", "picture", "image/png"),
        ("from PIL import Image\nshow(Image.new('1', (3, 2)))", "picture", "image/png"),
        ("import pandas as pd\nshow(pd.DataFrame({'a': [1, 2]}))", "table", "text/html"),
        ("import pandas as pd\nshow(pd.Series([1, 2]))", "table", "text/html"),
        ("import pandas as pd\nshow(pd.DataFrame({'a': [1, 2]}).plot())", "picture", "image/png"),
        ("import numpy as np\nshow(np.sin(np.arange(800) / 9), rate=8000)", "sound", "audio/wav"),
        (
            "import matplotlib.pyplot as plt\nfrom matplotlib.animation import FuncAnimation\n"
            "figure, axes = plt.subplots()\n(line,) = axes.plot([0, 1])\n"
            "move = lambda n: line.set_ydata([n, 0])\n"
            "show(FuncAnimation(figure, move, frames=3))",
            "picture", "image/gif",
        ),
    ],
)  # fmt: skip
async def test_show_takes_what_libraries_make(
    backend: LimitBackend, stored: Stored, source: str, kind: str, mime: str
) -> None:
    text, rows = await shown(backend, f"from coderunner import show\n{source}", stored)
    assert text == ""
    assert [(row.kind, row.mime) for row in rows] == [(kind, mime)]
