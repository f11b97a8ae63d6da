"""`make dev`: pages from sources through Vite's dev server, and a server that follows its files."""

import json
import os
import re
import signal
import sys

import httpx
import psutil
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.product import Product
from tests.services import ROOT, ServerProcess, free_port, wait_until

CHANGED = ROOT / "coderunner" / "__init__.py"
SECONDS = 60.0  # two servers start, beside other tests


class Dev:
    def __init__(self, product: Product) -> None:
        ports = {"PORT": str(free_port()), "DJANGO_PORT": str(free_port())}
        self.url = f"http://127.0.0.1:{ports['PORT']}"
        self.process: ServerProcess = product.start(
            "dev", [sys.executable, "scripts/dev.py"], ports
        )
        self.wait_for_start(1)

    def wait_for_start(self, number: int) -> None:
        """Until the server has answered for the `number`th time since it was started."""
        opened = f"==> Open {self.url}/"
        self.process.wait_until(lambda: self.process.output().count(opened) == number, SECONDS)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def server(self) -> psutil.Process:
        (found,) = [process for process in self.children() if "serve" in process.cmdline()]
        return found


@pytest.fixture
def dev(small_product: Product) -> Dev:
    return Dev(small_product)


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [
        process
        for process in processes
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


async def until_pages_are_reloaded(url: str, client: str) -> None:
    """As Vite's client in a page is told."""
    token = re.search(r'wsToken = "([\w-]+)"', client)
    assert token, client
    address = f"ws{url.removeprefix('http')}/static/?token={token[1]}"
    async with connect(address, subprotocols=[Subprotocol("vite-hmr")]) as socket:
        assert json.loads(await socket.recv())["type"] == "connected"
        os.utime(CHANGED)
        assert json.loads(await socket.recv())["type"] == "full-reload"


@pytest.mark.faults
async def test_make_dev_follows_its_files_and_ends_as_a_whole(dev: Dev) -> None:
    """One test, as it starts two servers: the page, a change, a program that ends, ^C."""
    async with httpx.AsyncClient(base_url=dev.url, timeout=SECONDS) as browser:
        page = await browser.get("/accounts/login/")
        assert f'<script type="module" src="{dev.url}/static/site.ts"></script>' in page.text
        source = await browser.get("/static/site.ts")
        assert source.headers["Content-Type"].startswith("text/javascript")
        assert (await browser.get("/static/admin/css/base.css")).status_code == 200
        client = await browser.get("/static/@vite/client")

    server = dev.server()
    before = [server, *server.children(recursive=True)]
    await until_pages_are_reloaded(dev.url, client.text)
    dev.wait_for_start(2)
    new_server = dev.server()
    assert new_server.pid != server.pid
    wait_until(lambda: not alive(before), "the end of the first server and its sandboxes")

    new_server.kill()  # as one that a mistake ends
    dev.process.wait_for_output("It is started again when a file changes.")
    os.utime(CHANGED)
    dev.wait_for_start(3)

    everything = dev.children()
    assert len(everything) >= 3  # Vite, the server, and what starts its sandboxes
    dev.process.send(signal.SIGINT)
    assert dev.process.wait_for_end() == 0
    wait_until(lambda: not alive(everything), "the end of every process")
