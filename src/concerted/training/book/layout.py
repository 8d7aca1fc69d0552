"""The book as pages of nodes, with the words of the interface in its language: the same in every kind of file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from concerted.kit.dates import in_words
from concerted.kit.digits import localise, minutes_said
from concerted.training.book.shape import Asked, Book, Chapter, Line, Part, Picture, Words
from concerted.training.book.tree import Inside, Node, blocks, clean, inline, plain, safe_address


@dataclass(frozen=True)
class Page:
    """One page: the front, or a unit. `name` is where a list of contents jumps to."""

    name: str
    title: str
    title_language: str
    inside: Inside
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Pages:
    """All pages, and the few words a writer needs beside them."""

    language: str
    title: str
    about: str
    title_language: str
    contents: str
    skip: str
    window: str
    front: Page
    units: tuple[Page, ...]


def direction(language: str) -> str:
    """The direction of a language, as the reader's pages know it: one that was opened here knows it itself."""
    known = getattr(language, "right_to_left", language.split("-")[0] in settings.LANGUAGES_BIDI)
    return "rtl" if known else "ltr"


def laid_out(book: Book, *, level: int = 1, answers_last: bool = False) -> Pages:
    """The pages of a book. `level`: that of a unit's heading. `answers_last`: where nothing can stay closed, the
    answers stand at the end of each unit.
    """
    with translation.override(book.around):
        return Pages(
            book.around,
            _bare_words(book.title.markdown),
            _bare_words(book.summary.markdown) if book.summary else "",
            book.title.language,
            _("Contents"),
            _("Skip to the text"),
            _("Module"),
            _front(book),
            tuple(_Unit(book, chapter, level, answers_last).page() for chapter in book.chapters),
        )


def _bare_words(words: str) -> str:
    """Words that hold no Markdown, as the pages show titles, notes and aims: on one line."""
    return " ".join(clean(words).split())


def _in(words: Words, book: Book, inside: Inside, kind: str = "p") -> Node:
    return Node(kind, inside, language="" if words.language == book.around else words.language)


def _bare(words: str, kind: str = "p") -> Node:
    return Node(kind, (words,))


def _front(book: Book) -> Page:
    title = _bare_words(book.title.markdown)
    found: list[Node | str] = [Node("heading", (title,), 1, "start", language=_else(book, book.title.language))]
    if book.summary:
        found.append(_in(book.summary, book, (_bare_words(book.summary.markdown),)))
    about = _("%(units)s units, %(n)s minutes in all.")
    facts = [
        about % {"units": localise(len(book.chapters)), "n": localise(book.minutes)},
        _("Version %(n)s") % {"n": localise(book.no)},
        in_words(book.published_on),
    ]
    # Each on its own line: two numbers in one line of Arabic are read in the wrong order by what takes the text out.
    found += [_bare(fact, "small") for fact in facts]
    found.append(_bare(_("Starter content: review locally with a specialist service before use."), "box"))
    found += _told(book.told)
    found.append(
        Node("box", (_("This file marks nothing. The questions are for you; a certificate is earned on line only:"),
                     Node("break"), Node("link", (book.address,), address=safe_address(book.address))))
    )  # fmt: skip
    if book.aims:
        found.append(Node("heading", (_("After this you can"),), 2, "aims"))
        found.append(Node("bullets", tuple(_in(aim, book, (_bare_words(aim.markdown),), "item") for aim in book.aims)))
    return Page("start", title, _else(book, book.title.language), tuple(found))


def _else(book: Book, language: str) -> str:
    return "" if language == book.around else language


def _told(told: str) -> list[Node | str]:
    """The honest sentence, as the page of the module says it."""
    if told == "part":
        part = _("Parts of this are not yet in your language. You see those in the language they were written in.")
        return [_bare(part, "box")]
    if told == "none":
        none = _("This module is not yet in your language. You see it in the language it was written in.")
        return [_bare(none, "box")]
    return []


class _Unit:
    """Lays out one unit."""

    def __init__(self, book: Book, chapter: Chapter, level: int, answers_last: bool) -> None:
        self.book, self.chapter, self.level, self.answers_last = book, chapter, level, answers_last
        self.name = f"unit-{chapter.number}"
        self.pictures: list[Picture] = []

    def page(self) -> Page:
        chapter = self.chapter
        title, language = _bare_words(chapter.title.markdown), _else(self.book, chapter.title.language)
        heading = Node("heading", (title,), self.level, self.name, language=language, listed=True)
        found: list[Node | str] = [heading, *self._head(), *self._pieces()]
        asked = [piece for piece in chapter.pieces if isinstance(piece, Asked) and piece.told]
        if self.answers_last and asked:
            found.append(Node("heading", (_("Answers"),), self.level + 1, f"{self.name}-answers"))
            for piece in asked:
                found += [self._heading_of(piece, self.level + 2), *self._answers(piece)]
        return Page(self.name, title, language, tuple(found), tuple(self.pictures))

    def _head(self) -> Iterator[Node]:
        number = _("Unit %(n)s") % {"n": localise(self.chapter.number)}
        yield _bare(number, "small")
        yield _bare(minutes_said(self.chapter.minutes), "small")
        if self.chapter.missing:
            said = _(
                "Parts of this unit are not yet in your language. You see those in the language they were written in."
            )
            yield _bare(said, "box")
        elif self.chapter.behind:
            behind = _(
                "Parts of this unit have changed since they were translated. "
                "You see those in the language they were written in."
            )
            names = ", ".join(_bare_words(name) for name in self.chapter.behind)
            yield _bare(f"{behind} {_('They are:')} {names}", "box")
        if note := self.chapter.note:
            yield _in(note, self.book, (_bare_words(note.markdown),), "box")

    def _pieces(self) -> Iterator[Node]:
        """What is read and asked; neighbours that are for people of one sector stand under one heading."""
        for tracks, group in groupby(self.chapter.pieces, key=lambda one: isinstance(one, Part) and one.track):
            if tracks:
                yield Node("heading", (_("For particular posts"),), self.level + 1)
            for piece in group:
                if isinstance(piece, Part):
                    yield self._part(piece, self.level + 1 + tracks)
                else:
                    yield self._question(piece)

    def _part(self, part: Part, level: int) -> Node:
        title = _bare_words(part.title)
        below = level + 1 if title else level
        inside: list[Node | str] = [Node("heading", (title,), level)] if title else []
        if part.kind == "image":
            inside += self._picture(part, below)
        elif part.kind == "audio":
            inside += [_bare(_("This is what is said; the sound is on line:"), "small"), self._link(part.address)]
            inside += blocks(part.words.markdown, below)
        elif part.kind in ("link", "download"):
            inside += blocks(part.words.markdown, below)
            if part.kind == "download":
                said = _("The file %(name)s is on line:") % {"name": clean(part.file)}
                inside.append(_bare(said, "small"))
            inside.append(self._link(part.address))
        else:
            inside += blocks(part.words.markdown, below)
        return _in(part.words, self.book, tuple(inside), "part")

    def _picture(self, part: Part, below: int) -> Inside:
        """The picture with its description in full beside it: what the words tell is for everybody."""
        told = blocks(part.words.markdown, below)
        if part.picture is None:
            return (_bare(_("The picture is on line:"), "small"), self._link(part.address), *told)
        self.pictures.append(part.picture)
        alt = _bare_words(part.title) or plain(part.words.markdown)
        return (Node("picture", name=part.picture.name, alt=alt), *told)

    def _link(self, address: str) -> Node:
        target = safe_address(address)
        return Node("p", (Node("link", (address,), address=target) if target else clean(address),))

    def _heading_of(self, asked: Asked, level: int) -> Node:
        return _bare_heading(_("Question %(n)s") % {"n": localise(asked.number)}, level)

    def _question(self, asked: Asked) -> Node:
        inside: list[Node | str] = [self._heading_of(asked, self.level + 1)]
        inside.append(_in(asked.words, self.book, blocks(asked.words.markdown, self.level + 2), "part"))
        inside.append(_bare(_hint(asked.kind), "small"))
        if asked.lines:
            inside.append(Node("bullets", tuple(self._said(line.words, "item") for line in asked.lines)))
        if asked.replies:
            inside.append(_bare(_("Replies:"), "small"))
            inside.append(Node("bullets", tuple(self._said(reply, "item") for reply in asked.replies)))
        if not self.answers_last and asked.told:
            inside.append(Node("answers", self._answers(asked), alt=_("Answer")))
        return Node("part", tuple(inside))

    def _said(self, words: Words, kind: str) -> Node:
        return _in(words, self.book, inline(words.markdown), kind)

    def _answers(self, asked: Asked) -> Inside:
        if asked.kind in ("single", "multiple", "hotspot"):
            return (Node("bullets", tuple(self._answered(line) for line in asked.answer)),)
        inside: list[Node | str] = []
        if asked.kind in ("short", "numeric"):
            inside.append(Node("bullets", tuple(self._answered(line) for line in asked.answer)))
        elif asked.kind == "ordering":
            inside.append(Node("numbers", tuple(self._said(line.words, "item") for line in asked.answer), 1))
        elif asked.answer:
            inside.append(Node("bullets", tuple(self._matched(line) for line in asked.answer)))
        for words, before in (
            (asked.right, _("If yours was the same:")),
            (asked.not_quite, _("If not:")),
            (asked.after, _("Afterwards:")),
        ):
            if words:
                inside += [_bare(before, "small"), _in(words, self.book, blocks(words.markdown, 6), "part")]
        return tuple(inside)

    def _answered(self, line: Line) -> Node:
        inside: list[Node | str] = [self._said(line.words, "p")]
        inside.append(Node("p", (Node("strong", (_("This fits.") if line.fits else _("Not quite."),)),)))
        if line.why:
            inside.append(_in(line.why, self.book, blocks(line.why.markdown, 6), "part"))
        return Node("item", tuple(inside))

    def _matched(self, line: Line) -> Node:
        inside: list[Node | str] = [self._said(line.words, "p")]
        if line.reply:
            inside.append(Node("p", (Node("strong", (self._said(line.reply, "words"),)),)))
        return Node("item", tuple(inside))


def _bare_heading(words: str, level: int) -> Node:
    return Node("heading", (words,), level)


def _hint(kind: str) -> str:
    return {
        "single": _("One of these fits best:"),
        "hotspot": _("One of these fits best:"),
        "multiple": _("One or more of these fit:"),
        "ordering": _("In which order?"),
        "matching": _("Which reply belongs to which line?"),
        "short": _("In a few words of your own:"),
        "numeric": _("Write a number:"),
        "reflection": _("For yourself; nobody marks it."),
    }.get(kind, "")
