"""When a link looks for its run in the database. Pure: times are seconds of any steady clock."""

FIRST_SECONDS, LAST_SECONDS = 0.25, 2.0
WAKE_SECONDS = 0.5  # between two looks while no executor has answered
DOUBLINGS = 3  # from the first to the last


class SeekSchedule:
    """Each look comes after twice the time of the one before, up to a bound."""

    def __init__(self, now: float) -> None:
        self.heard_at = now  # when an executor last said anything
        self.looks = 0  # since an executor attached this terminal
        self._due_at = now

    def wait_until(self, due_at: float) -> None:
        self._due_at = due_at

    def seconds_left(self, now: float) -> float:
        return max(0.0, self._due_at - now)

    def start_look(self, now: float) -> None:
        answered = now - self.heard_at < 2 * WAKE_SECONDS
        longest = LAST_SECONDS if answered else WAKE_SECONDS
        pause = FIRST_SECONDS * 2 ** min(self.looks, DOUBLINGS)
        self._due_at = now + min(pause, longest)
        self.looks += 1
