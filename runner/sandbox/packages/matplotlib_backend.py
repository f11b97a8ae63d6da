"""The backend of matplotlib: what is drawn appears beside the terminal.

`plt.show()` shows every figure and waits for nobody; as after closing its window, the next plot
begins a new one. `plt.pause()` shows the figure again in its place, at most five times a second.
`plt.savefig("plot.png")` saves the file, and shows it; `plt.show()` shows it again if something was
drawn since.

It is chosen in matplotlib's own file of defaults, so nothing of it is seen before it is used.
"""

import atexit
import os
import time

from matplotlib import _pylab_helpers
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from coderunner import _show_saved  # type: ignore[attr-defined]  # of programs: show.py
from coderunner import show as _show  # type: ignore[attr-defined]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UPDATE_SECONDS = 0.2
SHOWN = (".png", ".jpg", ".jpeg", ".webp", ".svg")
_behind: "set[FigureManagerCoderunner]" = set()  # those whose last state is not shown


class FigureCanvasCoderunner(FigureCanvasAgg):  # type: ignore[misc]  # programs have it
    _is_shown = False  # as it was saved last

    def print_figure(self, filename: "Any", *args: "Any", **options: "Any") -> "Any":
        result = super().print_figure(filename, *args, **options)
        if isinstance(filename, (str, os.PathLike)):
            path = os.fspath(filename)
            if path.lower().endswith(SHOWN) and os.path.isfile(path):
                self._is_shown = _show_saved(path) is not None
                self.figure.stale = False  # until something is drawn
        return result

    @property
    def is_shown(self) -> bool:
        return self._is_shown and not self.figure.stale

    def start_event_loop(self, timeout: float = 0) -> None:
        if timeout > 0:  # else nobody would end it
            time.sleep(timeout)


class FigureManagerCoderunner(FigureManagerBase):  # type: ignore[misc]
    _number: "int | None" = None
    _shown_at = float("-inf")

    def show(self) -> None:
        _behind.discard(self)
        if self.canvas.is_shown:
            return
        self._shown_at = time.monotonic()
        number = _show(self.canvas.figure, f"figure-{self.num}", replaces=self._number)
        self._number = number or self._number

    def update(self) -> None:
        if time.monotonic() - self._shown_at >= UPDATE_SECONDS:
            self.show()
        else:
            _behind.add(self)

    @classmethod
    def pyplot_show(cls, *, block: "bool | None" = None) -> None:
        managers = _pylab_helpers.Gcf.get_all_fig_managers()
        for manager in managers:
            manager.show() if block is not False else manager.update()
        if block is not False:
            _pylab_helpers.Gcf.destroy_all()

    def destroy(self) -> None:
        if self in _behind:
            self.show()


def _show_the_last() -> None:
    for manager in list(_behind):
        manager.show()


atexit.register(_show_the_last)
FigureCanvasCoderunner.manager_class = FigureManagerCoderunner
FigureCanvas, FigureManager = FigureCanvasCoderunner, FigureManagerCoderunner
