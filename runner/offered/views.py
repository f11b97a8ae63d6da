"""What the site offers to write programs in, as JSON."""

from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.models import User
from runner import access
from runner.infrastructure.http import json_api
from runner.languages import LANGUAGES
from runner.offered.options import offered_languages
from runner.offered.packages import python_packages
from runner.protocol.http import LanguageExamples, Languages
from runner.protocol.reasons import ReasonCode


@require_safe
@json_api.endpoint
def languages(request: HttpRequest, user: User) -> JsonResponse:
    return json_api.answer(Languages(languages=offered_languages(user), packages=python_packages()))


@require_safe
def examples(request: HttpRequest, language_id: str) -> HttpResponse:
    """Kept by browsers, which ask each time whether they have changed."""
    response = _examples(request, language_id)
    if response.has_header("ETag"):
        response["Cache-Control"] = "private, no-cache"
        del response["Expires"]
    return response


@json_api.endpoint
def _examples(request: HttpRequest, user: User, language_id: str) -> HttpResponse:
    if language_id not in LANGUAGES:
        raise access.NotFound(ReasonCode.UNKNOWN_LANGUAGE, language=language_id)
    body, etag = _encoded(language_id)
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


@lru_cache(maxsize=64)  # there is no end of names of versions of Python
def _encoded(language_id: str) -> tuple[bytes, str]:
    """Of one of `LANGUAGES`: the body and its tag."""
    examples = [asdict(example) for example in LANGUAGES[language_id].examples]
    body = LanguageExamples.model_validate({"examples": examples}).model_dump_json().encode()
    return body, f'"{sha256(body).hexdigest()[:32]}"'
