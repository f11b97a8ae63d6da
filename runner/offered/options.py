"""The languages as the workspace and other clients are told about them."""

import re

from accounts.models import User
from runner.infrastructure.sentences import sentence
from runner.languages import PYTHON, Language, is_stable
from runner.protocol.http import IndentationRules, LanguageOption, OfferedLanguage
from runner.runs import Offers, cached_offers


def language_options(reader: User) -> tuple[LanguageOption, ...]:
    """In the order of menus; those that are not available too, with the reason in the active
    language."""
    offers = cached_offers.get()
    return tuple(_option(language, offers, staff=reader.is_staff) for language in offers.languages)


def language_option(language: Language) -> LanguageOption:
    """Of one, for who is not signed in."""
    return _option(language, cached_offers.get(), staff=False)


def _option(language: Language, offers: Offers, *, staff: bool) -> LanguageOption:
    return LanguageOption(
        id=language.id,
        name=_name(language, offers),
        version=offers.version(language.id),
        available=language.id in offers,
        reason=_reason(language, offers, staff=staff),
        main=language.main,
        extensions=language.extensions,
        headers=language.headers,
        monaco=language.monaco,
        codemirror=language.codemirror,
        problems=tuple(map(_in_javascript, language.problems)),
        deepest_last=language.deepest_last,
        misnamed=_in_javascript(language.misnamed),
        indentation=_indentation(language),
        console=language.console,
        example=language.example,
        formatter=language.page_formatter,
        can_keep_open=language.can_keep_open,
        can_debug=offers.has_debugger(language),
        can_trace=language.can_debug,
        windows=language.windows.imports,
        can_show_windows=offers.has_screen(language),
    )


def offered_languages(reader: User) -> tuple[OfferedLanguage, ...]:
    offers = cached_offers.get()
    return tuple(
        OfferedLanguage(
            id=language.id,
            name=_name(language, offers),
            version=offers.version(language.id),
            extension=language.extensions[0],
            available=language.id in offers,
            reason=_reason(language, offers, staff=reader.is_staff),
            windows=offers.has_screen(language),
        )
        for language in offers.languages
    )


def preselected_language() -> str:
    """What a new snippet is in, for who has chosen nothing yet: the newest Python that is offered
    and no preview."""
    offers = cached_offers.get()
    pythons = [language.id for language in offers.languages if language.id in offers]
    return max(
        filter(is_stable, pythons), key=lambda id: _number(offers.version(id)), default=PYTHON.id
    )


def _number(version: str) -> tuple[int, ...]:
    """Where executors differ, that which any of them has at least."""
    found = re.match(r"(\d+)\.(\d+)", version)
    return tuple(map(int, found.groups())) if found else ()


def _name(language: Language, offers: Offers) -> str:
    """Without the version, which some are called by, and which is said beside it."""
    return language.name.removesuffix(f" {offers.version(language.id)}")


def _reason(language: Language, offers: Offers, *, staff: bool) -> str:
    if language.id in offers:
        return ""
    return sentence(*offers.why_not(language, staff=staff))


def _indentation(language: Language) -> IndentationRules:
    rules = language.indentation
    return IndentationRules(opens=rules.opens, closes=rules.closes, tabs=rules.tabs)


def _in_javascript(pattern: str) -> str:
    """Its names of groups are written without a P."""
    return pattern.replace("(?P<", "(?<")
