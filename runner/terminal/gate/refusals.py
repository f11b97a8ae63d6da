"""What a terminal answers with an `error`, beside what the protocol itself refuses."""

from runner.protocol.messages import Error, ErrorCode, Refused, encode


class NoRun(Refused):
    code = ErrorCode.NO_RUN


class AlreadyRunning(Refused):
    code = ErrorCode.ALREADY_RUNNING


class NotAllowed(Refused):
    code = ErrorCode.NOT_ALLOWED


class RateLimited(Refused):
    code = ErrorCode.RATE_LIMITED


SIGNED_OUT = encode(
    Error(
        code=ErrorCode.NOT_ALLOWED,
        message="You are signed in no more. Please sign in again.",
        run=None,
    )
)
