"""What the reader keeps on her sheet, and conditions and changes said in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from django.utils.translation import gettext as _

from concerted.kit.digits import localise
from concerted.packs.interchange.tale import Tale
from concerted.practice.scenario.conditions import Compare, Condition, Effect, Not, Sum
from concerted.practice.scenario.story import Story, Variable

#: What a comparison says of a box that is ticked or not: (operator, number) -> whether it is ticked.
_TICKED = {
    (">=", 1): True, (">", 0): True, ("=", 1): True, ("!=", 0): True,
    ("<", 1): False, ("<=", 0): False, ("=", 0): False, ("!=", 1): False,
}  # fmt: skip
_OTHER = {">=": "<", "<": ">=", "<=": ">", ">": "<=", "=": "!=", "!=": "="}


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet. `boxes`: a flag, or the number of an interruption -> the letter of its box."""

    names: Mapping[str, str]
    boxes: Mapping[str | int, str]
    counted: tuple[Variable, ...]


def _letters(number: int) -> str:
    return ascii_uppercase[number % 26] + (str(number // 26) if number >= 26 else "")


def _is_box(variable: Variable) -> bool:
    return (variable.low, variable.high, variable.shown) == (0, 1, "never")


def sheet_of(tale: Tale) -> Sheet:
    """The sheet of a scenario: a line for each number, and boxes whose letters tell nothing of what is to come."""
    story: Story = tale.story
    flags: list[str | int] = [one.name for one in story.variables if _is_box(one)]
    boxes = {one: _letters(number) for number, one in enumerate([*flags, *range(len(story.interrupts))])}
    counted = tuple(one for one in story.variables if not _is_box(one))
    names, unnamed = {}, 0
    for one in counted:
        label = tale.said(f"variable.{one.name}")
        unnamed += not label
        names[one.name] = label or _("Number %(n)s") % {"n": localise(unnamed)}
    return Sheet(names, boxes, counted)


def condition_said(condition: Condition, sheet: Sheet, *, holds: bool = True) -> str:
    """A condition in words; with `holds` false, that it does not."""
    if isinstance(condition, Compare):
        return _compared(condition if holds else Compare(condition.left, _OTHER[condition.op], condition.right), sheet)
    if isinstance(condition, Not):
        return condition_said(condition.inner, sheet, holds=not holds)
    both = _("%(one)s and %(two)s") if condition.every == holds else _("%(one)s or %(two)s")
    parts = [_inner(part, sheet, holds) for part in condition.parts]
    said = parts[0]
    for part in parts[1:]:
        said = both % {"one": said, "two": part}
    return said


def _inner(condition: Condition, sheet: Sheet, holds: bool) -> str:
    while isinstance(condition, Not):
        condition, holds = condition.inner, not holds
    said = condition_said(condition, sheet, holds=holds)
    return said if isinstance(condition, Compare) else f"({said})"


def _compared(one: Compare, sheet: Sheet) -> str:
    name, right = one.left.parts[0][1], one.right.parts[0][1]
    alone = len(one.left.parts) == len(one.right.parts) == 1
    if alone and name in sheet.boxes and isinstance(name, str) and (one.op, right) in _TICKED:
        said = _("box %(box)s is ticked") if _TICKED[one.op, int(right)] else _("box %(box)s is not ticked")
        return said % {"box": sheet.boxes[name]}
    said = {
        ">=": _("%(what)s is %(n)s or more"),
        "<=": _("%(what)s is %(n)s or less"),
        "=": _("%(what)s is %(n)s"),
        "!=": _("%(what)s is not %(n)s"),
        ">": _("%(what)s is more than %(n)s"),
        "<": _("%(what)s is less than %(n)s"),
    }[one.op]
    return said % {"what": _sum(one.left, sheet), "n": _sum(one.right, sheet)}


def _sum(one: Sum, sheet: Sheet) -> str:
    said = ""
    for sign, part in one.parts:
        words = _name(part, sheet) if isinstance(part, str) else localise(part)
        said += (" + " if sign > 0 else " − ") * bool(said) + words
    return said


def _name(name: str, sheet: Sheet) -> str:
    """What stands on the sheet; a ticked box counts as one where it is added to something."""
    if name in sheet.names:
        return _("“%(name)s”") % {"name": sheet.names[name]}
    return _("box %(box)s (ticked: 1)") % {"box": sheet.boxes[name]}


def changes_said(effects: Iterable[Effect], sheet: Sheet) -> str:
    """What to change on the sheet, in words; nothing where nothing changes."""
    found = []
    for one in effects:
        if one.name in sheet.boxes:
            tick = one.how == "+" or (one.how == "=" and one.amount > 0)
            found.append((_("tick box %(box)s") if tick else _("clear box %(box)s")) % {"box": sheet.boxes[one.name]})
        else:
            said = {"+": _("%(what)s: %(n)s more"), "-": _("%(what)s: %(n)s less"), "=": _("%(what)s: now %(n)s")}
            found.append(said[one.how] % {"what": _name(one.name, sheet), "n": localise(one.amount)})
    return "; ".join(found)
