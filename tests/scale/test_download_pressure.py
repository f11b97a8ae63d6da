"""A client that does not read its download costs the server no memory."""

import os
import socket
from pathlib import Path

import pytest

from tests.cast import SignedIn
from tests.product import Product

RUNS, RUN_BYTES = 30, 500_000
READ_NOTHING_BYTES = 8 * 1024 * 1024  # about half of the archive


def make_runs(name: str) -> None:
    from accounts.models import User
    from tests.a_run import finished_run

    owner = User.objects.get(username=name)
    for _ in range(RUNS):
        finished_run(owner, output=os.urandom(RUN_BYTES))


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def ask_for_it(port: int, user: SignedIn) -> socket.socket:
    token = "a" * 32
    body = f"csrfmiddlewaretoken={token}"
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    head = [
        "POST /accounts/data/download/ HTTP/1.1",
        "Connection: close",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        f"Cookie: {user.cookie}; csrftoken={token}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    line.sendall("\r\n".join([*head, "", body]).encode())
    return line


@pytest.mark.faults
def test_a_client_that_reads_nothing(small_product: Product) -> None:
    small_product.create_users("owner")
    small_product.call(make_runs, "owner")
    server = small_product.serve()
    with ask_for_it(server.port, server.sign_in("owner")) as line:
        begun = line.recv(1000)
        assert b"200 OK" in begun
        assert b"application/zip" in begun
        before = resident_bytes(server.process.pid)
        # Others are served meanwhile; while they are, the download could go on.
        for _ in range(20):
            assert server.answers("/accounts/login/")
        assert resident_bytes(server.process.pid) - before < READ_NOTHING_BYTES
        received = len(begun)
        while piece := line.recv(1 << 20):
            received += len(piece)
    assert received > 0.9 * RUNS * RUN_BYTES
