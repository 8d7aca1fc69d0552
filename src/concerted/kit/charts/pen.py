"""The pen charts are drawn with. It mirrors x in Arabic; text keeps its anchor, which follows `dir` by itself."""

from collections.abc import Sequence

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
    return f"{value:.1f}".rstrip("0").rstrip(".")


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
        corners = " ".join(f"{self._x(x)},{_n(y)}" for x, y in points)
        self._shapes.append(f'<polygon class="{css}" points="{corners}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        """A straight line."""
        self._shapes.append(f'<path class="{css}" d="M{self._x(x1)} {_n(y1)}L{self._x(x2)} {_n(y2)}"/>')

    def text(self, x: float, y: float, words: str, css: str = "", anchor: str = "start") -> None:
        """Words. "start" is the side where reading begins, so it needs no mirror of its own."""
        where = f'x="{self._x(x)}" y="{_n(y)}"'
        look = (f' class="{css}"' if css else "") + (f' text-anchor="{anchor}"' if anchor != "start" else "")
        # A drawing has no `dir` for each word; without this the end of an English title would stand before it.
        told = isolated(str(words)) if self.rtl else words
        self._shapes.append(f"<text {where}{look}>{escape(told)}</text>")

    def shapes(self) -> SafeString:
        """Everything drawn, as the inside of an <svg>."""
        return SafeString("".join(self._shapes))
