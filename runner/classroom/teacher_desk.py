"""The page of who teaches: the live grid, a member's code, answers, stops and shows."""

from asgiref.sync import sync_to_async

from runner import runs, seats
from runner.classroom import rows
from runner.classroom.desk import Desk, Page
from runner.classroom.live_grid import LiveGrid
from runner.infrastructure.database import in_database
from runner.protocol.classes import channel as events
from runner.protocol.classes import messages
from runner.protocol.messages import Message, SourceFile
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.seats import Seat, hands
from runner.terminal import Rates


class TeacherDesk(Desk):
    def __init__(self, seat: Seat, page: Page, rates: Rates) -> None:
        super().__init__(seat, page, rates)
        self._grid = LiveGrid(seat.classroom, page.tell)
        self._watched: tuple[int, str] | None = None  # id and user name of a member

    @property
    def groups(self) -> tuple[str, ...]:
        return (*super().groups, events.staff_group(self.seat.classroom))

    async def open(self) -> None:
        await super().open()
        self._grid.start()

    async def close(self) -> None:
        self._grid.stop()
        await super().close()
        await self._watch(None)

    async def cycle(self) -> None:
        await super().cycle()
        if self._watched is not None:
            await self._say_watching(self._watched[0], watching=True)

    # --- From the page ---------------------------------------------------------------------------
    async def obey(self, message: Message) -> None:
        match message:
            case messages.WatchCode():
                self.charge()
                await self._watch(message.user)
            case messages.AnswerHand():
                self.charge()
                await self._answer(message)
            case messages.StopMemberRun():
                self.charge()
                await self._stop(message)
            case messages.AskShow():
                self.charge()
                await self._ask_show(message.user)
            case _:
                raise NotAllowed(ReasonCode.CLASS_ROLE)

    def _member(self, user: str) -> int:
        found = self._grid.id_of(user)
        if found is None:
            raise seats.NoSuchMember(ReasonCode.NO_SUCH_MEMBER)
        return found

    async def _watch(self, user: str | None) -> None:
        """Whose code is sent here, if the member has a page; until then, what was run last."""
        if self._watched is not None:
            await self._say_watching(self._watched[0], watching=False)
            self._watched = None
        if user is None:
            return
        member = self._member(user)
        await in_database(seats.note_watching, self.seat, member)
        self._watched = member, user
        if (last := await in_database(rows.last_code, self.seat.classroom, member)) is not None:
            files, main = last
            told = tuple(SourceFile.model_validate(file) for file in files)
            code = {"user": user, "files": told, "main": main, "line": 1, "cut": False}
            await self._page.tell(messages.MemberCode(**code, live=False))
        await self._say_watching(member, watching=True)

    async def _say_watching(self, member: int, *, watching: bool) -> None:
        """Again every few seconds: the rule by which it is quiet may have been changed since the
        page was opened, and counts for it, too."""
        me = self._page.channel_name, self.seat.name
        quiet = watching and await in_database(seats.is_quiet, self.seat.classroom)
        watches = events.WatchesCode(self.seat.classroom, *me, watching, quiet)
        await self._to_member(member, watches)

    async def _answer(self, message: messages.AnswerHand) -> None:
        if not self.seat.may_help:  # staff look on
            raise NotAllowed(ReasonCode.CLASS_ROLE)
        member = self._member(message.user)
        answered = await in_database(hands.answer_hand, self.seat, member, message.text)
        await self._to_staff(events.HandChanged(self.seat.classroom, member, "", 0.0))
        if answered is not None:
            await self._to_member(member, answered)

    async def _stop(self, message: messages.StopMemberRun) -> None:
        if not self.seat.may_stop:
            raise NotAllowed(ReasonCode.CLASS_ROLE)
        asked = self.seat.user_id, self.seat.classroom, message.run
        run = await in_database(seats.run_to_stop, *asked)
        # Not in the database's threads: it waits.
        ended = await sync_to_async(runs.stop_by_instructor, thread_sensitive=False)(
            run, self.seat.name, message.reason
        )
        await self._page.tell(messages.Stopped(run=message.run, ended=ended))

    async def _ask_show(self, user: str) -> None:
        if not self.seat.may_show:
            raise NotAllowed(ReasonCode.CLASS_ROLE)
        asked = events.ShowRequested(self.seat.classroom, self.seat.name, self.seat.user_id)
        await self._to_member(self._member(user), asked)

    # --- From other pages ------------------------------------------------------------------------
    async def handle(self, event: events.ClassMessage) -> None:
        match event:
            case events.CodeSent():
                # Of the one before, it may be on its way still.
                if self._watched is not None and event.user == self._watched[0]:
                    await self._page.send_frame(text=event.code)
            case events.ShowAllowed():
                answer = messages.ShowAnswered(user=event.name, allow=event.allow)
                await self._page.tell(answer)
            case events.RunReport() | events.RunReports() | events.MemberOnline():
                self._grid.note(event)
            case events.MemberEditing() | events.HandChanged() | events.MembersChanged():
                self._grid.note(event)
            case _:
                await super().handle(event)
