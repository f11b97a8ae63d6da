"""Test cases over HTTP: the page starts one after the other, and asks for their results."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from runner import access
from runner.infrastructure.http import json_api
from runner.interviews import testing
from runner.models import Interview, InterviewResult
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import RateLimited
from runner.protocol.rooms.past import CaseResult, CaseResults


@require_POST
@json_api.endpoint
def run(request: HttpRequest, user: User, number: int, test: int) -> HttpResponse:
    interview, _role = access.interview(user, number)
    if not ratelimit.consume(request, action="interview_test", user=user):
        raise RateLimited(ReasonCode.TOO_MANY_STARTS)
    result = testing.run_test(interview, test, user)
    return json_api.answer(_told(result))


@require_safe
@json_api.endpoint
def results(_request: HttpRequest, user: User, number: int) -> HttpResponse:
    interview, _role = access.interview(user, number)
    return json_api.answer(_all(interview))


def _all(interview: Interview) -> CaseResults:
    return CaseResults(results=tuple(map(_told, testing.results_of(interview))))


def _told(result: InterviewResult) -> CaseResult:
    return CaseResult(
        number=result.number,
        running=result.passed is None and result.run_id is not None,
        passed=result.passed,
        output=result.output,
        outcome=result.outcome,
    )
