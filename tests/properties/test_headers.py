"""What every request brings along: cookies, languages, addresses, origins."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import User
from runner.access import may_connect
from runner.infrastructure.http.forwarded import address_of, is_secure
from runner.infrastructure.http.request_id import WELL_FORMED
from runner.infrastructure.http.time_zone import zone_of
from runner.protocol.names import is_printable, printable
from runner.protocol.preferences import Preferences
from runner.terminal.gate.language import language_of

VALUES = st.one_of(st.binary(max_size=60), st.text(max_size=30).map(lambda text: text.encode()))
HOST = "code.example.org"
OWNER = User(username="owner", is_active=True)


@given(st.lists(VALUES, max_size=3), st.text(max_size=20))
@example([b"de;q=" + b"9" * 5000], "")
@example([b"de-" * 2000], "../../etc/passwd")
@example([b"*;q=nan"], "xx")
def test_the_language_is_one_of_the_sites(values: list[bytes], cookie: str) -> None:
    headers = [(b"accept-language", value) for value in values]
    scope = {"headers": headers, "cookies": {settings.LANGUAGE_COOKIE_NAME: cookie}}
    assert language_of(scope) in dict(settings.LANGUAGES)


@given(st.text(max_size=40))
@example("../../../etc/passwd")
@example("Europe/Berlin\0")
@example("localtime")
@example("Europe/Berlin")
def test_a_time_zone_is_a_known_one_or_none(name: str) -> None:
    zone = zone_of(name)
    assert zone is None or (isinstance(zone, ZoneInfo) and zone.key == name)


ADDRESSES = st.one_of(VALUES, st.sampled_from([b"192.0.2.1", b"[2001:db8::1]:1", b",", b" , "]))


@given(st.lists(ADDRESSES, max_size=3), st.integers(0, 3), st.sampled_from(["10.0.0.7", "::1"]))
def test_an_address_is_the_peers_or_one_that_was_listed(
    values: list[bytes], proxies: int, peer: str
) -> None:
    headers = [(b"x-forwarded-for", value) for value in values]
    found = address_of(headers, peer, proxies)
    listed = b",".join(values).split(b",")
    if found != peer:
        assert len(listed) >= proxies > 0
        # Whatever stands before is the client's word, and changes nothing.
        forged = [(b"x-forwarded-for", b"198.51.100.9"), *headers]
        assert address_of(forged, peer, proxies) == found


@given(st.lists(VALUES, max_size=2), st.sampled_from(["http", "https", "ws", "wss"]))
def test_tls_is_read_from_any_header(values: list[bytes], scheme: str) -> None:
    headers = [(b"x-forwarded-proto", value) for value in values]
    assert is_secure({"headers": headers, "scheme": scheme}) in {True, False}


ORIGINS = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda scheme, before, after: f"{scheme}://{before}{HOST}{after}",
        st.sampled_from(["http", "https", "ftp", "wss", "", "javascript"]),
        st.sampled_from(["", "evil.example@", "x.", "[", "//", "\0"]),
        st.sampled_from(["", ":444", ".evil.example", "/", "?", "#", "@evil.example", "\n"]),
    ),
)


@given(
    ORIGINS, st.one_of(st.just(HOST), st.text(max_size=30)), st.sampled_from([None, True, False])
)
@example("http://[", "[", None)
@example("https://\u2100.com", "\u2100.com", None)
def test_a_socket_is_opened_by_the_sites_own_pages_alone(
    origin: str, host: str, secure: bool | None
) -> None:
    before = settings.ALLOWED_HOSTS
    settings.ALLOWED_HOSTS = [HOST]
    try:
        accepted = may_connect(OWNER, origin, host, secure=secure)
        stranger: Any = AnonymousUser()
        assert not may_connect(stranger, origin, host, secure=secure)
    finally:
        settings.ALLOWED_HOSTS = before
    if accepted:
        assert host.partition(":")[0].rstrip(".").lower() == HOST
        assert origin in {f"http://{host}", f"https://{host}"}
        assert secure is None or origin.startswith("https" if secure else "http:")


@given(VALUES)
def test_an_id_of_a_request_cannot_break_a_line_of_the_log(value: bytes) -> None:
    if WELL_FORMED.fullmatch(value):
        assert value.decode("ascii").replace("-", "").isalnum()
        assert len(value) <= 64


@given(st.text(max_size=30))
@example("a\u202eb")
@example("\u200d")
@example("\U0001f468\u200d\U0001f469")
def test_a_name_that_was_made_printable_is(name: str) -> None:
    kept = printable(name)
    assert is_printable(kept)
    assert printable(kept) == kept
    if is_printable(name):
        assert kept == name


JSON = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=10), st.floats())


@given(
    st.dictionaries(st.one_of(st.text(max_size=10), st.sampled_from(["theme", "font_size"])), JSON)
)
def test_stored_preferences_are_read_whatever_they_are(stored: dict[str, object]) -> None:
    assert isinstance(Preferences.stored(stored), Preferences)
