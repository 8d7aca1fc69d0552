"""Words of a GIFT question: a format in brackets may stand before them, else that of the question holds."""

from django.utils.translation import gettext as _

from concerted.packs.questions.gift_blocks import plain, unwrapped
from concerted.packs.questions.marked import markdown_from
from concerted.packs.questions.pieces import Piece
from concerted.packs.questions.written import Findings

_NAMES = ("moodle", "html", "plain", "markdown")


class FormatsOf:
    """The words of one question, and the format that they have unless they say another."""

    def __init__(self, line: int, findings: Findings) -> None:
        self.line, self.findings = line, findings
        self.usual = "moodle"

    def stem(self, piece: Piece) -> str:
        """What is asked, as Markdown; its format is the usual one from here on."""
        self.usual, text = self._cut(piece)
        return self._markdown(text, self.usual)

    def of(self, piece: Piece) -> str:
        """Other words of the question, as Markdown."""
        written, text = self._cut(piece)
        return self._markdown(text, written)

    def typed(self, piece: Piece) -> str:
        """What somebody would type: plain, whatever the format."""
        return " ".join(plain(self._cut(piece)[1]).split())

    def reply(self, piece: Piece) -> str:
        """The reply of a pair: plain words, whatever the format of the question."""
        return self._markdown(piece.text, "plain")

    def _cut(self, piece: Piece) -> tuple[str, str]:
        text = piece.text.strip()
        name, bracket, rest = text[1:].partition("]")
        if text.startswith("[") and bracket and name in _NAMES:
            return name, rest
        return self.usual, text

    def _markdown(self, text: str, written: str) -> str:
        text = text if written == "markdown" else unwrapped(text)
        return markdown_from(plain(text), written, self._left_out)

    def _left_out(self, what: str) -> None:
        self.findings.note(self.line, _("Left out: %(what)s.") % {"what": what}, _("Say in words what it shows."))
