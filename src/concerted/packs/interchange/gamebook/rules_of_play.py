"""How a gamebook is played, and the sheet to fill in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concerted.kit.digits import localise
from concerted.packs.interchange.gamebook.sheet import Sheet
from concerted.training.book.tree import Node, clean


def bare(words: str, kind: str = "p") -> Node:
    """Words that hold no Markdown."""
    return Node(kind, (clean(words),))


def how_to_play(sheet: Sheet, level: int) -> Iterator[Node]:
    """The rules and the sheet under a heading of this level."""
    yield Node("heading", (_("How to play"),), level, "how", listed=True)
    yield bare(_("Begin at 1. Read, choose, and turn to the number that stands there, not to the next one."))
    yield bare(
        _("Keep on the sheet what changes, in pencil. No number goes above or below the ends that stand beside it.")
    )
    if sheet.counted:
        yield Node("table", tuple(_lines(sheet)))
    if sheet.boxes:
        yield bare(_("Boxes to tick. All are empty at the start."))
        yield Node("bullets", tuple(bare(f"{box}: ____", "item") for box in sheet.boxes.values()))
    yield bare(_("Write nothing about a real woman on the sheet. Tear it up when you have finished."))


def _lines(sheet: Sheet) -> Iterator[Node]:
    yield _row([_("What changes"), _("From, to"), _("At the start")], "head")
    for one in sheet.counted:
        yield _row([sheet.names[one.name], f"{localise(one.low)}–{localise(one.high)}", localise(one.start)], "cell")


def _row(cells: list[str], kind: str) -> Node:
    return Node("row", tuple(bare(cell, kind) for cell in cells))
