from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from concerted.kit.charts import Bar, Chart, Series, Tone, bars, stacked
from concerted.kit.digits import localise
from concerted.maths.apart import OTHERS
from concerted.training.queries.items import ItemShown
from concerted.training.queries.parting import PartingShown

_TONES: tuple[Tone, ...] = ("f1", "f2", "f3", "f4", "f5", "f0")


def letter(place: int) -> str:
    """What a choice is called in a chart and in the list beside it: A, B, C.

    >>> letter(0), letter(2)
    ('A', 'C')
    """
    return chr(ord("A") + place)


def items_chart(items: Sequence[ItemShown]) -> Chart:
    """A bar a question, the hardest first: how many in a hundred were right."""
    label = _("Question %(n)s")
    hardest = min(item.share.right for item in items)
    return bars(
        _("Right at the first attempt, in 100 people"),
        [Bar(label % {"n": localise(place)}, item.share.right) for place, item in enumerate(items, start=1)],
        finding=_("In the hardest question, about %(n)s in 100 are right") % {"n": localise(hardest)},
        heads=(_("Question"), _("Right in 100")),
        top=100,
    )


def parting_chart(shown: PartingShown, sectors: Iterable[tuple[str, str]]) -> Chart:
    """A bar a sector, in parts by choice, in per cent. `sectors`: code and name."""
    names = {**dict(sectors), "": _("No post"), OTHERS: _("Smaller sectors together")}
    one, other = (names.get(code, code) for code in shown.parting.furthest)
    people = _("%(sector)s, %(n)s or more")
    bars = [
        (people % {"sector": names.get(part.sector, part.sector), "n": localise(part.people)}, part.shares)
        for part in shown.parting.sectors
    ]
    if shown.parting.apart:
        differ = _("%(one)s and %(other)s differ most: about %(n)s in 100 chose otherwise")
        finding = localise(differ) % {"one": one, "other": other, "n": localise(shown.parting.apart)}
    else:
        finding = _("No difference to be seen")
    return stacked(
        _("Choices by sector, in per cent"),
        bars,
        [Series(key, letter(place), _TONES[min(place, 5)]) for place, (key, _words) in enumerate(shown.choices)],
        finding=finding,
        head=_("Sector and people"),
        totals=False,
    )
