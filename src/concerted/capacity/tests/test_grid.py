"""The rows of a board, drawn in Python."""

from datetime import date

from concerted.capacity.grid import mandate_rows, overdue_rows
from concerted.capacity.queries.board import AgencyBoard, OverdueLine
from concerted.capacity.queries.wording import MandateNamed
from concerted.capacity.rules import Count
from concerted.directory.models import Agency

NOBODY = "00000000-0000-0000-0000-000000000001"


def board(*lines: OverdueLine) -> AgencyBoard:
    named = MandateNamed(1, "core", "Core <b>", "core", 30)
    counts = ((named, Count(current=3, overdue=2)), (named, Count(current=5)))
    return AgencyBoard(Agency(name="A"), date(2026, 5, 29), 5, 2, False, counts, lines, len(lines), (), 60)


def test_a_mandate_has_a_row_and_only_gaps_are_strong() -> None:
    html = mandate_rows(board())
    assert html.count("<tr") == 2
    assert html.count("<strong>") == 1
    assert 'data-l="Overdue"><strong>2</strong></td>' in html
    assert "Core &lt;b&gt;" in html


def test_an_overdue_line_is_escaped_and_leads_to_the_person() -> None:
    html = overdue_rows(board(OverdueLine("Eve <i>", NOBODY, "R&D", "Core <b>", date(2026, 5, 1), "Why <", 0)))
    assert f"/{NOBODY}/" in html
    for words in ("Eve &lt;i&gt;", "R&amp;D", "Core &lt;b&gt;", "Why &lt;", "1 May 2026"):
        assert words in html


def test_an_overdue_line_says_on_a_phone_how_long_it_takes_beside_the_reason() -> None:
    html = overdue_rows(board(OverdueLine("Eve", NOBODY, "Nurse", "Core", date(2026, 5, 1), "It ran out.", 115)))
    assert 'It ran out.<span class="slim-only"> Needs: 115 min</span></span>' in html
    assert html.count("115 min") == 2
    assert html.count('class="twice"') == 2
