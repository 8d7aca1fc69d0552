"""Words and files for the tests of translators' files. FORMATS share every promise."""

from dataclasses import replace
from types import ModuleType

from hypothesis import strategies as st

from concerted.text.exchange import po, xliff12, xliff21
from concerted.text.exchange.segments import UNCARRIED, Back, ExchangeRefused, Piece
from concerted.text.rules import normal

XLIFFS = [xliff12, xliff21]
FORMATS = [*XLIFFS, po]
#: Words that Markdown, XML and PO each have their own mind about.
_BITS = st.sampled_from([
    "**", "*", "_", "***", "`", "``", "[", "](", ")", "![", "{law.weapons}", "{", "}", "<b>", "&amp;", "]]>", "\\", '"',
    "مرحبا بكِ", "سلامتها", "é", "e\u0301", "\u2028", "\u200f", "\n", "\n\n", "\n\n\n", "- ", "```\n", " ", "word",
    "<https://example.org>", "\t", "#", "msgid", "\\n", "|", "🌿", "Ω",
])  # fmt: skip
MARKDOWN = st.one_of(st.text(), st.lists(_BITS, max_size=30).map("".join)).map(
    lambda text: normal(UNCARRIED.sub("", text))
)
WORDS = MARKDOWN.filter(bool)
TITLES = WORDS.filter(lambda text: len(text) <= 300)
KEYS = st.text(min_size=1, max_size=20).map(lambda text: UNCARRIED.sub("", text)).filter(bool)

PIECE = Piece(
    "training/unit:x", "why", "3fa9", "A **title**", "Call *her*: {law.weapons}\n\nSecond [link](http://a.b)."
)
DONE = replace(
    PIECE,
    target_title="Un **titre**",
    target_markdown="{law.weapons} : *elle*\n\nDeux [lien](http://a.b).",
    state="draft",
)


def there_and_back(form: ModuleType, *pieces: Piece, prefill: bool = False) -> Back:
    back: Back = form.read(form.write(pieces, "en", "ar", prefill=prefill))
    assert (back.source_language, back.target_language) == ("en", "ar")
    return back


def codes(back: Back) -> list[tuple[str, str]]:
    return [(out.unit, out.code) for out in back.left_out]


def outcome(form: ModuleType, content: bytes) -> Back | str:
    """What a file brings back, or the code of its refusal, which says something."""
    try:
        back: Back = form.read(content)
    except ExchangeRefused as refused:
        return refused.code if str(refused) else ""
    return back


def changed(form: ModuleType, old: str, new: str, count: int = 1, piece: Piece = DONE) -> Back:
    """Written, changed in the file by hand, read back."""
    text = form.write([piece], "en", "ar").decode()
    assert old in text
    back: Back = form.read(text.replace(old, new, count).encode())
    return back
