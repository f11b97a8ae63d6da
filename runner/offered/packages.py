"""The page that lists what programs may import."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from runner.languages import (
    PACKAGES,
    PYTHON,
    Language,
    command_to_install,
    module_of,
    modules_of,
)
from runner.protocol.http import InstalledPackage
from runner.runs import Offers, cached_offers


class Row(NamedTuple):
    name: str
    version: str
    module: str  # to be imported, where its name is not the package's


class Section(NamedTuple):
    language: str  # with its version
    packages: tuple[Row, ...]


@require_safe
@never_cache
@login_required
def package_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "runner/package_list.html",
        {"sections": _sections(), "command": command_to_install(PACKAGES)},
    )


def python_packages() -> tuple[InstalledPackage, ...]:
    """Those of the site's usual Python."""
    packages = cached_offers.get().packages(PYTHON.id)
    return tuple(
        InstalledPackage(name=name, version=packages[name], modules=modules_of(name))
        for name in packages
    )


def _sections() -> list[Section]:
    offers = cached_offers.get()
    sections = (_section(language, offers) for language in offers.languages)
    return [section for section in sections if section.packages]


def _section(language: Language, offers: Offers) -> Section:
    version, packages = offers.version(language.id), offers.packages(language.id)
    rows = (Row(name, packages[name], module_of(name)) for name in packages)
    name = language.name.removesuffix(f" {version}")  # that some are called by
    return Section(f"{name} {version}".strip(), tuple(rows))
