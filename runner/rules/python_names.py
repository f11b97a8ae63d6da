"""The dotted names that a Python source uses, by its syntax tree. Pure.

Names are followed through imports, not through assignments: `e = eval` is found because it mentions
`eval`, but `getattr(os, name)` is not understood. That is enough for a rule of teaching.
"""

import ast
import warnings
from collections.abc import Iterator
from typing import NamedTuple

MOST_PARTS = 8  # of a name: chains of thousands would take seconds
MOST_STARS = 20  # `from … import *`
_IMPORTERS = frozenset({"__import__", "builtins.__import__", "importlib.import_module"})


class Use(NamedTuple):
    name: str
    call: bool  # a function, or what may be one; else a module
    line: int


def used_names(source: bytes) -> Iterator[Use] | None:
    """Modules with the packages that they are in, and functions. None: it is no Python of this
    version, or nested too deeply."""
    try:
        with warnings.catch_warnings():  # of escapes that mean nothing
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    nodes = list(ast.walk(tree))
    meanings, starred = _imported(nodes)
    return _uses(nodes, meanings, starred)


def _imported(nodes: list[ast.AST]) -> tuple[dict[str, str], list[str]]:
    """What names mean that imports have given, and modules that give all their names."""
    meanings, starred = {"__builtins__": "builtins"}, list[str]()
    for node in nodes:
        if isinstance(node, ast.Import):
            meanings |= {alias.asname: alias.name for alias in node.names if alias.asname}
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
            yield from _imported_by_call(node, meanings)
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


def _modules(name: str, line: int) -> Iterator[Use]:
    """`os.path` and `os`."""
    parts = name.split(".")[:MOST_PARTS]
    for count in range(1, len(parts) + 1):
        yield Use(".".join(parts[:count]), False, line)


def _imported_by_call(call: ast.Call, meanings: dict[str, str]) -> Iterator[Use]:
    """Of `__import__("socket")`."""
    if not call.args or not isinstance(call.func, ast.Name | ast.Attribute):
        return
    name, argument = _dotted(call.func, meanings), call.args[0]
    value = argument.value if isinstance(argument, ast.Constant) else None
    if name in _IMPORTERS and isinstance(value, str):
        yield from _modules(value, call.lineno)


def _dotted(node: ast.expr, meanings: dict[str, str]) -> str | None:
    """`os.system` of an attribute of `o` after `import os as o`; None: of no plain name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        if len(parts) == MOST_PARTS:
            return None
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([meanings.get(node.id, node.id), *reversed(parts)])


def _function(name: str) -> str:
    return name.removeprefix("builtins.")
