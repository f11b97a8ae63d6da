"""Firefox ESR, driven by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/."""

import base64
import contextlib
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.e2e.engines.engine import Engine, called
from tests.services import ServerProcess

PROGRAM = "/usr/bin/firefox-esr"
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
ANSWER_SECONDS = 60.0
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.events.testing.asyncClipboard": True,  # what a page may read after a question
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


class Firefox(Engine):
    name = "firefox"

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.complaints: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        tree = self._ask("browsingContext.getTree")
        self._context = tree["contexts"][0]["context"]
        size = {"width": 1440, "height": 900}
        self._ask("browsingContext.setViewport", context=self._context, viewport=size)

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(ANSWER_SECONDS))
            if message.get("method") == "log.entryAdded":
                self._note(message["params"])
            if message.get("id") == number:
                assert message["type"] == "success", message
                result: dict[str, Any] = message["result"]
                return result

    def _note(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error" and entry["type"] == "javascript":
            self.complaints.append(str(entry.get("text")))

    def go(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def run(self, body: str, *args: Any) -> Any:
        answer = self._ask(
            "script.evaluate",
            expression=called(body, args),
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def act(self, *sources: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._context, actions=list(sources))

    def picture(self, path: Path) -> None:
        taken = self._ask("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(taken["data"]))

    def close(self) -> None:
        with contextlib.suppress(Exception):  # it may have ended before it answers
            self._ask("browser.close")


@contextmanager
def firefox() -> Iterator[Firefox]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(
            "".join(
                f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items()
            )
        )
        command = [PROGRAM, "--headless", "--no-remote", "--profile", str(profile),
                   "--remote-debugging-port", "0"]  # fmt: skip
        env = {"PATH": "/usr/bin:/bin", "HOME": name, "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
        process = ServerProcess(command, folder / "log", env)
        try:
            process.wait_until(lambda: bool(LISTENS.search(process.output())))
            found = LISTENS.search(process.output())
            assert found
            with connect(f"{found[1]}/session", proxy=None, max_size=None) as socket:
                browser = Firefox(socket)
                yield browser
                browser.close()
        finally:
            process.stop()
