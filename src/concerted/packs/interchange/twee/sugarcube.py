"""A passage of SugarCube as nodes: set, if, links and goto. Every other macro is listed and stays as words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from concerted.packs.interchange.twee.markup import to_markdown
from concerted.packs.interchange.twee.meaning import NotTaken, changes_in, condition_in
from concerted.packs.interchange.twee.names import DEBRIEF, FEEDBACK, ONWARD, TO
from concerted.packs.interchange.twee.nodes import (
    Arm,
    Branch,
    Changed,
    Followed,
    Led,
    Looked,
    Node,
    Nodes,
    Offered,
    Said,
)
from concerted.packs.interchange.twee.scanning import Piece, arguments, link_parts, scan
from concerted.practice.scenario.story import DEBRIEF as PARTS

#: Called with a line and what stands there that is not taken along.
Tell = Callable[[int, str], None]
#: Macros that only say how their inside looks.
CLEAR = ("nobr", "silently", "silent", "done")
_KEY = re.compile(r"\[([a-z][a-z0-9]{0,7})\]\s*(.*)", re.DOTALL)
_TEMPORARY = re.compile(r"(_\w+)\s+(?:to|=)\s+(.+)", re.DOTALL)
_FEEDBACK = re.compile(rf"\${FEEDBACK}\s+to\s+(.+)", re.DOTALL)
_TO = re.compile(rf"\${TO}\s+to\s+(.+)", re.DOTALL)
_TAG = re.compile(r"</?(?!nowiki>)[A-Za-z][^<>\n]{0,200}>")
_STRONG = re.compile(r"<(?:b|strong)>([^<>\n]{1,400})</(?:b|strong)>", re.IGNORECASE)
_SOFT = re.compile(r"<(?:i|em)>([^<>\n]{1,400})</(?:i|em)>", re.IGNORECASE)
#: Markup of a page, and numbers shown as they are; not where our own files set signs apart.
_FOREIGN = re.compile(rf"(?<!\"\"\")(?:{_TAG.pattern}|\$[A-Za-z_]\w*)")
DEEPEST = 40


def _bare(tag: re.Match[str]) -> str:
    """What stays of markup: a new line, or nothing. Left in, readers would see its signs."""
    return "\n" if tag[0].lower().startswith("<br") else ""


@dataclass
class Note:
    """What a comment of ours said of the link that comes next."""

    key: str = ""
    basis: str = ""
    skip: bool = False


@dataclass
class SugarCube:
    """Reads the passages of one story; what it leaves out is told with its line."""

    tell: Tell
    held: dict[str, str] = field(default_factory=dict)
    note: Note = field(default_factory=Note)

    def read(self, body: str, line: int) -> Nodes:
        """The nodes of a body that begins on this line."""
        self.held, self.note = {}, Note()
        return self.until(iter(list(scan(body, line))), (), 0)[0]

    def until(self, pieces: Iterator[Piece], ends: tuple[str, ...], deep: int) -> tuple[Nodes, Piece | None]:
        """Nodes up to the first macro named in `ends`, and that macro; None at the end of the passage."""
        found: Nodes = []
        for piece in pieces:
            if piece.kind == "macro" and piece.name in ends:
                return found, piece
            if deep > DEEPEST:
                self.tell(piece.line, piece.text)
                continue
            found += self.one(piece, pieces, deep)
        return found, None

    def one(self, piece: Piece, pieces: Iterator[Piece], deep: int) -> Nodes:
        """What one piece comes to; a macro takes its inside from the pieces that follow."""
        if piece.kind == "words":
            return self.words(piece)
        if piece.kind == "comment":
            return self.comment(piece)
        if piece.kind == "link":
            return self.link(piece)
        if piece.kind == "macro" and piece.name == "if":
            return self.branch(piece, pieces, deep)
        if piece.kind == "macro" and piece.name in ("link", "button"):
            return self.link_macro(piece, pieces, deep)
        if piece.kind == "macro" and piece.name.lstrip("/") in CLEAR:
            return []
        return self.macro(piece)

    def words(self, piece: Piece) -> Nodes:
        text = _SOFT.sub(r"//\1//", _STRONG.sub(r"''\1''", piece.text))
        for match in _FOREIGN.finditer(text):
            self.tell(piece.line + text.count("\n", 0, match.start()), match[0])
        return [Said(to_markdown(_TAG.sub(_bare, text)), piece.line)]

    def comment(self, piece: Piece) -> Nodes:
        said = piece.text[2:-2].strip()
        if match := _KEY.fullmatch(said):
            self.note = Note(match[1], match[2].replace("*&#47;", "*/").strip())
        elif said == "skip":
            self.note = Note(skip=True)
        elif said in PARTS:
            return [Looked(said, piece.line)]
        return []

    def left(self, piece: Piece, said: str = "") -> Nodes:
        """Tell of what is not taken along, and keep it as words that nothing runs."""
        text = said or piece.text
        self.tell(piece.line, text)
        return [Said(f"`{' '.join(text.replace('`', chr(39)).split())}`", piece.line)]

    def macro(self, piece: Piece) -> Nodes:
        if piece.kind != "macro":
            return self.left(piece)
        if piece.name == "set":
            return self.set(piece)
        if piece.name == "goto":
            said = arguments(piece.args)
            return [Led(link_parts(said[0])[1] if said[0].startswith("[[") else said[0], piece.line)] if said else []
        if piece.name == "include" and arguments(piece.args)[:1] in ([ONWARD], [DEBRIEF]):
            return []
        return self.left(piece)

    def set(self, piece: Piece) -> Nodes:
        try:
            if match := _FEEDBACK.fullmatch(piece.args):
                return [Followed(to_markdown(arguments(match[1])[0]), piece.line)]
            if match := _TO.fullmatch(piece.args):
                return [Led(arguments(match[1])[0], piece.line)]
            if match := _TEMPORARY.fullmatch(piece.args):
                self.held[match[1]] = condition_in(match[2], self.held)
                return []
            return [Changed(changes_in(piece.args), piece.line)]
        except (NotTaken, IndexError):
            return self.left(piece)

    def branch(self, piece: Piece, pieces: Iterator[Piece], deep: int) -> Nodes:
        """The arms of an if. Where a condition is not understood, all of them stay as words, each with its macro."""
        arms: list[Arm] = []
        plain: Nodes = []
        sound, now = True, piece
        while True:
            inside, stop = self.until(pieces, ("elseif", "else", "/if"), deep + 1)
            try:
                when = "" if now.name == "else" else condition_in(now.args, self.held)
                plain.append(Said(f"`{now.text.replace('`', chr(39))}`", now.line))
            except NotTaken:
                sound, when = False, ""
                plain += self.left(now)
            plain += inside
            name = now.args.strip() if now.args.strip() in self.held else ""
            arms.append(Arm(when, inside, name.lstrip("_").replace("_", "-")))
            if stop is None or stop.name == "/if":
                if stop is None:
                    self.tell(piece.line, piece.text)
                return [Branch(arms, piece.line)] if sound else plain
            now = stop

    def link(self, piece: Piece) -> Nodes:
        label, target, setter = link_parts(piece.text)
        inside: Nodes = []
        if setter:
            try:
                inside.append(Changed(changes_in(setter), piece.line))
            except NotTaken:
                self.tell(piece.line, piece.text)
        return self.offer(label, [*inside, Led(target, piece.line)], piece.line)

    def link_macro(self, piece: Piece, pieces: Iterator[Piece], deep: int) -> Nodes:
        note, self.note = self.note, Note()
        said = arguments(piece.args)
        inside, stop = self.until(pieces, (f"/{piece.name}",), deep + 1)
        self.note = note
        if stop is None:
            self.tell(piece.line, piece.text)
        label, target = (said[0], said[1] if len(said) > 1 else "") if said else ("", "")
        if label.startswith("[["):
            label, target, _setter = link_parts(label)
        leads: list[Node] = [Led(target, piece.line)] if target else []
        return self.offer(label, [*(one for one in inside if not _blank(one)), *leads], piece.line)

    def offer(self, label: str, inside: Nodes, line: int) -> Nodes:
        note, self.note = self.note, Note()
        return [Offered(to_markdown(label), inside, line, note.key, note.basis, note.skip)]


def _blank(node: Node) -> bool:
    return isinstance(node, Said) and not node.words.strip()
