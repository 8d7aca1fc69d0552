"""The sections below a head: headings with their keys and what they say of themselves, and the lines under each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults

CONTENT = ("text", "image", "audio", "link", "download")
QUESTIONS = ("single", "multiple", "ordering", "matching", "short", "numeric", "hotspot", "reflection")
_HEADING = re.compile(r"^## +(.*?)\s*(?:\{(#[^{}]*)\})?\s*$")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALLOWED = frozenset({"kind", "file", "href", "track", "aim", "of", "tags", "rests", "size"})


@dataclass(frozen=True)
class Block:
    """One section as it stands in the file."""

    line: int
    title: str
    key: str
    kind: str = "text"
    facts: dict[str, str] = field(default_factory=dict)
    body: tuple[tuple[int, str], ...] = ()

    @property
    def markdown(self) -> str:
        return "\n".join(text for _line, text in self.body).strip("\n")


def _named(text: str, line: int, allowed: frozenset[str], faults: Faults) -> tuple[str, dict[str, str]]:
    """The key and the facts inside the braces of a heading."""
    key, *pairs = text.removeprefix("#").split()
    if not _KEY.fullmatch(key):
        faults.add(line, _("“%(key)s” is not a key.") % {"key": key[:40]}, _("Use small letters, digits and hyphens."))
    facts: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if name not in allowed or not equals or not value:
            faults.add(
                line,
                _("“%(pair)s” is not understood here.") % {"pair": pair[:60]},
                _("Write one of: %(names)s, as name=value without blanks.") % {"names": ", ".join(sorted(allowed))},
            )
        facts[name] = value
    return key, facts


def read_blocks(
    lines: list[str],
    first: int,
    faults: Faults,
    *,
    kinds: tuple[str, ...] = CONTENT + QUESTIONS,
    allowed: frozenset[str] = _ALLOWED,
) -> list[Block]:
    """Every section from line `first` on. A heading without a key, or a key used twice, is a fault.

    `kinds`, `allowed`: what a heading may say of itself; the first kind is the usual one.
    """
    blocks: list[Block] = []
    seen: dict[str, int] = {}
    for line, title, braces, body in _cut(lines, first, faults):
        if braces is None or len(braces) < 2:
            faults.add(line, _("This heading has no key."), _("End it with a key in braces, for example {#why}."))
            continue
        key, facts = _named(braces, line, allowed, faults)
        if key in seen:
            faults.add(
                line,
                _("The key “%(key)s” is already used on line %(line)s.") % {"key": key, "line": seen[key]},
                _("Give each section a key of its own."),
            )
            continue
        seen[key] = line
        kind = facts.pop("kind", kinds[0])
        if kind not in kinds:
            faults.add(
                line,
                _("There is no kind “%(kind)s”.") % {"kind": kind[:40]},
                _("Use one of: %(kinds)s.") % {"kinds": ", ".join(kinds)},
            )
            continue
        blocks.append(Block(line, title, key, kind, facts, tuple(body)))
    if not blocks and not seen:
        faults.add(first, _("There is nothing below the head."), _("Write at least one section with a ## heading."))
    return blocks


def _cut(lines: list[str], first: int, faults: Faults) -> Iterator[tuple[int, str, str | None, list[tuple[int, str]]]]:
    """(line, title, braces, body) of every heading."""
    now: tuple[int, str, str | None, list[tuple[int, str]]] | None = None
    for number, text in enumerate(lines[first - 1 :], start=first):
        match = _HEADING.match(text) if text.startswith("## ") else None
        if match:
            if now:
                yield now
            now = (number, match[1], match[2], [])
        elif now:
            now[3].append((number, text))
        elif text.strip():
            faults.add(number, _("These words stand before the first heading."), _("Put them under a ## heading."))
    if now:
        yield now
