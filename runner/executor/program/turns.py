"""How many runs of an executor compile at a time: a compiler may use more memory than a program."""

from runner.executor.side_channels import UserTurns

SHARE = 4  # of an executor's runs one in so many compiles


class CompileTurns(UserTurns):
    """Bounded in time, as compilers are: `compile_wall_seconds` for each turn."""

    def __init__(self, capacity: int) -> None:
        super().__init__(max(1, capacity // SHARE))
