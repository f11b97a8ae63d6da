"""WebKitGTK's browser, driven by WebDriver: https://www.w3.org/TR/webdriver2/."""

import base64
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.engines.engine import Engine, called
from tests.services import ServerProcess, free_port

DRIVER = "/usr/bin/WebKitWebDriver"
BROWSERS = "/usr/lib"
ANSWER_SECONDS = 60.0
SCRIPT = """
const done = arguments[arguments.length - 1];
EXPRESSION.then((value) => done({ value }), (error) => done({ error: String(error) }));
"""


class WebKit(Engine):
    name = "webkit"

    def __init__(self, driver: str) -> None:
        self._http = httpx.Client(timeout=ANSWER_SECONDS)
        options = {"binary": str(mini_browser()), "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        made = self._http.post(
            f"{driver}/session", json={"capabilities": {"alwaysMatch": wanted}}
        ).json()["value"]
        assert "sessionId" in made, made
        self._session = f"{driver}/session/{made['sessionId']}"
        self._ask("window/rect", width=1440, height=1000)
        self._ask("timeouts", script=int(ANSWER_SECONDS * 1000))

    def _ask(self, path: str, **asked: Any) -> Any:
        answer = self._http.post(f"{self._session}/{path}", json=asked)
        assert answer.is_success, answer.text
        return answer.json()["value"]

    def go(self, url: str) -> None:
        self._ask("url", url=url)

    def run(self, body: str, *args: Any) -> Any:
        script = SCRIPT.replace("EXPRESSION", called(body, args))
        answer = self._ask("execute/async", script=script, args=[])
        assert "error" not in answer, answer
        return json.loads(answer["value"])

    def act(self, *sources: dict[str, Any]) -> None:
        self._ask("actions", actions=list(sources))

    def picture(self, path: Path) -> None:
        taken = self._http.get(f"{self._session}/screenshot").json()["value"]
        path.write_bytes(base64.b64decode(taken))

    def close(self) -> None:
        self._http.delete(self._session)
        self._http.close()


def mini_browser() -> Path:
    """Its folder is named after the machine and the version of the library."""
    return sorted(Path(BROWSERS).glob("*/webkit2gtk-4.*/MiniBrowser"))[-1]


@contextmanager
def webkit() -> Iterator[WebKit]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        display = f":{free_port() % 20000 + 100}"
        screen = ["Xvfb", display, "-screen", "0", "1440x1000x24", "-nolisten", "tcp"]
        xvfb = ServerProcess(screen, folder / "xvfb.log", {"PATH": os.environ["PATH"]})
        port = free_port()
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": name,
            "XDG_RUNTIME_DIR": name,
            "DISPLAY": display,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            # The tests may run as root, for whom bubblewrap makes no sandbox here.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "GSETTINGS_BACKEND": "memory",
        }
        number = display.removeprefix(":")
        try:
            xvfb.wait_until(lambda: Path(f"/tmp/.X11-unix/X{number}").exists())
            driver = ServerProcess([DRIVER, f"--port={port}"], folder / "driver.log", env)
            try:
                url = f"http://127.0.0.1:{port}"
                driver.wait_until(lambda: _answers(f"{url}/status"))
                browser = WebKit(url)
                yield browser
                browser.close()
            finally:
                driver.stop()
        finally:
            xvfb.stop()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.TransportError:
        return False
