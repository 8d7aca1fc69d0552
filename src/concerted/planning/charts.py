"""Pictures of a projection: posts month by month, and the hours in which women do not get through."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.kit import digits
from concerted.kit.charts import Chart, Month, fan, hours_of_week
from concerted.planning.rules.projection import Measure, Projection
from concerted.planning.wording import service_name


def posts_chart(told: Projection, unit: str, service: str) -> Chart:
    """Posts needed with their band, beside the posts filled today."""
    low, mid, high = told.series(Measure.POSTS, unit, service).tolist()
    name, first = service_name(told.plan, service), told.first_short(unit, service)
    language = get_language()
    names = [digits.localise(month, language) for month in told.months]
    months = [Month(*values) for values in zip(names, low, mid, high, strict=True)]
    if first is None:
        finding = _("%(service)s: the posts of today suffice") % {"service": name}
    else:
        finding = _("%(service)s: short of posts from %(month)s") % {
            "service": name,
            "month": digits.localise(told.months[first]),
        }
    return fan(
        _("Posts needed, month by month: %(service)s") % {"service": name},
        months,
        limit=(_("Filled today:"), told.filled(unit, service)),
        finding=finding,
        why=_("The line is the plan. In eight of ten draws of chance it turns out inside the band."),
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
