"""Readers of the ledger see each act in their language: every act that is recorded has its line."""

import ast
from pathlib import Path

from concerted.ledger.wordings import VERBS

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


def test_every_act_has_its_line() -> None:
    assert len(recorded()) > 50
    assert recorded() - set(VERBS) == set()


def test_the_lines_stand_in_order() -> None:
    assert list(VERBS) == sorted(VERBS)
