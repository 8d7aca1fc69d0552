"""Who knew what when at a table, drawn: a line a seat, from the moment in which it heard a fact."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from concerted.kit.charts import Chart
from concerted.kit.charts.figure import INK_ON, SLIM, chart, said, words_of
from concerted.kit.charts.pen import Pen, cut
from concerted.kit.digits import localise
from concerted.practice.scenario.breaks import LATE, LOCATED, NOT_TOLD, SPILLED, Known
from concerted.training.queries.table_back import BackShown
from concerted.training.slots import fill_plain

IN_TIME, KEPT = "in_time", "kept"
_TONES = {IN_TIME: "f-ok", LATE: "f-soon", SPILLED: "f-gap", LOCATED: "f-gap"}
_STEP, _BAR = 26, 18


@dataclass(frozen=True)
class _Line:
    """How a fact reached one seat. `turn`: None for never."""

    seat: str
    how: str
    turn: int | None


def _word(how: str) -> str:
    """How a fact reached a seat, in a word or two: colour is never alone."""
    return {
        IN_TIME: _("in time"),
        LATE: _("late"),
        NOT_TOLD: _("never"),
        SPILLED: _("not needed"),
        LOCATED: _("never to be told"),
        KEPT: _("rightly kept"),
    }[how]


def _lines(known: Known) -> Iterator[_Line]:
    """Every seat that needed this fact or heard it."""
    for seat in dict.fromkeys([*known.needed, *known.heard]):
        turn = known.heard.get(seat)
        if turn is None:
            yield _Line(seat, NOT_TOLD, None)
        elif seat not in known.needed:
            yield _Line(seat, LOCATED if known.locates else SPILLED, turn)
        else:
            yield _Line(seat, LATE if turn else IN_TIME, turn)


def knew_chart(back: BackShown) -> Chart:
    """Who knew what when, with the days that decisions cost below, and the same as a table."""
    groups = [(known, list(_lines(known))) for known in back.known]
    counts = Counter(line.how for _known, lines in groups for line in lines)
    lost = sum(moment.lost for moment in back.moments)
    told = [(_word(how), localise(n)) for how, n in counts.items()]
    told.append((_("Days lost"), localise(lost)))
    return chart(
        lambda width: _Drawing(back, width).draw([(known, lines) for known, lines in groups if lines]),
        (_("What"), _("Known by"), _("Heard by"), _("In which moment"), _("How it was")),
        [row for known, lines in groups for row in _rows(back, known, lines)],
        words_of(_("Who knew what when"), said(told), _finding(counts, lost), "", ""),
    )


def _finding(counts: Counter[str], lost: int) -> str:
    """What the drawing shows, the gravest first."""
    if counts[LOCATED]:
        return _("Where she can be found was told")
    n = localise(counts[NOT_TOLD] or counts[LATE] or counts[SPILLED] or lost)
    if never := counts[NOT_TOLD]:
        return ngettext("%(n)s thing never reached a seat", "%(n)s things never reached a seat", never) % {"n": n}
    if late := counts[LATE]:
        return ngettext("%(n)s thing came late to a seat", "%(n)s things came late to a seat", late) % {"n": n}
    if spilled := counts[SPILLED]:
        return ngettext("%(n)s thing was told too far", "%(n)s things were told too far", spilled) % {"n": n}
    if lost:
        return ngettext("Decisions cost %(n)s day", "Decisions cost %(n)s days", lost) % {"n": n}
    return _("Everybody knew what they needed in time, and nothing else")


def _fact(back: BackShown, known: Known) -> str:
    shown = back.words[f"{known.owner}.{known.fact}"]
    return str(fill_plain(shown.markdown, shown.language))


def _rows(back: BackShown, known: Known, lines: list[_Line]) -> Iterator[tuple[str, ...]]:
    fact, owner = _fact(back, known), back.words[known.owner].title
    for line in lines:
        when = back.moments[line.turn].words.title if line.turn is not None else "–"
        yield fact, owner, back.words[line.seat].title, when, _word(line.how)
    if not lines:
        yield fact, owner, "–", "–", _word(KEPT)


class _Drawing:
    """One size of it: facts below each other, moments beside each other."""

    def __init__(self, back: BackShown, width: int) -> None:
        self.back, self.width = back, width
        self.pen = Pen(width, get_language_bidi())
        self.start = 0 if width == SLIM else 190
        self.column = (width - self.start) / len(back.moments)

    def draw(self, groups: list[tuple[Known, list[_Line]]]) -> tuple[Pen, int]:
        """Every fact that somebody needed or heard, and the days lost at the foot."""
        y = self._across([self._day(number) for number in range(len(self.back.moments))], 0)
        for known, lines in groups:
            owner = self.back.words[known.owner].title
            self.pen.text(0, y + 13, cut(f"{owner}: {_fact(self.back, known)}", self.width), "hi")
            y += _STEP
            for line in lines:
                y = self._line(line, y)
        self.pen.line(0, y, self.width, y, "ax")
        self.pen.text(0, y + 18, _("Days lost"), "hi")
        y += 4 if self.start else _STEP
        return self.pen, self._across([localise(moment.lost) for moment in self.back.moments], y)

    def _across(self, words: list[str], y: int) -> int:
        """Words over the columns."""
        for number, text in enumerate(words):
            self.pen.text(self.start + self.column * number + 6, y + 14, cut(text, self.column), "hi")
        return y + _STEP

    def _day(self, number: int) -> str:
        """What a column is called: moments of one day follow each other by their number."""
        return _("%(n)s: day %(day)s") % {"n": localise(number + 1), "day": localise(self.back.moments[number].day)}

    def _line(self, line: _Line, y: int) -> int:
        name, word = self.back.words[line.seat].title, _word(line.how)
        if self.start:
            self.pen.text(self.start - 10, y + 14, cut(name, self.start - 16), "", "end")
        else:
            self.pen.text(12, y + 13, cut(name, self.width - 12))
            y += _STEP - 6
        if line.turn is None:
            self.pen.line(self.start, y + _BAR, self.width, y + _BAR, "ax")
            self.pen.text(self.start + 6, y + 13, word, "hi")
        else:
            left, tone = self.start + self.column * line.turn, _TONES[line.how]
            self.pen.rect(left, y, self.width - left, _BAR, tone)
            self.pen.text(left + 6, y + 13, cut(word, self.width - left - 6), INK_ON.get(tone, "wh"))
        return y + _STEP
