"""A section as the segments a translator sees: its title, then its blocks of Markdown; and how segments are named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from concerted.text.exchange.codes import Runs, runs_of
from concerted.text.exchange.pairing import aligned
from concerted.text.exchange.segments import Piece

_BREAK = re.compile(r"(?<!\A)\n\n(?!\n|\Z)")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.MULTILINE)
_PLAIN = re.compile(r"[^A-Za-z0-9.-]")


@dataclass(frozen=True, slots=True)
class Part:
    """One segment going out. `state` is a state of `segments.STATES`, or "copy" where the target is only the source."""

    id: str
    mark: str
    source: Runs
    target: Runs
    state: str


def blocks_of(markdown: str) -> list[str]:
    """Markdown split at blank lines, fenced code kept whole; joined by two line feeds it is the same text."""
    blocks: list[str] = []
    fence = ""
    for block in _BREAK.split(markdown) if markdown else []:
        if fence:
            blocks[-1] += "\n\n" + block
        else:
            blocks.append(block)
        for mark in _FENCE.findall(block):
            fence = ("" if mark.startswith(fence) else fence) if fence else mark
    return blocks


def parts_of(piece: Piece, *, prefill: bool) -> Iterator[Part]:
    """The segments of a section, in order. What has no source words has no segment, so target words there stay home.

    Where source and target do not fall into the same number of blocks, the whole text is one segment.
    """
    source, target = blocks_of(piece.source_markdown), blocks_of(piece.target_markdown)
    if target and len(source) != len(target):
        source, target = [piece.source_markdown], [piece.target_markdown]
    target = target or [""] * len(source)
    named = [(str(no), *words) for no, words in enumerate(zip(source, target, strict=True), start=1) if words[0]]
    if piece.source_title:
        named.insert(0, ("title", piece.source_title, piece.target_title))
    for place, (part, was, now) in enumerate(named, start=1):
        mark = f"{piece.source_hash} {place}/{len(named)}"
        yield _part(unit_id(piece.key, part), mark, was, now, piece.state, prefill)


def _part(unit: str, mark: str, source: str, target: str, state: str, prefill: bool) -> Part:
    runs = runs_of(source)
    if not target.strip():
        return Part(unit, mark, runs, runs if prefill else (), "copy" if prefill else "missing")
    runs, other = aligned(runs, runs_of(target))
    if state in ("missing", "draft"):
        state = "copy" if source == target else "draft"
    return Part(unit, mark, runs, other, state)


def group_id(key: str) -> str:
    """A section's key as an XML name token (XML 1.0, section 2.3); other signs become `_hex_`.

    >>> group_id("q1.a b")
    'q1.a_20_b'
    """
    return _PLAIN.sub(lambda sign: f"_{ord(sign[0]):x}_", key)


def unit_id(key: str, part: str) -> str:
    """The name of a segment within its document: the same for every version of the section."""
    return f"{group_id(key)}:{part}"


def key_and_part(unit: str) -> tuple[str, str] | None:
    """The section's key and the part of a segment's name; None if the name is not one of ours."""
    group, _colon, part = unit.rpartition(":")
    if not (group or _colon) or not re.fullmatch(r"title|[1-9][0-9]{0,5}", part):
        return None
    try:
        return re.sub(r"_([0-9a-f]{1,6})_", lambda sign: chr(int(sign[1], 16)), group), part
    except (ValueError, OverflowError):
        return None


def hash_and_place(mark: str | None) -> tuple[str, int, int] | None:
    """Source hash, place and number of segments as a segment's mark holds them; None if it is not one of ours."""
    match = re.fullmatch(r"(\S{0,128}) ([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", mark or "")
    return (match[1], int(match[2]), int(match[3])) if match else None
