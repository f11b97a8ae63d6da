"""The catalogues of translations, by Babel: no gettext tools are needed.

messages.py            takes new texts from code and templates into locale/*/LC_MESSAGES/django.po
messages.py --check    says which are missing or not translated
messages.py --compile  writes the .mo files that Django reads
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def found() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every text: file, line, text (singular and plural), context."""
    for folder in ("accounts", "runner"):
        for path in sorted(ROOT.glob(f"{folder}/**/*.py")):
            yield from _texts(path, path.read_text())
    for path in sorted((ROOT / "templates").glob("**/*.*")):
        code = templatize(path.read_text(), origin=str(path))
        yield from _texts(path, "\n".join(line.strip() for line in code.splitlines()))


def _texts(path: Path, code: str) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    source = io.BytesIO(code.encode())
    for line, text, _comments, context in extract("python", source, KEYWORDS):
        yield str(path.relative_to(ROOT)), line, text, context


def template() -> Catalog:
    catalog = Catalog()
    for path, _line, text, context in found():
        catalog.add(text, locations=[(path, None)], context=context)  # type: ignore[list-item]
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update() -> None:
    texts = template()
    for path in CATALOGUES:
        catalog = read(path)
        catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, sort_output=True, include_lineno=False)


def says_twice(text: object) -> bool:
    """As after a merge that has kept both sides of a translation of several lines."""
    half, rest = divmod(len(text), 2) if isinstance(text, str) else (0, 0)
    return isinstance(text, str) and half > 5 and not rest and text[:half] == text[half:]


def check() -> int:
    """How many texts have no translation, or a wrong one: with other placeholders, or twice. Said,
    each."""
    texts, missing = template(), 0
    for path in CATALOGUES:
        catalog = read(path)
        for message in texts:
            known = catalog.get(message.id, message.context)
            done = known is not None and not known.fuzzy and known.string
            if message.id and not (all(done) if isinstance(done, tuple) else done):
                print(f"{path.relative_to(ROOT)}: not translated: {message.id!r}")
                missing += 1
        for message in catalog:
            if says_twice(message.string):
                print(f"{path.relative_to(ROOT)}: translated twice in one: {message.id!r}")
                missing += 1
        for message, errors in catalog.check():
            print(f"{path.relative_to(ROOT)}: {message.id!r}: {errors[0]}")
            missing += 1
    return missing


def compile_all() -> None:
    for path in CATALOGUES:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            update()
        case ["--check"]:
            sys.exit(1 if check() else 0)
        case ["--compile"]:
            compile_all()
        case _:
            sys.exit(__doc__)
