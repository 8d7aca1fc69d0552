"""Tables by the address alone."""

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from concerted.kit.tables import Column, Filter, Table

ROWS = [{"name": f"P{n:03}", "n": n % 7} for n in range(120)]


def table(query: str = "", **more: object) -> Table:
    columns = [Column("name", "Name", sort="name"), Column("n", "Number", sort="n", numeric=True), Column("n", "Again")]
    return Table(columns, ROWS, QueryDict(query), caption="People", **more)  # type: ignore[arg-type]


def test_the_first_page() -> None:
    assert len(table().lines) == 25
    assert table().page.paginator.count == 120


@pytest.mark.parametrize(("asked", "given"), [("50", 50), ("100", 100), ("7", 25), ("x", 25), ("1000000", 25)])
def test_only_three_sizes(asked: str, given: int) -> None:
    assert len(table(f"size={asked}").lines) == given


def test_sorting_both_ways() -> None:
    assert table("sort=-name").lines[0][0] == "P119"
    assert table("sort=name").lines[0][0] == "P000"


def test_sorting_by_what_is_no_column_is_refused() -> None:
    assert table("sort=password", order="name").order == "name"


def test_heads_link_to_the_other_way_and_keep_the_filters() -> None:
    head = table("sort=name&q=a&page=3").heads[0]
    assert head.sorted == "ascending"
    assert head.href == "?sort=-name&q=a"


def test_a_page_beyond_the_end_is_the_last() -> None:
    assert table("page=99").page.number == 5
    assert table("page=٢").page.number == 2


def test_filters_narrow() -> None:
    by = Filter("n", "Number", choices=[("3", "Three")], apply=lambda rows, v: [r for r in rows if r["n"] == int(v)])
    assert table("n=3", filters=[by]).page.paginator.count == 17
    assert table("n=999", filters=[by]).page.paginator.count == 120


def test_rows_of_an_export_are_plain_and_all() -> None:
    rows = list(table("page=2&sort=-name").plain_rows())
    assert len(rows) == 120
    assert rows[0] == ["P119", 0, 0]


@pytest.mark.django_db
def test_a_long_queryset_is_read_a_page_at_a_time(django_assert_num_queries: object) -> None:
    Session.objects.bulk_create(
        Session(session_key=f"k{n:04}", session_data="x", expire_date=timezone.now()) for n in range(300)
    )
    shown = Table(
        [Column("session_key", "Key", sort="session_key"), Column("session_data", "Words")],
        Session.objects.all(),
        QueryDict("sort=-session_key&key=k02"),
        caption="Keys",
        filters=[Filter("key", "Key", lookups=("session_key__startswith",))],
    )
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(shown.lines) == 25
    assert shown.lines[0][0] == "k0299"


def test_the_page_writes_roles_out_and_labels_cells() -> None:
    request = RequestFactory().get("/")
    html = render_to_string("kit/table.html", {"table": table(exports=True)}, request)
    assert 'role="rowheader"' in html
    assert 'data-l="Number"' in html
    assert 'aria-sort="ascending"' not in html
    assert "format=csv" in html
    assert "1 to 25 of 120" in html


def test_no_rows_say_so() -> None:
    empty = Table([Column("name", "Name")], [], QueryDict(), caption="x", empty="Nobody yet.")
    assert "Nobody yet." in render_to_string("kit/table.html", {"table": empty})


def test_cells_are_escaped() -> None:
    one = Table([Column("name", "Name"), Column("x", "X")], [{"name": "<b>", "x": "<i>"}], QueryDict(), caption="x")
    html = render_to_string("kit/table.html", {"table": one})
    assert "&lt;b&gt;" in html
    assert "<i>" not in html
