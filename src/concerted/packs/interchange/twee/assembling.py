"""Nodes of one passage into a passage of ours with its words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from concerted.packs.interchange.twee.nodes import (
    Branch,
    Changed,
    Followed,
    Led,
    Looked,
    Nodes,
    Offered,
    Said,
)
from concerted.practice.scenario.story import Block, Choice, Passage, Way
from concerted.text.rules import SectionText

#: Words that follow a paragraph on a condition are a paragraph of their own, which is always there.
ALWAYS = "0 = 0"
#: A paragraph that only changes numbers still needs words; its writer is told.
NO_WORDS = "…"
#: The key stands in braces behind a heading, so that none may stand in the heading itself.
_NO_BRACES = str.maketrans("{}", "()")
_HEADING = re.compile(r"\A\s*\*\*(.+)\*\*\s*(?:\n|\Z)")


@dataclass
class _Paragraph:
    key: str
    when: str
    words: str = ""
    effects: list[str] = field(default_factory=list)


@dataclass
class Assembly:
    """One passage as it grows. `keys`: name of a passage -> its key; `tell`: called with what is not taken along."""

    key: str
    keys: Mapping[str, str]
    tell: Callable[[int, str], None]
    text: str = ""
    paragraphs: list[_Paragraph] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    words: dict[str, SectionText] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    skip: str = ""
    #: What changes whenever somebody arrives, with the line it stands on.
    arrival: list[tuple[int, str]] = field(default_factory=list)
    part: str = ""

    def take(self, nodes: Nodes, when: str = "", name: str = "") -> None:
        """Add nodes that stand under a condition."""
        paragraph: _Paragraph | None = None
        for node in nodes:
            if isinstance(node, Looked):
                self.part = node.part
                self.parts[self.part] = ""
            elif isinstance(node, Said) and self.part:
                self.parts[self.part] += node.words
            elif isinstance(node, Said) and not when and not self.paragraphs:
                self.text += node.words
            elif isinstance(node, Said) and (node.words.strip() or paragraph):
                paragraph = paragraph or self._paragraph(when or ALWAYS, name)
                paragraph.words += node.words
            elif isinstance(node, Changed) and when:
                paragraph = paragraph or self._paragraph(when, name)
                paragraph.effects += node.effects
            elif isinstance(node, Changed):
                self.arrival += [(node.line, effect) for effect in node.effects]
            elif isinstance(node, Branch):
                self._branch(node, when)
                paragraph = None
            elif isinstance(node, Offered):
                self._offered(node, when)
            elif isinstance(node, Led):
                self.tell(node.line, f"goto {node.to}")

    def _paragraph(self, when: str, name: str) -> _Paragraph:
        taken = {one.key for one in self.paragraphs}
        key = name if name and name not in taken else f"p{len(self.paragraphs) + 1}"
        self.paragraphs.append(_Paragraph(key, when))
        return self.paragraphs[-1]

    def _branch(self, branch: Branch, when: str) -> None:
        before: list[str] = []
        for arm in branch.arms:
            here = " and ".join(part for part in (_inner(when), *before, _inner(arm.when)) if part)
            self.take(arm.inside, here if before or when else arm.when or ALWAYS, arm.name)
            if arm.when:
                before.append(f"not ({arm.when})")

    def _offered(self, link: Offered, when: str) -> None:
        effects: list[str] = []
        ways: list[Way] = []
        why = ""
        for node in link.inside:
            if isinstance(node, Changed):
                effects += node.effects
            elif isinstance(node, Followed):
                why = node.words
            elif isinstance(node, Led):
                ways.append(self._way(node))
            elif isinstance(node, Branch):
                ways += self._ways(node)
        if not ways:
            self.tell(link.line, link.label)
            self.text += f"\n\n{link.label}"
        elif link.skip:
            self.skip = ways[0].to
        else:
            key = self._free(link.key)
            self.choices.append(Choice(key, tuple(ways), when, ", ".join(effects)))
            label = _one_line(link.label) or ways[0].to
            said = {"": label.replace("->", "→"), ".why": _lines(why), ".basis": _one_line(link.basis)}
            for after, words in said.items():
                if words:
                    place = f"{self.key}.{key}{after}"
                    self.words[place] = SectionText(place, words, (after or ".choice")[1:])

    def _way(self, led: Led, when: str = "") -> Way:
        if led.to.startswith(("$", "_")):
            self.tell(led.line, led.to)
        return Way(self.keys.get(led.to, led.to), when)

    def _ways(self, branch: Branch) -> list[Way]:
        found = []
        for arm in branch.arms:
            for node in arm.inside:
                if isinstance(node, Led):
                    found.append(self._way(node, arm.when))
                elif isinstance(node, Changed):
                    self.tell(node.line, ", ".join(node.effects))
        return found

    def _free(self, wanted: str) -> str:
        taken = {one.key for one in self.choices}
        if wanted and wanted not in taken:
            return wanted
        letters = "abcdefghijklmnopqrstuvwxyz"
        free = (f"{letter}{number or ''}" for number in range(1000) for letter in letters)
        return next(key for key in free if key not in taken)

    def passage(self, title: str, *, ending: bool, speaker: str) -> Passage:
        """The passage; its words are in `words` from then on."""
        if match := _HEADING.match(self.text):
            title, self.text = match[1], self.text[match.end() :]
        data = {"speaker": speaker} if speaker else {}
        kind = "ending" if ending else "passage"
        own = {
            self.key: SectionText(
                self.key, _blocks(self.text), kind, _one_line(title.translate(_NO_BRACES)) or self.key, data
            )
        }
        for one in self.paragraphs:
            place = f"{self.key}.{one.key}"
            own[place] = SectionText(place, _blocks(one.words) or NO_WORDS, "block")
        for part, words in self.parts.items():
            place = f"{self.key}.{part}"
            own[place] = SectionText(place, _blocks(_HEADING.sub("", words)), "debrief")
        self.words = own | self.words
        blocks = tuple(Block(one.key, one.when, ", ".join(one.effects)) for one in self.paragraphs)
        return Passage(self.key, tuple(self.choices), blocks, ending, self.skip)


def _inner(when: str) -> str:
    return f"({when})" if " or " in when or " and " in when else when


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _lines(words: str) -> str:
    """What followed a choice, line by line as it stands behind its sign."""
    return "\n".join(line.strip() for line in words.strip().split("\n"))


def _blocks(words: str) -> str:
    """Words of a passage: blank lines as paragraphs have them, and no line that would begin a part of the file."""
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in words.strip().split("\n")))
    return re.sub(r"^(#{2,} |:::|- \[)", r"\\\1", tidy, flags=re.MULTILINE)
