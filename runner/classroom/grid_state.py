"""What an instructor's page knows of each member of a class, and what it is told next. Pure.

Facts come in any order and more than once: from the database (`load`), from executors (`note_run`)
and from members' pages (`note_online`, `note_editing`, `note_hand`). What is told of a member is
computed from them, and told when it differs from what was told before, at most every
`TILE_SECONDS`. Times are seconds since the epoch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from runner.protocol.classes.messages import MemberState, Tile

TILE_SECONDS = 0.5  # between two messages of one tile
EDITING_SECONDS = 10.0  # after the last key
RUNS_KEPT = 4  # of a member, the newest: three may be active at once
GOOD_OUTCOMES = frozenset({"", "completed", "stopped", "disconnected"})


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run, as somebody saw it. `order`: of its creation; `seen_at`: when it was seen so."""

    run: UUID
    language: str
    state: MemberState  # queued, running, waiting; idle once it has ended
    since: float
    order: float
    line: str = ""
    outcome: str = ""
    error: str = ""
    error_line: int | None = None

    @property
    def ended(self) -> bool:
        return self.state is MemberState.IDLE

    @property
    def rank(self) -> int:
        """A run never goes back: what says so is late."""
        return {MemberState.QUEUED: 0, MemberState.IDLE: 2}.get(self.state, 1)


@dataclass(frozen=True, slots=True)
class Hand:
    text: str
    at: float


NO_HAND = Hand("", 0.0)


@dataclass(slots=True)
class Member:
    user_id: int
    user: str
    name: str
    online: bool = False
    online_since: float = 0.0
    language: str = ""
    edited_at: float = float("-inf")
    browsers: int = 1  # that the site is open in, counted during an exam
    hand: Hand = NO_HAND
    runs: dict[UUID, RunFacts] = field(default_factory=dict)
    told: Tile | None = None
    told_at: float = float("-inf")

    def note_run(self, facts: RunFacts) -> None:
        known = self.runs.get(facts.run)
        if known is not None and facts.rank < known.rank:
            return
        if known is not None and facts.ended and known.line and not facts.line:
            facts = replace(facts, line=known.line)
        self.runs[facts.run] = facts
        while len(self.runs) > RUNS_KEPT:
            # An active run is shown before newer ones that have ended.
            oldest = min(self.runs.values(), key=lambda run: (not run.ended, run.order))
            del self.runs[oldest.run]

    def tile(self, now: float) -> Tile:
        newest = max(self.runs.values(), key=lambda run: (not run.ended, run.order), default=None)
        state, since = self._state(newest, now)
        return Tile(
            user=self.user,
            name=self.name,
            state=state,
            since=since,
            language=(newest.language if newest else "") or self.language,
            run=newest.run if newest else None,
            line=newest.line if newest else "",
            outcome=newest.outcome if newest else "",
            error=newest.error if newest else "",
            error_line=newest.error_line if newest else None,
            hand=self.hand.text,
            hand_at=self.hand.at,
            browsers=self.browsers,
        )

    def _state(self, newest: RunFacts | None, now: float) -> tuple[MemberState, float]:
        if newest is not None and not newest.ended:
            return newest.state, newest.since
        if not self.online:
            return MemberState.OFFLINE, self.online_since
        ended_at = newest.since if newest is not None else self.online_since
        if now - self.edited_at < EDITING_SECONDS and self.edited_at >= ended_at:
            return MemberState.EDITING, ended_at
        if newest is not None and newest.outcome not in GOOD_OUTCOMES:
            return MemberState.FAILED, newest.since
        return MemberState.IDLE, max(ended_at, self.online_since)

    def next_change(self, now: float) -> float:
        """When the tile changes without news."""
        until = self.edited_at + EDITING_SECONDS
        return until if until > now else float("inf")


class GridState:
    def __init__(self) -> None:
        self._members: dict[int, Member] = {}
        self._changed: set[int] = set()
        self._all = True

    # --- Facts -----------------------------------------------------------------------------------
    def load(self, members: Iterable[Member]) -> None:
        """What the database says of everybody. Live facts of the same runs are kept."""
        loaded = {member.user_id: member for member in members}
        if loaded.keys() != self._members.keys():
            self._all = True
        for user_id, new in loaded.items():
            known = self._members.get(user_id)
            if known is not None:
                new.edited_at, new.language = known.edited_at, known.language
                new.told, new.told_at = known.told, known.told_at
                if known.online == new.online:
                    new.online_since = known.online_since
                facts, new.runs = list(new.runs.values()), known.runs
                for each in facts:
                    new.note_run(self._with_live(known, each))
            self._changed.add(user_id)
        self._members = loaded

    @staticmethod
    def _with_live(known: Member, stored: RunFacts) -> RunFacts:
        """The database does not know whether a program waits, nor what it has printed."""
        live = known.runs.get(stored.run)
        return live if live is not None and live.rank == stored.rank == 1 else stored

    def note_run(self, user_id: int, facts: RunFacts) -> None:
        if (member := self._members.get(user_id)) is not None:
            member.note_run(facts)
            self._changed.add(user_id)

    def note_online(self, user_id: int, now: float, *, online: bool) -> None:
        member = self._members.get(user_id)
        if member is not None and member.online != online:
            member.online, member.online_since = online, now
            self._changed.add(user_id)

    def note_editing(self, user_id: int, language: str, now: float) -> None:
        if (member := self._members.get(user_id)) is not None:
            member.online, member.edited_at, member.language = True, now, language
            self._changed.add(user_id)

    def note_hand(self, user_id: int, hand: Hand) -> None:
        if (member := self._members.get(user_id)) is not None:
            member.hand = hand
            self._changed.add(user_id)

    @property
    def users(self) -> Mapping[str, int]:
        return {member.user: user_id for user_id, member in self._members.items()}

    def knows(self, user_id: int) -> bool:
        return user_id in self._members

    # --- What is told ------------------------------------------------------------------------
    def take(self, now: float) -> tuple[bool, list[Tile]]:
        """Tiles to tell now, counted as told; and whether they are all."""
        if self._all:
            self._all = False
            self._changed.clear()
            return True, [self._tell(member, now) for member in self._members.values()]
        due = [user_id for user_id in self._changed if self._due_at(user_id) <= now]
        self._changed.difference_update(due)
        tiles = []
        for user_id in due:
            member = self._members.get(user_id)
            if member is not None and member.tile(now) != member.told:
                tiles.append(self._tell(member, now))
        return False, tiles

    def next_due(self, now: float) -> float:
        """When `take` may have something; infinity without news."""
        if self._all:
            return now
        for user_id, member in self._members.items():
            told = member.told
            edited = told is not None and told.state is MemberState.EDITING
            if edited and member.next_change(now) == float("inf"):
                self._changed.add(user_id)
        waiting = min((self._due_at(user_id) for user_id in self._changed), default=float("inf"))
        return min([waiting, *(m.next_change(now) for m in self._members.values())])

    def _due_at(self, user_id: int) -> float:
        member = self._members.get(user_id)
        return member.told_at + TILE_SECONDS if member is not None else float("-inf")

    @staticmethod
    def _tell(member: Member, now: float) -> Tile:
        member.told, member.told_at = member.tile(now), now
        return member.told
