"""Words in the formats that Moodle knows into the Markdown of this house."""

import re
from collections.abc import Callable

from concerted.packs.manuscript.markdown import markdown_of
from concerted.packs.manuscript.tree import LEFT_OUT, Block, Paragraph, Run
from concerted.packs.questions.web import blocks_in
from concerted.text.rules import normal

#: What GIFT and Moodle XML call a format; "moodle" is plain text in which some HTML may stand.
FORMATS = {
    "moodle": "moodle",
    "html": "html",
    "plain": "plain",
    "markdown": "markdown",
    "moodle_auto_format": "moodle",
    "plain_text": "plain",
    "wiki_like": "plain",
}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
#: Told of every picture and the like that a text held, in words.
Tell = Callable[[str], None]


def markdown_from(text: str, written: str, tell: Tell) -> str:
    """The Markdown of words in a format of `FORMATS`; `tell` is told what was left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if written == "markdown":
        return normal(text)
    if written == "moodle" and _TAG.search(text):
        return _from_html(text.replace("\n", "<br>"), tell)
    if written == "html":
        return _from_html(text, tell)
    return plain_words(text)


def plain_words(text: str) -> str:
    """Plain words as Markdown: nothing in them is a mark by accident, and their lines stay lines.

    >>> plain_words("2 * 3\\n# x")
    '2 \\\\* 3\\\\\\n\\\\# x'
    """
    blocks: list[Block] = [Paragraph((Run(part),), 0) for part in _PARAGRAPHS.split(text) if part.strip()]
    return normal(markdown_of(blocks, 0))


def _from_html(html: str, tell: Tell) -> str:
    found = blocks_in(html)
    for one in found.left_out:
        tell(str(LEFT_OUT[one.kind]))
    return normal(markdown_of(found.blocks, 0))
