"""Readers of the ledger see each act in their language: every act that is recorded has its line."""

import ast
from pathlib import Path

from concerted.ledger.wordings import KINDS, VERBS

PACKAGE = Path(__file__).parents[2]


def recorded() -> set[str]:
    """Every act passed to `record` as a plain string anywhere in the package."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "record"
                and node.args
            ):
                found |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return found


def done_to() -> set[str]:
    """Every kind of thing that is passed by its name, as a plain string anywhere in the package."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword) and node.arg == "object_kind" and isinstance(node.value, ast.Constant):
                    found.add(node.value.value)
    return found


def test_every_kind_of_thing_has_its_line() -> None:
    assert len(done_to()) > 25
    assert done_to() - set(KINDS) == set()


def test_every_act_has_its_line() -> None:
    assert len(recorded()) > 50
    assert recorded() - set(VERBS) == set()


def test_the_lines_stand_in_order() -> None:
    assert list(VERBS) == sorted(VERBS)
    assert list(KINDS) == sorted(KINDS)
