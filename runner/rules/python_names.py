"""The dotted names that a Python source uses, by its syntax tree. Pure.

Names are followed through imports, not through assignments: `e = eval` is found because it mentions
`eval`, but `getattr(os, name)` is not understood. Texts that a program runs by `exec` are read if
they stand in the call. That is enough for a rule of teaching.
"""

import ast
import warnings
from collections.abc import Iterator
from typing import NamedTuple

MOST_PARTS = 8  # of a name: chains of thousands would take seconds
MOST_STARS = 20  # `from … import *`
_IMPORTERS = frozenset({
    "__import__", "builtins.__import__", "importlib.__import__", "importlib.import_module",
})  # fmt: skip
_RUNNERS = frozenset({"exec", "eval", "compile"})
MOST_TEXTS = 20  # that are run by `exec`: each is parsed


class Use(NamedTuple):
    name: str
    call: bool  # a function, or what may be one; else a module
    line: int


def used_names(source: bytes) -> Iterator[Use] | None:
    """Modules with the packages that they are in, and functions. None: it is no Python of this
    version, or nested too deeply."""
    if (nodes := _parsed(source)) is None:
        return None
    return _with_texts(nodes)


def _parsed(source: bytes) -> list[ast.AST] | None:
    try:
        with warnings.catch_warnings():  # of escapes that mean nothing
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return list(ast.walk(tree))


def _with_texts(nodes: list[ast.AST]) -> Iterator[Use]:
    """Also of the texts that the program gives to `exec`, in the line of the call. Texts within
    such texts are not read: a program that hides so well is not a beginner's."""
    meanings, starred = _imported(nodes)
    yield from _uses(nodes, meanings, starred)
    left = MOST_TEXTS
    for node in nodes:
        if not isinstance(node, ast.Call) or _called(node, meanings, starred) not in _RUNNERS:
            continue
        text = _text(node.args[0]) if node.args else None
        if text is None or left == 0:
            continue
        left -= 1
        inner = _parsed(text.strip().encode(errors="surrogatepass")) or []
        inner_meanings, inner_starred = _imported(inner)
        for use in _uses(inner, meanings | inner_meanings, starred + inner_starred):
            yield use._replace(line=node.lineno)


def _imported(nodes: list[ast.AST]) -> tuple[dict[str, str], list[str]]:
    """What names mean that imports have given, and modules that give all their names."""
    meanings, starred = {"__builtins__": "builtins"}, list[str]()
    for node in nodes:
        if isinstance(node, ast.Import):
            # `import os.path` gives the name `os` to the package.
            meanings |= {
                alias.asname or _top(alias.name): alias.name if alias.asname else _top(alias.name)
                for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name == "*":
                    starred.append(node.module)
                meanings[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return meanings, starred[:MOST_STARS]


def _uses(nodes: list[ast.AST], meanings: dict[str, str], starred: list[str]) -> Iterator[Use]:
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _modules(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _modules(node.module, node.lineno)
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield Use(name, False, node.lineno)
                yield Use(_function(name), True, node.lineno)
        elif isinstance(node, ast.Call):
            yield from _imported_by_call(node, meanings, starred)
            yield from _got(node, meanings)
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from _mentioned(node, meanings, starred)


def _mentioned(
    node: ast.Name | ast.Attribute, meanings: dict[str, str], starred: list[str]
) -> Iterator[Use]:
    if (meant := _dotted(node, meanings)) is None:
        return
    yield Use(_function(meant), True, node.lineno)
    if isinstance(node, ast.Name):
        for module in starred:
            yield Use(f"{module}.{meant}", True, node.lineno)
    elif _root(node) in meanings:
        # `os.path.join` after `import os`: a part of a module may be a module.
        yield from _modules(meant, node.lineno)


def _modules(name: str, line: int) -> Iterator[Use]:
    """`os.path` and `os`."""
    parts = name.split(".")[:MOST_PARTS]
    for count in range(1, len(parts) + 1):
        yield Use(".".join(parts[:count]), False, line)


def _imported_by_call(
    call: ast.Call, meanings: dict[str, str], starred: list[str]
) -> Iterator[Use]:
    """Of `__import__("socket")`."""
    if _called(call, meanings, starred) in _IMPORTERS and (name := _first_text(call)) is not None:
        yield from _modules(name, call.lineno)


def _got(call: ast.Call, meanings: dict[str, str]) -> Iterator[Use]:
    """`getattr(os, "system")`."""
    if len(call.args) < 2 or not isinstance(call.func, ast.Name) or call.func.id != "getattr":
        return
    name, part = _dotted(call.args[0], meanings), _text(call.args[1])
    if name is not None and part is not None:
        yield Use(_function(f"{name}.{part}"), True, call.lineno)


def _called(call: ast.Call, meanings: dict[str, str], starred: list[str]) -> str:
    """The name of what is called, `import_module` after `from importlib import *` with its module;
    empty: no plain name."""
    name = _dotted(call.func, meanings)
    if name is None:
        return ""
    if "." not in name and (found := {f"{module}.{name}" for module in starred} & _IMPORTERS):
        return min(found)
    return _function(name) if _function(name) in _RUNNERS else name


def _first_text(call: ast.Call) -> str | None:
    """Of the first argument, or the one called `name`."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "name"]
    first = (call.args[:1] or named)[:1]
    return _text(first[0]) if first else None


def _text(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


def _top(name: str) -> str:
    return name.partition(".")[0]


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _dotted(node: ast.expr, meanings: dict[str, str]) -> str | None:
    """`os.system` of an attribute of `o` after `import os as o`; None: of no plain name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        if len(parts) == MOST_PARTS:
            return None
        parts.append(node.attr)
        node = node.value
    root = _imported_name(node, meanings) if isinstance(node, ast.Call) else None
    if isinstance(node, ast.Name):
        root = meanings.get(node.id, node.id)
    return None if root is None else ".".join([root, *reversed(parts)])


def _imported_name(call: ast.Call, meanings: dict[str, str]) -> str | None:
    """`os` of `__import__("os")`."""
    plain = isinstance(call.func, ast.Name | ast.Attribute) and not _is_chain(call.func)
    name = _dotted(call.func, meanings) if plain else None
    return _first_text(call) if name in _IMPORTERS else None


def _is_chain(node: ast.expr) -> bool:
    """Calls of calls: they would be followed to any depth."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Call)


def _function(name: str) -> str:
    return name.removeprefix("builtins.")
