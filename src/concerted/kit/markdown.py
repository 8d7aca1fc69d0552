"""Markdown to safe HTML, once for the whole house."""

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "ins", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
#: No style, id or class: a text may not dress up as part of the page.
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


def _local_pictures_only(tag: str, name: str, value: str) -> str | None:
    """Drop the address of a picture that is not ours: the policy would block it, and asking for it tells a stranger."""
    if tag == "img" and name == "src" and (not value.startswith("/") or value.startswith("//") or "\\" in value):
        return None
    return value


_ENDS = r"(?=[\s.,;?!»)\]\"”]|$)"
_NARROW = re.compile(rf" (?=[;?!]{_ENDS})")
_FULL = re.compile(rf" (?=[:»]{_ENDS})|(?<=«) ")
#: A sign with a blank or the end of a line before it, or « with one after it, as French has them.
_PARTED = re.compile(rf"\s[;?!:»]{_ENDS}|«\s", re.MULTILINE)
_FULL_SPACE = "\N{NO-BREAK SPACE}"


def _keep_together(tokens: Iterable[Token]) -> None:
    """No sign stands alone at the start of a line: its space does not break, narrow before ; ? ! as in French.

    Only in words, never in code, addresses or what a sign of Markdown needs. Other languages have no space there.
    """
    for inside in (token.children for token in tokens if token.children):
        for before, token in zip([None, *inside], inside, strict=False):
            if token.type == "text":
                if before and before.type == "softbreak" and re.match(rf"[;?!:»]{_ENDS}", token.content):
                    before.type, before.content = "text", _FULL_SPACE
                token.content = _FULL.sub(_FULL_SPACE, _NARROW.sub("\N{NARROW NO-BREAK SPACE}", token.content))
            elif token.type == "softbreak" and before and before.content.endswith("«"):
                token.type, token.content = "text", _FULL_SPACE


@lru_cache(maxsize=4096)
def render(text: str) -> SafeString:
    """`text` (CommonMark with tables) as HTML that is safe to show. A heading of level 1 becomes level 2."""
    tokens = _PARSER.parse(text)
    if _PARTED.search(text):
        _keep_together(tokens)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
        elif token.tag == "th" and token.nesting == 1:
            token.attrs = {"scope": "col"}
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_local_pictures_only,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)


#: Inside a label: no link, which would be pressed instead of the choice.
_INLINE_TAGS = {"abbr", "code", "del", "em", "ins", "strong", "sub", "sup"}


@lru_cache(maxsize=4096)
def render_inline(text: str) -> SafeString:
    """`text` with its inline marks only, for a label or a heading: no paragraph, list, link or picture."""
    tokens = _PARSER.parseInline(text)
    if _PARTED.search(text):
        _keep_together(tokens)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return mark_safe(nh3.clean(html, tags=_INLINE_TAGS, attributes={}))


def pictures_in(text: str) -> list[tuple[str, str]]:
    """Words and address of every picture in `text`; none in code, which shows none.

    >>> pictures_in("![A door](/door.png) and `![no](x)`")
    [('A door', '/door.png')]
    """
    if "![" not in text:
        return []
    inline = (token for block in _PARSER.parse(text) for token in block.children or ())
    return [(token.content.strip(), str(token.attrs.get("src", ""))) for token in inline if token.type == "image"]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of `text` without any mark, on one line, for what can show none: an `alt`, an `<option>`."""
    said: list[str] = []
    waiting = _PARSER.parse(text)
    while waiting:
        token = waiting.pop(0)
        if token.children:
            waiting[:0] = token.children
            if token.type == "image":
                continue
        elif token.type in ("text", "code_inline", "code_block", "fence"):
            said.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.block:
            said.append(" ")
    return " ".join("".join(said).split())
