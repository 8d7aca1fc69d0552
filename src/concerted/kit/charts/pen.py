"""The pen charts are drawn with. It mirrors x in Arabic; text keeps its anchor, which follows `dir` by itself."""

from collections.abc import Iterable, Sequence
from math import hypot

from django.utils.html import escape
from django.utils.safestring import SafeString


def letters_wide(text: str) -> float:
    """About how many units a text of 13 px takes; generous, so that labels never touch."""
    return 7.4 * len(str(text))


def cut(text: str, width: float) -> str:
    """`text`, shortened where it would not fit `width`; the table beside the drawing has all of it."""
    fits = max(int(width / 7.4), 4)
    return text if len(text) <= fits else f"{text[: fits - 1].rstrip()}…"


def isolated(words: str) -> str:
    """`words` in their own direction, whatever stands around: an English name within an Arabic line or drawing."""
    return f"\u2068{words}\u2069"


def _n(value: float) -> str:
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _tenth(tenths: int) -> str:
    """A number that is told in whole tenths."""
    return f"{tenths / 10:g}"


def _way(corners: Sequence[tuple[int, int]]) -> str:
    """The way round corners that are told in whole tenths: each from the one before it, and what lies level as one."""
    (x, y), level = corners[0], 0
    way = [f"M{_tenth(x)} {_tenth(y)}"]
    for across, down in corners[1:]:
        step = across - x
        if down == y and level * step > 0:
            level += step
            way[-1] = f"h{_tenth(level)}"
        elif down == y:
            level = step
            way.append(f"h{_tenth(step)}")
        else:
            level, gap = 0, "" if down < y else " "
            way.append(f"l{_tenth(step)}{gap}{_tenth(down - y)}")
        x, y = across, down
    return "".join(way)


def _sides(points: Sequence[tuple[float, float]], half: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """For each point of a line the two points beside it, at a right angle to the way the line takes there."""
    found = []
    for n, (x, y) in enumerate(points):
        (x1, y1), (x2, y2) = points[max(n - 1, 0)], points[min(n + 1, len(points) - 1)]
        before, after = _across(x1, y1, x, y), _across(x, y, x2, y2)
        before, after = before or after or (0.0, 1.0), after or before or (0.0, 1.0)
        # Halfway between both, longer in a bend, as far as a bend of a right angle asks for.
        together = (before[0] + after[0], before[1] + after[1])
        longer = 2 * half / max(together[0] ** 2 + together[1] ** 2, 2.0)
        away = (together[0] * longer, together[1] * longer)
        found.append(((x - away[0], y - away[1]), (x + away[0], y + away[1])))
    return found


def _across(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float] | None:
    """One unit at a right angle to a way; None where it goes nowhere."""
    length = hypot(x2 - x1, y2 - y1)
    return ((y1 - y2) / length, (x2 - x1) / length) if length else None


class Pen:
    """Collects shapes of a drawing `width` units wide."""

    def __init__(self, width: int, rtl: bool) -> None:
        self.width, self.rtl = width, rtl
        self._shapes: list[str] = []

    def _x(self, x: float, size: float = 0) -> str:
        return _n(self.width - x - size if self.rtl else x)

    def rect(self, x: float, y: float, width: float, height: float, css: str) -> None:
        """A filled box."""
        if width > 0 and height > 0:
            box = f'x="{self._x(x, width)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            self._shapes.append(f'<rect class="{css}" {box}/>')

    def dot(self, x: float, y: float, radius: float, css: str) -> None:
        """A filled disc."""
        self._shapes.append(f'<circle class="{css}" cx="{self._x(x)}" cy="{_n(y)}" r="{_n(radius)}"/>')

    def area(self, points: Sequence[tuple[float, float]], css: str) -> None:
        """A filled shape with these corners."""
        if not points:
            return
        # Said here, not by _x: a fan of three years has 150 corners. Each is told from the one before it, since months
        # are equally far apart: so it takes half the bytes over the wire. Whole tenths never drift.
        corners = [(round(10 * (self.width - x if self.rtl else x)), round(10 * y)) for x, y in points]
        self._shapes.append(f'<path class="{css}" d="{_way(corners)}"/>')

    def boxes(self, boxes: Iterable[tuple[float, float, float, float]], css: str) -> None:
        """Many filled boxes as one shape, each (x, y, width, height): a week of hours has hundreds, all alike."""
        way, before = [], None
        for x, y, width, height in boxes:
            wide, high = round(10 * width), round(10 * height)
            if wide <= 0 or high <= 0:
                continue
            left, foot = round(10 * (self.width - x - width if self.rtl else x)), round(10 * (y + height))
            if before is None:
                way.append(f"M{_tenth(left)} {_tenth(foot)}")
            else:
                way.append(f"m{_tenth(left - before[0])} {_tenth(foot - before[1])}")
            way.append(f"v{_tenth(-high)}h{_tenth(wide)}v{_tenth(high)}z")
            before = left, foot
        if way:
            self._shapes.append(f'<path class="{css}" d="{"".join(way)}"/>')

    def ribbon(self, points: Sequence[tuple[float, float]], thick: float, css: str) -> None:
        """A line of many points, as thick where it climbs as where it lies."""
        sides = _sides(points, thick / 2)
        self.area([*(one for one, _other in sides), *(other for _one, other in reversed(sides))], css)

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        """A straight line."""
        self._shapes.append(f'<path class="{css}" d="M{self._x(x1)} {_n(y1)}L{self._x(x2)} {_n(y2)}"/>')

    def ticks(self, across: Sequence[float], y: float, height: float, css: str) -> None:
        """Short lines down from `y`, as one shape."""
        found, before = [], 0
        for n, x in enumerate(across):
            at = round(10 * (self.width - x if self.rtl else x))
            begins = f"m{_tenth(at - before)} {_n(-height)}" if n else f"M{_tenth(at)} {_n(y)}"
            found.append(f"{begins}v{_n(height)}")
            before = at
        if found:
            self._shapes.append(f'<path class="{css}" d="{"".join(found)}"/>')

    def text(self, x: float, y: float, words: str, css: str = "", anchor: str = "start", lang: str = "") -> None:
        """Words. "start" is the side where reading begins, so it needs no mirror of its own. `lang`: of words that are
        not in the language of the page.
        """
        where = f'x="{self._x(x)}" y="{_n(y)}"' + (f' lang="{escape(lang)}"' if lang else "")
        look = (f' class="{css}"' if css else "") + (f' text-anchor="{anchor}"' if anchor != "start" else "")
        # A drawing has no `dir` for each word; without this the end of an English title would stand before it.
        told = isolated(str(words)) if self.rtl else words
        self._shapes.append(f"<text {where}{look}>{escape(told)}</text>")

    def shapes(self) -> SafeString:
        """Everything drawn, as the inside of an <svg>."""
        return SafeString("".join(self._shapes))
