"""docs/failure-modes.md keeps its word: every row names tests, and every test it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "failure-modes.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/.]+\.py)::(\w+)`")
ROWS = {int(row[1]): row[0] for row in re.finditer(r"^\| (\d+) \|.*$", TEXT, re.M)}


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file, in classes or not."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def test_every_row_is_there_once() -> None:
    """Numbered without a gap."""
    assert sorted(ROWS) == list(range(1, 48))
    assert len(re.findall(r"^\| \d+ \|", TEXT, re.M)) == len(ROWS)


@pytest.mark.parametrize("number", sorted(ROWS))
def test_every_row_has_a_test(number: int) -> None:
    """At least one, by its name."""
    assert NAMED.search(ROWS[number])


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED.findall(TEXT)}))
def test_every_test_that_is_named_exists(path: str) -> None:
    """In the file that is named."""
    assert (ROOT / path).is_file()
    named = {name for where, name in NAMED.findall(TEXT) if where == path}
    assert named <= names_in(path)
