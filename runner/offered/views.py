"""What the site offers to write programs in, as JSON."""

from collections.abc import Callable
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
from runner.protocol.http import LanguageExamples, Languages, LanguageTemplate, LanguageWords
from runner.protocol.messages import Message
from runner.protocol.reasons import ReasonCode


@require_safe
@json_api.endpoint
def languages(request: HttpRequest, user: User) -> JsonResponse:
    return json_api.answer(Languages(languages=offered_languages(user), packages=python_packages()))


@require_safe
def examples(request: HttpRequest, language_id: str) -> HttpResponse:
    """All examples of a language."""
    return _kept(_about(request, language_id, _examples))


@require_safe
def words(request: HttpRequest, language_id: str) -> HttpResponse:
    """Keywords and templates of a language, for editors."""
    return _kept(_about(request, language_id, _words))


def _kept(response: HttpResponse) -> HttpResponse:
    """By browsers, which ask each time whether it has changed."""
    if response.has_header("ETag"):
        response["Cache-Control"] = "private, no-cache"
        del response["Expires"]
    return response


@json_api.endpoint
def _about(
    request: HttpRequest, user: User, language_id: str, told: Callable[[str], Message]
) -> HttpResponse:
    if language_id not in LANGUAGES:
        raise access.NotFound(ReasonCode.UNKNOWN_LANGUAGE, language=language_id)
    body, etag = _encoded(language_id, told)
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


@lru_cache(maxsize=64)  # there is no end of names of versions of Python
def _encoded(language_id: str, told: Callable[[str], Message]) -> tuple[bytes, str]:
    """Of one of `LANGUAGES`: the body and its tag."""
    body = told(language_id).model_dump_json().encode()
    return body, f'"{sha256(body).hexdigest()[:32]}"'


def _examples(language_id: str) -> Message:
    examples = [asdict(example) for example in LANGUAGES[language_id].examples]
    return LanguageExamples.model_validate({"examples": examples})


def _words(language_id: str) -> Message:
    language = LANGUAGES[language_id]
    templates = tuple(
        LanguageTemplate(name=each.name, text=each.text.strip("\n")) for each in language.templates
    )
    return LanguageWords(keywords=tuple(language.keywords.split()), templates=templates)
