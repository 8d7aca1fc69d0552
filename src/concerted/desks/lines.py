"""The lists of a practitioner's desk, drawn line by line; a template would pay for a dozen tags a line.

Words of the catalogue stand as they are, as in a template; everything else is escaped.
"""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from concerted.desks.queries import DueLine
from concerted.kit.digits import localise, minutes_said
from concerted.kit.templatetags.kit import state


def due_rows(lines: Iterable[DueLine]) -> SafeString:
    """What is due, one <li> a line, with how late it is, how long it takes, and the way to do it."""
    open_it, record_it = gettext("Open the module"), gettext("Record that I did it")
    rows = []
    for line in lines:
        one = line.standing
        minutes = f"<span>{minutes_said(one.minutes)}</span>" if one.minutes else ""
        rows.append(
            f'<li><div class="when">{_urgency(line)}{minutes}</div>'
            f'<div class="stack"><h3>{escape(one.mandate)}</h3><p>{escape(one.reason)}</p></div>'
            f'<div class="do"><a class="act" href="{escape(line.href)}">'
            f"{open_it if line.here else record_it}</a></div></li>"
        )
    return SafeString("".join(rows))


def _urgency(line: DueLine) -> SafeString:
    if line.standing.state != "overdue":
        return state("due_soon")
    late = ngettext("%(n)s day overdue", "%(n)s days overdue", line.late_by)
    return state("overdue", late % {"n": localise(line.late_by)})


def held_rows(lines: Iterable[DueLine]) -> SafeString:
    """What is in place or not yet asked, each with its state and the sentence that says why."""
    return SafeString(
        "".join(
            f"<dt>{escape(line.standing.mandate)}</dt><dd>{state(line.standing.state)} "
            f'<span class="hint">{escape(line.standing.reason)}</span></dd>'
            for line in lines
        )
    )
