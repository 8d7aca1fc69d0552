"""What one filled post carries in a month: by the newest plan kept for the nation, else by a published standard."""

from django.utils.translation import gettext as _

from concerted.kit.digits import number
from concerted.planning.models import KeptPlan
from concerted.planning.rules.kinds import ServiceKind

#: A year's referrals for one advocate: SafeLives, Reviewing your Marac data (`maths.standards`).
_REFERRALS_A_YEAR = 100


def carried_by_posts() -> dict[str, tuple[float, str]]:
    """Service -> (contacts a month for one filled post, where that is from). One query."""
    found = {
        ServiceKind.ADVOCACY.value: (
            round(_REFERRALS_A_YEAR / 12, 1),
            _("SafeLives, Reviewing your Marac data: about %(n)s referrals a year for one advocate")
            % {"n": number(_REFERRALS_A_YEAR)},
        )
    }
    kept = KeptPlan.objects.filter(agency=None, territory=None).order_by("at", "pk").values_list("title", "told")
    for title, told in kept:
        for service, each in told.get("carries", {}).items():
            # Held apart, so that a title in the other direction does not carry the quotes away.
            found[service] = (each, _("The plan “%(title)s”") % {"title": f"\u2068{title}\u2069"})
    return found
