import doctest
from pathlib import Path

GUIDE = Path(__file__).parents[4] / "docs" / "planning-maths.md"


def test_the_guide_says_what_comes_out() -> None:
    found = doctest.testfile(str(GUIDE), module_relative=False)
    assert found.attempted > 10
    assert found.failed == 0
