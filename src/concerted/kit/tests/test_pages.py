"""The frame of a page, with much in it and with nothing."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from concerted.kit.gallery import _frame

PAGE = (
    '{% extends "kit/page.html" %}{% block title %}Due{% endblock %}{% block heading %}Two things{% endblock %}'
    "{% block content %}<p>x</p>{% endblock %}"
)


def show(frame: object = None, source: str = PAGE) -> str:
    context = {"request": RequestFactory().get("/x?a=1")} | ({"frame": frame} if frame else {})
    return Template(source).render(Context(context))


def test_the_title_is_neutral_and_ends_with_the_name() -> None:
    assert "<title>Due – Concerted</title>" in show()


def test_a_page_without_a_frame_still_stands() -> None:
    html = show()
    assert 'class="btn leave"' in html
    assert "popover" not in html
    assert "<nav" not in html


def test_the_frame_says_who_and_where() -> None:
    html = show(_frame())
    assert 'aria-current="page">Library' in html
    assert "Corran district" in html
    assert "3 new" in html
    assert 'lang="ar"' in html
    assert 'name="next" value="/x?a=1"' in html


def test_no_empty_pieces_are_written() -> None:
    html = show(_frame())
    for piece in ("<p class='lead'>", "<ol class='where'>", "<section class='next'>"):
        assert piece not in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_pages_need_nothing_and_can_be_left(code: str) -> None:
    html = get_template(f"{code}.html").render()
    assert 'href="/leave/"' in html
    assert "<h1>" in html
    assert html.count("<main") == 1


def test_calm_pages_have_no_navigation() -> None:
    html = show(_frame(), PAGE.replace("page.html", "calm.html"))
    assert "popover" not in html
    assert 'class="btn leave"' in html
    assert html.count("<p>x</p>") == 1
    assert 'id="languages"' in html


def test_blank_pages_have_leave_only() -> None:
    html = show(_frame(), PAGE.replace("page.html", "blank.html"))
    assert 'class="btn leave"' in html
    assert "<footer" not in html


@pytest.mark.parametrize(
    ("state", "polls", "words"),
    [
        ("waiting", True, "Waiting for its turn"),
        ("running", True, "3 of 9"),
        ("done", False, "Finished"),
        ("failed", False, "It stopped"),
    ],
)
def test_long_work_says_how_far_it_is(state: str, polls: bool, words: str) -> None:
    work = SimpleNamespace(
        title="Reading the list", lead="", state=state, done=3, total=0 if state == "waiting" else 9,
        href="/progress/1", result_href="/progress/1/file", result_label="", trouble="Line 4 has no name.",
    )  # fmt: skip
    request = RequestFactory().get("/progress/1")
    whole = render_to_string("kit/progress.html", {"work": work}, request)
    part = render_to_string("kit/progress.html#part", {"work": work}, request)
    assert words in whole
    assert words in part
    assert "<html" not in part
    assert ("hx-trigger" in part) is polls
    assert ('http-equiv="refresh"' in whole) is polls


def test_an_empty_place_offers_the_first_step() -> None:
    html = render_to_string("kit/empty.html", {"title": "No drill yet", "text": "x", "href": "/new/", "button": "Plan"})
    assert 'href="/new/"' in html
