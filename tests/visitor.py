"""A visitor's side of the puzzle, in a few lines of its own."""

from hashlib import sha256
from itertools import count


def solve(puzzle: str, parts: int, bits: int) -> list[int]:
    seed = sha256(puzzle.encode()).hexdigest()[:32]
    return [_number(f"{seed}:{part}:", bits) for part in range(parts)]


def _number(before: str, bits: int) -> int:
    for number in count():
        digest = sha256(f"{before}{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - bits) == 0:
            return number
    raise AssertionError
