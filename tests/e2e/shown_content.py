"""What programs of tests show: pictures, tables, pages, sounds. No package is needed for them."""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import cast
from tests.installed import small_installation
from tests.product import Product, WebServer


@contextmanager
def showing_site(folder: Path, *students: str) -> Iterator[WebServer]:
    """One whose programs have `show`, whatever this machine has."""
    with small_installation(), Product(folder) as product:
        product.migrate()
        product.create_users(*students)
        server = product.serve(PYTHON_PACKAGES_FOLDER=os.environ["PYTHON_PACKAGES_FOLDER"])
        server.wait_until_ready()
        server.sessions = product.call(cast.sign_in, list(students))
        yield server


def _chunk(kind: bytes, data: bytes) -> bytes:
    sum_of_it = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_of_it)


def png(width: int, height: int, red: int) -> bytes:
    """Of one colour."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes((red, 90, 160)) * width) * height
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def picture(width: int = 64, height: int = 48, red: int = 200) -> str:
    """As source of a program."""
    return repr(png(width, height, red))


TABLE = """
class Frame:
    iloc = None
    def to_html(self, **options):
        return ("<table><thead><tr><th></th><th>name</th></tr></thead><tbody>"
                "<tr><th>0</th><td>Ada<script>parent.hit = 1</script></td></tr>"
                "<tr><th>1</th><td>=1+1</td></tr></tbody></table>")
"""
TWO = f"""
from coderunner import show
show({picture(64, 48)}, "first")
show({picture(80, 48)}, "second")
print("both are shown")
"""
MANY = f"""
from coderunner import show
{TABLE}
show({picture()}, "plot")
show(Frame(), "table")
show("<h1>Hello</h1><script>document.title = 'changed'</script>", "page")
show([0.0, 0.5] * 4000, "sound", rate=8000)
print("all are shown")
"""
FRAMES = f"""
from coderunner import show
number = show({picture(64, 48, 0)}, "frame")
for frame in ({picture(64, 48, 50)}, {picture(64, 48, 100)}):
    number = show(frame, "frame", replaces=number)
show({picture(20, 20)}, "last", replaces=number)
print("all frames are shown")
"""
