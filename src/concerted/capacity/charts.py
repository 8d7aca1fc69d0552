from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.capacity.queries.board import AHEAD, AgencyBoard
from concerted.kit.charts import Chart, Week, dots_by_week
from concerted.kit.digits import localise
from concerted.maths.months import monday_of


def coming_chart(board: AgencyBoard) -> Chart:
    """The deadlines of the next weeks, a dot each; weeks without one are drawn empty."""
    lines = {week.week: week.lines for week in board.coming}
    total = sum(map(len, lines.values()))
    finding = ngettext("%(n)s date follows in the next 90 days", "%(n)s dates follow in the next 90 days", total)
    first = monday_of(board.on)
    weeks = [first + timedelta(weeks=n) for n in range(AHEAD.days // 7 + 1)]
    return dots_by_week(
        _("Deadlines, week by week"),
        [
            Week(
                week,
                len(lines.get(week, ())),
                names=[f"{person}: {mandate}" for person, mandate in lines.get(week, ())],
            )
            for week in weeks
        ],
        finding=finding % {"n": localise(total)},
        why=_("Each dot is one deadline of one person, if nothing is done before."),
        source=_("One person may have several."),
    )
