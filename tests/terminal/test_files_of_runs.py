"""Files go into a run and come out of it, over the terminal and HTTP as scripts use them."""

import io
import zipfile
from typing import Any

import httpx

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.terminal.conftest import Site
from tests.terminal_client import open_terminal

TOKEN = "a" * 32
PROGRAM = {"title": "t", "language": "python", "main": "main.py"}
SCORE = """try:
    best = int(open("best.txt").read())
except FileNotFoundError:
    best = 0
print("best", best)
open("best.txt", "w").write(str(best + 10))
"""


class Requests:
    """Of one user."""

    def __init__(self, site: Site, user: SignedIn) -> None:
        headers = {
            "Cookie": f"{user.cookie}; csrftoken={TOKEN}",
            "Accept": "application/json",
            "X-CSRFToken": TOKEN,
        }
        self._client = httpx.AsyncClient(base_url=site.server.url, headers=headers, timeout=30)

    async def __aenter__(self) -> "Requests":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def ask(self, method: str, path: str, status: int = 200, **more: Any) -> httpx.Response:
        answer = await self._client.request(method, path, **more)
        assert answer.status_code == status, answer.text
        return answer

    async def snippet(self, source: str) -> int:
        body = PROGRAM | {"files": [{"path": "main.py", "content": source}]}
        return int((await self.ask("POST", "/snippets/", 201, json=body)).json()["id"])

    async def add(self, snippet: int, name: str, data: bytes, **form: str) -> None:
        path = f"/snippets/{snippet}/data/"
        await self.ask("POST", path, 201, files={"file": (name, data)}, data=form)

    async def returned(self, run: str) -> dict[str, bytes]:
        answer = await self.ask("GET", f"/runs/{run}/artifacts/")
        found = {}
        for file in answer.json()["artifacts"]:
            assert file["kind"] == "file"
            found[file["path"]] = (await self.ask("GET", file["url"])).content
        return found


async def test_data_is_read_and_what_is_written_comes_back(site: Site, owner: SignedIn) -> None:
    source = """import csv, os
rows = list(csv.reader(open("data/in.csv", encoding="cp1252")))
os.mkdir("out")
open("out/sum.txt", "w").write(str(sum(int(row[1]) for row in rows)))
print("done", rows[0][0])
"""
    big = bytes(range(256)) * (10 * 4096)  # 10 MiB, as much as a file may have
    async with Requests(site, owner) as http, open_terminal(site.server, owner) as terminal:
        snippet = await http.snippet(source)
        await http.add(
            snippet, "in.csv", "Äpfel,3\nBirnen,4\n".encode("cp1252"), path="data/in.csv"
        )
        await http.add(snippet, "big.bin", big)
        started = await terminal.start(source, snippet=snippet)
        shown = await terminal.wait_for("artifact", path="out/sum.txt")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert "done Äpfel".encode() in terminal.output
        assert (shown["kind"], shown["name"], shown["bytes"]) == ("file", "sum.txt", 1)
        run = started["run"]
        assert await http.returned(run) == {"out/sum.txt": b"7"}
        packed = (await http.ask("GET", f"/runs/{run}/files.zip")).content
        with zipfile.ZipFile(io.BytesIO(packed)) as files:
            assert {name: files.read(name) for name in files.namelist()} == {"out/sum.txt": b"7"}
        preview = (await http.ask("GET", f"/runs/{run}/files/{shown['seq']}/")).json()
        assert (preview["kind"], preview["text"]) == ("text", "7")


async def test_a_high_score_survives(site: Site, owner: SignedIn) -> None:
    async with Requests(site, owner) as http:
        snippet = await http.snippet(SCORE)
        for round_, best in enumerate((0, 10, 20)):
            async with open_terminal(site.server, owner) as terminal:
                started = await terminal.start(SCORE, snippet=snippet)
                await terminal.wait_for_output(f"best {best}")
                shown = await terminal.wait_for("artifact", path="best.txt")
                await terminal.wait_for_exit(Outcome.COMPLETED)
            if round_ == 0:
                kept = {"run": started["run"], "seq": shown["seq"], "kept": True}
                await http.ask("POST", f"/snippets/{snippet}/data/", 201, json=kept)
        content = await http.ask("GET", f"/snippets/{snippet}/data/best.txt")
        assert content.content == b"30"


async def test_a_file_that_is_not_kept_is_the_same_for_each_run(
    site: Site, owner: SignedIn
) -> None:
    async with Requests(site, owner) as http:
        snippet = await http.snippet(SCORE)
        await http.add(snippet, "best.txt", b"7")
        for _ in range(2):
            async with open_terminal(site.server, owner) as terminal:
                await terminal.start(SCORE, snippet=snippet)
                await terminal.wait_for_output("best 7")
                await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_files_come_while_the_program_runs_and_when_it_is_stopped(
    site: Site, owner: SignedIn
) -> None:
    source = """open("a.txt", "w").write("1")
print("here")
input()
open("b.txt", "w").write("2")
print("there")
while True:
    pass
"""
    async with Requests(site, owner) as http, open_terminal(site.server, owner) as terminal:
        run = (await terminal.start(source))["run"]
        await terminal.wait_for_output("here")
        answer = await http.ask("POST", f"/runs/{run}/files/", 202, json={})
        assert answer.json() == {"running": True}
        await terminal.wait_for("artifact", path="a.txt")
        await terminal.type("\r")
        await terminal.wait_for_output("there")
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
        assert await http.returned(run) == {"a.txt": b"1", "b.txt": b"2"}
        answer = await http.ask("POST", f"/runs/{run}/files/", 202, json={})
        assert answer.json() == {"running": False}


async def test_what_is_left_out_is_said(site: Site, owner: SignedIn) -> None:
    source = """import os
os.symlink("/etc/passwd", "link")
open("good.txt", "w").write("1")
print("done")
"""
    async with Requests(site, owner) as http, open_terminal(site.server, owner) as terminal:
        run = (await terminal.start(source))["run"]
        notice = await terminal.wait_for("notice", code="files_left_out")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert "“link”" in notice["message"]
        assert await http.returned(run) == {"good.txt": b"1"}
        page = (await http.ask("GET", f"/runs/{run}/", headers={"Accept": "text/html"})).text
        assert "“link”" in page
    async with open_terminal(site.server, owner) as later:
        await later.attach(run, 0)
        assert (await later.wait_for("notice", code="files_left_out"))["figures"]["count"] == 1
        await later.wait_for_exit(Outcome.COMPLETED)


async def test_what_is_not_kept_for_the_next_run_is_said(site: Site, owner: SignedIn) -> None:
    """Ten MiB may be sent, and a run returns four of a file: so there is no room for it."""
    source = "open('a.bin', 'wb').write(bytes(4 * 2**20))\nprint('written')\n"
    async with Requests(site, owner) as http, open_terminal(site.server, owner) as terminal:
        snippet = await http.snippet(source)
        for name, size in (("x.bin", 10), ("y.bin", 10), ("z.bin", 9)):
            await http.add(snippet, name, bytes(size * 2**20))
        await http.add(snippet, "a.bin", b"1")
        await http.ask("PATCH", f"/snippets/{snippet}/data/a.bin", json={"kept": True})
        await terminal.start(source, snippet=snippet)
        notice = await terminal.wait_for("notice", code="files_not_kept")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert (notice["figures"]["count"], notice["figures"]["name"]) == (1, "a.bin")
        content = await http.ask("GET", f"/snippets/{snippet}/data/a.bin")
        assert content.content == b"1"


async def test_data_of_others_is_out_of_reach(
    site: Site, owner: SignedIn, classmate: SignedIn
) -> None:
    async with Requests(site, owner) as http, open_terminal(site.server, classmate) as terminal:
        snippet = await http.snippet("pass")
        await http.add(snippet, "secret.txt", b"secret")
        await terminal.request_start("print(open('secret.txt').read())", snippet=snippet)
        await terminal.wait_for_error("not_found")
    async with Requests(site, classmate) as http, open_terminal(site.server, owner) as terminal:
        run = (await terminal.start("open('a', 'w').write('1'); input()"))["run"]
        await http.ask("POST", f"/runs/{run}/files/", 404, json={})
        await http.ask("GET", f"/runs/{run}/files.zip", 404)
        await http.ask("GET", f"/runs/{run}/files/51/", 404)
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
