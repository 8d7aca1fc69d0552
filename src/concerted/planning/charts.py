"""Pictures of a projection: posts month by month, hours in which women do not get through, and money by year."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.kit import digits
from concerted.kit.charts import Chart, Month, Series, Tone, fan, hours_of_week, stacked
from concerted.planning.names import plan_month
from concerted.planning.rules.projection import MONEY, Measure, Projection
from concerted.planning.wording import MEASURES, service_name

_TONES: dict[Measure, Tone] = {Measure.ONE_OFF: "f2", Measure.RECURRENT: "f1"}
#: From which yearly sum on money is drawn in thousands, or millions: more digits do not fit behind a bar.
_MANY = 100_000
_MONEY_TITLES = {
    1: gettext_lazy("Money, year by year, in %(currency)s"),
    1000: gettext_lazy("Money, year by year, in thousands of %(currency)s"),
    1_000_000: gettext_lazy("Money, year by year, in millions of %(currency)s"),
}


def posts_chart(told: Projection, unit: str, service: str) -> Chart:
    """Posts needed with their band, beside the posts filled today."""
    low, mid, high = told.series(Measure.POSTS, unit, service).tolist()
    name, first = service_name(told.plan, service), told.first_short(unit, service)
    names = [plan_month(month) for month in told.months]
    months = [Month(*values) for values in zip(names, low, mid, high, strict=True)]
    if first is None:
        finding = _("%(service)s: the posts of today suffice") % {"service": name}
    else:
        finding = _("%(service)s: short of posts from %(month)s") % {
            "service": name,
            "month": names[first],
        }
    return fan(
        _("Posts needed, month by month: %(service)s") % {"service": name},
        months,
        limit=(_("Filled today:"), told.filled(unit, service)),
        finding=finding,
        why=_("The line is the plan. In eight of ten likely cases it falls inside the band."),
        places=1,
    )


def hours_chart(told: Projection, service: str, unit: str) -> Chart:
    """Women who do not get through in each hour of the week, with the posts of today."""
    week = told.line(service, unit)
    day, hour = divmod(week.worst_hour, 24)
    worst = {"day": WEEKDAYS[day], "hour": digits.localise(f"{hour:02}:00")}
    return hours_of_week(
        _("Women who do not get through, by hour of the week"),
        week.lost.tolist(),
        finding=_("Most women do not get through on %(day)s at %(hour)s") % worst,
        why=_("In the last month, with the posts of today in the hours that need them most. The fuller, the more."),
        tone="f-gap",
    )


def money_chart(told: Projection, unit: str) -> Chart | None:
    """What each year of the plan costs, once and again and again; None where nothing costs anything."""
    years: dict[str, dict[str, float]] = {}
    for measure in MONEY:
        _low, mid, _high = told.series(measure, unit).tolist()
        for month, value in zip(told.months, mid, strict=True):
            year = years.setdefault(month[:4], {})
            year[measure] = year.get(measure, 0.0) + value
    sums = {year: sum(parts.values()) for year, parts in years.items()}
    if not any(sums.values()):
        return None
    most = max(sums, key=lambda year: sums[year])
    scale = 1 if sums[most] < _MANY else 1000 if sums[most] < 1000 * _MANY else 1_000_000
    title = str(_MONEY_TITLES[scale]) % {"currency": told.plan.money.currency}
    planned = _("As planned. A year that the plan does not fill counts the months that it has.")
    return stacked(
        title,
        [
            (digits.localise(year), {measure: round(value / scale) for measure, value in parts.items()})
            for year, parts in years.items()
        ],
        [Series(measure, str(MEASURES[measure]), _TONES[measure]) for measure in MONEY],
        finding=_("Most money is needed in %(year)s") % {"year": digits.localise(most)},
        # The finding takes the place of the title, which alone says what the numbers are in.
        why=f"{title}. {planned}",
        head=_("Year"),
    )
