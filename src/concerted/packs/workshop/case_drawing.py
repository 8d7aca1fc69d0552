"""The map of a case conference: a lane for each seat, arrows for what has to be handed over; and its table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.kit.charts.pen import Pen, cut
from concerted.kit.digits import localise
from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.workshop.drawing import EDGE, HIGH, Box, MapDrawn
from concerted.practice.scenario.lanes import Cell, HandOver, Lanes, Round, lanes_of

#: The words before the lanes, a lane, the room between two, and a row of the drawing.
BEFORE, LANE, APART, ROW = 210, 128, 12, 34
#: How wide an ending is.
ENDING = 216
#: The height of a seat's or a moment's row.
TALL = HIGH + 14


@dataclass(frozen=True)
class CaseRow:
    """A row of the table: its part and words, what is said of it, and one cell a seat."""

    key: str
    words: str
    note: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CaseDrawn:
    """The map of a case: its drawing, and the same as a table."""

    drawn: MapDrawn
    seats: tuple[tuple[str, str], ...]
    facts: tuple[CaseRow, ...]
    moments: tuple[CaseRow, ...]


def draw_case(
    file: ConferenceFile, titles: Mapping[str, str], faulty: set[str], *, rtl: bool, here: str = ""
) -> CaseDrawn | None:
    """The map of a case; None without a seat. `titles`: key -> heading; `faulty`: the keys of parts with something to
    mend; `here`: the moment that is being tried out.
    """
    lanes = lanes_of(file.conference)
    if not lanes.seats:
        return None
    words = {section.key: " ".join(section.markdown.split()) for section in file.sections}
    facts = {one.fact: words.get(f"{lanes.seats[one.owner]}.{one.fact}", one.fact) for one in lanes.hand_overs}
    drawing = _Drawing(lanes, titles, facts, faulty, rtl, here)
    return CaseDrawn(
        drawing.drawn(),
        tuple((seat, titles.get(seat, seat)) for seat in lanes.seats),
        tuple(_fact_row(one, lanes, facts) for one in lanes.hand_overs),
        tuple(_moment_row(one, titles, facts) for one in lanes.rounds),
    )


def _fact_row(one: HandOver, lanes: Lanes, facts: Mapping[str, str]) -> CaseRow:
    cells = tuple(
        _("knows it") if lane == one.owner else _("has to hear it") if lane in one.to else "–"
        for lane in range(len(lanes.seats))
    )
    note = _("Tells where she can be found.") if one.locates else _("To be kept.") if one.kept else ""
    return CaseRow(lanes.seats[one.owner], facts[one.fact], note, cells)


def _moment_row(one: Round, titles: Mapping[str, str], facts: Mapping[str, str]) -> CaseRow:
    note = _("Day %(day)s") % {"day": localise(one.day)}
    if one.facts:
        note += " · " + _("hangs on: %(what)s") % {"what": _listed(one.facts, facts)}
    return CaseRow(
        one.moment, titles.get(one.moment, one.moment), note, tuple(_said(cell, facts) for cell in one.cells)
    )


def _said(cell: Cell, facts: Mapping[str, str]) -> str:
    """What a seat can decide, in words."""
    if not cell.decisions:
        return "–"
    n = localise(cell.decisions)
    told = ngettext("%(n)s decision", "%(n)s decisions", cell.decisions) % {"n": n}
    if not cell.hanging:
        return told
    once = ngettext("%(n)s once it is told: %(what)s", "%(n)s once they are told: %(what)s", cell.hanging)
    return f"{told} · " + once % {"n": localise(cell.hanging), "what": _listed(cell.facts, facts)}


def _listed(keys: tuple[str, ...], facts: Mapping[str, str]) -> str:
    return "; ".join(cut(facts[key], 260) for key in keys)


class _Drawing:
    """Draws from the top: seats, what each knows, moments, endings."""

    def __init__(
        self,
        lanes: Lanes,
        titles: Mapping[str, str],
        facts: Mapping[str, str],
        faulty: set[str],
        rtl: bool,
        here: str,
    ) -> None:
        self.lanes, self.titles, self.facts = lanes, titles, facts
        self.faulty, self.rtl, self.here = faulty, rtl, here
        self.width = BEFORE + len(lanes.seats) * (LANE + APART) - APART + 2 * EDGE
        self.pen = Pen(self.width, rtl)
        self.boxes: list[Box] = []

    def drawn(self) -> MapDrawn:
        """The whole drawing."""
        top = EDGE + HIGH
        facts = len(self.lanes.hand_overs) * ROW
        foot = top + facts + 20 + len(self.lanes.rounds) * TALL
        for lane in range(len(self.lanes.seats)):
            self.pen.line(self._middle(lane), top, self._middle(lane), foot, "ax")
        for lane, seat in enumerate(self.lanes.seats):
            self._box(seat, self._start(lane), EDGE, "f0", "hi", LANE)
        for number, one in enumerate(self.lanes.hand_overs):
            self._hand_over(one, top + 8 + number * ROW)
        for number, moment in enumerate(self.lanes.rounds):
            self._round(moment, top + facts + 20 + number * TALL)
        height = self._endings(foot + 8)
        return MapDrawn(tuple(self.boxes), (), self.width, height, self.pen.shapes())

    def _start(self, lane: int) -> float:
        return EDGE + BEFORE + lane * (LANE + APART)

    def _middle(self, lane: int) -> float:
        return self._start(lane) + LANE / 2

    def _hand_over(self, one: HandOver, y: float) -> None:
        """A dot where it is known, and an arrow to each lane that has to hear it; a ring where it is to be kept."""
        words, line, x = self.facts[one.fact], y + ROW / 2, self._middle(one.owner)
        begins = self.width - EDGE if self.rtl else EDGE
        place = self._mirrored(EDGE, BEFORE - 10)
        seat = self.lanes.seats[one.owner]
        self.boxes.append(Box(seat, words, cut(words, BEFORE - 14), place, y, "", "", BEFORE - 10, ROW, begins))
        reached = [self._middle(lane) for lane in (one.owner, *one.to)]
        self.pen.rect(min(reached), line - 1, max(reached) - min(reached), 2, "f1")
        for lane in one.to:
            end, way = self._middle(lane), 1 if lane > one.owner else -1
            self.pen.area(((end, line), (end - way * 11, line - 6), (end - way * 11, line + 6)), "f1")
        self.pen.dot(x, line, 7, "f1")
        if one.kept:
            self.pen.dot(x, line, 4.5, "f0")
        if one.locates:
            for slope in (1, -1):
                ends = ((-10, -8), (-8, -10), (10, 8), (8, 10))
                self.pen.area([(x + across, line + slope * down) for across, down in ends], "f1")

    def _round(self, one: Round, y: float) -> None:
        look, ink = ("f2", "dk") if one.moment == self.here else ("f0", "hi")
        self._box(one.moment, EDGE, y, look, ink, BEFORE - 12)
        for lane, cell in enumerate(one.cells):
            if cell.decisions:
                self.pen.rect(self._start(lane) + 34, y + 5, LANE - 68, HIGH - 10, look)
                words = localise(cell.decisions)
                if cell.hanging:
                    words = f"{words} ({localise(cell.hanging)})"
                self.pen.text(self._middle(lane), y + HIGH / 2 + 5, words, ink, "middle")

    def _endings(self, y: float) -> int:
        """The endings in as many rows as they need; the height of the drawing."""
        fit = max(int((self.width - 2 * EDGE + APART) // (ENDING + APART)), 1)
        for number, key in enumerate(self.lanes.endings):
            row, place = divmod(number, fit)
            self._box(key, EDGE + place * (ENDING + APART), y + row * (HIGH + APART), "f1", "wh", ENDING)
        rows = -(-len(self.lanes.endings) // fit)
        return int(y + rows * (HIGH + APART) + EDGE)

    def _box(self, key: str, x: float, y: float, look: str, ink: str, wide: int) -> None:
        if key in self.faulty:
            look, ink = "f-gap", "wh"
        title = self.titles.get(key, key)
        self.boxes.append(Box(key, title, cut(title, wide - 12), self._mirrored(x, wide), y, look, ink, wide))

    def _mirrored(self, x: float, wide: float) -> float:
        return self.width - x - wide if self.rtl else x
