"""A program reaches nobody: not the internet, not this machine, not the database beside it."""

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import attacking, attempted, matches

UNREACHABLE = "ENETUNREACH"
ATTEMPTS: dict[str, tuple[str, object]] = {
    "the database of this machine is called": (
        "socket.create_connection(('127.0.0.1', {database}), 5)", "ECONNREFUSED"),
    "redis is called over IPv6": ("socket.create_connection(('::1', {redis}), 5)", "ECONNREFUSED"),
    "a datagram is sent to this machine": (
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', {udp})); "
        "s.send(b'x'); s.send(b'x')", "ECONNREFUSED"),
    "a name in the abstract space is called": (
        "socket.socket(socket.AF_UNIX).connect({abstract!r})", "ECONNREFUSED"),
    "a socket in a folder of this machine is called": (
        "socket.socket(socket.AF_UNIX).connect({path!r})", "ENOENT"),
    "the internet is called": ("socket.create_connection(('1.1.1.1', 443), 5)", UNREACHABLE),
    "the internet is called over IPv6": (
        "socket.create_connection(('2606:4700::1111', 443), 5)", UNREACHABLE),
    "a datagram is sent to the internet": (
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('1.1.1.1', 53))",
        UNREACHABLE),
    "the cloud's metadata is asked for": (
        "socket.create_connection(('169.254.169.254', 80), 5)", UNREACHABLE),
    "everybody nearby is called": (
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)\n"
        "s.sendto(b'x', ('255.255.255.255', 9))", UNREACHABLE),
    "a name is looked up": ("socket.getaddrinfo('example.org', 80)", "gaierror"),
    "the hypervisor is called": ("socket.socket(40, socket.SOCK_STREAM)", "EAFNOSUPPORT"),
    "the kernel's network is spoken to": (
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", "EAFNOSUPPORT"),
    "packets are read": ("socket.socket(socket.AF_PACKET, socket.SOCK_RAW)", "EAFNOSUPPORT"),
    "the kernel's ciphers are used": ("socket.socket(38, socket.SOCK_SEQPACKET)", "EAFNOSUPPORT"),
    "a raw packet is made": (
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)", "EPERM"),
    "a module of a rare protocol is wanted": (
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)", "EPROTONOSUPPORT"),
    "another network is entered": (
        "call('setns', os.open('/proc/self/ns/net', os.O_RDONLY), 0)", "EPERM"),
    "an interface is added": (
        "import fcntl; fcntl.ioctl(socket.socket(), 0x89a0, b'br0')", "EPERM"),
    "the interface that is there is changed": (
        "import fcntl; fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh22x', b'lo', 0))",
        "EPERM"),
}  # fmt: skip


@pytest.fixture(scope="module")
def outside() -> Iterator[dict[str, Any]]:
    """Services of this machine, as a database and a Redis beside an executor are."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        redis = stack.enter_context(socket.create_server(("::1", 0), family=socket.AF_INET6))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        names: dict[str, Any] = {"abstract": f"\0attacked-{os.getpid()}", "path": f"{folder}/s"}
        for name in names.values():
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(name)
            listener.listen()
        os.chmod(folder, 0o755)
        os.chmod(names["path"], 0o777)
        ports = {"database": database, "redis": redis, "udp": udp}
        yield names | {name: server.getsockname()[1] for name, server in ports.items()}


@pytest.fixture(scope="module")
def tried(backend: LimitBackend, outside: dict[str, Any]) -> Any:
    with_ports = {
        sentence: (source.format(**outside), seen) for sentence, (source, seen) in ATTEMPTS.items()
    }
    return attempted(backend, with_ports)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_nobody_answers_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"


async def test_a_server_of_the_attacker_is_not_reached_from_outside(backend: LimitBackend) -> None:
    source = """if True:
        import socket
        server = socket.create_server(("0.0.0.0", 0))
        print("port", server.getsockname()[1], ".", flush=True)
        input()"""
    async with attacking(backend, source) as attack:
        await attack.wait_for(b".")
        port = int(attack.output.split()[1])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 5)
        attack.terminal.write(b"\n")
        assert (await attack.end()).outcome == "completed"
