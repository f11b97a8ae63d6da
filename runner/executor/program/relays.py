"""What a run has beside its terminal for its page: a debugger, a screen, or neither."""

from collections.abc import Callable, Mapping
from functools import partial

from runner.executor.screens.relay import ScreenRelay
from runner.executor.screens.stills import Stills, Store
from runner.executor.side_channels import DebugRelay, Side, SideDelivery
from runner.executor.terminal_pump import TerminalPump
from runner.limits import Limits
from runner.models import Run
from runner.protocol.frames import DEBUGGER, SCREEN
from runner.sandbox import Sandbox

NO_SIDES: Mapping[int, Side] = {}


class Relays:
    """`lost()` is called when a program that goes on has no X server any more."""

    def __init__(
        self,
        run: Run,
        limits: Limits,
        pump: TerminalPump,
        lost: Callable[[], None],
        sides: Mapping[int, Side] = NO_SIDES,
    ) -> None:
        """`sides`: others, by their numbers in the protocol."""
        self._lost = lost
        self._stills: Stills | None = None
        self.debugger = DebugRelay(limits, pump.count_aside) if run.observed else None
        self.screen = ScreenRelay(limits, pump.note_use) if run.screen_width else None
        relays = {DEBUGGER: self.debugger, SCREEN: self.screen}
        used = {number: relay for number, relay in relays.items() if relay is not None}
        own = {number: relay.side for number, relay in used.items()}
        self.delivery = SideDelivery(str(run.pk), {**sides, **own})
        for number, relay in used.items():
            relay.changed = self.delivery.changed
            relay.passed_on = partial(self.delivery.acknowledge, number)

    def begin(self, sandbox: Sandbox, store_still: Store) -> None:
        """The program has started."""
        if self.debugger is not None:
            self.debugger.begin(sandbox.listener("debug"))
        if self.screen is not None:
            self.screen.lost = partial(self._note_lost, sandbox)
            self.screen.begin(sandbox)
            self._stills = Stills(self.screen, store_still)
            self._stills.begin(sandbox)

    async def end(self) -> None:
        """The program has ended."""
        if self.debugger is not None:
            await self.debugger.end()
        if self._stills is not None:
            await self._stills.end()
        if self.screen is not None:
            await self.screen.end()

    def _note_lost(self, sandbox: Sandbox) -> None:
        if not sandbox.over:  # else its X server has ended with the program
            self._lost()
