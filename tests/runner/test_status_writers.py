"""Only the package `runs` writes a run's status: every module is searched for writers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITERS = ROOT / "runner" / "runs"
IN_SQL = re.compile(
    r"(?is)\b(insert\s+into\s+\S*runner_run\b|update\s+\S*runner_run\b.*\bstatus\s*=)"
)
# Calls that write what they are given by name; `filter(status=…)` and such only read.
WRITING_CALLS = {
    "Run", "create", "acreate", "update", "aupdate", "get_or_create", "aget_or_create",
    "update_or_create", "aupdate_or_create",
}  # fmt: skip


def writes(source: str) -> list[int]:
    """Lines on which `source` writes a field `status`, by the ORM or in SQL."""
    return sorted({line for node in ast.walk(ast.parse(source)) for line in _writes(node)})


def _writes(node: ast.AST) -> Iterator[int]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=keywords):
            if name in WRITING_CALLS and any(keyword.arg == "status" for keyword in keywords):
                yield node.lineno
            if name in {"setattr", "bulk_update"} and _names_status(node):
                yield node.lineno
        case ast.Assign(targets=targets):
            yield from (t.lineno for t in targets if _is_status(t))
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) if _is_status(target):
            yield node.lineno
        case ast.Constant(value=str(text)) if IN_SQL.search(text):
            yield node.lineno


def _is_status(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "status"


def _names_status(call: ast.Call) -> bool:
    constants = (node for argument in call.args for node in ast.walk(argument))
    return any(isinstance(node, ast.Constant) and node.value == "status" for node in constants)


@pytest.mark.parametrize(
    "line",
    [
        "Run.objects.filter(pk=1).update(status='finished')",
        "Run(owner=user, status='queued')",
        "await Run.objects.acreate(status='queued')",
        "run.status = RunStatus.FINISHED",
        "setattr(run, 'status', 'finished')",
        "Run.objects.bulk_update(runs, ['status'])",
        "cursor.execute('UPDATE runner_run SET outcome = 1, status = 2')",
        "cursor.execute('INSERT INTO runner_run (id) VALUES (1)')",
    ],
)
def test_the_search_finds_each_way_to_write(line: str) -> None:
    assert writes(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "Run.objects.filter(status='queued')",
        "if run.status == 'queued': pass",
        "JsonResponse({}, status=503)",
        "cursor.execute('SELECT status FROM runner_run')",
    ],
)
def test_the_search_passes_over_readers(line: str) -> None:
    assert writes(line) == []


def test_only_the_package_runs_writes_status() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("accounts", "coderunner", "runner")
        for path in (ROOT / folder).rglob("*.py")
        if WRITERS not in path.parents and "migrations" not in path.parts
        for line in writes(path.read_text())
    }
    assert found == set()
    assert any(writes(path.read_text()) for path in WRITERS.glob("*.py"))
