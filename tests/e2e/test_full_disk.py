"""The disk is full in the middle of a save: nothing that was written is lost."""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.workspace import Workspace
from tests.product import Product

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a small disk")
DISK, LEFT = "8m", 96 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "test-disk", str(folder)]
    subprocess.run(mount, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """But for what looking at pages takes; the file that takes the room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    os.truncate(ballast, ballast.stat().st_size - LEFT)
    return ballast


def test_a_full_disk_keeps_the_text_until_there_is_room(
    small_disk: Path, tmp_path: Path, context: BrowserContext
) -> None:
    database = f"sqlite:///{small_disk / 'db.sqlite3'}"
    with Product(tmp_path, DATABASE_URL=database) as product:
        product.migrate()
        product.create_users("owner")
        server = product.serve()
        workspace = Workspace.open(context, server.url, server.sign_in("owner"))
        page = workspace.page
        workspace.write("print('begun')\n")
        workspace.wait_for_save()
        ballast = fill(small_disk)
        workspace.write("# more than is left\n" * 10_000)
        workspace.wait_for_save("unavailable")
        expect(workspace.save).to_have_text("Server error, kept locally")
        expect(workspace.save).to_have_attribute("title", re.compile("could not save it"))
        written = workspace.text()
        page.close(run_before_unload=False)  # as when the browser crashes
        again = Workspace(context.new_page())
        again.page.goto(page.url)
        again.wait_for_connection()
        assert again.text() == written
        ballast.unlink()
        again.page.evaluate("window.dispatchEvent(new Event('focus'))")  # somebody looks
        again.wait_for_save(seconds=40)
        again.reload()
        assert again.text() == written
        assert "OperationalError" in server.process.output()  # ours to mend, and logged
        assert workspace.complaints == []
