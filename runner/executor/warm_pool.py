"""Sandboxes that are started before a run needs them. Each serves one run and is used once.

Most contain a waiting interpreter. A few more stand empty, for bursts that exceed the pool: they
cost little memory, and creating the sandbox is half of the time of a start.

Each other version of Python has a pool of its own, from its first program on.

Refilling has the lowest precedence: it waits until no run is starting. Niceness is no alternative,
because an unprivileged process can lower its priority but never raise it again.
"""

import asyncio
import contextlib
import logging
import os
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Container
from contextlib import AsyncExitStack

from runner.executor.demand import Demand
from runner.executor.pty import PseudoTerminal
from runner.infrastructure.metrics import POOL, SANDBOX_START
from runner.infrastructure.optimisations import ALL, Optimisation
from runner.languages import LANGUAGES, other_python
from runner.limits import Limits
from runner.sandbox import Program, Sandbox, SandboxFailed, Size

logger = logging.getLogger(__name__)
QUIET_SECONDS = 0.05  # after a sandbox was taken: the program that got it comes first
REFILL_DELAY_SECONDS = 1.0  # where one is taken all the time, refilling goes on
LOOK_SECONDS = 30.0  # between two looks whether fewer would do
RETRY_SECONDS = 5.0
STARTS = len(os.sched_getaffinity(0))  # at a time: many at once are ready no sooner, but all late
ROWS, COLS = 24, 80  # until the run says


class WarmSandbox:
    """A terminal with a sandbox on it; leaving `stack` ends both.

    `machine`: the number of the machine's state that it shows, see `WarmPool.renew`.
    """

    machine = 0

    def __init__(self, terminal: PseudoTerminal, sandbox: Sandbox, stack: AsyncExitStack) -> None:
        self.terminal, self.sandbox, self.stack = terminal, sandbox, stack

    @classmethod
    async def start(
        cls,
        limits: Limits,
        *,
        warm: bool,
        optimisations: Container[str] = ALL,
        python: str = "",
        screen: Size | None = None,
    ) -> "WarmSandbox":
        """`python`: the command of the interpreter that waits, if it is not Debian's. `screen`: of
        a GUI run."""
        began = time.monotonic()
        async with AsyncExitStack() as stack:
            sandbox = await stack.enter_async_context(
                Sandbox(limits, optimisations=optimisations, python=python, screen=screen)
            )
            terminal = PseudoTerminal(sandbox.take_terminal(), ROWS, COLS)
            stack.enter_context(terminal)
            if warm:
                await sandbox.warm()
                SANDBOX_START.observe(time.monotonic() - began)
            return cls(terminal, sandbox, stack.pop_all())

    async def launch(self, program: Program, rows: int, cols: int) -> None:
        self.terminal.resize(rows, cols)
        await self.sandbox.launch(program)


class WarmPool:
    """Sandboxes that are started ahead, while `run()` runs.

    At least `size` interpreters wait, and as many as were recently needed at once, up to `most`;
    with size 0 each interpreter is started on demand. As many empty sandboxes stand ready as may
    start at a time, for runs that find no waiting interpreter.
    """

    def __init__(
        self,
        size: int,
        most: int,
        limits: Limits,
        optimisations: Container[str] = ALL,
        python: str = "",
    ) -> None:
        self._size, self._most, self._python = size, most, python
        self._machine = 0
        self._pythons = _other_pythons()
        self._others: dict[str, WarmPool] = {}  # by the commands of other Pythons
        self._services: dict[str, asyncio.Task[None]] = {}  # theirs
        self._runs = False
        self._limits = limits
        self._optimisations = optimisations
        self._demand = Demand(size, most)
        wanted = Optimisation.EMPTY_SANDBOXES in optimisations
        self._most_empty = min(STARTS, most) if wanted and not python else 0
        self._waiting: deque[WarmSandbox] = deque()
        self._empty: deque[WarmSandbox] = deque()
        self._asked = asyncio.Event()
        self._asked_at = float("-inf")
        self._starts = asyncio.Semaphore(STARTS)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def empty(self) -> int:
        return len(self._empty)

    async def run(self) -> None:
        """Refills until cancelled, one at a time."""
        self._runs = True
        for python, pool in self._others.items():
            self._services[python] = asyncio.create_task(pool.run())
        try:
            while True:
                self._asked.clear()
                await self._drop_unfit()
                surplus = len(self._waiting) - self._demand.wanted(time.monotonic())
                if surplus > 0:
                    await self._waiting.popleft().stack.aclose()
                elif surplus < 0:
                    await self._until_quiet()
                    await self._refill(self._waiting, warm=True)
                elif len(self._empty) < self._most_empty:
                    await self._until_quiet()
                    await self._refill(self._empty, warm=False)
                else:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_SECONDS):
                            await self._asked.wait()
        finally:
            self._runs = False
            for service in self._services.values():
                service.cancel()
            await asyncio.gather(*self._services.values(), return_exceptions=True)
            while prepared := self._waiting or self._empty:
                await prepared.popleft().stack.aclose()

    def renew(self) -> None:
        """The machine shows programs something else than before: sandboxes that were started until
        now serve no run."""
        self._machine += 1
        self._pythons = _other_pythons()
        for python in self._others.keys() - self._pythons:
            del self._others[python]
            if service := self._services.get(python):
                service.cancel()  # and closes what waits there
        for pool in self._others.values():
            pool.renew()
        self._asked.set()

    async def _drop_unfit(self) -> None:
        for place in (self._waiting, self._empty):
            # One after the other, each looked for anew: others look while one is being closed.
            while unfit := next((each for each in place if not self._fits(each)), None):
                place.remove(unfit)
                await unfit.stack.aclose()

    def _fits(self, prepared: WarmSandbox) -> bool:
        return prepared.sandbox.alive and prepared.machine == self._machine

    async def _take(self, *places: deque[WarmSandbox]) -> WarmSandbox | None:
        await self._drop_unfit()
        return next((place.popleft() for place in places if place), None)

    async def _until_quiet(self) -> None:
        give_up_at = time.monotonic() + REFILL_DELAY_SECONDS
        while (now := time.monotonic()) < give_up_at:
            wait = self._asked_at + QUIET_SECONDS - now
            if wait <= 0 and not self._starts.locked():
                return
            await asyncio.sleep(max(wait, QUIET_SECONDS / 5))

    async def _refill(self, prepared: deque[WarmSandbox], *, warm: bool) -> None:
        try:
            async with self._starts:
                prepared.append(await self._start(warm=warm))
        except (SandboxFailed, OSError):
            logger.exception("Preparing a sandbox failed.")
            await asyncio.sleep(RETRY_SECONDS)

    async def _start(self, *, warm: bool, program: Program | None = None) -> WarmSandbox:
        """`program`: of a GUI run, which has this sandbox for itself, with its own limits."""
        machine, screen = self._machine, program.screen if program else None
        started = await WarmSandbox.start(
            (screen and program and program.limits) or self._limits,
            warm=warm,
            optimisations=self._optimisations,
            python=self._python,
            screen=screen,
        )
        started.machine = machine
        return started

    def _of(self, program: Program) -> "WarmPool":
        """The pool for the Python of that program; this one for all that is no Python."""
        python = program.argv[0]
        if self._python or python not in self._pythons:
            return self
        if python not in self._others:
            size = min(1, self._size)
            pool = WarmPool(size, self._most, self._limits, self._optimisations, python)
            self._others[python] = pool
            if self._runs:
                self._services[python] = asyncio.create_task(pool.run())
        return self._others[python]

    @contextlib.asynccontextmanager
    async def launched(
        self, program: Program, rows: int, cols: int, begin: Callable[[Sandbox], bool]
    ) -> AsyncIterator[tuple[PseudoTerminal, Sandbox]]:
        """The program, just started, where an interpreter waits if one is left; not at all when
        `begin()`, which is told its sandbox just before, says no."""
        if (pool := self._of(program)) is not self:
            async with pool.launched(program, rows, cols, begin) as launched:
                yield launched
            return
        self._asked_at = time.monotonic()
        self._demand.note(self._asked_at)
        self._asked.set()
        async with AsyncExitStack() as stack, AsyncExitStack() as turn:
            # A GUI run's sandbox has another listening socket, and other modules.
            usual = program.screen is None
            prepared = await self._take(self._waiting) if usual else None
            POOL.labels("cold" if prepared is None else "warm").inc()
            if prepared is None:
                await turn.enter_async_context(self._starts)
                prepared = await self._take(self._waiting, self._empty) if usual else None
                prepared = prepared or await self._start(warm=False, program=program)
            await stack.enter_async_context(prepared.stack)
            if begin(prepared.sandbox):
                await prepared.launch(program, rows, cols)
            await turn.aclose()
            yield prepared.terminal, prepared.sandbox


def _other_pythons() -> frozenset[str]:
    """The commands of those that have a pool of their own."""
    return frozenset(map(other_python, LANGUAGES.values())) - {""}
