"""What programs of tests show: pictures, tables, pages, sounds. No package is needed for them."""

import struct
import zlib


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
