"""A Twee 3 story into a scenario's file. What cannot be taken along is told with its line, and nothing of it is run."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from django.utils.translation import gettext as _

from concerted.packs.interchange.twee.assembling import Assembly
from concerted.packs.interchange.twee.chapbook import Chapbook
from concerted.packs.interchange.twee.container import TweePassage, read_container
from concerted.packs.interchange.twee.names import DEBRIEF, ENDING, HEAD, NOTE, ONWARD, SPEAKER
from concerted.packs.interchange.twee.numbers import first_numbers, head_with, told_of_names
from concerted.packs.interchange.twee.scanning import link_parts, scan
from concerted.packs.interchange.twee.sugarcube import SugarCube
from concerted.packs.interchange.twee.telling import Teller, once_each
from concerted.packs.manuscript.keys import KEY, KEY_MOST, key_of, unlike
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import load_yaml
from concerted.packs.workshop.writing import DEBRIEF_KEY, whole, write_scene
from concerted.practice.scenario.story import Choice, Passage
from concerted.text.rules import SectionText

#: Passages that tell the program how to show a story; ours are written anew from the head.
SPECIAL = {
    "StoryTitle", "StoryData", "StoryInit", "StoryCaption", "StoryMenu", "StoryBanner", "StoryAuthor", "StorySubtitle",
    "StoryDisplayTitle", "StoryInterface", "StorySettings", "StoryShare", "PassageHeader", "PassageFooter",
    "PassageReady", "PassageDone",
}  # fmt: skip
_CODE = {"script", "stylesheet", "widget", "init", "Twine.image", "Twine.private"}
#: Those of the special passages that say nothing a scenario lacks.
_SILENT = {"StoryTitle", "StoryData", "StoryInit"}
#: Chapbook parts what changes from the words by a line of two hyphens; a file need not name its format.
_VARS = re.compile(r"\A(?:[^\n:]+:[^\n]*\n)+--[ \t]*$|^\[(?:if|unless) [^\[\]]+\][ \t]*$", re.MULTILINE)


@dataclass
class _Story:
    """What is known of the story while it is read."""

    faults: Faults
    passages: list[Passage] = field(default_factory=list)
    words: dict[str, SectionText] = field(default_factory=dict)
    arrivals: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


def read_twee(text: str, name: str, faults: Faults) -> str | None:
    """The scenario's file for a story; None, and a fault, where there is no story. `name`: its code if it has no title.

    Findings are warnings: what is not taken along, with passage, line and what to do.
    """
    found = read_container(text)
    told = {one.name: one for one in found}
    shown = [one for one in found if one.name not in SPECIAL and not {HEAD, NOTE, ONWARD, *_CODE} & set(one.tags)]
    shown = once_each(shown, faults)
    if not shown:
        faults.add(1, _("There is no story in this file."), _("Take the Twee file that Twine or Tweego writes."))
        return None
    facts = _facts(told.get("StoryData"), faults)
    ours = _head(told.get(HEAD), faults)
    if not ours:
        _tell_special(found, faults)
    start = _start(told.get(facts.get("start") or "Start"), told)
    shown.sort(key=lambda one: (DEBRIEF in one.tags, one.name != start))
    story = _read(shown, str(facts.get("format", "")), faults)
    init = told["StoryInit"].body if "StoryInit" in told else ""
    numbers = first_numbers(init, story.arrivals.pop(story.passages[0].key, []))
    _arrive(story)
    told_of_names(text, faults)
    title = told["StoryTitle"].body.strip() if "StoryTitle" in told else ""
    head = head_with(ours or {"scenario": key_of(title or name), "title": title or name}, numbers, story.passages)
    return whole(head, _scenes(story))


def _start(passage: TweePassage | None, told: dict[str, TweePassage]) -> str:
    """The name of the first passage: what stands before it in our own files leads there."""
    if passage is None or NOTE not in passage.tags:
        return passage.name if passage else ""
    links = [link_parts(piece.text)[1] for piece in scan(passage.body, passage.line) if piece.kind == "link"]
    return next((name for name in links if name in told), "")


def _facts(passage: TweePassage | None, faults: Faults) -> dict[str, Any]:
    try:
        found = json.loads(passage.body) if passage else {}
    except ValueError:
        faults.warn(passage.line if passage else 1, _("StoryData is not JSON."), _("The first passage is the start."))
        return {}
    return found if isinstance(found, dict) else {}


def _head(passage: TweePassage | None, faults: Faults) -> dict[str, Any]:
    """The head of a scenario that was ours before."""
    try:
        found = load_yaml(passage.body) if passage else {}
    except yaml.YAMLError:
        found = None
    if passage and not isinstance(found, dict):
        faults.warn(passage.line, _("The head of the scenario cannot be read."), _("Write it anew in the scenario."))
    return found if isinstance(found, dict) else {}


def _tell_special(found: Iterable[TweePassage], faults: Faults) -> None:
    for one in found:
        if _CODE & set(one.tags) or (one.name in SPECIAL and one.name not in _SILENT):
            faults.warn(
                one.line,
                _("The passage “%(passage)s” is not taken along: it tells Twine how to show the story.")
                % {"passage": one.name[:60]},
                _("Nothing is to be done, unless it holds words for the reader."),
            )


def _read(shown: list[TweePassage], kind: str, faults: Faults) -> _Story:
    keys = _keys(shown)
    story = _Story(faults)
    chapbook = kind.lower() == "chapbook" or (not kind and any(_VARS.search(one.body) for one in shown))
    if kind and kind.lower() not in ("chapbook", "sugarcube"):
        faults.warn(
            1,
            _("The story format %(kind)s is not known here; only links are taken along.") % {"kind": kind[:40]},
            _("Change it to SugarCube or Chapbook in Twine, or say the rest in words."),
        )
    for one in shown:
        tell = Teller(one.name, faults)
        reader = Chapbook(tell) if chapbook else SugarCube(tell)
        assembly = Assembly(keys[one.name], keys, tell)
        assembly.take(reader.read(one.body, one.line + 1))
        _add(story, one, assembly)
    return story


def _add(story: _Story, one: TweePassage, assembly: Assembly) -> None:
    shared = DEBRIEF in one.tags and bool(assembly.parts)
    ending = ENDING in one.tags or not (assembly.choices or shared)
    speaker = next((tag.removeprefix(SPEAKER) for tag in one.tags if tag.startswith(SPEAKER)), "")
    passage = assembly.passage(one.name, ending=ending, speaker=speaker)
    story.words |= assembly.words
    if shared:
        section = story.words[passage.key]
        story.words[passage.key] = replace(section, kind="debrief")
        return
    story.passages.append(passage)
    if assembly.arrival:
        story.arrivals[passage.key] = assembly.arrival


def _keys(shown: list[TweePassage]) -> dict[str, str]:
    """Name of a passage -> its key: the name itself where it can be one."""
    keys: dict[str, str] = {}
    taken = {DEBRIEF_KEY}
    for one in shown:
        own = one.name if KEY.fullmatch(one.name) and len(one.name) <= KEY_MOST else key_of(one.name)
        if one.name not in keys:
            keys[one.name] = DEBRIEF_KEY if DEBRIEF in one.tags else unlike(own, taken)
            taken.add(keys[one.name])
    return keys


def _arrive(story: _Story) -> None:
    """What changes whenever somebody arrives, moved to the choices that lead there: here only those change numbers."""
    said = {key: ", ".join(effect for _line, effect in effects) for key, effects in story.arrivals.items()}
    untold = dict.fromkeys(
        way.to for one in story.passages for choice in one.choices if len(choice.ways) > 1 for way in choice.ways
    )
    for number, passage in enumerate(story.passages):
        choices = tuple(_changing(one, said) for one in passage.choices)
        story.passages[number] = replace(passage, choices=choices)
    for key in untold:
        if key in said:
            Teller(key, story.faults)(story.arrivals[key][0][0], said[key])


def _changing(choice: Choice, said: dict[str, str]) -> Choice:
    to = choice.ways[0].to
    if len(choice.ways) > 1 or to not in said:
        return choice
    return replace(choice, effects=", ".join(part for part in (choice.effects, said[to]) if part))


def _scenes(story: _Story) -> list[str]:
    scenes = [write_scene(one.key, "ending" if one.ending else "passage", story.words, one) for one in story.passages]
    if DEBRIEF_KEY in story.words:
        scenes.append(write_scene(DEBRIEF_KEY, "debrief", story.words, None))
    return scenes
