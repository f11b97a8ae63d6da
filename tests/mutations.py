"""Bytes that are nearly right."""

import random
from collections.abc import Iterator, Sequence


def mutated(chance: random.Random, good: Sequence[bytes]) -> Iterator[bytes]:
    """Without an end: of one of them, one to three places are changed, cut off or filled in."""
    while True:
        update = bytearray(chance.choice(good))
        for _ in range(chance.randrange(1, 4)):
            match chance.randrange(3):
                case 0:
                    update[chance.randrange(len(update))] = chance.randrange(256)
                case 1:
                    del update[chance.randrange(len(update)) :]
                case _:
                    update[chance.randrange(len(update)) : 0] = chance.randbytes(3)
            if not update:
                break
        yield bytes(update)
