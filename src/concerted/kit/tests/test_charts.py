"""Charts that say what they show."""

import datetime
import math
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation

from concerted.kit import charts
from concerted.kit.charts.pen import Pen

WEEKS = [charts.Week(datetime.date(2026, 5, 11) + datetime.timedelta(weeks=n), n % 4) for n in range(12)]
MONTHS = [f"{month} 2027" for month in ("January", "February", "March", "April", "May", "June")]
RAMP = ((2, 0), (4, 1), (6, 1))
SPAN = charts.Span("The <duty>", "Helpline, everywhere", "March 2027", RAMP, ["March 2027", "May 2027"])
MANY = [charts.Week(week.start, week.count * 40) for week in WEEKS]


def made() -> list[charts.Chart]:
    parts = [charts.Series("a", "In place"), charts.Series("b", "Short <now>", "f-gap")]
    return [
        charts.dots_by_week("Dots", WEEKS),
        charts.dots_by_week("Columns", MANY),
        charts.bars("Bars", [charts.Bar("Corran & co", 45), charts.Bar("Dalmi", 0)]),
        charts.stacked("Parts", [("Police", {"a": 4, "b": 2}), ("Health", {"a": 9})], parts),
        charts.fan("Posts", [charts.Month("2027-01", 1, 2, 4), charts.Month("2027-02", 2, 3, 6)], limit=("Filled", 5)),
        charts.fan("No months", []),
        charts.hours_of_week("Hours", [hour % 5 for hour in range(168)]),
        charts.spans(
            "Line",
            MONTHS,
            [SPAN, charts.Span("Later than all of it " * 9, "nowhere", "June 2029", ())],
            [charts.Stop("A grant", "promised until then", "June 2027", 6)],
        ),
        charts.spans("No line", [], []),
        charts.bars("Nothing", []),
        charts.stacked("Nothing yet", [], parts),
        charts.dots_by_week("No weeks", []),
    ]


@pytest.mark.parametrize("chart", made(), ids=lambda chart: chart.title)
def test_a_chart_has_title_description_table_and_two_sizes(chart: charts.Chart) -> None:
    html = chart.figure
    drawings = re.findall(r"<svg.*?</svg>", html, re.S)
    assert len(drawings) == 2
    for drawing, width in zip(drawings, (720, 340), strict=True):
        root = ElementTree.fromstring(drawing)  # noqa: S314  our own
        assert root.get("role") == "img"
        assert root.get("viewBox", "").startswith(f"0 0 {width} ")
        title, desc = root[0], root[1]
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.text == chart.title
    assert "<details><summary>" in html
    assert '<th scope="row">' in html or not chart.rows
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "style=" not in html


def test_words_are_escaped_in_the_drawing() -> None:
    chart = charts.bars("x", [charts.Bar("<script>", 1)])
    assert "<script>" not in chart.drawings[0].shapes


def test_the_description_says_the_numbers() -> None:
    assert charts.bars("x", [charts.Bar("Corran", 45, note="of 126")]).desc == "Corran: 45 of 126"


#: A step of a drawn way: to a corner, by so much, by so much across or down, or back to where the shape began.
STEP = re.compile(r"([MLmlhvz])(-?[\d.]*) ?(-?[\d.]*)")


def shapes_of(way: str) -> list[list[tuple[float, float]]]:
    """The corners of each shape that a way goes round, as a browser reads it."""
    found: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for step, one, other in STEP.findall(way):
        if step in "ML":
            x, y = float(one), float(other)
        elif step in "ml":
            x, y = x + float(one), y + float(other)
        elif step == "h":
            x += float(one)
        elif step == "v":
            y += float(one)
        else:
            x, y = found[-1][0]
            continue
        if step in "Mm":
            found.append([])
        found[-1].append((x, y))
    return [[(round(a, 1), round(b, 1)) for a, b in shape] for shape in found]


def drawn(shapes: str, css: str) -> list[list[tuple[float, float]]]:
    """The corners of every shape of one look."""
    return [shape for way in re.findall(rf'<path class="{css}" d="([^"]+)"', str(shapes)) for shape in shapes_of(way)]


def test_nothing_lies_outside_the_drawing() -> None:
    for chart in made():
        for drawing in chart.drawings:
            for corner in (corner for shape in drawn(drawing.shapes, 'f[^"]*') for corner in shape):
                assert -0.1 <= corner[0] <= drawing.width + 0.1
                assert -0.1 <= corner[1] <= drawing.height + 0.1
            for x, width in re.findall(
                r'<rect class="[^"]*" x="([-\d.]+)" y="[-\d.]+" width="([\d.]+)"', drawing.shapes
            ):
                assert -0.1 <= float(x) <= drawing.width
                assert float(x) + float(width) <= drawing.width + 0.1


def test_time_runs_from_the_right_in_arabic() -> None:
    def dots(language: str) -> list[float]:
        with translation.override(language):
            shapes = charts.dots_by_week("x", WEEKS).drawings[0].shapes
        return [float(x) for x in re.findall(r'cx="([\d.]+)"', shapes)]

    for left, right in zip(dots("en"), dots("ar"), strict=True):
        assert right == pytest.approx(720 - left, abs=0.11)


def test_digits_follow_the_reader() -> None:
    with translation.override("ar"):
        assert "٤٥" in charts.bars("x", [charts.Bar("كوران", 45)]).drawings[0].shapes


def test_lengths_are_in_proportion_and_start_at_zero() -> None:
    shapes = charts.bars("x", [charts.Bar("a", 40), charts.Bar("b", 10)]).drawings[0].shapes
    long, short = (float(w) for w in re.findall(r'width="([\d.]+)"', shapes))
    assert long / short == pytest.approx(4, rel=0.01)


def test_a_band_holds_its_line_and_starts_at_zero() -> None:
    told = charts.fan("x", [charts.Month("a", 0, 5, 10), charts.Month("b", 0, 5, 10)])
    shapes = told.drawings[0].shapes
    heights = {kind: [y for _x, y in corners(shapes, kind)] for kind in ("f0", "f1")}
    assert (min(heights["f0"]) + max(heights["f0"])) / 2 == pytest.approx(sum(heights["f1"]) / 4)


def test_the_fullest_hour_fills_its_cell() -> None:
    told = charts.hours_of_week("x", [2.0] + [1.0] * 167)
    behind, cells = (drawn(told.drawings[0].shapes, css) for css in ("f0", "f1"))
    assert len(behind) == len(cells) == 168
    high = [cell[0][1] - cell[1][1] for cell in cells]
    assert high[0] == pytest.approx(24)
    assert high[0] == pytest.approx(2 * high[1], abs=0.2)
    assert len(told.rows) == 24


def test_every_hour_stands_in_its_place_in_both_directions() -> None:
    for language in ("en", "ar"):
        with translation.override(language):
            told = charts.hours_of_week("x", [float(hour % 5) for hour in range(168)])
        for drawing in told.drawings:
            behind, cells = (drawn(drawing.shapes, css) for css in ("f0", "f1"))
            assert len(behind) == 168
            assert len(cells) == sum(hour % 5 > 0 for hour in range(168)), "nothing is drawn for none"
            lefts = sorted({cell[0][0] for cell in behind})
            apart = {round(b - a, 1) for a, b in pairwise(lefts)}
            assert len(apart) == 1, "cells are equally far apart, to the last one"
            assert {cell[0] for cell in cells} <= {cell[0] for cell in behind}, "each stands on the foot of its cell"
            first = behind[0][0][0]
            assert first == (lefts[-1] if language == "ar" else lefts[0])


def corners(shapes: str, css: str) -> list[tuple[float, float]]:
    return drawn(shapes, css)[0]


def test_a_line_is_as_thick_where_it_climbs() -> None:
    pen = Pen(720, rtl=False)
    pen.ribbon([(0, 100), (50, 100), (60, 0), (110, 0)], 3, "f1")
    upper_and_lower = corners(pen.shapes(), "f1")
    one, other = upper_and_lower[:4], upper_and_lower[:3:-1]
    for (ax, ay), (bx, by), (cx, cy) in zip(one, one[1:], other, strict=False):
        length = math.hypot(bx - ax, by - ay)
        away = abs((bx - ax) * (ay - cy) - (ax - cx) * (by - ay)) / length
        assert away == pytest.approx(3, abs=0.2)


def test_what_lies_level_is_one_step_and_never_drifts() -> None:
    months = [(29.03 * n, 100.0 if n < 20 else 60.04 - n) for n in range(40)]
    for rtl in (False, True):
        pen = Pen(1200, rtl)
        pen.area(months, "f0")
        shape = corners(pen.shapes(), "f0")
        assert len(shape) == 40 - 18
        for x, y in (months[0], *months[19:]):
            meant = (1200 - x if rtl else x, y)
            assert min(math.dist(corner, meant) for corner in shape) < 0.08


def test_a_line_that_stands_still_is_drawn() -> None:
    pen = Pen(720, rtl=False)
    pen.ribbon([(5, 5), (5, 5)], 3, "f1")
    pen.ribbon([(5, 5)], 3, "f2")
    assert corners(pen.shapes(), "f1") == [(5, 3.5), (5, 3.5), (5, 6.5), (5, 6.5)]
    assert corners(pen.shapes(), "f2") == [(5, 3.5), (5, 6.5)]


@pytest.mark.parametrize("rising", [[0, 4, 21, 21], [8, 8, 12, 12], [10, 9, 5, 3], [7, 9, 9, 9]])
def test_the_name_of_a_level_stands_clear_of_the_line(rising: list[float]) -> None:
    months = [charts.Month(str(n), value, value, value) for n, value in enumerate(rising)]
    for drawing in charts.fan("x", months, limit=("Filled today:", 8)).drawings:
        x, foot = (float(n) for n in re.findall(r'<text x="([\d.]+)" y="([\d.]+)" class="hi"', drawing.shapes)[0])
        line = corners(drawing.shapes, "f1")
        line = line[: len(line) // 2]
        right = x + 7.4 * len("Filled today: 8")
        assert right <= drawing.width
        for step in range(100):
            at = x + (right - x) * step / 99
            (x1, y1), (x2, y2) = next(pair for pair in pairwise(line) if pair[1][0] >= at)
            height = y1 + (y2 - y1) * (at - x1) / (x2 - x1)
            assert height >= foot or height <= foot - 12


def test_names_of_parts_stand_in_one_column_where_two_would_touch() -> None:
    parts = [charts.Series("a", "Money paid once"), charts.Series("b", "Money paid again and again", "f2")]
    for thin in (0.1, 40):
        drawing = charts.stacked("x", [("2027", {"a": thin, "b": 60})], parts).drawings[0]
        swatches = re.findall(r'<rect class="f\d" x="([\d.]+)" y="([\d.]+)" width="10"', drawing.shapes)
        assert len({y for _x, y in swatches}) == 1
        assert float(swatches[0][0]) < float(swatches[1][0])
    narrow = charts.stacked("x", [("2027", {"a": 0.1, "b": 60})], parts).drawings[1]
    swatches = re.findall(r'<rect class="f\d" x="([\d.]+)" y="([\d.]+)" width="10"', narrow.shapes)
    assert len({x for x, _y in swatches}) == 1, "under each other, from one edge"


def test_long_sums_stand_inside_the_drawing() -> None:
    parts = [charts.Series("a", "All")]
    for drawing in charts.stacked("x", [("2027", {"a": 12_345_678})], parts).drawings:
        x, words = re.findall(r'<text x="([\d.]+)" y="[\d.]+" class="hi">([\d,.]+)<', drawing.shapes)[-1]
        assert float(x) + 7.4 * len(words) <= drawing.width


def test_the_names_of_months_never_run_into_each_other() -> None:
    names = [f"{name} {year}" for year in (2027, 2028) for name in ("January", "September", "November", "December")]
    chart = charts.fan("Posts", [charts.Month(name, 1, 2, 4) for name in names])
    for drawing in chart.drawings:
        written = re.findall(r'<text x="([\d.]+)" y="[\d.]+">(\w+ \d{4})</text>', drawing.shapes)
        assert len(written) >= 2
        for (before, name), (after, _name) in pairwise(written):
            assert float(before) + charts.pen.letters_wide(name) <= float(after)


def test_the_named_months_stand_equally_far_from_each_other() -> None:
    three = ("May", "September", "June")
    names = [f"{name} {year}" for year in (2027, 2028) for name in three for _ in range(4)]
    for drawing in charts.spans("Line", names, [replace(SPAN, label="A long name " * 4, begins="then")]).drawings:
        written = re.findall(r'<text x="([\d.]+)" y="[\d.]+">\w+ \d{4}</text>', drawing.shapes)
        apart = [float(after) - float(before) for before, after in pairwise(written)]
        assert len(apart) >= 1
        # The last one alone may be moved, to stay inside.
        assert max(apart) - min(apart[:-1] or apart) <= 1


def test_words_of_a_mirrored_drawing_keep_their_own_direction() -> None:
    """An English title on an Arabic page: its end does not come to stand before it."""
    pen = Pen(100, rtl=True)
    pen.text(0, 10, "Late: …")
    assert ">\u2068Late: …\u2069</text>" in pen.shapes()
    pen = Pen(100, rtl=False)
    pen.text(0, 10, "Late: …")
    assert ">Late: …</text>" in pen.shapes()


def test_a_bar_is_as_full_as_its_share_and_begins_where_it_is_said() -> None:
    for language, mirrored in (("en", False), ("ar", True)):
        with translation.override(language):
            drawing = charts.spans("x", MONTHS, [SPAN]).drawings[1]
        ((x, y, wide, tall),) = (
            [float(n) for n in box]
            for box in re.findall(
                r'<rect class="f0" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawing.shapes
            )
        )
        drawn = [
            ((340 - at if mirrored else at) - (340 - x - wide if mirrored else x), down)
            for at, down in corners(drawing.shapes, "f1")
        ]
        reached = [(round(6 * at / wide, 1), round((y + tall - down) / tall, 2)) for at, down in drawn]
        assert reached == [(2, 0), (2, 0), (4, 1), (6, 1), (6, 0)]
        words, over = re.findall(r'<text x="([\d.]+)" y="([\d.]+)">(?:\u2068)?March 2027', drawing.shapes)[0]
        assert float(words) == pytest.approx(corners(drawing.shapes, "f1")[0][0], abs=0.1)
        assert float(over) < y


def test_corners_on_the_way_are_left_out() -> None:
    straight = [(n, n / 6) for n in range(7)]
    shapes = charts.spans("x", MONTHS, [charts.Span("a", "b", "c", straight)]).drawings[0].shapes
    assert len(corners(shapes, "f1")) == 4


def test_what_stops_crosses_every_bar_and_is_named() -> None:
    for drawing in charts.spans(
        "x", MONTHS, [SPAN, SPAN], [charts.Stop("A grant", "until then", "May 2027", 5)]
    ).drawings:
        crossings = re.findall(r'<rect class="f-gap" x="([\d.]+)"', drawing.shapes)
        ((at, _y),) = re.findall(r'<circle class="f-gap" cx="([\d.]+)" cy="([\d.]+)"', drawing.shapes)
        assert [float(x) + 0.75 for x in crossings] == pytest.approx([float(at)] * 2, abs=0.1)
        assert "A grant" in drawing.shapes


def test_words_of_a_line_stand_clear_of_each_other_and_inside() -> None:
    far = [charts.Span(f"Number {n} " * n, "Helpline, everywhere", MONTHS[n], ((n, 0), (6, 1))) for n in range(6)]
    stops = [charts.Stop("A grant", "promised until then", MONTHS[n], n + 1) for n in range(6)]
    for drawing in charts.spans("x", MONTHS, far, stops).drawings:
        boxes = []
        for x, y, end, words in re.findall(
            r'<text x="([\d.]+)" y="([\d.]+)"(?: class="hi")?( text-anchor="end")?>([^<]+)<', drawing.shapes
        ):
            wide = charts.pen.letters_wide(words)
            left = float(x) - (wide if end else 0)
            assert left >= -0.1
            assert left + wide <= drawing.width + 0.1, words
            boxes.append((left, float(y) - 11, left + wide, float(y) + 2))
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one, other)


def test_the_language_of_a_name_is_marked() -> None:
    span = charts.Span("Le devoir", "b", "c", RAMP, language="fr")
    assert re.search(r'<text [^>]*lang="fr"[^>]*>Le devoir', charts.spans("x", MONTHS, [span]).drawings[0].shapes)
