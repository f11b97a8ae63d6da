"""What is answered by an `error`: one exception for each decision that a caller makes."""

from runner.protocol.reasons import ErrorCode, Figures, ReasonCode


class Refused(Exception):
    """A request that is not carried out. It carries no sentence: see `reasons.py`."""

    code: ErrorCode

    def __init__(self, reason_code: ReasonCode, **figures: int | str) -> None:
        super().__init__(reason_code, figures)
        self.reason_code = reason_code
        self.figures: Figures = figures


class BadMessage(Refused):
    """Not a message of the protocol, or not at this time."""

    code = ErrorCode.BAD_MESSAGE


class TooLarge(Refused):
    code = ErrorCode.TOO_LARGE


class UnknownLanguage(Refused):
    """Of a program: the site does not offer it."""

    code = ErrorCode.UNKNOWN_LANGUAGE


class NotAllowed(Refused):
    code = ErrorCode.NOT_ALLOWED


class RateLimited(Refused):
    code = ErrorCode.RATE_LIMITED


class Unavailable(Refused):
    """Not the fault of the one who asked: it may be asked again."""

    code = ErrorCode.UNAVAILABLE
