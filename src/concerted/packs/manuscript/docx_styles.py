"""What the styles and numberings of a .docx mean: headings by their level, lists by their kind."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from concerted.packs.manuscript.markup import each, own, value

#: Word writes the names of its own styles in English, whatever language it speaks.
_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-9]))?")
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)")
_TITLE = "title"
#: A style based on one that is based on it, or a chain without end, is cut here.
_CHAIN_MOST = 12
_OFF = {"0", "false", "off", "none"}


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property such as bold is switched on or off; None where nothing is said."""
    found = own(properties, name)
    return None if found is None else found.get("w:val", "1") not in _OFF


@dataclass(frozen=True)
class Numbered:
    """The list a paragraph belongs to."""

    series: str
    depth: int
    ordered: bool


class Styles:
    """Looks up styles along the chain of what they are based on."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {style.get("w:styleId", ""): style for style in each(styles, "w:style")}
        kinds = {
            one.get("w:abstractNumId", ""): {
                level.get("w:ilvl", "0"): value(level, "w:numFmt", name="w:val") for level in each(one, "w:lvl")
            }
            for one in each(numbering, "w:abstractNum")
        }
        self._numberings = {
            one.get("w:numId", ""): kinds.get(value(one, "w:abstractNumId", name="w:val"), {})
            for one in each(numbering, "w:num")
        }

    def _chain(self, style: str) -> list[Element]:
        chain: list[Element] = []
        while style in self._styles and len(chain) < _CHAIN_MOST:
            chain.append(self._styles[style])
            style = value(chain[-1], "w:basedOn", name="w:val")
        return chain

    def _names(self, style: str) -> list[str]:
        return [value(one, "w:name", name="w:val").lower() for one in self._chain(style)]

    def level(self, properties: Element | None) -> int | None:
        """The level of a heading, 0 for the title of the whole; None for a paragraph that is none."""
        style = value(properties, "w:pStyle", name="w:val")
        for name in self._names(style):
            if name == _TITLE:
                return 0
            if match := _HEADING.fullmatch(name):
                return int(match[1])
        levels = [value(one, "w:outlineLvl", name="w:val") for one in self._outlined(properties, style)]
        level = next((level for level in levels if level), "9")
        return int(level) + 1 if level in list("012345678") else None

    def _outlined(self, properties: Element | None, style: str) -> list[Element | None]:
        return [properties, *(own(one, "w:pPr") for one in self._chain(style))]

    def is_contents(self, properties: Element | None) -> bool:
        """Whether a paragraph is a line of the table of contents."""
        names = self._names(value(properties, "w:pStyle", name="w:val"))
        return any(_CONTENTS.fullmatch(name) for name in names)

    def numbered(self, properties: Element | None) -> Numbered | None:
        """The list of a paragraph, by itself or by its style."""
        style = value(properties, "w:pStyle", name="w:val")
        for one in self._outlined(properties, style):
            found = own(one, "w:numPr")
            number = value(found, "w:numId", name="w:val")
            if not number:
                continue
            if number == "0":
                return None
            level = value(found, "w:ilvl", name="w:val") or "0"
            kind = self._numberings.get(number, {}).get(level, "bullet")
            depth = int(level) if level in list("12345678") else 0
            return Numbered(f"{number}.{level}", depth or self._depth(style), kind not in ("bullet", "none", ""))
        return None

    def _depth(self, style: str) -> int:
        """ "List Bullet 2" is a list of its own in Word, and the second level to whoever reads it."""
        match = next(filter(None, map(_LIST.fullmatch, self._names(style))), None)
        return int(match[1]) - 1 if match and match[1] else 0

    def is_strong(self, properties: Element | None, name: str) -> bool:
        """Whether a run is bold ("w:b") or italic ("w:i"), by itself or by the style of its letters."""
        said = is_on(properties, name)
        if said is not None:
            return said
        style = value(properties, "w:rStyle", name="w:val")
        return next((on for one in self._chain(style) if (on := is_on(own(one, "w:rPr"), name)) is not None), False)
