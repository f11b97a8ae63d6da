"""Who may type into a run by its owner's leave, and who asks for it. Pure.

The owner's newest terminal types. A watcher may ask; the owner may let one watcher type in its
place, and takes that back at any time. Nobody else decides: a run whose owner is not there is
nobody's to type into.
"""

from dataclasses import dataclass, field

MOST_REQUESTS = 5


@dataclass(slots=True)
class SharedControl:
    guest: str | None = None  # the viewer that types by the owner's leave
    guest_name: str = ""
    requests: dict[str, str] = field(default_factory=dict)  # user names, by viewer

    @property
    def is_shared(self) -> bool:
        """Whether there is something to tell."""
        return self.guest is not None or bool(self.requests)

    @property
    def asking(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.requests.values()))

    def ask(self, viewer: str, user: str) -> bool:
        """Whether that is new."""
        if viewer == self.guest or self.requests.get(viewer) == user:
            return False
        if len(self.requests) >= MOST_REQUESTS:
            return False
        self.requests[viewer] = user
        return True

    def grant(self, user: str) -> str | None:
        """The viewer that types from now on; None if nobody of that name has asked."""
        viewer = next((name for name, known in self.requests.items() if known == user), None)
        if viewer is None:
            return None
        self.requests = {name: known for name, known in self.requests.items() if known != user}
        self.guest, self.guest_name = viewer, user
        return viewer

    def take_back(self) -> bool:
        """The owner types again; also an answer to those who ask. Whether anything was shared."""
        shared = self.is_shared
        self.guest, self.guest_name = None, ""
        self.requests.clear()
        return shared

    def leave(self, viewer: str) -> bool:
        """The viewer is gone. Whether it typed."""
        self.requests.pop(viewer, None)
        if viewer != self.guest:
            return False
        self.guest, self.guest_name = None, ""
        return True
