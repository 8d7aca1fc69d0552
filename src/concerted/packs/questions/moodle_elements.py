"""One question of Moodle XML: its elements, and their words as Markdown."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from concerted.packs.questions import weights
from concerted.packs.questions.marked import FORMATS, markdown_from, plain_words
from concerted.packs.questions.written import Findings, Refused, one_line
from concerted.text.exchange.xml_in import LINE


class QuestionElement:
    """A `question` of the file. Every refusal and note carries the line it begins on."""

    def __init__(self, element: Element, findings: Findings) -> None:
        self.element, self.findings = element, findings
        self.line = int(element.get(LINE, "1"))
        self.kind = element.get("type", "")
        asked = element.find("questiontext")
        self.usual = FORMATS.get(asked.get("format", "") if asked is not None else "", "html")

    def refused(self, message: str, remedy: str) -> Refused:
        """The refusal of this question."""
        return Refused(message, remedy, self.line)

    def each(self, name: str) -> Iterator[Element]:
        """The children of that name."""
        return self.element.iterfind(name)

    def plain(self, path: str, *, within: Element | None = None) -> str:
        """The words of an element as they stand; empty where there is none. Its own, or those of its `text`."""
        element = (self.element if within is None else within).find(path)
        if element is None:
            return ""
        if len(element):
            raise self.refused(
                _("HTML stands in <%(name)s> as if it were part of the file.") % {"name": element.tag},
                _("Put it between <![CDATA[ and ]]>, as Moodle does."),
            )
        return (element.text or "").strip()

    def typed(self, path: str, *, within: Element | None = None) -> str:
        """Words that somebody types, on one line."""
        return one_line(self.plain(path, within=within))

    def words(self, name: str = "", *, within: Element | None = None) -> str:
        """The words of a child, or of `within` itself, as Markdown, in its own format or that of the question."""
        parent = self.element if within is None else within
        element = parent.find(name) if name else parent
        if element is None:
            return ""
        written = FORMATS.get(element.get("format") or "", "html") if element.get("format") else self.usual
        return markdown_from(self.plain("text", within=element), written, self._left_out)

    def reply(self, pair: Element) -> str:
        """The reply of a pair: plain words, whatever the format of the question."""
        return plain_words(self.plain("answer/text", within=pair))

    def weight(self, answer: Element) -> float:
        """What an answer weighs; an older way to write it is an element of its own."""
        written = answer.get("fraction") or "0"
        try:
            value = float(written)
        except ValueError:
            raise self.refused(
                _("“%(value)s” is no weight of an answer.") % {"value": written[:40]},
                _('Write fraction="100", or another number from -100 to 100.'),
            ) from None
        return weights.share(value, self.line)

    def flag(self, name: str, usual: str) -> bool:
        """A yes or no, as Moodle reads it."""
        value = self.plain(name) if self.element.find(name) is not None else usual
        return value not in ("", "0", "false")

    def _left_out(self, what: str) -> None:
        self.findings.note(self.line, _("Left out: %(what)s.") % {"what": what}, _("Say in words what it shows."))
