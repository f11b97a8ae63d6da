"""The compiler of one run, in the sandbox and on the terminal in which the program then runs."""

import asyncio
import contextlib
from collections.abc import Callable

from runner.executor.program.interruption import Interruption
from runner.executor.program.turns import CompileTurns
from runner.executor.terminal_pump import TerminalPump
from runner.executor.watch import Watch
from runner.languages import NoEntry
from runner.protocol.messages import Phase
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox import ExitStatus, Plan, Program, Sandbox


class Compilation:
    def __init__(
        self,
        plan: Plan,
        compiler: Program,
        watch: Watch,
        pump: TerminalPump,
        tell_phase: Callable[[Phase], None],
    ) -> None:
        self._plan = plan
        self._compiler = compiler
        self._watch, self._pump, self._tell_phase = watch, pump, tell_phase
        self._turn = contextlib.AsyncExitStack()
        self._interruption = Interruption(self._give_up)

    def interrupt(self) -> None:
        """^C was typed."""
        self._interruption.note()

    def _give_up(self) -> None:
        self._watch.decide(Outcome.COMPILE_ERROR, ReasonCode.COMPILE_INTERRUPTED)

    async def begin(self, turns: CompileTurns, user: int) -> None:
        """Waits for a turn, or until something has ended the run meanwhile."""
        self._watch.enter(self._compiler.limits or self._plan.limits, compiling=True)
        self._tell_phase(Phase.COMPILING)
        taking = asyncio.ensure_future(self._turn.enter_async_context(turns.turn(user)))
        decided = asyncio.ensure_future(self._watch.decided.wait())
        try:
            await asyncio.wait({taking, decided}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            taking.cancel()
            decided.cancel()
            await asyncio.gather(taking, decided, return_exceptions=True)

    async def close(self) -> None:
        self._interruption.end()
        await self._turn.aclose()

    async def follow(self, sandbox: Sandbox, status: ExitStatus | None) -> bool:
        """After the compiler, which ended by `status`: whether the program runs now. If not, no
        process is left in the sandbox."""
        self._interruption.end()
        await self._watch.settle()
        self._watch.note_end(status)
        if self._interruption.asked:
            self._give_up()
        if status is not None and status.exit_code == 0 and self._watch.outcome is None:
            try:
                await self._start(sandbox)
                return True
            except NoEntry as problem:
                self._watch.decide(Outcome.COMPILE_ERROR, problem.code, problem.figures)
        sandbox.kill()
        await sandbox.ended()
        return False

    async def _start(self, sandbox: Sandbox) -> None:
        program = await asyncio.to_thread(self._plan.program)  # it may read all sources
        await self._turn.aclose()
        await sandbox.follow(program)
        self._watch.enter(self._plan.limits)
        self._pump.hand_over()
        self._tell_phase(Phase.RUNNING)
