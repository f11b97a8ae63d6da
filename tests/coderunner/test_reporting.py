"""Errors of ours go to Sentry when a site has one, and nothing else does."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import brotli

from tests.services import ROOT


class Sentry(HTTPServer):
    """Keeps what is reported to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Intake)
        self.reports: list[str] = []
        self.dsn = f"http://key@127.0.0.1:{self.server_port}/1"


class Intake(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Encoding"] == "br":  # as our own packages include it
            body = brotli.decompress(body)
        assert isinstance(self.server, Sentry)
        self.server.reports.append(body.decode())
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def running_sentry() -> Iterator[Sentry]:
    with Sentry() as sentry:
        serving = Thread(target=sentry.serve_forever)
        serving.start()
        try:
            yield sentry
        finally:
            sentry.shutdown()
            serving.join()


def run(dsn: str) -> str:
    command = [sys.executable, "-m", "tests.programs.reported_error", dsn]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_an_error_is_reported_without_what_a_student_wrote() -> None:
    with running_sentry() as sentry:
        assert run(sentry.dsn) == "True"
    events = [report for report in sentry.reports if '"type":"event"' in report.replace(" ", "")]
    (event,) = events
    assert "it broke" in event
    assert "Something failed." in event
    assert "1.2.3" in event
    assert "print(secret)" not in event
    assert '"vars"' not in event


def test_without_a_dsn_the_library_is_not_even_loaded() -> None:
    assert run("") == "False"
