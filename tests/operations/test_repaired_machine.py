"""A site that starts while programs cannot be run says so, and runs them once they can be."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.product import Product
from tests.terminal_client import open_terminal

pytestmark = pytest.mark.faults


def bubblewrap(folder: Path, text: str) -> None:
    """The one that is found first."""
    new = folder / "new"
    new.write_text(f"#!/bin/sh\n{text}\n")
    new.chmod(0o755)
    new.replace(folder / "bwrap")


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:  # /tmp is covered at the start
        Path(name).chmod(0o755)
        yield Path(name)


async def test_a_site_runs_programs_once_its_machine_is_well(
    small_product: Product, folder: Path
) -> None:
    real = shutil.which("bwrap")
    bubblewrap(folder, "echo 'bwrap: an upgrade goes on' >&2; exit 1")
    small_product.env["PATH"] = f"{folder}:{os.environ['PATH']}"
    small_product.create_users("ada")
    server = small_product.serve()
    server.process.wait_for_output("Looking again for a sandbox that works in")
    async with httpx.AsyncClient(timeout=10) as monitor:
        answer = await monitor.get(f"{server.url}/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert (answer.json()["executor"], answer.json()["sandbox"]) == ("ok", "down")
    assert "Programs cannot be run: sandbox: " in server.process.output()
    bubblewrap(folder, f'exec {real} "$@"')
    server.wait_until_ready()
    async with open_terminal(server, server.sign_in("ada")) as terminal:
        await terminal.start("print(6 * 7)")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert terminal.output == b"42\r\n"
    assert "Programs can be run by now." in server.process.output()
