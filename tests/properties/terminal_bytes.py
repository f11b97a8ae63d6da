"""What programs print: text, control sequences whole and broken, and nonsense."""

from hypothesis import strategies as st

NUMBERS = st.integers(0, 2**40).map(lambda number: b"%d" % number)
PARAMETERS = st.lists(NUMBERS, max_size=4).map(b";".join)
CSI = st.builds(
    lambda prefix, parameters, final: b"\x1b[" + prefix + parameters + final,
    st.sampled_from([b"", b"?", b">", b"!"]),
    PARAMETERS,
    st.integers(0x40, 0x7E).map(lambda code: bytes([code])),
)
STRINGS = st.builds(
    lambda kind, text, end: kind + text + end,
    st.sampled_from([b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1bX"]),
    st.binary(max_size=20),
    st.sampled_from([b"\x07", b"\x1b\\", b"", b"\x18"]),
)
TEXT = st.text(max_size=20).map(lambda text: text.encode(errors="replace"))
EDITS = st.sampled_from(
    [
        b"\r",
        b"\n",
        b"\r\n",
        b"\b",
        b"\t",
        b"\x1b[K",
        b"\x1b[2K",
        b"\x1b[5D",
        b"\x1b",
        b"\x1b[",
        b"\0",
    ]
)
PIECES = st.one_of(TEXT, EDITS, CSI, STRINGS, st.binary(max_size=8))
OUTPUT = st.lists(PIECES, max_size=30).map(b"".join)
