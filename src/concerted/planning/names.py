"""Names of services and of what is counted there; for pages that do not plan, and so must load no arrays."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerted.kit.dates import in_words
from concerted.planning.rules.counts import Counted, CountOf
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.outlook import Beside, Crossing

KINDS: dict[ServiceKind, Promise] = {
    ServiceKind.HELPLINE: _("Helpline"),
    ServiceKind.ADVOCACY: _("Advocacy"),
    ServiceKind.POLICE: _("Police"),
    ServiceKind.HEALTH: _("Health"),
    ServiceKind.SHELTER: _("Shelter"),
    ServiceKind.LEGAL_AID: _("Legal aid"),
}
COUNTED: dict[Counted, Promise] = {
    Counted.CONTACTS: _("People who turned to it"),
    Counted.ANSWERED: _("Of these, reached somebody"),
    Counted.REFERRED: _("Referred to another service"),
    Counted.OPEN_CASES: _("Open cases at the end of the month"),
    Counted.WAIT_DAYS: _("Days until the first meeting there, on average"),
    Counted.POSTS_FILLED: _("Posts that were filled"),
    Counted.TRAINING_HOURS: _("Hours of training"),
    Counted.SPENT: _("Money spent, in whole units"),
}
#: How a service stands to its line: the state that is drawn, and its words.
CROSSINGS: dict[Crossing, tuple[str, Promise]] = {
    Crossing.OVER: ("gap", _("Over what it carries")),
    Crossing.LIKELY: ("gap", _("Likely over soon")),
    Crossing.MAY: ("soon", _("May be over soon")),
    Crossing.UNKNOWN: ("soon", _("Its line is not known")),
    Crossing.UNDER: ("ok", _("Within what it carries")),
}
BESIDE: dict[Beside, tuple[str, Promise]] = {
    Beside.ABOVE: ("gap", _("More than planned")),
    Beside.BELOW: ("soon", _("Less than planned")),
    Beside.WITHIN: ("ok", _("As planned")),
    Beside.PARTIAL: ("soon", _("Not all areas counted")),
    Beside.MISSING: ("soon", _("Not counted yet")),
}


def plan_month(month: str) -> str:
    """A month as a plan file writes it, in the reader's words: 2027-04 is April 2027."""
    return in_words(date(int(month[:4]), int(month[5:7]), 1), "month")


def count_name(of: CountOf) -> str:
    """What a number is of: the service, what is counted there, and for ways where they lead."""
    words = {"service": KINDS[ServiceKind(of.service)], "counted": COUNTED[Counted(of.counted)]}
    if not of.to:
        return gettext("%(service)s: %(counted)s") % words
    return gettext("%(service)s to %(to)s: %(counted)s") % (words | {"to": KINDS[ServiceKind(of.to)]})


def way_name(of: CountOf) -> str:
    """A way from one service to another."""
    words = {"service": KINDS[ServiceKind(of.service)], "to": KINDS[ServiceKind(of.to)]}
    return gettext("%(service)s to %(to)s") % words
