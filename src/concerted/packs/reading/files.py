"""Bytes into lines, and YAML with the line of every key. Whatever the bytes are, a fault says where and what to do."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.form_words import not_filled_in

MOST_BYTES = 400_000
QUOTES = "\"'"
_KEY = re.compile(r"^(\w[\w-]*)\s*:")
_ENTRY = re.compile(r"^\s*-\s+(.+?)\s*$")
_NESTED = re.compile(r"^\s+([\w-]+)\s*:")


@dataclass(frozen=True)
class Head:
    """The facts at the head of a file, and the line each stands on."""

    facts: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, key: str) -> int:
        return self.lines.get(key, 1)

    def line_in(self, key: str, value: str) -> int:
        """The line of one entry of a list or mapping; that of the whole where all stand on one."""
        return self.lines.get(f"{key}: {value}", self.line(key))


def read_lines(path: Path, faults: Faults) -> list[str] | None:
    """The lines of a text file; None, and a fault, when it is no text in UTF-8 of sensible size."""
    try:
        content = path.read_bytes()
    except OSError:
        faults.add(1, _("The file cannot be read."), _("Check its name and its permissions."))
        return None
    return lines_of(content, faults)


def lines_of(content: bytes, faults: Faults) -> list[str] | None:
    """The same for the bytes of a file."""
    if len(content) > MOST_BYTES:
        faults.add(1, _("The file is larger than 400 KB."), _("Cut it in two."))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.add(line, _("This line is not UTF-8."), _("Save the file as UTF-8."))
        return None
    if "\x00" in text:
        faults.add(
            text[: text.index("\x00")].count("\n") + 1, _("This line holds a NUL byte."), _("Save the file as UTF-8.")
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class Loader(yaml.SafeLoader):
    """Tells where a value stands that looks like a day or a number and is none: 31 February."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(problem=str(error), problem_mark=node.start_mark) from error


def load_yaml(text: str) -> Any:
    """What `text` says as YAML. Whatever is wrong with it is a YAMLError."""
    try:
        return Loader(text).get_single_data()
    except RecursionError:
        raise yaml.YAMLError("It is built too deep.") from None


def read_yaml(lines: list[str], faults: Faults, *, first: int = 1) -> Head | None:
    """A mapping in YAML that begins on line `first` of its file; None, and a fault, when it is none."""
    try:
        facts = load_yaml("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        remedy = _("Write `key: value`; put a value that holds a colon in quotes.")
        if isinstance(error.__cause__, ValueError):
            remedy = _("Put the value in quotes.")
        faults.add(first + (mark.line if mark else 0), _("This line is not YAML."), remedy)
        return None
    if not isinstance(facts, dict):
        faults.add(first, _("There are no facts here."), _("Write them as `key: value`, one a line."))
        return None
    where: dict[str, int] = {}
    key = ""
    for number, line in enumerate(lines, start=first):
        match = _KEY.match(line)
        key = match[1] if match else key
        if entry := _ENTRY.match(line) or _NESTED.match(line):
            where[f"{key}: {entry[1].strip(QUOTES)}"] = number
        if match and match[1] in where:
            faults.add(number, _("“%(key)s” stands here twice.") % {"key": match[1]}, _("Take one of the two away."))
        elif match:
            where[match[1]] = number
    return Head(facts, where)


def split_head(lines: list[str], faults: Faults) -> tuple[Head, int] | None:
    """The head between two lines `---` and the number of the first line below it."""
    if not lines or lines[0].strip() != "---":
        faults.add(
            1, _("The file does not begin with its head."), _("Put the facts between two lines of three hyphens.")
        )
        return None
    ends = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    if ends is None:
        faults.add(1, _("The head does not end."), _("Close it with a line of three hyphens."))
        return None
    head = read_yaml(lines[1:ends], faults, first=2)
    return (head, ends + 2) if head is not None else None


def warn_of_others(head: Head, known: Collection[str], faults: Faults) -> None:
    """A key that is not read, as when `prerequisites` is mistyped, would be passed over in silence."""
    for key in (str(one) for one in head.facts if one not in known):
        faults.warn(
            head.line(key),
            _("“%(pair)s” is not understood here.") % {"pair": key[:60]},
            _("Write one of: %(names)s.") % {"names": ", ".join(sorted(known))},
        )


def text_of(head: Head, key: str, faults: Faults, *, needed: bool = True, most: int = 600) -> str:
    """A fact that is words."""
    value = head.facts.get(key)
    if value is None or value == "":
        if needed:
            told = _("“%(key)s” is missing.") % {"key": key}, _("Write it at the head of the file.")
            faults.add(head.line(key), *(told if faults.titles is None else not_filled_in(key)))
        return ""
    if not isinstance(value, str):
        faults.add(head.line(key), _("“%(key)s” is not words.") % {"key": key}, _("Put the value in quotes."))
        return ""
    if len(value) > most:
        faults.add(
            head.line(key),
            _("“%(key)s” is longer than %(most)s signs.") % {"key": key, "most": most},
            _("Shorten it."),
        )
    return value


def code_of(
    head: Head, key: str, faults: Faults, pattern: str = r"[a-z0-9]+(-[a-z0-9]+)*", *, needed: bool = True
) -> str:
    """A fact that is a code."""
    value = text_of(head, key, faults, needed=needed, most=60)
    if value and not re.fullmatch(pattern, value):
        faults.add(
            head.line(key),
            _("“%(value)s” is not a code.") % {"value": value[:60]},
            _("Use small letters, digits and hyphens."),
        )
    return value


def number_of(head: Head, key: str, faults: Faults, *, least: int, most: int, usual: int | None = None) -> int:
    """A fact that is a whole number; `usual` stands in when it is missing."""
    value = head.facts.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        faults.add(
            head.line(key),
            _("“%(key)s” must be a whole number from %(least)s to %(most)s.")
            % {"key": key, "least": least, "most": most},
            _("Write the number in digits, without quotes."),
        )
        return least
    return value


def truth_of(head: Head, key: str, faults: Faults) -> bool:
    """A fact that is yes or no; no when it is missing."""
    value = head.facts.get(key, False)
    if not isinstance(value, bool):
        faults.add(head.line(key), _("“%(key)s” is neither yes nor no.") % {"key": key}, _("Write true or false."))
        return False
    return value


def list_of(head: Head, key: str, faults: Faults) -> list[str]:
    """A fact that is a list of words; none is an empty list."""
    value = head.facts.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        faults.add(
            head.line(key),
            _("“%(key)s” is not a list of words.") % {"key": key},
            _("Write it as [one, two], or as []."),
        )
        return []
    return value
