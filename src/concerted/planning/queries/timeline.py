"""The initiatives of a plan on a line of months, each with the months it can be moved to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.kit import digits
from concerted.kit.charts import Chart, Span, Stop, spans
from concerted.kit.charts.pen import isolated
from concerted.planning.names import plan_month
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.plan.part import month_named, month_number
from concerted.planning.rules.projection import Fullness, Placed, placed
from concerted.planning.wording import service_name

#: Places that are named where an initiative acts; of more, the number.
_NAMED = 3


@dataclass(frozen=True)
class TimelineRow:
    """An initiative: where it stands, in words, and the months beside the one it begins in."""

    key: str
    name: str
    acts: str
    begins: str
    full: str
    after: str
    earlier: str | None
    later: str | None

    @property
    def place(self) -> str:
        """Where its beginning stands in the file."""
        return f"initiatives.{self.key}.start"


@dataclass(frozen=True)
class PromiseEnds:
    """Promises of money that end within the plan, in one month."""

    month: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    """The drawing with its rows; `promises`: those that end within the plan."""

    chart: Chart
    rows: tuple[TimelineRow, ...]
    promises: tuple[PromiseEnds, ...]


def timeline(plan: Plan) -> Timeline | None:
    """The initiatives of a plan as its engine reckons with them; None where it has none."""
    held = [(one, _row(plan, one)) for one in placed(plan)]
    if not held:
        return None
    promises = tuple(_promises(plan))
    return Timeline(_chart(plan, held, promises), tuple(row for _placed, row in held), promises)


def _row(plan: Plan, held: Placed) -> TimelineRow:
    one, service = held.initiative, service_name(plan, held.initiative.of)
    what = _("Referrals to: %(service)s") % {"service": service} if one.what == "referrals" else service
    return TimelineRow(
        held.key,
        one.name,
        _("%(what)s, %(where)s") % {"what": what, "where": _where(plan, one.territories)},
        plan_month(one.start),
        _full(held),
        _after(held),
        held.earlier,
        held.later,
    )


def _where(plan: Plan, territories: list[str] | None) -> str:
    if territories is None or set(territories) == set(plan.territories):
        return _("everywhere")
    if len(territories) > _NAMED:
        said = {"n": digits.number(len(territories))}
        return ngettext("in %(n)s territory", "in %(n)s territories", len(territories)) % said
    return _(", ").join(isolated(plan.territories[key].name) for key in territories)


def _full(held: Placed) -> str:
    if held.fullness is Fullness.FULL and held.full_from:
        return plan_month(held.full_from)
    if held.fullness is Fullness.NEARLY and held.full_from:
        return _("%(month)s (nine tenths of it)") % {"month": plan_month(held.full_from)}
    most = {"n": digits.number(round(100 * held.most))}
    if held.fullness is Fullness.NEVER:
        return _("never in this plan: %(n)s in 100 of it at most") % most
    return _("after the plan: %(n)s in 100 of it by its end") % most


def _after(held: Placed) -> str:
    one = held.initiative
    if one.support_ends is None:
        return _("It stays.")
    said = {"month": plan_month(one.support_ends)}
    if one.half_life_months is None:
        return _("Support ends with %(month)s; what is there stays.") % said
    half = digits.number(one.half_life_months, 0 if one.half_life_months % 1 == 0 else 1)
    return _("Support ends with %(month)s. Months until half of it is lost: %(n)s.") % (said | {"n": half})


def _promises(plan: Plan) -> Iterator[PromiseEnds]:
    """One that ends with the plan, or before it, leaves no month of it without."""
    names: dict[str, list[str]] = defaultdict(list)
    last = month_named(month_number(plan.start) + plan.months - 1)
    for fund in plan.funding.values():
        if fund.ends is not None and plan.start <= fund.ends < last:
            names[fund.ends].append(fund.name)
    for month in sorted(names):
        yield PromiseEnds(plan_month(month), tuple(names[month]))


def _chart(plan: Plan, held: list[tuple[Placed, TimelineRow]], promises: tuple[PromiseEnds, ...]) -> Chart:
    first = month_number(plan.start)
    months = [plan_month(month_named(first + n)) for n in range(plan.months)]
    begun = [
        Span(row.name, row.acts, row.begins, one.course, (row.acts, row.begins, row.full, row.after), plan.language)
        for one, row in held
    ]
    ends = [
        Stop(
            _(", ").join(one.names), _("promised until then"), one.month, months.index(one.month) + 1, (), plan.language
        )
        for one in promises
    ]
    told = [_("%(name)s begins in %(month)s") % {"name": isolated(row.name), "month": row.begins} for _one, row in held]
    told += [
        _("%(names)s: promised until the end of %(month)s") % {"names": isolated(stop.label), "month": stop.when}
        for stop in ends
    ]
    starts = sorted(one.initiative.start for one, _row in held)
    said = {"month": plan_month(starts[0]), "last": plan_month(starts[-1])}
    if len(starts) == 1:
        finding = _("The initiative begins in %(month)s") % said
    elif starts[0] == starts[-1]:
        finding = _("All initiatives begin in %(month)s") % said
    else:
        finding = _("The first initiative begins in %(month)s, the last in %(last)s") % said
    return spans(
        _("Initiatives, month by month"),
        months,
        begun,
        ends,
        heads=(_("Initiative"), _("Acts on"), _("Begins"), _("Full effect from"), _("Afterwards")),
        desc=_("; ").join(told),
        finding=finding,
        why=_("The fuller the bar, the more of the effect is there, as the plan reckons with it."),
    )
