"""The body of a SugarCube passage cut into words, macros, links and comments; nothing in it is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Longer macros are no macros of a story; they stay words.
_MACRO = re.compile(
    r"<<(/?[A-Za-z][\w-]*|[=-])\s*((?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^>\"']|>(?!>))*)>>", re.DOTALL
)
_OPENS = re.compile(r"/\*|/%|<!--|\"\"\"|<nowiki>|\{\{\{|<<|\[\[|\[img\[", re.IGNORECASE)
#: What opens -> what closes, and the kind of the piece.
_CLOSES = {
    "/*": ("*/", "comment"), "/%": ("%/", "comment"), "<!--": ("-->", "comment"), '"""': ('"""', "words"),
    "<nowiki>": ("</nowiki>", "words"), "{{{": ("}}}", "words"), "[[": ("]]", "link"), "[img[": ("]]", "picture"),
}  # fmt: skip
#: Macros whose inside is code, taken whole.
RAW = ("script", "style")
MOST_MACRO = 20_000


@dataclass(frozen=True)
class Piece:
    """A stretch of a body. `kind`: words, macro, link, comment or picture; `name` and `args` are a macro's."""

    kind: str
    text: str
    line: int
    name: str = ""
    args: str = ""


def scan(body: str, line: int) -> Iterator[Piece]:
    """The pieces of a body that begins on this line of its file, in order; together they are the body."""
    place = start = 0
    closed: dict[str, int] = {}
    while match := _OPENS.search(body, place):
        piece = _piece(body, match.start(), match[0].lower(), closed)
        if piece is None:
            place = match.end()
            continue
        kind, end, name, args = piece
        if kind == "words":
            place = end
            continue
        if start < match.start():
            yield Piece("words", body[start : match.start()], line)
        line += body.count("\n", start, match.start())
        yield Piece(kind, body[match.start() : end], line, name, args)
        line += body.count("\n", match.start(), end)
        place = start = end
    if start < len(body):
        yield Piece("words", body[start:], line)


def _piece(body: str, start: int, opens: str, closed: dict[str, int]) -> tuple[str, int, str, str] | None:
    """(kind, end, name, args) of what begins here; None when it does not end. `closed`: what was looked for."""
    if opens == "<<":
        if _next(body, ">>", start, closed) < 0:
            return None
        match = _MACRO.match(body, start, start + MOST_MACRO)
        if match is None:
            return None
        end = match.end()
        if match[1] in RAW:
            closing = _next(body, f"<</{match[1]}>>", end, closed)
            end = closing + len(match[1]) + 5 if closing >= 0 else len(body)
        return "macro", end, match[1], match[2].strip()
    closes, kind = _CLOSES[opens]
    found = _next(body, closes, start + len(opens), closed)
    return (kind, found + len(closes), "", "") if found >= 0 else None


def _next(body: str, closes: str, start: int, closed: dict[str, int]) -> int:
    """Where `closes` stands next, -1 for nowhere; a place found once is not looked for again."""
    known = closed.get(closes, -2)
    if known == -1 or known >= start:
        return known
    closed[closes] = body.find(closes, start)
    return closed[closes]


_STRING = re.compile(r"\s*(?:\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'|(\[\[.*?\]\])|(\S+))", re.DOTALL)
_SIGN = re.compile(r"\\(.)", re.DOTALL)


def arguments(args: str) -> list[str]:
    r"""The words a macro is given, without their quotation marks.

    >>> arguments('"Ask \\"him\\"" hall')
    ['Ask "him"', 'hall']
    """
    found = []
    for match in _STRING.finditer(args):
        said = next((group for group in match.groups()[:2] if group is not None), None)
        found.append(_SIGN.sub(_sign, said) if said is not None else match[3] or match[4])
    return found


def _sign(match: re.Match[str]) -> str:
    return {"n": "\n", "t": " "}.get(match[1], match[1])


def link_parts(link: str) -> tuple[str, str, str]:
    """(label, target, setter) of a link.

    >>> link_parts("[[Go in|hall][$x to 1]]"), link_parts("[[Go in->hall]]"), link_parts("[[hall<-Go in]]")
    (('Go in', 'hall', '$x to 1'), ('Go in', 'hall', ''), ('Go in', 'hall', ''))
    """
    inside, _bracket, setter = link[2:-2].partition("][")
    if "|" in inside:
        label, _sign, target = inside.rpartition("|")
    elif "->" in inside:
        label, _sign, target = inside.rpartition("->")
    elif "<-" in inside:
        target, _sign, label = inside.partition("<-")
    else:
        label = target = inside
    return label.strip(), target.strip(), setter.strip()
