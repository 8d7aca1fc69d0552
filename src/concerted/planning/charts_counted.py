"""Pictures of what was counted: months behind and ahead with the line they may cross, and a plan beside what came."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.kit.charts import Chart, Month, fan
from concerted.kit.dates import in_words
from concerted.kit.digits import number
from concerted.maths.months import add_months
from concerted.planning.names import KINDS
from concerted.planning.queries.beside import BesideMonth, BesidePlan
from concerted.planning.queries.outlook import ServiceOutlook
from concerted.planning.rules.kinds import ServiceKind

#: Months behind that are drawn beside those ahead.
BEHIND = 12


def outlook_chart(found: ServiceOutlook) -> Chart:
    """The last year as it was counted, the months ahead with their range, and what filled posts carry."""
    behind = list(enumerate(found.came))[-BEHIND:]
    months = [
        Month(in_words(add_months(found.first, n), "month"), came, came, came, came)
        for n, came in behind
        if came is not None
    ]
    months += [Month(in_words(one.month, "month"), one.low, one.mid, one.high) for one in found.ahead]
    name = KINDS[ServiceKind(found.service)]
    limit = (_("Filled posts carry:"), found.line.carries) if found.line else None
    return fan(
        _("%(service)s in %(place)s: who turned to it, month by month")
        % {"service": name, "place": found.territory.name},
        months,
        limit=limit,
        why=_("Dots were counted. In eight of ten cases a month to come falls inside the band."),
        source=found.line.source if found.line else "",
        middle=_("Counted, then likely"),
    )


def beside_chart(line: BesidePlan) -> Chart:
    """What the plan said of one authority, month by month, with a dot for what came and how many areas counted."""
    months = [Month(in_words(one.month, "month"), one.low, one.mid, one.high, one.came) for one in line.months]
    newest, areas = line.newest, None
    finding = ""
    if newest is not None:
        facts = {
            "month": in_words(newest.month, "month"),
            "seen": number(round(newest.came or 0)),
            "low": number(round(newest.low)),
            "high": number(round(newest.high)),
            "areas": areas_in_words(newest),
        }
        finding = _("%(month)s: %(seen)s came, the plan said %(low)s to %(high)s") % facts
        if newest.areas is not None:
            finding = _("%(month)s: %(seen)s came (%(areas)s), the plan said %(low)s to %(high)s") % facts
            areas = (_("Areas that counted"), [_of_areas(one) for one in line.months])
    return fan(
        _("Plan and counts: %(place)s") % {"place": line.name},
        months,
        finding=finding,
        why=_("The line is the plan, the dots were counted. In eight of ten likely cases a month is inside the band."),
        more=areas,
    )


def areas_in_words(one: BesideMonth | None) -> str:
    """How many of the areas of a territory counted a month: "2 of 4 areas counted"; empty where it counts as one."""
    if one is None or one.areas is None:
        return ""
    told = ngettext("%(n)s of %(all)s area counted", "%(n)s of %(all)s areas counted", one.areas)
    return told % {"n": number(one.counted), "all": number(one.areas)}


def _of_areas(one: BesideMonth) -> str:
    """The same in a cell of a table."""
    if one.came is None or one.areas is None:
        return "–"
    return _("%(n)s of %(all)s") % {"n": number(one.counted), "all": number(one.areas)}
