"""The examples in docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

import concerted

PACKAGE = Path(concerted.__file__).parent
WITH_EXAMPLES = sorted(
    ".".join(("concerted", *path.relative_to(PACKAGE).with_suffix("").parts))
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text() and "tests" not in path.parts
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted
    assert outcome.failed == 0
