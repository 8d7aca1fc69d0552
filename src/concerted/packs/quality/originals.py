"""The texts of others that a pack is compared with: a folder of plain text, Markdown and web pages, read word by word.

They are read one after the other and never kept: a shelf of guidelines may be larger than the memory of the machine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from concerted.packs.quality.alike import alike
from concerted.text.wording import words_of

#: Endings that are read. Everything else is named as not read: silence would look like "nothing copied".
READ = (".txt", ".md", ".html", ".htm")
_SILENT = ("script", "style", "head", "noscript")
# A word that the line breaks: it goes on in the next line.
_BROKEN = re.compile(r"\S*[^\W\d_]-\s*$")
_HYPHENS = {0xAD: None, 0x2010: "-", 0x2011: "-"}


class Unreadable(Exception):
    """A file of the folder that cannot be compared; says why."""


@dataclass(frozen=True)
class Original:
    """A text of somebody else's: where it lies in the folder, and its file."""

    name: str
    path: Path

    def words(self) -> Iterator[tuple[str, int]]:
        """Every word as it is compared, with its line. Raises Unreadable."""
        if self.path.suffix.lower() not in READ:
            raise Unreadable("kind")
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except (UnicodeDecodeError, OSError) as problem:
            raise Unreadable("encoding") from problem
        lines = _of_page(text) if self.path.suffix.lower() in (".html", ".htm") else enumerate(text.splitlines(), 1)
        yield from _words(lines)


def originals_in(folder: Path) -> list[Original]:
    """Every file of a folder and of those in it, hidden ones left out, in order of their names."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder), path) for path in paths)
    return [
        Original(name.as_posix(), path) for name, path in named if not any(part.startswith(".") for part in name.parts)
    ]


def _words(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """The words of lines, those that a line breaks put together again."""
    carried, since = "", 1
    for line, text in lines:
        text, begins = carried + text.translate(_HYPHENS).lstrip(), since if carried else line
        broken = _BROKEN.search(text)
        carried, since = (broken[0].rstrip().removesuffix("-"), begins) if broken else ("", line)
        for word in words_of(text[: broken.start()] if broken else text):
            yield alike(word), line
    for word in words_of(carried):
        yield alike(word), since


class _Page(HTMLParser):
    """The words of a web page with their lines; what a browser does not show is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            first = self.getpos()[0]
            self.lines += [(first + place, text) for place, text in enumerate(data.split("\n"))]


def _of_page(text: str) -> Iterator[tuple[int, str]]:
    page = _Page()
    page.feed(text)
    page.close()
    return iter(page.lines)
