"""Who is in a room, as one page's server knows it. Pure; times are those of a monotonic clock.

Every page says every few seconds that it is there. One that has been silent for long is gone: its
web worker may have died.
"""

from runner.protocol.rooms.channel import PageHere
from runner.protocol.rooms.messages import People, Person

SILENT_SECONDS = 10.0  # pages say every two that they are there
MOST_PAGES = 64  # more than a room admits: late messages of pages that have gone


class Presence:
    def __init__(self) -> None:
        self._pages: dict[str, tuple[PageHere, float]] = {}
        self._told: People | None = None

    def here(self, message: PageHere, now: float) -> None:
        if message.page in self._pages or len(self._pages) < MOST_PAGES:
            self._pages[message.page] = message, now

    def gone(self, page: str) -> None:
        self._pages.pop(page, None)

    def knows(self, page: str) -> bool:
        return page in self._pages

    def news(self, now: float) -> People | None:
        """Everybody, if that has changed since it was told last."""
        silent = [page for page, (_, at) in self._pages.items() if now - at > SILENT_SECONDS]
        for page in silent:
            del self._pages[page]
        pages = sorted(
            (one for one, _ in self._pages.values()), key=lambda one: (one.since, one.page)
        )
        people = People(
            people=tuple(
                Person(page=one.page, user=one.user, name=one.name, role=one.role, guest=one.guest)
                for one in pages
            )
        )
        if people == self._told:
            return None
        self._told = people
        return people
