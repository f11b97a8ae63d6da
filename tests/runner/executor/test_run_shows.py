"""A run that shows something, with a real sandbox and a database, until its viewers know of it."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from runner.executor.run_task import RunTask
from runner.executor.warm_pool import WarmPool
from runner.infrastructure import messaging
from runner.limits import Limits
from runner.models import Artifact, Executor, Run
from runner.protocol.channel import ArtifactsStored, ChannelMessage, DetachViewer, RunEnded
from runner.run_state import RunStatus
from tests.an_artifact import PNG
from tests.cast import someone

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_SECONDS = 60
SOURCE = f"""
import json, socket, struct
channel = socket.socket(socket.AF_UNIX)
channel.connect("/run/coderunner/show")
data = {PNG!r}
about = json.dumps({{"kind": "picture", "name": "plot", "bytes": len(data)}}).encode()
for kind, part in ((b"M", about), (b"D", data)):
    channel.sendall(struct.pack(">cI", kind, len(part)) + part)
print(channel.recv(100))
"""


def a_claimed_run() -> tuple[Run, Executor]:
    executor = Executor.objects.create(name="one", capacity=1)
    run = Run.objects.create(
        owner=someone("owner"), language="python", main="main.py", rows=24, cols=80,
        files=[{"path": "main.py", "content": SOURCE}], status=RunStatus.CLAIMED,
        executor=executor, viewer="browser",
    )  # fmt: skip
    return run, executor


async def test_it_is_stored_before_the_program_goes_on_and_told_before_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[ChannelMessage] = []

    async def send(_: str, message: ChannelMessage) -> None:
        sent.append(message)
        if isinstance(message, RunEnded):
            task.handle(DetachViewer(task.id, "browser"))

    monkeypatch.setattr(messaging, "send", send)
    run, executor = await sync_to_async(a_claimed_run)()
    task = RunTask(run, executor, WarmPool(0, 1, Limits()))
    async with asyncio.timeout(WAIT_SECONDS):
        await task.run(lambda: None)
    stored = await Artifact.objects.aget(run=run)
    assert (stored.name, stored.mime, bytes(stored.data)) == ("plot.png", "image/png", PNG)
    told: list[Any] = [m for m in sent if isinstance(m, ArtifactsStored | RunEnded)]
    assert told[0] == ArtifactsStored(str(run.pk), 1)
    assert told[-1].artifacts == 1
    ended = await Run.objects.aget(pk=run.pk)
    assert (ended.outcome, ended.artifact_bytes) == ("completed", len(PNG))
