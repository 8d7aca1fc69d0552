"""HTML of another system into the blocks of a manuscript; nothing of the HTML itself is kept."""

from html.parser import HTMLParser

from concerted.packs.manuscript.links import kept
from concerted.packs.manuscript.tree import Gathering, Manuscript, Run

_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr", "dt", "dd", "section", "article"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
#: What holds no words of the author: told, and passed over to its end.
_PASSED = {"script": "", "style": "", "iframe": "object", "object": "object", "audio": "object", "video": "object"}
_LISTS = {"ul", "ol"}


def blocks_in(html: str) -> Manuscript:
    """Paragraphs, lists, bold, italic and links of a piece of HTML; what was left out as the manuscript tells it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.out.finished("")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out = Gathering()
        self.runs: list[Run] = []
        self.bold = self.italic = self.passing = 0
        self.hrefs: list[str] = []
        self.lists: list[bool] = []
        self.follows = False

    def end_block(self) -> None:
        """Put down the words since the last block."""
        if self.lists:
            series = f"{len(self.lists)}"
            self.out.point(self.runs, len(self.lists) - 1, self.lists[-1], series, follows=self.follows)
            self.follows = self.follows or any(run.text.strip() for run in self.runs)
        else:
            self.out.paragraph(self.runs)
        self.runs = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PASSED:
            self.passing += 1
            if _PASSED[tag]:
                self.out.leave_out(_PASSED[tag])
        elif self.passing:
            return
        elif tag == "img":
            self.out.leave_out("picture")
        elif tag == "br":
            self.runs.append(Run("\n"))
        elif tag in ("td", "th"):
            self.runs.append(Run(" "))
        elif tag == "a":
            self.hrefs.append(kept(dict(attrs).get("href") or ""))
        else:
            self._opened(tag)

    def _opened(self, tag: str) -> None:
        self.bold += tag in _BOLD or tag in _HEADINGS
        self.italic += tag in _ITALIC
        if tag in _LISTS:
            self.end_block()
            self.lists.append(tag == "ol")
        elif tag == "table":
            self.out.leave_out("table")
        if tag == "li":
            self.end_block()
            self.follows = False
        elif tag in _BLOCKS:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _PASSED:
            self.passing = max(self.passing - 1, 0)
            return
        if tag == "a" and self.hrefs:
            self.hrefs.pop()
        if tag in _BLOCKS or tag == "li":
            self.end_block()
        if tag in _LISTS and self.lists:
            self.end_block()
            self.lists.pop()
        self.bold = max(self.bold - (tag in _BOLD or tag in _HEADINGS), 0)
        self.italic = max(self.italic - (tag in _ITALIC), 0)

    def handle_data(self, data: str) -> None:
        if self.passing:
            return
        # Ends of lines are blanks in HTML; those that show come as "br".
        words = data.replace("\n", " ").replace("\xa0", " ")
        href = self.hrefs[-1] if self.hrefs else ""
        self.runs.append(Run(words, bool(self.bold), bool(self.italic), href))
