"""A manuscript into a module: which headings are units, which are sections, and what each section says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concerted.packs.manuscript.keys import KEY, KEY_MOST, RESERVED, key_of, split_key, unlike
from concerted.packs.manuscript.markdown import markdown_of
from concerted.packs.manuscript.refusal import ManuscriptRefused
from concerted.packs.manuscript.tree import Block, Heading, LeftOut, Manuscript, Paragraph, words_of

UNITS_MOST, SECTIONS_MOST = 99, 200
#: A unit's file is at most 400 KB (`reading.files`), its head included.
UNIT_BYTES_MOST = 390_000
BYTES_MOST = 4_000_000
TITLE_MOST, SECTION_TITLE_MOST, SUMMARY_MOST = 120, 300, 600
#: Words of a lesson that are read with thought in a minute; its author corrects the guess.
WORDS_A_MINUTE = 130
MINUTES_MOST = 240
#: Words below the heading of a unit, before its first section.
START = "start"


@dataclass(frozen=True)
class Part:
    """A section. Its title is empty where the words stand directly below the unit's."""

    key: str
    title: str
    markdown: str


@dataclass(frozen=True)
class UnitOutline:
    title: str
    minutes: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ModuleOutline:
    """A module as a document tells it; its aims and questions are still to be written."""

    title: str
    summary: str
    units: tuple[UnitOutline, ...]
    left_out: tuple[LeftOut, ...] = ()
    changed: tuple[tuple[str, int], ...] = ()


def outline(manuscript: Manuscript, name: str = "") -> ModuleOutline:
    """The module in a manuscript. `name`: its title where the document has none, say the file's name.

    The title is the line in the style Title, or a heading above all others that stands first and alone. The highest
    level of headings below are units, the next one sections; those deeper stay headings inside their section.
    Raises ManuscriptRefused when there is no heading, no word below one, or one is too long or has a key twice.
    """
    title, blocks = _titled(manuscript)
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    before, units = _cut(blocks, levels[0]) if levels else (blocks, [])
    summary, before = _summary(before, alone=not units)
    title = _short(title, TITLE_MOST) if title else Heading(0, (manuscript.title or name)[:TITLE_MOST], 1)
    if before or not units:
        units = [(title, before), *units]
    left_out = list(manuscript.left_out)
    done = [unit for head, body in units if (unit := _unit(head, body, levels[1:], left_out))]
    if not done:
        raise ManuscriptRefused(_("There are no words below the headings."), _("Write them, then bring it again."))
    if sum(map(_size, done)) > BYTES_MOST:
        raise ManuscriptRefused(_("The document is too long to be read at once."), _("Cut it in two."))
    if len(done) > UNITS_MOST:
        raise ManuscriptRefused(
            _("The document would make more than %(most)s units.") % {"most": UNITS_MOST},
            _("Cut it in two, or give its smaller headings a lower level."),
        )
    return ModuleOutline(split_key(title.text)[0], summary, tuple(done), tuple(left_out), manuscript.changed)


def _titled(manuscript: Manuscript) -> tuple[Heading | None, list[Block]]:
    """The title of the whole, and everything else."""
    headings = [block for block in manuscript.blocks if isinstance(block, Heading)]
    if not headings:
        raise ManuscriptRefused(
            _("The document has no headings."),
            _("Give its titles the styles “Heading 1”, “2” and “3”: large or bold letters are not enough."),
        )
    first = headings[0]
    alone = all(first.level < other.level for other in headings[1:])
    title = first if first.level == 0 or alone else None
    # A second line in the style Title is a heading like the highest ones.
    rest = [block for block in manuscript.blocks if block is not title]
    return title, [
        Heading(1, block.text, block.place) if isinstance(block, Heading) and block.level == 0 else block
        for block in rest
    ]


def _cut(blocks: Sequence[Block], level: int) -> tuple[list[Block], list[tuple[Heading, list[Block]]]]:
    """What stands before the first heading of that level or above, and each such heading with what stands below it."""
    before: list[Block] = []
    cut: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            cut.append((block, []))
        else:
            (cut[-1][1] if cut else before).append(block)
    return before, cut


def _summary(before: list[Block], *, alone: bool) -> tuple[str, list[Block]]:
    """The first paragraph below the title, where it is short enough to be one, and not all that the module says."""
    if (
        len(before) > alone
        and isinstance(before[0], Paragraph)
        and len(words := words_of(before[0].runs)) <= SUMMARY_MOST
    ):
        return words, before[1:]
    return "", before


def _short(heading: Heading, most: int) -> Heading:
    if len(heading.text) > most:
        raise ManuscriptRefused(
            _("The heading “%(words)s…” in paragraph %(place)s is longer than %(most)s signs.")
            % {"words": heading.text[:40], "place": heading.place, "most": most},
            _("Shorten it, or make it a paragraph."),
        )
    return heading


def _unit(head: Heading, body: list[Block], levels: list[int], left_out: list[LeftOut]) -> UnitOutline | None:
    """A unit and its sections; None, and noted as left out, when no word stands below its heading."""
    title = split_key(_short(head, TITLE_MOST).text)[0]
    level = levels[0] if levels else head.level + 1
    before, sections = _cut(body, level)
    parts = [Part(START, "", markdown_of(before, level))] if before else []
    parts += _sections(sections, level, {START} if before else set(), left_out)
    if not parts:
        left_out.append(LeftOut("heading", head.place, head.text))
        return None
    count = sum(len(part.markdown.split()) for part in parts)
    unit = UnitOutline(title, min(max(1, -(-count // WORDS_A_MINUTE)), MINUTES_MOST), tuple(parts))
    if _size(unit) > UNIT_BYTES_MOST:
        raise ManuscriptRefused(
            _("The unit “%(title)s” is larger than 390 KB.") % {"title": title},
            _("Give it more headings of the same level, so that it becomes several units."),
        )
    return unit


def _size(unit: UnitOutline) -> int:
    return sum(len(part.title.encode()) + len(part.markdown.encode()) for part in unit.parts)


def _sections(
    sections: Sequence[tuple[Heading, list[Block]]], level: int, taken: set[str], left_out: list[LeftOut]
) -> Iterator[Part]:
    """Keys that authors wrote are kept as they are, so they are given out before those made of headings."""
    if len(sections) > SECTIONS_MOST:
        raise ManuscriptRefused(
            _("A unit would have more than %(most)s sections.") % {"most": SECTIONS_MOST},
            _("Give it more headings of the level above, so that it becomes several units."),
        )
    written = _written(sections, taken)
    taken = taken | set(written.values())
    for head, body in sections:
        if not body:
            left_out.append(LeftOut("heading", head.place, head.text))
            continue
        words = split_key(_short(head, SECTION_TITLE_MOST).text)[0]
        key = written.get(head.place) or unlike(key_of(words), taken)
        taken.add(key)
        yield Part(key, words, markdown_of(body, level + 1))


def _written(sections: Sequence[tuple[Heading, list[Block]]], taken: set[str]) -> dict[int, str]:
    """Paragraph -> the key its author wrote there."""
    found: dict[int, str] = {}
    for head, _body in sections:
        key = split_key(head.text)[1]
        if key is None:
            continue
        if not KEY.fullmatch(key) or len(key) > KEY_MOST or RESERVED.fullmatch(key):
            raise ManuscriptRefused(
                _("“%(key)s” in paragraph %(place)s cannot be a key.") % {"key": key[:40], "place": head.place},
                _("Use small letters, digits and hyphens, at most 40; not title, note, summary, head or aim-1."),
            )
        if key in taken or key in found.values():
            raise ManuscriptRefused(
                _("The key “%(key)s” in paragraph %(place)s stands in this unit already.")
                % {"key": key, "place": head.place},
                _("Give each section a key of its own, or leave the keys out."),
            )
        found[head.place] = key
    return found
