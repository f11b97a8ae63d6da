"""A presenter's page on all pages of a class. Pure.

The presenter sends one message for each change, however many look. Code is sent when it changes; a
page that has missed some of it asks the presenter's server, which has the last state, not the
presenter.
"""

from runner.protocol.classes import messages
from runner.protocol.classes.channel import ShowAlive, ShowChanged, ShowOver
from runner.protocol.messages import SourceFile, encode

SILENT_SECONDS = 15.0  # presenters say every five that they are there


class Presenting:
    """The state that a presenter's page shows."""

    def __init__(self, classroom: int, presenter: str, by: str, began: float) -> None:
        self._classroom, self._presenter = classroom, presenter
        self._by, self._began = by, began
        self._version = 0
        self._files: tuple[SourceFile, ...] = ()
        self._last: messages.Show | None = None

    def changed(self, message: messages.Show) -> ShowChanged:
        """What all pages are told of a message."""
        if message.files is not None:
            self._files = message.files
            self._version += 1
        self._last = message
        return self._told(message, message.files)

    @property
    def whole(self) -> ShowChanged:
        """What a page is told that has missed something."""
        assert self._last is not None, "a show begins with a message"
        return self._told(self._last, self._files)

    @property
    def alive(self) -> ShowAlive:
        return ShowAlive(self._classroom, self._presenter, self._by, self._began, self._version)

    @property
    def over(self) -> ShowOver:
        return ShowOver(self._classroom, self._presenter, self._by)

    def _told(self, message: messages.Show, files: tuple[SourceFile, ...] | None) -> ShowChanged:
        shown = messages.Shown(
            by=self._by,
            files=files,
            path=message.path,
            top=message.top,
            line=message.line,
            cut=message.cut,
            language=message.language,
            screen=message.screen,
            rows=message.rows,
            cols=message.cols,
        )
        return ShowChanged(
            self._classroom,
            self._presenter,
            self._by,
            self._began,
            self._version,
            files is not None,
            encode(shown),
        )


class Seen:
    """What one page has of the show of another page. Times are those of a monotonic clock."""

    def __init__(self) -> None:
        self.presenter = self.by = ""
        self._began, self._version, self._heard_at = float("-inf"), 0, float("-inf")

    def take(self, event: ShowChanged, now: float) -> bool:
        """Whether the page is told. Of two presenters it is told of the one who began last."""
        if not self._concerns(event, now):
            return False
        if event.presenter != self.presenter and not event.whole:
            return False
        if not event.whole and event.version != self._version:
            return False
        self.presenter, self.by = event.presenter, event.by
        self._began, self._version, self._heard_at = event.began, event.version, now
        return True

    def has_missed(self, event: ShowAlive | ShowChanged, now: float) -> bool:
        """Whether the page lacks code of that show; else it is a sign of life."""
        if not self._concerns(event, now):
            return False
        if event.presenter != self.presenter or event.version != self._version:
            return True
        self._heard_at = now
        return False

    def is_silent(self, now: float) -> bool:
        """The presenter has gone without a word."""
        return self.presenter != "" and now - self._heard_at > SILENT_SECONDS

    def forget(self) -> None:
        self.presenter, self._began = "", float("-inf")

    def _concerns(self, event: ShowAlive | ShowChanged, now: float) -> bool:
        same = event.presenter == self.presenter
        return same or event.began > self._began or self.is_silent(now)
