"""A passage of Chapbook as nodes: vars, if, unless, else, continue and links. The rest is listed and stays as words.

trust: trust + 1
--
[if trust > 3]
She comes nearer.
[continue]
> [[Ask->Asked]]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from concerted.packs.interchange.twee.meaning import NotTaken, changes_in, condition_in
from concerted.packs.interchange.twee.nodes import Arm, Branch, Changed, Led, Node, Nodes, Offered, Said
from concerted.packs.interchange.twee.scanning import link_parts
from concerted.packs.interchange.twee.sugarcube import Tell

_VAR = re.compile(r"\s*([\w.]+)\s*(\(.*\))?\s*:\s*(.+)")
_MODIFIER = re.compile(r"\[([^\[\]]+)\]\s*")
_LINK = re.compile(r"(?:^[ \t]*>[ \t]*)?(\[\[[^\[\]]+\]\])", re.MULTILINE)
_INSERT = re.compile(r"\{[^{}\n]{1,200}\}")
_RAW = ("javascript", "css")
_PLAIN = ("continue", "continued", "cont", "cont.", "cont'd")


@dataclass
class Chapbook:
    """Reads the passages of one story; what it leaves out is told with its line."""

    tell: Tell

    def read(self, body: str, line: int) -> Nodes:
        """The nodes of a body that begins on this line."""
        lines = body.split("\n")
        ends = next((number for number, one in enumerate(lines) if one.strip() == "--"), -1)
        found: Nodes = []
        for number, one in enumerate(lines[: max(ends, 0)]):
            found += self._var(one, line + number)
        for segment in _segments(lines[ends + 1 :], line + ends + 1):
            self._segment(segment, found)
        return found

    def _var(self, text: str, line: int) -> Nodes:
        match = _VAR.fullmatch(text)
        if match is None or match[2]:
            if text.strip():
                self.tell(line, text)
            return []
        if match[1].startswith("config."):  # how the page looks
            return []
        try:
            return [Changed(changes_in(f"{match[1]} = {match[3]}"), line)]
        except NotTaken:
            self.tell(line, text)
            return []

    def _segment(self, segment: "_Segment", found: Nodes) -> None:
        """Add the words under one modifier."""
        said = segment.modifier
        word, _blank, rest = said.partition(" ")
        word = word.lower()
        try:
            if word in ("if", "unless"):
                when = condition_in(rest) if word == "if" else f"not ({condition_in(rest)})"
                found.append(Branch([Arm(when, list(self._words(segment)))], segment.line))
            elif word == "else" and found and isinstance(found[-1], Branch):
                found[-1].arms.append(Arm("", list(self._words(segment))))
            elif word in _RAW:
                self.tell(segment.line, f"[{said}]")
                found.append(Said(f"\n\n`{' '.join(segment.words.replace('`', chr(39)).split())}`\n", segment.line))
            else:
                if said and word not in _PLAIN:
                    self.tell(segment.line, f"[{said}]")
                found += self._words(segment)
        except NotTaken:
            self.tell(segment.line, f"[{said}]")
            found.append(Said(f"\n\n`[{said.replace('`', chr(39))}]`\n\n", segment.line))
            found += self._words(segment)

    def _words(self, segment: "_Segment") -> Iterator[Node]:
        place = 0
        for match in _LINK.finditer(segment.words):
            yield self._said(segment, place, match.start())
            label, target, _setter = link_parts(match[1])
            line = segment.line + segment.words.count("\n", 0, match.start(1))
            yield Offered(label, [Led(target, line)], line)
            place = match.end()
        yield self._said(segment, place, len(segment.words))

    def _said(self, segment: "_Segment", start: int, end: int) -> Said:
        """Words without what Chapbook would put in: braces are places for local words here, so they go."""
        line = segment.line + segment.words.count("\n", 0, start)
        words = segment.words[start:end]
        for match in _INSERT.finditer(words):
            self.tell(line + words.count("\n", 0, match.start()), match[0])
        return Said(_INSERT.sub(lambda match: f"`({match[0][1:-1].replace('`', chr(39))})`", words), line)


@dataclass
class _Segment:
    """The words under one modifier; `line` is that of the modifier, or of the first words where there is none."""

    modifier: str
    line: int
    words: str = ""


def _segments(lines: list[str], line: int) -> Iterator[_Segment]:
    now = _Segment("", line)
    for number, text in enumerate(lines):
        match = _MODIFIER.fullmatch(text)
        if match:
            yield now
            # The words begin with the line break after the modifier, so that lines are counted from it.
            now = _Segment(match[1].strip(), line + number, "\n")
        else:
            now.words += text + "\n"
    yield now
