"""The map of a story as boxes and lines: passages in rows, each a link, mirrored for right-to-left."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from concerted.kit.charts.pen import cut, isolated
from concerted.practice.scenario.map import StoryMap

#: A box, and the room between boxes and between rows.
WIDE, HIGH, APART, BETWEEN = 160, 40, 18, 44
EDGE = 4
NOTHING_ELSE = SafeString("")


@dataclass(frozen=True)
class Box:
    """A part on the drawing; `words` shortened to fit, `look` its fill, `ink` that of its words.

    Without a `look` there is no box, and the words begin where reading does.
    """

    key: str
    title: str
    words: str
    x: float
    y: float
    look: str
    ink: str
    wide: int = WIDE
    high: int = HIGH
    #: Where its words begin where there is no box: mirrored already.
    begins: float = 0

    @property
    def said(self) -> str:
        """Its words as they are drawn: in their own direction, whatever that of the page is."""
        return isolated(self.words)

    @property
    def middle(self) -> float:
        return self.x + self.wide / 2

    @property
    def line(self) -> float:
        return self.y + self.high / 2 + 5


@dataclass(frozen=True)
class MapDrawn:
    """A drawing: boxes that are links, the lines between them as paths, whatever else is drawn, and its size."""

    boxes: tuple[Box, ...]
    paths: tuple[str, ...]
    width: int
    height: int
    shapes: SafeString = NOTHING_ELSE


def draw_map(story: StoryMap, titles: Mapping[str, str], faulty: set[str], *, rtl: bool) -> MapDrawn:
    """The drawing of a map. `titles`: key -> heading; `faulty`: the keys of passages with something to mend."""
    width = max(story.widest, 2) * (WIDE + APART) - APART + 2 * EDGE
    boxes = {}
    for spot in story.spots:
        row = spot.row if spot.row >= 0 else story.rows
        x = EDGE + spot.place * (WIDE + APART)
        key = spot.passage.key
        title = titles.get(key, key)
        look, ink = ("f-gap", "wh") if key in faulty else ("f1", "wh") if spot.passage.ending else ("f0", "hi")
        boxes[key] = Box(
            key,
            title,
            cut(title, WIDE - 14),
            width - x - WIDE if rtl else x,
            EDGE + row * (HIGH + BETWEEN),
            look,
            ink,
        )
    paths = tuple(_path(boxes[lead.start], boxes[lead.to]) for lead in story.leads if lead.start != lead.to)
    rows = max((spot.row if spot.row >= 0 else story.rows for spot in story.spots), default=0) + 1
    return MapDrawn(tuple(boxes.values()), paths, width, rows * (HIGH + BETWEEN) - BETWEEN + 2 * EDGE)


def _path(start: Box, to: Box) -> str:
    """A curve from the foot of one box to the head of another; what leads back goes round the side."""
    if to.y > start.y:
        bend = BETWEEN / 2
        return (
            f"M{start.middle:.0f} {start.y + HIGH:.0f}C{start.middle:.0f} {start.y + HIGH + bend:.0f} "
            f"{to.middle:.0f} {to.y - bend:.0f} {to.middle:.0f} {to.y:.0f}"
        )
    side = max(start.x, to.x) + WIDE + APART / 2
    return (
        f"M{start.x + WIDE:.0f} {start.y + HIGH / 2:.0f}C{side:.0f} {start.y + HIGH / 2:.0f} "
        f"{side:.0f} {to.y + HIGH / 2:.0f} {to.x + WIDE:.0f} {to.y + HIGH / 2:.0f}"
    )
