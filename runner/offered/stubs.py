"""Stubs of the installed packages, which editors load when a program imports one.

`scripts/python_stubs.py` makes the files, each packed by Brotli and named by its content. A browser
asks for the index once, and keeps a package's stubs for ever.
"""

import re
from pathlib import Path

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from pydantic import ValidationError

from accounts.models import User
from runner.infrastructure.http import json_api
from runner.languages import stubs_folder
from runner.protocol.http import StubIndex

NAME = re.compile(r"[A-Za-z]\w{0,99}", re.ASCII)
VERSION = re.compile(r"[0-9a-f]{12}")
YEAR = 365 * 24 * 3600
ACCEPTS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


@require_safe
@json_api.endpoint
def index(request: HttpRequest, user: User) -> JsonResponse:
    """The packages, with the versions of their stubs; none where none were made."""
    return json_api.answer(StubIndex(packages=_packages(stubs_folder())))


def _packages(folder: Path) -> dict[str, str]:
    try:
        found = StubIndex.model_validate_json((folder / "index.json").read_bytes()).packages
    except (OSError, ValidationError):
        return {}
    return {name: version for name, version in found.items() if NAME.fullmatch(name)}


@require_safe
def package(request: HttpRequest, name: str, version: str) -> HttpResponse:
    response = _package(request, name, version)
    if response.status_code == 200:
        response["Cache-Control"] = f"private, max-age={YEAR}, immutable"
        del response["Expires"]
    return response


@json_api.endpoint
def _package(request: HttpRequest, user: User, name: str, version: str) -> HttpResponse:
    # Only what can be the name of such a file: nothing leads out of the folder.
    if not (NAME.fullmatch(name) and VERSION.fullmatch(version)):
        return HttpResponseNotFound()
    try:
        packed = (stubs_folder() / f"{name}.{version}.br").read_bytes()
    except OSError:
        return HttpResponseNotFound()
    if ACCEPTS_BROTLI.search(request.headers.get("accept-encoding", "")):
        response = HttpResponse(packed, content_type="application/json")
        response["Content-Encoding"] = "br"
    else:
        response = HttpResponse(brotli.decompress(packed), content_type="application/json")
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
