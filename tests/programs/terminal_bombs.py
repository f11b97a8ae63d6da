"""Output that costs a terminal much: sequences with huge parameters, and cheap ones in masses."""

HUGE = 2**31 - 1
SIZE = 64 * 1024  # of repeated sequences: more than is parsed at once

# One sequence is enough.
SINGLE = {
    f"CSI {HUGE} {final}": f"x\x1b[{HUGE}{final}"
    for final in ("@", " @", "A", " A", "B", "C", "D", "E", "F", "G", "H", "I", "L", "M", "P", "S",
                  "T", "X", "Z", "`", "a", "b", "d", "e", "f", "'}", "'~", "t", "r", "g")
} | {
    "a rectangle": f"\x1b[65;1;1;{HUGE};{HUGE}$x",
    "a window": f"\x1b[8;{HUGE};{HUGE}t",
    "many colours": "\x1b]4" + ";1;#123456" * 100_000 + "\x07",
    "many questions for colours": "\x1b]4" + ";1;?" * 200_000 + "\x07",
    "many colours reset": "\x1b]104;" + "1;" * 200_000 + "\x07",
    "a long title": "\x1b]0;" + "t" * 2_000_000 + "\x07",
    "a long link": "\x1b]8;" + "a:" * 500_000 + ";http://x\x07x\x1b]8;;\x07",
    "a string without end": "\x1bP$q" + "x" * 2_000_000,
    "one cell": "e" + "\u0301" * 200_000,
    "one emoji": "\U0001f468" + "\u200d\U0001f469" * 50_000,
    "one line": "x" * 3_000_000,
    "one line of wide signs": "\u6f22" * 300_000,
    "as many signs as there are": "".join(map(chr, range(0x3400, 0x9FFF))) * 3,
    "many parameters": "\x1b[" + "1;" * 500_000 + "m",
    "erased to the last cell": "\x1bc\x1b[999;999H\x1b[1J",
}  # fmt: skip
# Each repeated until it is `SIZE` long.
REPEATED = {
    "CSI 2 J": "\x1b[2J",
    "CSI 0 J": "\x1b[H\x1b[J",
    "CSI 1 J": "\x1b[99;99H\x1b[1J",
    "CSI 3 J": "\x1b[3J",
    "CSI 9999 S": "\x1b[9999S",
    "CSI 9999 T": "\x1b[9999T",
    "CSI 9999 L": "\x1b[H\x1b[9999L",
    "CSI 9999 M": "\x1b[H\x1b[9999M",
    "CSI 9999 b": "x\x1b[9999b",
    "CSI 999 @": "\x1b[H\x1b[999@",
    "columns": "\x1b[H\x1b[1'}\x1b[1'~",
    "shifts": "\x1b[1 @\x1b[1 A",
    "tabs": "\x1b[3g\r\t\x1b[999Z\x1b[999I",
    "RIS": "\x1bc",
    "DECALN": "\x1b#8",
    "reverse index": "\x1b[H\x1bM",
    "other screen": "\x1b[?1049h\x1b[?1049l",
    "blinking": "\x1b[?12h\x1b[?12l",
    "lines": "\n",
    "lines in a region": "\x1b[2;9r\x1b[9H\n",
    "wrapped lines": "x" * 500,
    "inserting": "\x1b[4h\x1b[Hxxxxxxxxxxxxxxxx",
    "links": "\x1b]8;;http://x\x07x\x1b]8;;\x07",
    "links that stay open": "\x1b]8;;http://x\x07\n",
    "one link on many lines": "\x1b]8;id=a;http://x\x07x\n",
    "colours": "\x1b]4;1;#123456\x07",
    "background": "\x1b]11;#123456\x07\x1b]111\x07",
    "every cell in a colour": "".join(
        f"\x1b[38;2;{n % 256};{n * 7 % 256};9;48;2;9;{n % 251};{n % 241}mx" for n in range(2000)
    ),
    "every cell underlined": "".join(
        f"\x1b[4:3;58:2::{n % 256}:{n % 7}:9;{30 + n % 8};{n % 4}mx" for n in range(2000)
    ),
    "marks": "e" + "\u0301" * 40,
    "questions": "\x1b[6n\x1b[c\x1b[>c\x1b[5n\x1b[?1$p\x1bP$qm\x1b\\\x1b]11;?\x07",
    "focus": "\x1b[?1004h",
    "synchronized": "\x1b[?2026hx",
    "titles": "\x1b]2;title\x07",
    "bells": "\x07",
    "wrong sequences": "\x1b[\u00e9",
    "unknown sequences": "\x1b[1;2;3y\x1b%\x1b]777;x\x07",
    "zeros": "\x00",
    "nonsense": "\ufffd",
    "mouse": "\x1b[?1003h\x1b[?1003l",
    "cursor styles": "\x1b[1 q\x1b[2 q",
    "charsets": "\x1b(0\x1b(Bq",
}  # fmt: skip

BOMBS = SINGLE | {name: unit * (SIZE // len(unit.encode())) for name, unit in REPEATED.items()}
