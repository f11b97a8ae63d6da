"""Pictures and sounds are what their bytes show, whatever was said of them."""

import contextlib
import io
import struct
import time
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.media import KINDS, Kind, NotAccepted, clean_name, inspect
from runner.media.pictures import picture

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def png(width: int, height: int) -> bytes:
    return PNG + struct.pack(">II", width, height) + b"\x08\x06\0\0\0" + bytes(4)


def jpeg(width: int, height: int, *, segments: int = 1) -> bytes:
    header = b"\xff\xd8" + b"\xff\xe0\0\x10JFIF\0" + bytes(9)
    filler = b"\xff\xfe\0\x02" * (segments - 1)
    return header + filler + b"\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width) + bytes(10)


def webp(kind: bytes, rest: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + rest


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16))
    return file.getvalue()


SIZED = {
    "image/png": png(640, 480),
    "image/jpeg": jpeg(640, 480),
    "image/gif": b"GIF89a" + struct.pack("<HH", 640, 480),
}
WEBPS = [
    webp(b"VP8X", bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")),
    webp(b"VP8L", bytes(4) + b"\x2f" + struct.pack("<I", 639 | 479 << 14)),
    webp(b"VP8 ", bytes(7) + b"\x9d\x01\x2a" + struct.pack("<HH", 640, 480)),
]


@pytest.mark.parametrize(("mime", "data"), [*SIZED.items(), *(("image/webp", w) for w in WEBPS)])
def test_the_size_of_a_picture_is_read(mime: str, data: bytes) -> None:
    found = inspect("picture", data)
    assert (found.mime, found.width, found.height) == (mime, 640, 480)


@pytest.mark.parametrize("size", [(65_535, 65_535), (4097, 1), (1, 4097), (0, 10), (2**32 - 1, 1)])
def test_what_no_browser_can_draw_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(NotAccepted, match="picture_too_large"):
        inspect("picture", png(*size))


def gif(*blocks: bytes, colours: bytes = b"") -> bytes:
    """Of 10 by 10 pixels, as it says itself."""
    flags = 0x80 | 1 if colours else 0
    return b"GIF89a" + struct.pack("<HHBBB", 10, 10, flags, 0, 0) + colours + b"".join(blocks)


def gif_picture(left: int, top: int, width: int, height: int) -> bytes:
    return b"\x2c" + struct.pack("<HHHHB", left, top, width, height, 0)


COMMENT = b"\x21\xfe\x03abc\x02de\x00"


@pytest.mark.parametrize(
    "data",
    [
        gif(gif_picture(0, 0, 65_535, 65_535)),
        gif(COMMENT, COMMENT, gif_picture(4096, 0, 10, 10)),
        gif(COMMENT, gif_picture(0, 0, 1, 4097), colours=bytes(12)),
    ],
)
def test_a_gif_is_as_large_as_its_first_picture(data: bytes) -> None:
    """Browsers draw all of that one, and not only what is on the screen that was announced."""
    with pytest.raises(NotAccepted, match="picture_too_large"):
        inspect("picture", data)


def test_a_usual_gif_has_the_size_of_its_screen() -> None:
    data = gif(COMMENT, gif_picture(2, 3, 4, 5), gif_picture(0, 0, 9000, 1), colours=bytes(12))
    assert (inspect("picture", data).width, inspect("picture", data).height) == (10, 10)


@pytest.mark.parametrize("block", [b"\x21\xfe\x00", b"\x21\xfe" + b"\x01a" * 30_000])
def test_a_gif_of_endless_comments_is_no_picture(block: bytes) -> None:
    began = time.process_time()
    with pytest.raises(NotAccepted, match="not_a_picture"):
        inspect("picture", gif(block * (4 * 1024 * 1024 // len(block))))
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("picture", b"<html><script>alert(1)</script>", "not_a_picture"),
        ("picture", b"", "not_a_picture"),
        ("picture", PNG, "not_a_picture"),  # it ends there
        ("picture", b"\xff\xd8\xff\xda\0\x02", "not_a_picture"),
        ("picture", b"%PDF-1.7", "not_a_picture"),
        ("picture", SVG + b"\xff", "not_text"),
        ("sound", PNG, "not_a_sound"),
        ("sound", b"RIFF\0\0\0\0WEBPVP8X", "not_a_sound"),
        ("html", b"\xff\xfe<\0s\0", "not_text"),  # UTF-16
        ("html", b"+ADw-script+AD4-\0", "not_text"),
        ("table", b"\x1b$B\xff", "not_text"),
    ],
)
def test_what_is_not_what_it_is_called_is_refused(kind: Kind, data: bytes, problem: str) -> None:
    with pytest.raises(NotAccepted, match=problem):
        inspect(kind, data)


def test_drawings_pages_sounds_and_files_have_their_kind() -> None:
    assert inspect("picture", SVG).mime == "image/svg+xml"
    assert inspect("table", b"<table>") == inspect("html", "ä".encode())
    assert inspect("html", b"<p>").mime == "text/html"
    assert inspect("sound", wav()).mime == "audio/wav"
    assert inspect("file", b"<script>").mime == "application/octet-stream"


@given(st.sampled_from(KINDS), st.binary(max_size=200))
def test_any_bytes_are_something_or_refused(kind: Kind, data: bytes) -> None:
    with contextlib.suppress(NotAccepted):
        assert inspect(kind, data).mime


@given(st.sampled_from([*SIZED.values(), *WEBPS]), st.integers(0, 60), st.binary(max_size=60))
def test_a_picture_that_ends_early_or_goes_on_as_something_else_fails_nowhere(
    data: bytes, length: int, more: bytes
) -> None:
    found = picture(data[:length] + more)
    assert found is None or found.mime.startswith("image/")


def test_looking_for_a_size_takes_no_time() -> None:
    began = time.process_time()
    assert picture(jpeg(1, 1, segments=1_000_000)) is None
    assert picture(b"\xff\xd8" + b"\xff" * 4_000_000) is None
    with pytest.raises(NotAccepted):
        inspect("picture", b"<!--" * 1_000_000)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b"<?xml>"])
@pytest.mark.parametrize(
    "piece", [b"<!---->", b"<!-- --> ", b"<!DOCTYPE >", b"<!----><!DOCTYPE > "]
)
def test_no_beginning_of_a_drawing_keeps_an_executor(head: bytes, piece: bytes) -> None:
    """Twenty-two comments before something else took nine seconds, and each further one twice as
    long, while no other program of the executor went on."""
    assert inspect("picture", head + piece * 22 + b"<svg>").mime == "image/svg+xml"
    began = time.process_time()
    with pytest.raises(NotAccepted):
        inspect("picture", head + piece * 22)
    with pytest.raises(NotAccepted):
        inspect("picture", head + piece * 500)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("plot", "plot.png"),
        ("plot.PNG", "plot.PNG"),
        ("../../etc/passwd", "passwd.png"),
        ("..\\..\\boot.ini", "boot.ini.png"),
        ("/", "picture-3.png"),
        ("..", "picture-3.png"),
        ("", "picture-3.png"),
        ("a\0b\x1b[31m", "ab[31m.png"),
        ("gpj.\u202egnp", "gpj.gnp.png"),
        ("evil.html", "evil.html.png"),
        ("line\none", "line one.png"),
        ('a"; filename=b', "a; filename=b.png"),
        ("con", "picture-3.png"),
        ("COM¹.png", "picture-3.png"),
        ("aux .b.png", "picture-3.png"),
        ("conin$", "picture-3.png"),
        ("console", "console.png"),
        ("a" * 50 + "nul." + "b" * 92 + ".png", "picture-3.png"),
        ("a" * 50 + " . " + "b" * 96 + ".png", "b" * 96 + ".png"),
        ("\ud800x", "x.png"),
        ("größe 🙂", "größe 🙂.png"),
        ("x" * 500, "x" * 96 + ".png"),
    ],
)
def test_a_name_is_no_path_and_hides_nothing(name: str, clean: str) -> None:
    assert clean_name(name, "picture-3", ".png") == clean


@given(st.text(max_size=300), st.sampled_from([".png", ""]))
def test_any_name_can_be_a_file(name: str, extension: str) -> None:
    clean = clean_name(name, "file-1", extension)
    assert 0 < len(clean) <= 100
    assert not set(clean) & set('/\\<>:"|?*\0\n\r')
    assert clean.endswith(extension)
    clean.encode()
