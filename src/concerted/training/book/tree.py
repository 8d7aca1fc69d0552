"""Markdown as a tree of plain nodes, from which every kind of file is written. Words are never markup. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
# Neither XML nor a reading device takes these; a blank stands in, so that what they parted stays apart.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Deeper lists and quotations are laid out at this depth.
DEEPEST = 8
_SCHEMES = {"http", "https", "mailto", "tel"}
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?")
_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?#%-]*")
_PER_CENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

Inside = tuple["Node | str", ...]


@dataclass(frozen=True)
class Node:
    """A piece of a text. `kind` is one of

    words: strong, em, code, link (`address`), jump (`name` of a heading), break;
    blocks: heading (`level`, `name` to jump to, `listed` in the contents), p, small, bullets, numbers (`level`: the
    first number), item, quote, pre, rule, table, row, head, cell, picture (`name` of its file, `alt`), answers (`alt`:
    what opens them), box, part.
    `language` is said where it differs from what stands around.
    """

    kind: str
    inside: Inside = ()
    level: int = 0
    name: str = ""
    address: str = ""
    alt: str = ""
    language: str = ""
    listed: bool = False


def clean(words: str) -> str:
    """The words without the signs that no file may hold.

    >>> clean("a\\x00b\\x1bc")
    'a b c'
    """
    return _CONTROL.sub(" ", words)


def safe_address(address: str) -> str:
    """The address if a book may link to it, else nothing: what is no whole, well-formed address stays words.

    >>> safe_address("https://example.org/a%20b"), safe_address("javascript:alert(1)"), safe_address("/learn/")
    ('https://example.org/a%20b', '', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    rest = address.partition(":")[2]
    if parts.scheme.lower() not in _SCHEMES or _PER_CENT.search(rest) or rest.count("#") > 1:
        return ""
    if parts.scheme.lower() in ("mailto", "tel"):
        return address if rest and _PATH.fullmatch(rest) else ""
    after = rest.removeprefix("//").partition(parts.netloc)[2]
    return address if _HOST.fullmatch(parts.netloc) and _PATH.fullmatch(after) else ""


def blocks(markdown: str, level: int) -> Inside:
    """The blocks of a text; a heading in it stands at `level`, whatever it was written as, so that none is skipped."""
    return _within(_PARSER.parse(clean(markdown)), level, 0)


def inline(markdown: str) -> Inside:
    """The words of a text with their inline marks, for a line that can hold no block; paragraphs become one line."""
    found: list[Node | str] = []
    for token in _PARSER.parse(clean(markdown)):
        if token.type in ("inline", "code_block", "fence"):
            said = _marked(token.children, 0) if token.children is not None else (" ".join(token.content.split()),)
            found += [" ", *said] if found else said
    return tuple(found)


def plain(markdown: str) -> str:
    """The bare words of a text on one line.

    >>> plain("One *two*\\n\\n- three")
    'One two three'
    """
    return " ".join("".join(words_of(inline(markdown))).split())


def words_of(inside: Iterable[Node | str]) -> Iterator[str]:
    """Every run of words, in order."""
    for one in inside:
        if isinstance(one, str):
            yield one
        elif one.kind == "break":
            yield " "
        else:
            yield from words_of(one.inside)


_BLOCKS = {
    "paragraph": "p", "bullet_list": "bullets", "ordered_list": "numbers", "list_item": "item", "blockquote": "quote",
    "heading": "heading", "table": "table", "tr": "row", "th": "head", "td": "cell",
}  # fmt: skip
_MARKS = {"strong": "strong", "em": "em", "link": "link"}


def _until_closed(tokens: Sequence[Token], start: int) -> int:
    """The place of the token that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens)


def _within(tokens: Sequence[Token], level: int, depth: int) -> Inside:
    found: list[Node | str] = []
    place = 0
    while place < len(tokens):
        token, end = tokens[place], place
        kind = _BLOCKS.get(token.type.removesuffix("_open"), "")
        # thead and tbody say nothing, and what is nested too deep is laid out where it stands: step into them.
        if token.nesting == 1 and kind and (depth < DEEPEST or kind in ("p", "heading")):
            end = _until_closed(tokens, place)
            inside = _within(tokens[place + 1 : end], level, depth + 1)
            found += inside if token.hidden and depth < DEEPEST else [_block(token, kind, inside, level)]
        elif token.type == "inline":
            found += _marked(token.children or (), 0)
        elif token.type in ("code_block", "fence"):
            found.append(Node("pre", (clean(token.content.rstrip("\n")),)))
        elif token.type == "hr":
            found.append(Node("rule"))
        place = end + 1
    return tuple(found)


def _block(token: Token, kind: str, inside: Inside, level: int) -> Node:
    if kind == "heading":
        return Node(kind, inside, level=level) if inside else Node("p")
    return Node(kind, inside, level=int(token.attrs.get("start", 1)) if kind == "numbers" else 0)


def _marked(tokens: Sequence[Token], depth: int) -> Inside:
    found: list[Node | str] = []
    place = 0
    while place < len(tokens):
        token, end = tokens[place], place
        kind = _MARKS.get(token.type.removesuffix("_open"), "")
        if token.nesting == 1 and kind and depth < DEEPEST // 2:
            end = _until_closed(tokens, place)
            inside = _marked(tokens[place + 1 : end], depth + 1)
            found += _linked(inside, str(token.attrs.get("href", ""))) if kind == "link" else [Node(kind, inside)]
        elif token.type in ("text", "image"):
            # Of a picture only its description: those of the pack travel along. Cleaned again: an entity may have
            # stood for such a sign.
            found.append(clean(token.content))
        elif token.type == "code_inline":
            found.append(Node("code", (token.content,)))
        elif token.type in ("softbreak", "hardbreak"):
            found.append(" " if token.type == "softbreak" else Node("break"))
        place = end + 1
    return tuple(found)


def _linked(inside: Inside, address: str) -> Inside:
    """A link with its address visible: who prints the page, or is not on line, can still write it down."""
    said = "".join(words_of(inside))
    target = safe_address(address)
    if not target:
        return inside
    if said.strip() in (target, ""):
        return (Node("link", (target,), address=target),)
    return (*inside, " (", Node("link", (target,), address=target), ")")
