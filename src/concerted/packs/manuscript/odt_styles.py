"""What the styles of an .odt mean: titles, bold and italic letters, and which levels of a list are numbered."""

from itertools import islice
from xml.etree.ElementTree import Element

from concerted.packs.manuscript.markup import each, own

#: A style whose parent is itself, or a chain without end, is cut here.
_CHAIN_MOST = 12


class Styles:
    """Looks up styles along the chain of their parents, those made for one place before those with a name."""

    def __init__(self, *roots: Element | None) -> None:
        groups = [own(root, name) for root in roots for name in ("office:styles", "office:automatic-styles")]
        self._styles = {
            (style.get("style:family", ""), style.get("style:name", "")): style
            for group in groups
            for style in each(group, "style:style")
        }
        self._lists = {one.get("style:name", ""): one for group in groups for one in each(group, "text:list-style")}

    def _chain(self, family: str, name: str) -> list[Element]:
        chain: list[Element] = []
        while (family, name) in self._styles and len(chain) < _CHAIN_MOST:
            chain.append(self._styles[family, name])
            name = chain[-1].get("style:parent-style-name", "")
        return chain

    def is_title(self, name: str) -> bool:
        """Whether a paragraph is the title of the whole."""
        return name == "Title" or any(
            "Title" in (one.get("style:name"), one.get("style:parent-style-name"))
            for one in self._chain("paragraph", name)
        )

    def letters(self, name: str, bold: bool, italic: bool) -> tuple[bool, bool]:
        """Whether letters are bold and italic, where a span of that style says something else than what is around."""
        found = [own(one, "style:text-properties") for one in self._chain("text", name)]
        weight = self._said(found, "fo:font-weight")
        slant = self._said(found, "fo:font-style")
        heavy = weight == "bold" or (weight.isdigit() and weight >= "600")
        return heavy if weight else bold, slant in ("italic", "oblique") if slant else italic

    def is_hidden(self, name: str) -> bool:
        found = [own(one, "style:text-properties") for one in self._chain("text", name)]
        return self._said(found, "text:display") == "none"

    @staticmethod
    def _said(found: list[Element | None], name: str) -> str:
        return next((said for one in found if one is not None and (said := one.get(name, ""))), "")

    def is_ordered(self, name: str, depth: int) -> bool:
        """Whether the points of a list are numbered at that depth, from 0."""
        levels = self._lists.get(name, ())
        level = next((one for one in levels if one.get("text:level") == str(depth + 1)), None)
        if level is None:
            level = next(islice(levels, 1), None)
        return level is not None and level.tag == "text:list-level-style-number" and bool(level.get("style:num-format"))
