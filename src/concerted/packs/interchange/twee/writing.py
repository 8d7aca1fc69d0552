"""A scenario as a Twee 3 story for SugarCube that plays as it plays here, and that `reading` takes back.

What only Concerted knows stands where Twine leaves it alone: the head in a passage nothing leads to, the key of a
choice and the paragraph that supports it in a comment before its link.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator

from django.utils.translation import gettext as _

from concerted.packs.interchange.tale import Tale, parts_named
from concerted.packs.interchange.twee.container import TweePassage, write_container
from concerted.packs.interchange.twee.expressions import condition_out, effect_out
from concerted.packs.interchange.twee.markup import to_sugarcube
from concerted.packs.interchange.twee.names import DEBRIEF, ENDING, FEEDBACK, HEAD, NOTE, ONWARD, SPEAKER, TO
from concerted.packs.workshop.writing import DEBRIEF_KEY
from concerted.practice.scenario.conditions import Effect
from concerted.practice.scenario.map import map_of
from concerted.practice.scenario.story import DEBRIEF as PARTS
from concerted.practice.scenario.story import Choice, Passage, Story

#: Room for a passage on the map that Twine draws, in its own measure.
_WIDE, _HIGH = 150, 175


def as_twee(tale: Tale) -> str:
    """The whole story. The same scenario gives the same file."""
    return write_container([*_told(tale), *_Writer(tale).passages()])


def ifid(code: str) -> str:
    """The name every Twine story carries, always the same for one scenario."""
    return str(uuid.UUID(bytes=hashlib.sha256(f"scenario:{code}".encode()).digest()[:16], version=4)).upper()


def _told(tale: Tale) -> Iterator[TweePassage]:
    """What Twine asks of a story, its numbers at the start, and what is shown of them beside the text."""
    facts = {"ifid": ifid(tale.code), "format": "SugarCube", "format-version": "2.36.1", "start": NOTE}
    yield TweePassage("StoryTitle", tale.said("title"))
    yield TweePassage("StoryData", json.dumps(facts, indent=2))
    yield TweePassage(HEAD, tale.head.rstrip(), (HEAD,))
    yield TweePassage(NOTE, "\n\n".join(_note(tale)), (NOTE,), '{"position":"100,0"}')
    starts = [f"<<set ${one.name} to {one.start}>>" for one in tale.story.variables]
    met = [f"<<set $met{number} to 0>>" for number in range(len(tale.story.interrupts))]
    yield TweePassage("StoryInit", "\n".join([*starts, *met, f'<<set ${FEEDBACK} to "">>']))
    yield TweePassage("StoryCaption", "\n".join(_captions(tale)))
    yield TweePassage("PassageHeader", f'<<if ${FEEDBACK}>><<print ${FEEDBACK}>>\n\n<<set ${FEEDBACK} to "">><</if>>')


def _note(tale: Tale) -> Iterator[str]:
    """What is read before it begins, as on our own page."""
    yield to_sugarcube(tale.said("note"))
    yield to_sugarcube(_("This is practice with invented people. Never play the case of a woman you have met."))
    yield to_sugarcube(tale.said("you"))
    begin = _("Begin")
    yield f"[[{begin}|{tale.story.start}]]"


def _captions(tale: Tale) -> Iterator[str]:
    for one in tale.story.variables:
        if one.shown == "always" and one.bands:
            label = to_sugarcube(tale.said(f"variable.{one.name}"))
            arms = (
                f"${one.name} lte {band.high}>>{label}: {to_sugarcube(tale.said(f'variable.{one.name}.{band.code}'))}"
                for band in sorted(one.bands, key=lambda band: band.low)
            )
            yield f"<<if {'<<elseif '.join(arms)}<</if>>"


class _Writer:
    """Writes the passages of one story."""

    def __init__(self, tale: Tale) -> None:
        self.tale, self.story, self.named = tale, tale.story, tale.story.named

    def passages(self) -> Iterator[TweePassage]:
        spots = {spot.passage.key: spot for spot in map_of(self.story).spots}
        for passage in self.story.passages:
            spot = spots[passage.key]
            row = spot.row if spot.row >= 0 else len(spots)
            facts = json.dumps({"position": f"{100 + spot.place * _WIDE},{100 + row * _HIGH}"}, separators=(",", ":"))
            yield TweePassage(passage.key, "\n\n".join(self.body(passage)), self.tags(passage), facts)
        if DEBRIEF_KEY in self.tale.words:
            title = self.tale.words[DEBRIEF_KEY].title
            body = "\n\n".join([f"! {to_sugarcube(title)}", *self.look_back(DEBRIEF_KEY)])
            yield TweePassage(DEBRIEF_KEY, body, (DEBRIEF,))
        if self.story.interrupts:
            yield TweePassage(ONWARD, "".join(_onward(self.story)), (ONWARD,))

    def tags(self, passage: Passage) -> tuple[str, ...]:
        speaker = self.tale.words[passage.key].data.get("speaker")
        return ((ENDING,) if passage.ending else ()) + ((f"{SPEAKER}{speaker}",) if speaker else ())

    def body(self, passage: Passage) -> Iterator[str]:
        """The parts of a passage, one below the other."""
        head = self.tale.words[passage.key]
        yield f"! {to_sugarcube(head.title)}"
        # What holds is asked of all paragraphs before any of them changes a number.
        for block in passage.blocks:
            yield f"<<set {_temporary(block.key)} to {condition_out(block.condition, self.named)}>>"
        if head.markdown:
            yield to_sugarcube(head.markdown)
        for block in passage.blocks:
            words = to_sugarcube(self.tale.said(f"{passage.key}.{block.key}"))
            yield f"<<if {_temporary(block.key)}>>\n{words}{''.join(self.sets(block.changes))}\n<</if>>"
        if passage.skip:
            onward = _("Go on without this part")
            yield f"/* skip */ {self.link(onward, '', self.go(passage.skip), passage.skip)}"
        yield from (self.choice(passage.key, choice) for choice in passage.choices)
        yield from self.look_back(passage.key)
        if passage.ending and DEBRIEF_KEY in self.tale.words:
            yield f'<<include "{DEBRIEF_KEY}">>'

    def look_back(self, key: str) -> Iterator[str]:
        named = parts_named()
        for part in PARTS:
            if f"{key}.{part}" in self.tale.words:
                yield f"/* {part} */\n!! {named[part]}\n{to_sugarcube(self.tale.said(f'{key}.{part}'))}"

    def choice(self, key: str, choice: Choice) -> str:
        place = f"{key}.{choice.key}"
        basis = self.tale.said(f"{place}.basis").replace("*/", "*&#47;")
        inside = "".join(self.sets(choice.changes))
        if why := self.tale.said(f"{place}.why"):
            inside += f"<<set ${FEEDBACK} to {quoted(to_sugarcube(why))}>>"
        only = choice.ways[0].to if len(choice.ways) == 1 and not choice.ways[0].when else ""
        link = self.link(self.tale.said(place), inside, self.ways(choice), only)
        note = f"/* [{choice.key}]{f' {basis}' if basis else ''} */"
        if choice.condition is None:
            return f"{note} {link}"
        return f"<<if {condition_out(choice.condition, self.named)}>>{note} {link}<</if>>"

    def link(self, label: str, inside: str, onward: str, only: str) -> str:
        """The shortest link that does it. `only`: where it leads in any case."""
        said = to_sugarcube(label)
        if only and not self.story.interrupts:
            plain = said == label and not set(label) & set('[]|\\"<>') and "->" not in label and "<-" not in label
            if plain and not inside:
                return f"[[{label}|{only}]]"
            return f'<<link {quoted(said)} "{only}">>{inside}<</link>>'
        return f"<<link {quoted(said)}>>{inside}{onward}<</link>>"

    def ways(self, choice: Choice) -> str:
        """Where a choice leads: the first way that holds."""
        out = ""
        for way in choice.ways:
            if way.condition is None:
                out += f"<<else>>{self._to(way.to)}<</if>>" if out else self._to(way.to)
                break
            out += f"<<{'else' if out else ''}if {condition_out(way.condition, self.named)}>>{self._to(way.to)}"
        return out + self._asked()

    def go(self, to: str) -> str:
        """Where it leads in any case."""
        return self._to(to) + self._asked()

    def _asked(self) -> str:
        return f'<<include "{ONWARD}">>' if self.story.interrupts else ""

    def _to(self, to: str) -> str:
        return f'<<set ${TO} to "{to}">>' if self.story.interrupts else f'<<goto "{to}">>'

    def sets(self, changes: tuple[Effect, ...]) -> Iterator[str]:
        yield from (f"<<set {effect_out(one, self.named)}>>" for one in changes)


def _onward(story: Story) -> Iterator[str]:
    """What happens by itself, once each, before she arrives where her choice led; never on the way to an ending."""
    for number, one in enumerate(story.interrupts):
        on = f'not tags(${TO}).includes("{ENDING}")'
        met = f"$met{number} is 0 and {on} and ({condition_out(one.condition, story.named)})"
        yield f'<<{"else" if number else ""}if {met}>><<set $met{number} to 1>><<goto "{one.to}">>'
    yield f"<<else>><<goto ${TO}>><</if>>"


def _temporary(key: str) -> str:
    """The name that holds whether a paragraph is shown; keys of paragraphs hold no underscore, names no hyphen."""
    return "_" + key.replace("-", "_")


def quoted(words: str) -> str:
    """Words as a string inside a macro."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
