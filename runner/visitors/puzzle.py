"""A proof of work: it costs a browser a moment, and who wants a thousand visits a thousand moments.

Many small parts in place of a large one: the time differs little from one puzzle to the next. A
phone makes 300,000 hashes in a second, and needs half a second. Pure.
"""

from collections.abc import Sequence
from hashlib import sha256

PARTS, BITS = 16, 13  # 131,000 hashes on average; twice as many take one puzzle in 10,000


SEED_CHARACTERS = 32  # with these a message is one block of SHA-256


def is_solved(puzzle: str, answers: Sequence[int]) -> bool:
    seed = sha256(puzzle.encode()).hexdigest()[:SEED_CHARACTERS]
    return len(answers) == PARTS and all(
        has_zeros(seed, part, answer) for part, answer in enumerate(answers)
    )


def has_zeros(seed: str, part: int, answer: int) -> bool:
    digest = sha256(f"{seed}:{part}:{answer}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0
