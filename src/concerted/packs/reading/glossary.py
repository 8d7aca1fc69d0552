"""The glossary of a pack: words to avoid, what to write instead, and why; see docs/pack-format.md."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import read_lines
from concerted.text.wording import WordEntry, can_be_found

_WORDS = ("language", "prefer", "why")
_LISTS = ("avoid", "terms")
_NEEDED = ("language", "avoid", "prefer", "why")
#: A longer phrase, or a longer reason, nobody reads beside a finding.
LONGEST = 300

_Facts = dict[str, tuple[Any, int]]


def read_glossary(path: Path, faults: Faults) -> tuple[WordEntry, ...]:
    """The sound entries of a glossary; none where the pack has none. Every fault is told on its line."""
    if not path.is_file():
        return ()
    lines = read_lines(path, faults)
    if lines is None:
        return ()
    entries = []
    seen: dict[tuple[str, str], int] = {}
    for line, facts in _entries("\n".join(lines), faults):
        if (entry := _entry(line, facts, faults)) is not None:
            _check_twice(entry, facts["avoid"][1], seen, faults)
            entries.append(entry)
    return tuple(entries)


def _entries(text: str, faults: Faults) -> Iterator[tuple[int, _Facts]]:
    """The facts of every entry, each with its line: YAML is read as nodes, for those know where they stand."""
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            faults.add(1, _("There are no entries here."), _("Write them as a list, each with its facts."))
            return
        for node in root.value:
            yield node.start_mark.line + 1, _facts(node, loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        faults.add(
            mark.line + 1 if mark else 1,
            _("This line is not YAML."),
            _("Write `key: value`; put a value that holds a colon in quotes."),
        )


def _facts(node: yaml.Node, loader: yaml.SafeLoader) -> _Facts:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {
        str(key.value): (loader.construct_object(value, deep=True), key.start_mark.line + 1)
        for key, value in node.value
    }


def _entry(line: int, facts: _Facts, faults: Faults) -> WordEntry | None:
    """One entry; None, and its faults, when a fact is missing or cannot be used."""
    before = len(faults.found)
    for name in _NEEDED:
        if not facts.get(name, ("", 0))[0]:
            faults.add(line, _("The entry has no “%(name)s”.") % {"name": name}, _("Write it, or take the entry away."))
    for name, (value, place) in facts.items():
        _check_fact(name, value, place, faults)
    if len(faults.found) > before:
        return None
    avoid, terms = (tuple(facts[name][0] if name in facts else ()) for name in _LISTS)
    return WordEntry(facts["language"][0], avoid, facts["prefer"][0], facts["why"][0], terms)


def _check_fact(name: str, value: Any, line: int, faults: Faults) -> None:
    if name in _WORDS:
        if value and (not isinstance(value, str) or len(value) > LONGEST):
            faults.add(line, _("“%(key)s” is not words.") % {"key": name}, _("Write at most 300 signs, in quotes."))
        elif name == "language" and value and value not in dict(settings.LANGUAGES):
            faults.add(
                line,
                _("“%(code)s” is not a language of Concerted.") % {"code": value},
                _("Use one of: %(codes)s.") % {"codes": ", ".join(dict(settings.LANGUAGES))},
            )
    elif name not in _LISTS:
        names = ", ".join(sorted((*_WORDS, *_LISTS)))
        faults.add(
            line,
            _("“%(pair)s” is not understood here.") % {"pair": name[:60]},
            _("Write one of: %(names)s.") % {"names": names},
        )
    elif value and (not isinstance(value, list) or not all(_is_phrase(one) for one in value)):
        faults.add(line, _("“%(key)s” is not a list of words.") % {"key": name}, _("Write it as [one, two], or as []."))


def _is_phrase(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and can_be_found(value)


def _check_twice(entry: WordEntry, line: int, seen: dict[tuple[str, str], int], faults: Faults) -> None:
    """One word cannot have two reasons."""
    for words in entry.avoid:
        first = seen.setdefault((entry.language, words.casefold()), line)
        if first != line:
            faults.add(
                line,
                _("“%(words)s” is already avoided on line %(line)s.") % {"words": words, "line": first},
                _("Keep one of the two."),
            )
