"""A proof of work: it costs a browser a moment, and who wants a thousand visits a thousand moments.

Many small parts in place of a large one: the time differs little from one puzzle to the next. A
phone makes 300,000 hashes in a second, and needs half a second. Pure.
"""

from collections.abc import Sequence
from hashlib import sha256

PARTS, BITS = 16, 13  # 131,000 hashes on average; twice as many take one puzzle in 10,000


def is_solved(puzzle: str, answers: Sequence[int]) -> bool:
    return len(answers) == PARTS and all(
        has_zeros(puzzle, part, answer) for part, answer in enumerate(answers)
    )


def has_zeros(puzzle: str, part: int, answer: int) -> bool:
    digest = sha256(f"{puzzle}:{part}:{answer}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0
