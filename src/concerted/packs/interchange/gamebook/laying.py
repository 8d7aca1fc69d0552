"""A scenario as the pages of a gamebook, in the nodes from which the book writes web pages, e-books and PDF."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concerted.kit.digits import localise
from concerted.packs.interchange.gamebook.rules_of_play import bare, how_to_play
from concerted.packs.interchange.gamebook.sheet import Sheet, changes_said, condition_said, sheet_of
from concerted.packs.interchange.tale import Tale, parts_named
from concerted.packs.workshop.writing import DEBRIEF_KEY
from concerted.practice.rules import shuffled
from concerted.practice.scenario.conditions import Effect
from concerted.practice.scenario.story import DEBRIEF, Choice, Passage
from concerted.training.book.layout import Page, Pages
from concerted.training.book.tree import Node, blocks, clean, inline
from concerted.training.slots import filled


def laid_out(tale: Tale, *, level: int) -> Pages:
    """The pages of a gamebook, in the language that is active. `level`: that of a part's heading."""
    return _Gamebook(tale, level).pages()


class _Gamebook:
    """Lays out one scenario. Its entries are the passages, and the choices after which something is told or kept."""

    def __init__(self, tale: Tale, level: int) -> None:
        self.tale, self.level = tale, level
        self.sheet: Sheet = sheet_of(tale)
        self.choices = {
            f"{passage.key}.{choice.key}": choice for passage in tale.story.passages for choice in passage.choices
        }
        self.numbers = self._numbered()

    def _numbered(self) -> dict[str, int]:
        """Entry -> number: the start is 1, the others are mixed, the same way each time."""
        first, *others = [passage.key for passage in self.tale.story.passages]
        others += [place for place, choice in self.choices.items() if self._stops(place, choice)]
        return {key: number for number, key in enumerate([first, *shuffled(others, self.tale.code)], start=1)}

    def _stops(self, place: str, choice: Choice) -> bool:
        """Whether there is something to read or to do between the choice and where it leads."""
        told = bool(self.tale.said(f"{place}.why")) or bool(choice.effects)
        return told or len(choice.ways) > 1 or (bool(self.tale.story.interrupts) and self._goes_on(choice))

    def _goes_on(self, choice: Choice) -> bool:
        """Whether it can lead to anything but an ending."""
        return not all(self.tale.story.by_key[way.to].ending for way in choice.ways)

    def pages(self) -> Pages:
        title = " ".join(clean(self.tale.said("title")).split())
        how = Page("how", _("How to play"), "", tuple(how_to_play(self.sheet, self.level)))
        entries = Page("entries", _("Passages"), "", tuple(self._entries()))
        front = Page("start", title, self._foreign("title"), tuple(self._front(title)))
        return Pages(
            self.tale.language,
            title,
            self.tale.said("summary"),
            self._foreign("title"),
            _("Contents"),
            _("Skip to the text"),
            _("Learn"),
            front,
            (how, entries),
        )

    def _foreign(self, key: str) -> str:
        return "" if self.tale.spoken(key) == self.tale.language else self.tale.spoken(key)

    def _words(self, key: str, kind: str = "part") -> Node:
        """The words of a section, as blocks, or as one line in a paragraph or a box."""
        words = filled(self.tale.said(key), self.tale.spoken(key))
        inside = blocks(words, min(self.level + 2, 6)) if kind == "part" else inline(words)
        return Node(kind, inside, language=self._foreign(key))

    def _front(self, title: str) -> Iterator[Node]:
        yield Node("heading", (title,), 1, "start", language=self._foreign("title"))
        yield self._words("note", "box")
        yield bare(_("This is practice with invented people. Never play the case of a woman you have met."), "box")
        if self.tale.missing:
            missing = _(
                "Parts of this are not yet in your language. You see those in the language they were written in."
            )
            yield bare(missing, "box")
        yield self._words("you", "p")
        yield self._words("summary", "p")
        yield bare(_("Starter content: review locally with a specialist service before use."), "small")

    def _heading(self, words: str, name: str, level: int = 0, *, listed: bool = True) -> Node:
        return Node("heading", (clean(words),), level or self.level, name, listed=listed)

    def _entries(self) -> Iterator[Node]:
        yield self._heading(_("Passages"), "entries")
        known = self.tale.story.by_key
        for key, number in sorted(self.numbers.items(), key=lambda one: one[1]):
            yield self._heading(localise(number), f"n{number}", self.level + 1, listed=False)
            yield from self._passage(known[key]) if key in known else self._choice(key, self.choices[key])
        if DEBRIEF_KEY in self.tale.words:
            yield self._heading(_("Looking back"), "back", self.level + 1)
            yield from self._look_back(DEBRIEF_KEY)

    def _passage(self, passage: Passage) -> Iterator[Node]:
        head = self.tale.words[passage.key]
        yield Node("p", (Node("strong", (clean(head.title),)),), language=self._foreign(passage.key))
        if speaker := head.data.get("speaker"):
            yield bare(speaker, "small")
        yield self._words(passage.key)
        if len([block for block in passage.blocks if block.effects]) > 1:
            yield bare(_("Decide first which of these hold. Change the sheet only then."), "small")
        for block in passage.blocks:
            when = _("If %(when)s:") % {"when": condition_said(block.condition, self.sheet)}
            inside = [bare(when, "small"), self._words(f"{passage.key}.{block.key}"), *self._kept(block.changes)]
            yield Node("box", tuple(inside))
        if passage.skip:
            yield Node("p", (_("Go on without this part"), ": ", self._turn(passage.skip)))
        if passage.choices:
            yield bare(_("What do you do?"))
            yield Node("bullets", tuple(self._offered(passage.key, choice) for choice in passage.choices))
        if passage.ending:
            yield from self._look_back(passage.key)
            if DEBRIEF_KEY in self.tale.words:
                yield Node("p", (_("This is an ending."), " ", Node("jump", (_("Looking back"),), name="back")))

    def _offered(self, key: str, choice: Choice) -> Node:
        place = f"{key}.{choice.key}"
        to = place if place in self.numbers else choice.ways[0].to
        when = ""
        if choice.condition is not None:
            when = _("If %(when)s:") % {"when": condition_said(choice.condition, self.sheet)} + " "
        return Node("item", (when, self._words(place, "words"), " ", self._turn(to)))

    def _turn(self, key: str) -> Node:
        number = self.numbers[key]
        return Node("jump", (_("Turn to %(n)s") % {"n": localise(number)},), name=f"n{number}")

    def _kept(self, changes: tuple[Effect, ...]) -> Iterator[Node]:
        if changes:
            yield bare(_("On your sheet: %(changes)s.") % {"changes": changes_said(changes, self.sheet)})

    def _choice(self, place: str, choice: Choice) -> Iterator[Node]:
        """What followed a choice, what to keep of it, and where it leads."""
        if self.tale.said(f"{place}.why"):
            yield self._words(f"{place}.why")
        if self.tale.said(f"{place}.basis"):
            yield Node("small", (_("The protocol:"), " ", self._words(f"{place}.basis", "words")))
        yield from self._kept(choice.changes)
        yield from self._suddenly(choice)
        for number, way in enumerate(choice.ways):
            if way.condition is not None:
                when = _("If %(when)s:") % {"when": condition_said(way.condition, self.sheet)}
                yield Node("p", (when, " ", self._turn(way.to)))
                continue
            otherwise = _("Otherwise:")
            yield Node("p", (f"{otherwise} " if number else "", self._turn(way.to)))
            return

    def _suddenly(self, choice: Choice) -> list[Node]:
        """What happens by itself, once each, unless the choice leads to an ending."""
        if not self._goes_on(choice):
            return []
        found = []
        ends = [way.to for way in choice.ways if self.tale.story.by_key[way.to].ending]
        unless = _("But not where you go on to an ending:")
        for number, one in enumerate(self.tale.story.interrupts):
            box = self.sheet.boxes[number]
            facts = {"when": condition_said(one.condition, self.sheet), "box": box}
            said = _("First: if %(when)s, and box %(box)s is not ticked, tick it.") % facts
            endings = [piece for to in dict.fromkeys(ends) for piece in (" ", self._turn(to))]
            found.append(Node("p", (said, " ", self._turn(one.to), *((f" {unless}", *endings) if ends else ()))))
        return found

    def _look_back(self, key: str) -> Iterator[Node]:
        named = parts_named()
        for part in DEBRIEF:
            if f"{key}.{part}" in self.tale.words:
                yield self._heading(named[part], "", self.level + 2, listed=False)
                yield self._words(f"{key}.{part}")
