"""Whether an update of a document is one that pages of this site write. Pure.

The library that reads documents trusts those who write them: values that are nested deeply end the
whole process by its stack. Pages write texts, and maps of strings and numbers, and so nothing else
is let through: each update is walked once, in time linear in its bytes, before anybody reads it.
The format is the first version of Yjs's (`lib0/encoding`, `UpdateDecoderV1`).
"""

MOST_VARINT_BYTES = 9
GC, DELETED, STRING, TYPE, ANY, SKIP = 0, 1, 4, 7, 8, 10
MAP, TEXT = 1, 2  # types
HAS_LEFT, HAS_RIGHT, HAS_KEY = 0x80, 0x40, 0x20
# Values: undefined, null, integer, float of 4 and of 8 bytes, big integer, false, true, string.
FIXED = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}
INTEGER, VALUE_STRING = 125, 119


class Unknown(ValueError):
    """It has something that no page writes, or ends early."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self.at = data, 0

    @property
    def left(self) -> int:
        return len(self._data) - self.at

    def byte(self) -> int:
        if not self.left:
            raise Unknown("it ends early")
        self.at += 1
        return self._data[self.at - 1]

    def number(self) -> int:
        value = 0
        for place in range(MOST_VARINT_BYTES):
            byte = self.byte()
            value |= (byte & 0x7F) << 7 * place
            if byte < 0x80:
                return value
        raise Unknown("a number has no end")

    def count(self) -> int:
        """Of things that have a byte each at least."""
        if (count := self.number()) > self.left:
            raise Unknown("it announces more than it has")
        return count

    def skip(self, count: int) -> None:
        if count > self.left:
            raise Unknown("it ends early")
        self.at += count

    def text(self) -> None:
        self.skip(self.number())


def check_shape(update: bytes) -> int:
    """Of how many parts it is made: structs, values and ranges, which each cost about the same.
    Raises `Unknown`."""
    reader, parts = _Reader(update), 0
    for _client in range(reader.count()):
        structs = reader.count()
        reader.number()
        reader.number()
        parts += 1 + structs
        for _struct in range(structs):
            parts += _struct_of(reader)
    for _client in range(reader.count()):  # what was deleted
        reader.number()
        ranges = reader.count()
        parts += 1 + ranges
        for _range in range(ranges):
            reader.number()
            reader.number()
    if reader.left:
        raise Unknown("it goes on behind its end")
    return parts


def _struct_of(reader: _Reader) -> int:
    """How many values it has."""
    info = reader.byte()
    kind = info & 0x1F
    if kind in (GC, SKIP):
        reader.number()
        return 0
    for flag in (HAS_LEFT, HAS_RIGHT):
        if info & flag:
            reader.number()
            reader.number()
    if not info & (HAS_LEFT | HAS_RIGHT):
        _parent(reader, has_key=bool(info & HAS_KEY))
    return _content(reader, kind)


def _parent(reader: _Reader, *, has_key: bool) -> None:
    if reader.number() == 1:
        reader.text()
    else:
        reader.number()
        reader.number()
    if has_key:
        reader.text()


def _content(reader: _Reader, kind: int) -> int:
    values = 0
    if kind == DELETED:
        reader.number()
    elif kind == STRING:
        reader.text()
    elif kind == TYPE:
        if reader.number() not in (MAP, TEXT):
            raise Unknown("a type that no page makes")
    elif kind == ANY:
        values = reader.count()
        for _value in range(values):
            _value_of(reader)
    else:
        raise Unknown(f"content of kind {kind}")
    return values


def _value_of(reader: _Reader) -> None:
    kind = reader.byte()
    if kind == VALUE_STRING:
        reader.text()
    elif kind == INTEGER:
        reader.number()
    elif kind in FIXED:
        reader.skip(FIXED[kind])
    else:
        raise Unknown("a value that is nested, or bytes")
