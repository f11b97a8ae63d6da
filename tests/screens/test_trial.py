"""Whether windows can be shown here is tried, as the doctor and executors do it."""

import asyncio
import socket
from dataclasses import replace

import pytest

from runner.limits import Limits
from runner.sandbox import Sandbox, try_screen
from runner.sandbox.screens import server
from tests.screens.viewer import requires_screen

pytestmark = pytest.mark.languages


@requires_screen
def test_a_program_finds_the_x_server() -> None:
    assert asyncio.run(try_screen(Limits())) == ""


@requires_screen
def test_a_program_that_finds_it_long_before_we_do_waits_for_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connect = Sandbox.connect_to_screen

    async def late(sandbox: Sandbox) -> socket.socket:
        await asyncio.wait({asyncio.ensure_future(sandbox.ended())}, timeout=2)
        return await connect(sandbox)

    monkeypatch.setattr(Sandbox, "connect_to_screen", late)
    assert asyncio.run(try_screen(Limits())) == ""


@requires_screen
def test_an_x_server_that_does_not_start_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SERVER", "false")
    assert asyncio.run(try_screen(Limits())).startswith("no X server starts")


@requires_screen
def test_an_x_server_starts_where_programs_may_have_few_descriptors() -> None:
    assert asyncio.run(try_screen(replace(Limits(), open_files=64))) == ""
