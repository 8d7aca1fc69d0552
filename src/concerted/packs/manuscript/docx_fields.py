"""Fields of a .docx that run over several runs or paragraphs: links, and the table of contents."""

import re
from xml.etree.ElementTree import Element

from concerted.packs.manuscript.refusal import damaged_text

#: Fields in fields; each run asks all that stand open.
OPEN_MOST = 50
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')
_CONTENTS = re.compile(r"\s*TOC\b")


class Fields:
    """Which fields stand open at this place, the innermost last."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def take(self, element: Element) -> bool:
        """Follow a mark or an instruction; whether a table of contents has just begun."""
        if element.tag == "w:instrText":
            if not self._open:
                return False
            before = self.is_contents
            self._open[-1] += element.text or ""
            return self.is_contents and not before
        mark = element.get("w:fldCharType")
        if mark == "begin":
            if len(self._open) >= OPEN_MOST:
                raise damaged_text()
            self._open.append("")
        elif mark == "end" and self._open:
            self._open.pop()
        return False

    @property
    def is_contents(self) -> bool:
        return any(_CONTENTS.match(instruction) for instruction in self._open)

    @property
    def href(self) -> str:
        """Where the innermost open link leads."""
        found = (match[1] for instruction in reversed(self._open) if (match := _LINK.match(instruction)))
        return next(found, "")
