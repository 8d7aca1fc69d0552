"""The format of scenarios, written: what `packs.reading.scenarios` reads comes back the same."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from concerted.practice.scenario.story import DEBRIEF, Choice, Passage, Story, Variable
from concerted.text.rules import SectionText
from concerted.training.slots import SLOT

DEBRIEF_KEY = "debrief"


def write_scene(key: str, kind: str, words: Mapping[str, SectionText], passage: Passage | None) -> str:
    """A passage, an ending, or the look back all endings share (`passage` None), as its block in the file.

    `words`: key -> section; those of this passage are `key`, `key.a`, `key.a.why` and so on.
    """
    head = words[key]
    facts = [f"#{key}"]
    if passage is not None and passage.skip:
        facts.append(f"skip={passage.skip}")
    if kind != "passage":
        facts.append(f"kind={kind}")
    if speaker := head.data.get("speaker"):
        facts.append(f"speaker={speaker}")
    parts = [f"## {head.title} {{{' '.join(facts)}}}", head.markdown]
    if passage is not None:
        for block in passage.blocks:
            effects = f" | {block.effects}" if block.effects else ""
            said = words[f"{key}.{block.key}"].markdown
            parts.append(f"::: {block.key} if {block.when}{effects}\n{said}\n:::")
        parts.append("\n".join(line for choice in passage.choices for line in _choice(key, choice, words)))
    for part in DEBRIEF:
        if f"{key}.{part}" in words:
            parts.append(f"### {part}\n{words[f'{key}.{part}'].markdown}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _choice(key: str, choice: Choice, words: Mapping[str, SectionText]) -> Iterator[str]:
    place = f"{key}.{choice.key}"
    label = words[place].markdown
    if len(choice.ways) == 1 and not choice.ways[0].when:
        yield f"- [{choice.key}] {label} -> {choice.ways[0].to}"
    else:
        yield f"- [{choice.key}] {label}"
        yield from (f"  -> {way.to}{f' if {way.when}' if way.when else ''}" for way in choice.ways)
    if choice.when:
        yield f"  if: {choice.when}"
    if choice.effects:
        yield f"  effects: {choice.effects}"
    if place + ".why" in words:
        yield from (f"  > {line}".rstrip() for line in words[place + ".why"].markdown.split("\n"))
    if place + ".basis" in words:
        yield f"  basis: {words[place + '.basis'].markdown}"


def write_head(facts: Mapping[str, Any]) -> str:
    """The facts at the head of a file, without its two lines of hyphens; empty ones are left out."""
    return "".join(
        yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False)
        for key, value in facts.items()
        if value not in ("", None, [], {})
    )


def head_facts(
    code: str, minutes: int, sectors: Iterable[str], words: Mapping[str, SectionText], story: Story
) -> dict[str, Any]:
    """The head of a scenario, as `write_head` writes it; its slots are those its words hold."""
    facts = head_of_words(code, minutes, words, story.variables, {"sectors": list(sectors)})
    return facts | {"interrupts": [f"{one.when} -> {one.to}" for one in story.interrupts]}


def head_of_words(
    code: str, minutes: int, words: Mapping[str, SectionText], variables: Iterable[Variable], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """What a head says whoever plays; `facts` stand behind the minutes."""
    aims = [section for key, section in words.items() if key.startswith("aim-")]
    return {
        "scenario": code,
        **{key: words[key].markdown for key in ("title", "summary", "you", "note") if key in words},
        "minutes": minutes,
        **facts,
        "slots": sorted({slot for section in words.values() for slot in SLOT.findall(section.markdown)}),
        "aims": {int(section.key.removeprefix("aim-")): section.markdown for section in aims},
        "variables": {one.name: _variable(one, words) for one in variables},
    }


def _variable(variable: Variable, words: Mapping[str, SectionText]) -> Any:
    if variable == Variable(variable.name):
        return "flag"
    key = f"variable.{variable.name}"
    facts = {
        "label": words[key].markdown if key in words else "",
        "start": variable.start,
        "range": f"{variable.low}-{variable.high}",
        "shown": variable.shown,
        "bands": {f"{band.low}-{band.high}": words[f"{key}.{band.code}"].markdown for band in variable.bands},
    }
    return {name: value for name, value in facts.items() if value not in ("", {})}


def whole(head: str, blocks: Iterable[str]) -> str:
    """The whole file."""
    return "\n".join([f"---\n{head.rstrip()}\n---\n", *(f"{block.rstrip()}\n" for block in blocks)])
