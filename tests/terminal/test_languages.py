"""A socket speaks its reader's language; codes and figures are the same in each."""

import asyncio
import html
from typing import Any

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.terminal.conftest import Site
from tests.terminal_client import open_terminal

GERMAN_BROWSER = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
SAME = ("outcome", "code", "exit_code", "signal", "reason_code", "figures")
# Program, code of the reason, its figures; then a part of the sentence in both languages.
ENDINGS: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("", "completed", {}, "Your program finished.", "Dein Programm ist fertig."),
    (
        "raise SystemExit(3)",
        "exit_code",
        {"exit_code": 3},
        "ended with an error.",
        "endete mit einem Fehler.",
    ),
    (
        "import os; os.kill(os.getpid(), 11)",
        "signal",
        {"signal": "SIGSEGV"},
        "memory that does not belong to it",
        "Speicher zugegriffen, der ihm nicht gehört",
    ),
    (
        "while True: print('x' * 1000)",
        "output_limit",
        {"output_bytes": 65536},
        "printed more than 64 KB and was stopped",
        "mehr als 64 KB ausgegeben und wurde beendet",
    ),
    (
        "x = b'x' * 200_000_000; input()",
        "memory_limit",
        {"memory_bytes": 64 * 1024 * 1024},
        "more than 64 MB of memory",
        "mehr als 64 MB Arbeitsspeicher",
    ),
]
REFUSED: list[tuple[dict[str, Any], str, dict[str, Any], str, str]] = [
    ({"type": "stop"}, "no_run", {}, "No program is running", "läuft kein Programm"),
    (
        {"type": "start_interactive", "language": "cobol", "rows": 24, "cols": 80,
         "files": [{"path": "main.py", "content": ""}]},
        "unknown_language",
        {"language": "cobol"},
        "The language “cobol” is not available here.",
        "Die Sprache „cobol“ gibt es hier nicht.",
    ),
    (
        {"type": "start_interactive", "language": "python", "rows": 24, "cols": 80,
         "files": [{"path": "../x", "content": ""}]},
        "path_parts",
        {},
        "A file name may not contain “..”",
        "Ein Dateiname darf weder „..“ noch",
    ),
    (
        {"type": "send_input", "seq": 1, "data": "x" * 70_000},
        "message_too_large",
        {"limit_bytes": 65536},
        "A message may have at most 64 KB.",
        "Eine Nachricht darf höchstens 64 KB groß sein.",
    ),
]  # fmt: skip


def german(user: SignedIn) -> SignedIn:
    return SignedIn(user.username, user.cookie + "; django_language=de")


def facts(message: dict[str, Any]) -> dict[str, Any]:
    """What is not language."""
    return {name: message[name] for name in SAME if name in message}


async def end_of(site: Site, user: SignedIn, source: str, **headers: str) -> dict[str, Any]:
    async with open_terminal(site.server, user, headers=headers) as terminal:
        await terminal.start(source)
        return await terminal.wait_for("exit")


async def refusal_of(
    site: Site, user: SignedIn, message: dict[str, Any], **headers: str
) -> dict[str, Any]:
    async with open_terminal(site.server, user, headers=headers) as terminal:
        await terminal.send(message["type"], **{k: v for k, v in message.items() if k != "type"})
        return await terminal.wait_for("error")


@pytest.mark.parametrize(
    ("source", "code", "figures", "english", "german_words"), ENDINGS, ids=[e[1] for e in ENDINGS]
)
async def test_an_end_is_told_in_the_readers_language(
    strict_site: Site,
    source: str,
    code: str,
    figures: dict[str, Any],
    english: str,
    german_words: str,
) -> None:
    user = strict_site.users.student()
    in_english, by_cookie, by_wish = await asyncio.gather(
        end_of(strict_site, user, source),
        end_of(strict_site, german(user), source),
        end_of(strict_site, user, source, **GERMAN_BROWSER),
    )
    assert (in_english["reason_code"], in_english["figures"]) == (code, figures)
    assert facts(in_english) == facts(by_cookie) == facts(by_wish)
    assert english in in_english["reason"]
    assert german_words in by_cookie["reason"]
    assert by_cookie["reason"] == by_wish["reason"]


@pytest.mark.parametrize(
    ("sent", "code", "figures", "english", "german_words"), REFUSED, ids=[r[1] for r in REFUSED]
)
async def test_a_refusal_is_told_in_the_readers_language(
    site: Site,
    owner: SignedIn,
    sent: dict[str, Any],
    code: str,
    figures: dict[str, Any],
    english: str,
    german_words: str,
) -> None:
    in_english = await refusal_of(site, owner, sent)
    by_cookie = await refusal_of(site, german(owner), sent)
    by_wish = await refusal_of(site, owner, sent, **GERMAN_BROWSER)
    assert (in_english["reason_code"], in_english["figures"]) == (code, figures)
    assert facts(in_english) == facts(by_cookie) == facts(by_wish)
    assert english in in_english["message"]
    assert german_words in by_cookie["message"]
    assert by_cookie["message"] == by_wish["message"]


async def test_the_cookie_outweighs_the_browsers_wish(site: Site, owner: SignedIn) -> None:
    english = SignedIn(owner.username, owner.cookie + "; django_language=en")
    told = await refusal_of(site, english, {"type": "stop"}, **GERMAN_BROWSER)
    assert told["message"] == "No program is running in this terminal."


async def test_each_viewer_of_a_run_is_told_in_its_own_language_live_and_later(
    site: Site, owner: SignedIn, instructor: SignedIn
) -> None:
    """It speaks of "your program" to the owner alone. Run page and terminal say the same."""
    async with (
        open_terminal(site.server, owner) as terminal,
        open_terminal(site.server, german(instructor)) as watcher,
    ):
        await terminal.start("raise SystemExit(int(input()))")
        run = str(terminal.run)
        await watcher.attach(run, offset=0)
        await terminal.type("7\n")
        english = await terminal.wait_for_exit(Outcome.FAILED)
        live = await watcher.wait_for_exit(Outcome.FAILED)
    assert english["reason"] == "Your program ended with an error."
    assert live["reason"] == "Das Programm endete mit einem Fehler."
    async with open_terminal(site.server, german(owner)) as terminal:
        await terminal.attach(run, offset=0)
        later = await terminal.wait_for_exit(Outcome.FAILED)
    assert later["reason"] == "Dein Programm endete mit einem Fehler."
    for reader, reason in ((owner, later["reason"]), (instructor, live["reason"])):
        async with httpx.AsyncClient(headers={"Cookie": german(reader).cookie}) as browser:
            page = await browser.get(f"{site.server.url}/runs/{run}/")
        assert f'data-testid="reason">{html.escape(reason)}<' in page.text


async def test_a_socket_with_a_hostile_header_is_english(site: Site, owner: SignedIn) -> None:
    told = await refusal_of(
        site, owner, {"type": "stop"}, **{"Accept-Language": "de;q=0." + "1" * 6000}
    )
    assert told["message"] == "No program is running in this terminal."
