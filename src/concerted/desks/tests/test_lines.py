"""The lists of a desk, drawn in Python: every word that is not ours is escaped."""

from datetime import date

from django.utils import translation

from concerted.capacity.queries import StandingShown
from concerted.desks.lines import due_rows, held_rows
from concerted.desks.queries import DueLine


def line(state: str, *, late_by: int = 0, minutes: int = 30, here: bool = True) -> DueLine:
    day = date(2026, 5, 29)
    shown = StandingShown(1, "Safety <b>", "risk", minutes, state, "Due & open", day, None, None)
    return DueLine(shown, "/learn/?a=1&b=2", here, late_by)


def test_an_overdue_line_says_how_late_it_is_and_where_it_is_done() -> None:
    html = due_rows([line("overdue", late_by=4)])
    assert "4 days overdue" in html
    assert "<span>30 minutes</span>" in html
    assert "Open the module" in html


def test_a_line_without_minutes_names_none_and_leads_to_a_record() -> None:
    html = due_rows([line("due_soon", minutes=0, here=False)])
    assert "minutes" not in html
    assert "Record that I did it" in html


def test_names_reasons_and_addresses_are_escaped() -> None:
    for html in (due_rows([line("overdue")]), held_rows([line("current")])):
        assert "Safety &lt;b&gt;" in html
        assert "Due &amp; open" in html
    assert 'href="/learn/?a=1&amp;b=2"' in due_rows([line("overdue")])


def test_numbers_are_written_in_the_readers_digits() -> None:
    with translation.override("ar"):
        assert "٣٠" in due_rows([line("due_soon")])
