"""Blocks of a manuscript as Markdown, in which no word of the author is markup by accident."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from concerted.kit.markdown import plain
from concerted.packs.manuscript.tree import Block, Heading, Paragraph, Point, Run, words_of
from concerted.text.rules import SLOT
from concerted.training.slots import KNOWN

_MARKS = re.compile(r"[\\`*_\[\]<{}]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BEGINS = re.compile(r"^(?=[-+#>=|:~])|^(\d{1,9})(?=[.)])")
_DEEPEST = 6


def is_slot(name: str) -> bool:
    """Whether braces around a name are a local slot, and not just braces."""
    return name in KNOWN or "." in name


def _escaped(text: str) -> str:
    """Words without a meaning to Markdown; local slots stay as they are."""
    parts, end = [], 0
    for slot in SLOT.finditer(text):
        if is_slot(slot[1]):
            parts += [_plainly(text[end : slot.start()]), slot[0]]
            end = slot.end()
    return "".join([*parts, _plainly(text[end:])])


def _plainly(text: str) -> str:
    return _ENTITY.sub(r"\\&", _MARKS.sub(r"\\\g<0>", text))


def _begun(line: str) -> str:
    """A line that does not begin like a heading, list, quotation or table."""
    return _BEGINS.sub(lambda match: f"{match[1] or ''}\\", line)


def _styled(runs: Sequence[Run]) -> Iterator[str]:
    for (bold, italic, href), some in groupby(runs, lambda run: (run.bold, run.italic, run.href)):
        text = "".join(run.text for run in some)
        words = text.strip()
        if not words:
            yield text
            continue
        mark = "*" * (2 * bold + italic)
        said = f"{mark}{_escaped(words)}{mark}"
        if href:
            said = f"[{said}](<{href}>)"
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        yield f"{before}{said}{after}"


def _tidy(markdown: str) -> str:
    """Blanks as Markdown reads them, each break of a line as a hard one."""
    lines = [" ".join(line.split()) for line in markdown.split("\n")]
    return "\\\n".join(_begun(line) for line in lines if line)


def inline(runs: Sequence[Run]) -> str:
    """Words with bold, italic and links. Where Markdown cannot say it, as within a word, the words stay plain."""
    said = _tidy("".join(_styled(runs)))
    if plain(said) == words_of(runs):
        return said
    return _tidy(_escaped("".join(run.text for run in runs)))


def markdown_of(blocks: Sequence[Block], top: int) -> str:
    """Blocks in order. `top`: the level of headings that stand directly below a section."""
    parts = []
    for in_list, some in groupby(blocks, lambda block: isinstance(block, Point)):
        if in_list:
            parts.append(_listed([block for block in some if isinstance(block, Point)]))
            continue
        for block in some:
            if isinstance(block, Heading):
                level = min(max(3 + block.level - top, 3), _DEEPEST)
                parts.append(f"{'#' * level} {_escaped(block.text)}")
            elif isinstance(block, Paragraph):
                parts.append(inline(block.runs))
    return "\n\n".join(parts)


def _listed(points: Sequence[Point]) -> str:
    """A list, those inside it moved in below the words of the point they belong to."""
    lines: list[str] = []
    #: For each list that stands open: its numbering, how many points it has, and how wide its mark is.
    above: list[tuple[str, int, int]] = []
    for point in points:
        if point.follows and above:
            above = above[: point.depth + 1]
            lines += ["", *_moved_in(inline(point.runs), sum(width for _series, _count, width in above))]
            continue
        depth = min(point.depth, len(above))
        before = above[depth] if depth < len(above) else ("", 0, 0)
        count = before[1] + 1 if before[0] == point.series else 1
        mark = f"{count}. " if point.ordered else "- "
        above = above[:depth]
        indent = sum(width for _series, _count, width in above)
        first, *rest = inline(point.runs).split("\n")
        lines += [" " * indent + mark + first, *(" " * (indent + len(mark)) + line for line in rest)]
        above.append((point.series, count, len(mark)))
    return "\n".join(lines)


def _moved_in(text: str, width: int) -> list[str]:
    return [" " * width + line for line in text.split("\n")]
