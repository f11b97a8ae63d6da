"""Stopping a run from a page, without a terminal; and asking for its files."""

import time
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync

from runner.infrastructure import messaging
from runner.protocol.channel import (
    OWNERS_PAGE,
    ChannelMessage,
    ReturnFiles,
    StopByInstructor,
    StopRun,
    executor_channel,
)
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome, RunStatus
from runner.runs.lifecycle import finish_queued, locate

ASK_AGAIN_SECONDS = 0.2  # a message may be lost
GIVE_UP_SECONDS = 2.0  # an executor ends a run within some 100 ms


def stop_run(run_id: UUID) -> bool:
    """Asks for the end of a run until it has ended, for a bounded time; whether it has.

    Not for the event loop: it waits.
    """
    message = StopRun(str(run_id), OWNERS_PAGE)
    return _ask_until_ended(run_id, message, Outcome.STOPPED, ReasonCode.STOPPED, {})


def stop_by_instructor(run_id: UUID, instructor: str, words: str) -> bool:
    """The same; its owner reads who stopped it, and why."""
    message = StopByInstructor(str(run_id), instructor, words)
    figures = {"instructor": instructor, "words": words}
    reason = ReasonCode.STOPPED_WITH_REASON
    return _ask_until_ended(run_id, message, Outcome.STOPPED_BY_INSTRUCTOR, reason, figures)


def ask_for_files(run_id: UUID) -> bool:
    """Whether the run goes on: its files come as artifacts. Otherwise they are there already."""
    location = locate(run_id)
    if location.status == RunStatus.FINISHED or location.executor is None:
        return location.status != RunStatus.FINISHED
    message = ReturnFiles(str(run_id))
    async_to_sync(messaging.send)(executor_channel(location.executor), message)
    return True


def _ask_until_ended(run_id: UUID, message: ChannelMessage, *queued: Any) -> bool:
    """`queued`: how the run ends if no executor has taken it."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while not (ended := _ask(run_id, message, *queued)) and time.monotonic() < give_up_at:
        time.sleep(ASK_AGAIN_SECONDS)
    return ended


def _ask(run_id: UUID, message: ChannelMessage, *queued: Any) -> bool:
    location = locate(run_id)
    if location.status == RunStatus.FINISHED:
        return True
    if location.status == RunStatus.QUEUED:
        return finish_queued(run_id, *queued)
    if location.executor is not None:
        async_to_sync(messaging.send)(executor_channel(location.executor), message)
    return False
