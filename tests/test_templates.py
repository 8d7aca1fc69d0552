"""A template is read by people too."""

from pathlib import Path

import concerted

ROOT = Path(concerted.__file__).parent
LONGEST, MOST_LINES = 700, 120
#: Written close on purpose: parts that every page holds many times, and the two pages that are timed most tightly.
CLOSE = {"kit/field.html", "kit/table.html", "training/unit.html", "desks/practitioner.html"}


def templates() -> dict[str, list[str]]:
    """The lines of every template by its name."""
    found = sorted(ROOT.glob("*/templates/**/*.html"))
    return {path.as_posix().partition("/templates/")[2]: path.read_text("utf-8").splitlines() for path in found}


def test_no_line_is_longer_than_a_screen_holds() -> None:
    long = {name for name, lines in templates().items() if any(len(line) > LONGEST for line in lines)}
    assert long == CLOSE


def test_no_template_is_longer_than_one_reads_at_once() -> None:
    assert [name for name, lines in templates().items() if len(lines) > MOST_LINES] == []
