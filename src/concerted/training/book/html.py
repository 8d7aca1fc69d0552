"""One accessible file that asks for nothing from outside; and the pieces of it that the EPUB shares."""

import hashlib
from base64 import b64encode
from html import escape

from concerted.training.book.layout import Page, Pages, direction, laid_out
from concerted.training.book.shape import Book
from concerted.training.book.tree import Inside, Node

STYLE = """
html{font:1.0625rem/1.6 system-ui,sans-serif;color:#211d18;background:#fff}
body{max-width:42rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .5em;break-after:avoid}
a{color:#0f4a52}a:focus-visible,summary:focus-visible{outline:3px solid #0f4a52;outline-offset:2px}
.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.small{color:#5b544a;margin:.2em 0}
.box,blockquote{margin:1em 0;padding:.1em 1em;border-inline-start:.3rem solid #0f4a52;background:#f5f2ec}
img{max-width:100%;height:auto}table{border-collapse:collapse;display:block;overflow-x:auto}
th,td{border:1px solid #8a8378;padding:.3em .6em;text-align:start}
details{margin:1em 0;padding:.5em 1em;border:1px solid #8a8378}summary{cursor:pointer;font-weight:600}
pre{white-space:pre-wrap}ul,ol{padding-inline-start:1.4em}li[dir]{list-style-position:inside}ol:lang(ar){list-style-type:arabic-indic}
.part>h3:first-child,.part>h4:first-child{margin-block-start:1em}
@media print{details::details-content{content-visibility:visible;display:block}.skip{display:none}
.unit{break-before:page}}
""".strip()
_STYLE_MARK = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
#: Nothing may be asked for, nothing runs: what is inside is all there is.
_POLICY = f"default-src 'none'; img-src data:; style-src 'sha256-{_STYLE_MARK}'; base-uri 'none'; form-action 'none'"

_TAGS = {
    "p": "p", "bullets": "ul", "numbers": "ol", "item": "li", "quote": "blockquote", "table": "table", "row": "tr",
    "cell": "td", "strong": "strong", "em": "em", "code": "code", "words": "span",
}  # fmt: skip
_CLASSES = {"box": ' class="box"', "part": ' class="part"', "small": ' class="small"'}


def marked(language: str) -> str:
    """`lang` and `dir` of words in another language than those around."""
    return f' lang="{escape(language)}" dir="{direction(language)}"' if language else ""


class Html:
    """Nodes as HTML that is well-formed XML, too. `pictures`: name of a picture -> its address; `xml`: for an EPUB."""

    def __init__(self, pictures: dict[str, str], *, xml: bool = False) -> None:
        self.pictures, self.xml = pictures, xml

    def all(self, inside: Inside) -> str:
        """The nodes one after the other."""
        return "".join(escape(one) if isinstance(one, str) else self.one(one) for one in inside)

    def one(self, node: Node) -> str:
        """One node with all that is in it."""
        said, mark = self.all(node.inside), self._mark(node.language)
        if node.kind == "heading":
            name = f' id="{node.name}"' if node.name else ""
            level = min(node.level, 6)
            return f"<h{level}{name}{mark}>{said}</h{level}>\n"
        if node.kind == "link":
            # An address runs from left to right in any language, or its last stroke jumps to the other end.
            return f'<a href="{escape(node.address)}" dir="ltr" rel="noopener noreferrer">{said}</a>'
        if node.kind == "jump":
            return f'<a href="#{node.name}">{said}</a>'
        if node.kind in ("break", "rule"):
            return "<br/>" if node.kind == "break" else "<hr/>\n"
        if node.kind == "pre":
            return f"<pre><code>{said}</code></pre>\n"
        if node.kind == "picture":
            return f'<p><img src="{self.pictures[node.name]}" alt="{escape(node.alt)}"/></p>\n'
        if node.kind == "answers":
            return f"<details><summary>{escape(node.alt)}</summary>{said}</details>\n"
        if node.kind == "head":
            return f'<th scope="col">{said}</th>'
        if node.kind == "numbers" and node.level != 1:
            return f'<ol start="{node.level}">{said}</ol>\n'
        if node.kind in _TAGS:
            tag = _TAGS[node.kind]
            return f"<{tag}{mark}>{said}</{tag}>" + ("" if tag in ("strong", "em", "code", "span") else "\n")
        return self._kept_together(node, said, mark)

    def _kept_together(self, node: Node, said: str, mark: str) -> str:
        """A box or a part; bare words in it are a paragraph."""
        bare = any(isinstance(one, str) or one.kind in ("link", "jump", "strong", "em", "code") for one in node.inside)
        tag = "p" if node.kind == "small" else "div"
        words = f"<p>{said}</p>" if bare and tag == "div" else said
        return f"<{tag}{_CLASSES[node.kind]}{mark}>{words}</{tag}>\n"

    def _mark(self, language: str) -> str:
        xml = f' xml:lang="{escape(language)}"' if self.xml and language else ""
        return marked(language) + xml


def contents(pages: Pages, before: str = "#", after: str = "") -> str:
    """The list of the units."""
    lines = (
        f'<li><a href="{before}{page.name}{after}"{marked(page.title_language)}>{escape(page.title)}</a></li>'
        for page in pages.units
    )
    return f"<ol>{''.join(lines)}</ol>"


def _drawn(pages: Pages) -> dict[str, str]:
    pictures = [picture for page in pages.units for picture in page.pictures]
    return {one.name: f"data:{one.media};base64,{b64encode(one.content).decode()}" for one in pictures}


def _unit(page: Page, html: Html) -> str:
    return f'<section class="unit">{html.all(page.inside)}</section>'


def as_html(book: Book) -> bytes:
    """The book as one file: no script, no request to anywhere."""
    return pages_as_html(laid_out(book, level=2))


def pages_as_html(pages: Pages) -> bytes:
    """Pages as one file, their units at level 2."""
    html = Html(_drawn(pages))
    units = "\n".join(_unit(page, html) for page in pages.units)
    text = f"""<!doctype html>
<html{marked(pages.language)}>
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{escape(pages.window)}</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#text">{escape(pages.skip)}</a>
<header>
{html.all(pages.front.inside)}</header>
<nav aria-labelledby="contents"><h2 id="contents">{escape(pages.contents)}</h2>{contents(pages)}</nav>
<main id="text" tabindex="-1">
{units}
</main>
</body>
</html>
"""
    return text.encode()
