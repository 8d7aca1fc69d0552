"""The examples in guides are true: what a page says the program answers is what it answers."""

import doctest
from pathlib import Path

import pytest

GUIDES = sorted(page for page in (Path(__file__).parents[2] / "docs").glob("*.md") if ">>> " in page.read_text())


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_examples_in_guides(page: Path) -> None:
    outcome = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert outcome.attempted
    assert outcome.failed == 0
