"""What a terminal answers with an `error`, beside what every part of the product may refuse."""

from uuid import UUID

from runner.protocol.messages import Error
from runner.protocol.reasons import ErrorCode
from runner.protocol.refusals import Refused


class NoRun(Refused):
    code = ErrorCode.NO_RUN


class AlreadyRunning(Refused):
    code = ErrorCode.ALREADY_RUNNING


def error_of(refusal: Refused, run: UUID | None) -> Error:
    """Without its sentence: the socket builds it in its own language."""
    return Error(
        code=refusal.code,
        message="",
        reason_code=refusal.reason_code,
        figures=refusal.figures,
        run=run,
    )
