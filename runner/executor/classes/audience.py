"""Those who see one run: who of them types, who asks for it, who watches, what they are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from runner.executor.classes.control import SharedControl
from runner.protocol.channel import ChannelMessage, ControlState, Watchers

Answer = Callable[[str, ChannelMessage], None]


@dataclass(slots=True)
class Spectator:
    """What is known of a viewer here. `name`: of who watches, as the owner is told; `types`: it
    asked for control."""

    asked_at: float
    own: bool
    name: str
    types: bool
    told_control: bool = False  # that control is shared, or asked for
    told_watchers: list[str] = field(default_factory=list)
    told_typing: bool = False  # whether it types, since control was lent: it may have got lost


class Streams(Protocol):
    """The output streams of the run, whose flow the viewer in control governs."""

    @property
    def controller(self) -> str | None: ...

    def follow(self, controller: str | None) -> None: ...


class Audience:
    def __init__(
        self, run: str, streams: Streams, answer: Answer, tell_control: Callable[[str, int], None]
    ) -> None:
        """`tell_control(viewer, acked)` says whether that viewer types, and from which input on."""
        self._run, self._streams = run, streams
        self._answer, self._tell_control = answer, tell_control
        self._here: dict[str, Spectator] = {}
        self._control = SharedControl()

    @property
    def guest(self) -> str | None:
        """The viewer that types by the owner's leave."""
        return self._control.guest

    def is_own(self, viewer: str) -> bool:
        known = self._here.get(viewer)
        return known is not None and known.own

    def enter(self, viewer: str, spectator: Spectator, *, control: bool) -> None:
        """`control`: it has it, as the owner's newest."""
        if control:
            self._control.take_back()
        self._here[viewer] = spectator
        self.tell()

    def leave(self, viewer: str, acked: int) -> None:
        self._here.pop(viewer, None)
        typed = self._control.leave(viewer)
        if not typed and self.guest is not None and self._owners_viewer() is None:
            self._control.take_back()  # nobody is there who could end it
            typed = True
        if typed:
            self._give_to(self._owners_viewer(), acked)
        self.tell()

    def ask(self, viewer: str, user: str) -> None:
        if not self.is_own(viewer) and self._control.ask(viewer, user):
            self.tell()

    def grant(self, viewer: str, user: str, acked: int) -> None:
        """Only the owner's viewer in control grants it, to a viewer that has asked."""
        if not self.is_own(viewer) or viewer != self._streams.controller:
            return
        guest = self._control.grant(user)
        if guest is not None:
            self._give_to(guest, acked)
        self.tell()

    def release(self, viewer: str, acked: int) -> None:
        """By who types by the owner's leave, or by the owner."""
        if not self.is_own(viewer) and viewer != self.guest:
            return
        had_guest = self.guest is not None
        self._control.take_back()
        if had_guest:
            self._give_to(self._owners_viewer(), acked)
        self.tell()

    def _owners_viewer(self) -> str | None:
        """The newest, of those that asked for control if there are any."""
        own = {name: known for name, known in self._here.items() if known.own}
        newest = lambda name: (own[name].types, own[name].asked_at)  # noqa: E731
        return max(own, key=newest, default=None)

    def _give_to(self, viewer: str | None, acked: int) -> None:
        before = self._streams.controller
        self._streams.follow(viewer)
        for name in (before, viewer):
            if name is not None and name in self._here:
                self._here[name].told_typing = True
                self._tell_control(name, acked)

    def tell_again(self, acked: int) -> None:
        """What may have been lost: without it, two would believe that they type, or nobody."""
        for name, known in self._here.items():
            if known.told_typing:
                self._tell_control(name, acked)
        self.tell(again=True)

    def tell(self, *, again: bool = False) -> None:
        """Tells what has changed; `again`: also what has not, as it may have been lost."""
        watching = sorted({known.name for known in self._here.values() if known.name})
        for name, known in self._here.items():
            if known.own and (known.told_watchers != watching or (again and watching)):
                known.told_watchers = watching
                self._answer(name, Watchers(self._run, watching))
            self._tell_state(name, known)

    def _tell_state(self, name: str, known: Spectator) -> None:
        control = self._control
        concerned = known.own or name == control.guest or name in control.requests
        shared = concerned and control.is_shared
        if shared or known.told_control:
            asking = list(control.asking)
            self._answer(name, ControlState(self._run, control.guest_name, asking))
            known.told_control = shared
