"""Markdown's inline marks as codes that a translator moves but cannot break. Lossless: the runs joined are the text.

A run is a piece of words (`str`) or a `Code`. Marks are found as in CommonMark 0.31, sections 6.1 to 6.5, simplified
where that costs no byte: what is not seen as a mark stays words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Marks inside marks; deeper ones stay words. Readers may rely on it.
DEPTH_MOST = 20


@dataclass(frozen=True, slots=True)
class Code:
    """One mark. `kind` is "open", "close" or "alone", and "foreign" for what a tool put in that we never write.

    The two halves of a pair share their `id`.
    """

    kind: str
    id: str
    mark: str


Run = str | Code
Runs = tuple[Run, ...]

_NEXT = re.compile(
    r"(?P<escape>\\.)"
    r"|(?P<slot>\{[a-z]+(?:\.[a-z-]+)?\})"
    r"|(?P<ticks>`+)"
    r"|(?P<address><(?:https?://|mailto:|tel:)[^\s<>]*>)"
    r"|(?P<link>!?\[(?=(?P<inner>(?:[^\[\]\\]|\\.|!?\[[^\[\]\\]*+\](?:\([^()\s]*+\))?)*+)"
    r"(?P<end>\]\([^()\s]*+(?:\s\"[^\"\n]*+\")?\)))(?P=inner)(?P=end))"
    r"|(?P<stars>\*+|_+)",
    re.DOTALL,
)
#: What any mark begins with: most paragraphs have none.
_ANY = re.compile(r"[*_`\[{<]")
_OURS = re.compile(
    r"\*{1,20}|_{1,20}|`+|!?\[|\]\([^()\s]*(?:\s\"[^\"\n]*\")?\)|\{[a-z]+(?:\.[a-z-]+)?\}|<[a-z]+:[^\s<>]*>"
)


def is_mark(text: str) -> bool:
    """Whether `text` could be one of our codes; a memory made elsewhere also holds HTML and the like."""
    return _OURS.fullmatch(text) is not None


def text_of(runs: Iterable[Run]) -> str:
    """The text that these runs are: the inverse of `runs_of`."""
    return "".join(run if isinstance(run, str) else run.mark for run in runs)


def runs_of(text: str) -> Runs:
    """`text` as words and codes, ids 1, 2, ... in the order of their first half.

    >>> runs_of("a **b** {law.x}")
    ('a ', Code(kind='open', id='1', mark='**'), 'b', Code(kind='close', id='1', mark='**'), ' ', \
Code(kind='alone', id='2', mark='{law.x}'))
    """
    if not _ANY.search(text):
        return (text,) if text else ()
    found = _Marks(text)
    found.scan(0, len(text), 0)
    return _numbered(text, sorted(found.spans))


class _Marks:
    """The marks found in a text: (start, end, kind, where its pair starts) each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[tuple[int, int, str, int]] = []
        self.ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self.ticks.setdefault(len(run[0]), []).append(run.start())

    def pair(self, start: int, end: int, close: int, close_end: int) -> None:
        self.spans += [(start, end, "open", start), (close, close_end, "close", start)]

    def scan(self, start: int, stop: int, depth: int) -> None:
        """Find the marks between `start` and `stop`; words within a link are scanned by themselves."""
        waiting: list[tuple[int, int]] = []
        while match := _NEXT.search(self.text, start, stop):
            start = match.end()
            if match["slot"] or match["address"]:
                self.spans.append((match.start(), start, "alone", match.start()))
            elif match["link"]:
                self._link(match, depth)
            elif match["ticks"]:
                start = self._ticks(match, stop)
            elif match["stars"]:
                self._stars(match.start(), start, waiting, DEPTH_MOST - depth)

    def _link(self, match: re.Match[str], depth: int) -> None:
        inner, end = match.span("inner"), match.span("end")
        if depth < DEPTH_MOST:
            self.pair(match.start(), inner[0], *end)
            self.scan(*inner, depth + DEPTH_MOST // 2)

    def _ticks(self, match: re.Match[str], stop: int) -> int:
        """Pair a run of backticks with the next of its length; returns where to go on."""
        length, places = len(match[0]), self.ticks.get(len(match[0]), [])
        at = bisect_right(places, match.start())
        if match.start() not in places[at - 1 : at] or at == len(places) or places[at] + length > stop:
            return match.end()
        self.pair(match.start(), match.end(), places[at], places[at] + length)
        return places[at] + length

    def _stars(self, start: int, end: int, waiting: list[tuple[int, int]], most: int) -> None:
        """Close what waits for this run of stars or underscores; what is left over waits in its turn."""
        opens, closes = self._flanks(start, end)
        while closes and waiting and start < end:
            at, length = waiting[-1]
            if self.text[at] != self.text[start] or length > end - start:
                break
            waiting.pop()
            self.pair(at, at + length, start, start + length)
            start += length
        if opens and start < end and len(waiting) < most // 2:
            waiting.append((start, end - start))

    def _flanks(self, start: int, end: int) -> tuple[bool, bool]:
        before, after = self.text[start - 1 : start] or " ", self.text[end : end + 1] or " "
        opens = not after.isspace() and (after.isalnum() or not before.isalnum())
        closes = not before.isspace() and (before.isalnum() or not after.isalnum())
        if self.text[start] == "_":
            return opens and not before.isalnum(), closes and not after.isalnum()
        return opens, closes


def _numbered(text: str, spans: Sequence[tuple[int, int, str, int]]) -> Runs:
    runs: list[Run] = []
    ids: dict[int, str] = {}
    at = 0
    for start, end, kind, pair in spans:
        if start > at:
            runs.append(text[at:start])
        runs.append(Code(kind, ids.setdefault(pair, str(len(ids) + 1)), text[start:end]))
        at = end
    if at < len(text):
        runs.append(text[at:])
    return tuple(runs)
