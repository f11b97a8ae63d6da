"""Who of those that see a run types, and what each of them is told."""

from runner.executor.classes.audience import Audience, Spectator
from runner.protocol.channel import ChannelMessage, ControlState, Watchers

OWNER, TEACHER, ANOTHER = "owner's page", "teacher's page", "another page"


class Run:
    """The streams of a run, and what its viewers were told."""

    def __init__(self) -> None:
        self.controller: str | None = None
        self.told: list[tuple[str, ChannelMessage]] = []
        self.control: list[tuple[str, bool]] = []  # who was told whether it types
        self.audience = Audience("a run", self, lambda *one: self.told.append(one), self._tell)

    def follow(self, controller: str | None) -> None:
        self.controller = controller

    def _tell(self, viewer: str, acked: int) -> None:
        assert acked == 7
        self.control.append((viewer, viewer == self.controller))

    def enter(self, viewer: str, *, own: bool = False, name: str = "", at: float = 1.0) -> None:
        if own:
            self.controller = viewer
        self.audience.enter(viewer, Spectator(at, own, name, types=own), control=own)

    def last(self, viewer: str, kind: type[ChannelMessage]) -> ChannelMessage | None:
        found = [message for to, message in self.told if to == viewer and isinstance(message, kind)]
        return found[-1] if found else None


def watched() -> Run:
    run = Run()
    run.enter(OWNER, own=True)
    run.enter(TEACHER, name="Ms Smith")
    return run


def lent() -> Run:
    run = watched()
    run.audience.ask(TEACHER, "smith")
    run.audience.grant(OWNER, "smith", 7)
    return run


def test_the_owner_alone_reads_who_watches_until_nobody_does() -> None:
    run = watched()
    assert run.last(OWNER, Watchers) == Watchers("a run", ["Ms Smith"])
    assert run.last(TEACHER, Watchers) is None
    run.audience.leave(TEACHER, 7)
    assert run.last(OWNER, Watchers) == Watchers("a run", [])


def test_control_is_lent_to_who_has_asked_and_both_are_told() -> None:
    run = watched()
    run.audience.ask(TEACHER, "smith")
    assert run.last(OWNER, ControlState) == ControlState("a run", "", ["smith"])
    assert run.controller == OWNER
    run.audience.grant(OWNER, "smith", 7)
    assert run.controller == TEACHER
    assert run.control == [(OWNER, False), (TEACHER, True)]
    for viewer in (OWNER, TEACHER):
        assert run.last(viewer, ControlState) == ControlState("a run", "smith", [])


def test_who_types_is_said_again_to_all_whom_it_concerns() -> None:
    run = lent()
    for typing in (TEACHER, OWNER):
        run.control.clear()
        run.audience.tell_again(7)
        assert sorted(run.control) == sorted((who, who == typing) for who in (OWNER, TEACHER))
        run.audience.release(OWNER, 7)


def test_where_nothing_was_lent_nothing_is_said_again() -> None:
    run = watched()
    run.audience.ask(TEACHER, "smith")
    run.audience.tell_again(7)
    assert run.control == []


def test_nobody_but_the_owner_lends_control() -> None:
    run = watched()
    run.enter(ANOTHER)
    for viewer in (TEACHER, ANOTHER):
        run.audience.ask(viewer, viewer)
        for giver in (TEACHER, ANOTHER, "a page that is not here"):
            run.audience.grant(giver, viewer, 7)
    run.audience.grant(OWNER, "somebody who has not asked", 7)
    assert run.controller == OWNER


def test_who_was_lent_control_cannot_lend_it_on() -> None:
    run = lent()
    run.enter(ANOTHER)
    run.audience.ask(ANOTHER, "jones")
    run.audience.grant(TEACHER, "jones", 7)
    assert run.controller == TEACHER


def test_either_ends_it_and_the_owner_types_again() -> None:
    for viewer in (OWNER, TEACHER):
        run = lent()
        run.audience.release(viewer, 7)
        assert run.controller == OWNER
        assert run.control[-1] == (OWNER, True)
        assert run.last(OWNER, ControlState) == ControlState("a run", "", [])
    run = lent()
    run.enter(ANOTHER)
    run.audience.release(ANOTHER, 7)  # whose business it is not
    assert run.controller == TEACHER


def test_control_goes_back_when_who_types_is_gone() -> None:
    run = lent()
    run.audience.leave(TEACHER, 7)
    assert run.controller == OWNER


def test_nobody_types_for_an_owner_who_is_gone() -> None:
    run = lent()
    run.audience.leave(OWNER, 7)
    assert run.controller is None
    assert run.control[-1] == (TEACHER, False)


def test_the_owner_takes_it_back_by_coming_back() -> None:
    run = lent()
    run.enter("owner's new page", own=True, at=2.0)
    assert run.audience.guest is None
    assert run.controller == "owner's new page"


def test_what_may_have_been_lost_is_said_again() -> None:
    run = lent()
    run.told.clear()
    run.audience.tell()
    run.audience.tell(again=True)
    assert run.last(OWNER, Watchers) == Watchers("a run", ["Ms Smith"])
    assert run.last(TEACHER, ControlState) == ControlState("a run", "smith", [])
