"""What the tags write."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from concerted.kit import digits
from concerted.kit.templatetags.kit import STATES


def show(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


def test_icon_points_into_the_sprite_and_is_silent() -> None:
    assert show('{% icon "gap" %}') == (
        '<svg class="i" aria-hidden="true"><use href="/static/kit/icons.svg#gap"/></svg>'
    )


def test_icon_without_a_word_beside_it_has_a_name() -> None:
    assert 'role="img" aria-label="Three &lt;new&gt;"' in show('{% icon "bell" "Three <new>" %}')


def test_icons_that_point_onward_turn_round() -> None:
    assert 'class="i turn"' in show('{% icon "go" %}')


@pytest.mark.parametrize("code", STATES)
def test_a_state_is_an_icon_and_a_word(code: str) -> None:
    html = show("{% state code %}", code=code)
    assert "<svg" in html
    assert str(STATES[code][2]) in html


def test_a_state_takes_other_words_and_escapes_them() -> None:
    html = show('{% state "overdue" words %}', words="4 days <b>")
    assert html.startswith('<span class="st gap">')
    assert "4 days &lt;b&gt;" in html


@pytest.mark.parametrize(
    ("language", "shape", "words"),
    [
        ("en", "", "29 May 2026"),
        ("en", "short", "29 May"),
        ("en", "week", "Friday 29 May 2026"),
        ("en", "month", "May 2026"),
        ("fr", "", "29 mai 2026"),
        ("es", "", "29 de mayo de 2026"),
        ("ar", "", "٢٩ مايو ٢٠٢٦"),
    ],
)
def test_a_day_is_said_in_the_readers_words(language: str, shape: str, words: str) -> None:
    with translation.override(language):
        html = show("{% day on shape %}", on=datetime.date(2026, 5, 29), shape=shape)
    assert html == f'<time datetime="2026-05-29">{words}</time>'


def test_no_day_shows_nothing() -> None:
    assert show("{% day on %}", on=None) == ""


def test_a_time_of_day_is_marked_for_the_device() -> None:
    moment = datetime.datetime(2026, 5, 29, 9, 41, tzinfo=datetime.UTC)
    html = show('{% clock at "short" %}', at=moment)
    assert html == '<time datetime="2026-05-29T09:41+00:00" data-local-time>29 May, 09:41</time>'


@pytest.mark.parametrize(
    ("language", "value", "places", "shown"),
    [
        ("en", 1234567, None, "1,234,567"),
        ("en", 12.5, 1, "12.5"),
        ("ar", 1234567, None, "١٬٢٣٤٬٥٦٧"),
        ("ar", 12.5, 1, "١٢٫٥"),
        ("fa", 42, None, "۴۲"),
        ("ar-ma", 42, None, "42"),
    ],
)
def test_numbers_in_the_readers_digits(language: str, value: float, places: int | None, shown: str) -> None:
    with translation.override(language):
        assert digits.number(value, places) == shown


def test_no_number_is_a_dash() -> None:
    assert show("{% num n %}", n=None) == "–"


@pytest.mark.parametrize(
    ("language", "minutes", "shown"), [("en", 120, "2"), ("en", 100, "1.7"), ("fr", 90, "1,5"), ("ar", 100, "١٫٧")]
)
def test_minutes_as_hours(language: str, minutes: int, shown: str) -> None:
    with translation.override(language):
        assert digits.hours(minutes) == shown
        assert show("{{ minutes|hours }}", minutes=minutes) == shown


def test_digits_leave_words_and_markup_alone() -> None:
    with translation.override("ar"):
        assert show("{{ text|digits }}", text="الوحدة 3 <b>") == "الوحدة ٣ &lt;b&gt;"


def test_typed_digits_are_read_in_any_script() -> None:
    assert digits.plain("٢٩/٥/٢٠٢٦") == "29/5/2026"
    assert digits.plain("۱۲٫۵") == "12.5"


def test_the_language_of_a_text_is_marked() -> None:
    assert show('<p{% mark_lang "ar" %}>') == '<p lang="ar" dir="rtl">'
    assert show('<p{% mark_lang "fr" %}>') == '<p lang="fr" dir="ltr">'


def test_wrap_is_silent_round_nothing() -> None:
    assert show("{% wrap '<p>' '</p>' %}  {% endwrap %}") == ""
    assert show("{% wrap '<p>' '</p>' %}x{% endwrap %}") == "<p>x</p>"


def test_pager_keeps_the_rest_of_the_address() -> None:
    page = Paginator(range(70), 25).page(2)
    html = show("{% pager page %}", page=page, request=RequestFactory().get("/", {"q": "a&b", "page": "2"}))
    assert "26 to 50 of 70" in html
    assert 'href="?q=a%26b&amp;page=3"' in html
    assert 'rel="prev"' in html


def test_pager_leads_to_the_part_of_the_page_that_holds_the_list() -> None:
    html = show('{% pager page "n" "who" %}', page=Paginator(range(70), 25).page(2))
    assert 'href="?n=1#who"' in html
    assert 'href="?n=3#who"' in html


def test_pager_is_silent_when_all_fit() -> None:
    assert show("{% pager page %}", page=Paginator(range(5), 25).page(1)) == ""


def test_sortlink_shows_the_way_it_is_sorted() -> None:
    head = SimpleNamespace(label="Name", href="?sort=-name", sorted="ascending")
    assert show("{% sortlink head %}", head=head) == '<a href="?sort=-name">Name <span aria-hidden="true">↑</span></a>'


def test_leave_is_a_plain_link_with_the_neutral_page_beside_it(settings: object) -> None:
    html = show("{% leave_link %}")
    assert 'href="/leave/"' in html
    assert f'data-to="{settings.CONCERTED_EXIT_URL}"' in html  # type: ignore[attr-defined]
