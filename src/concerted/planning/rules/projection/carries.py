"""What one post carries by a plan: for months to come, when posts that are filled are held against what came."""

from concerted.planning.rules.projection.answer import TOTAL, Projection
from concerted.planning.rules.projection.measures import Measure


def carried_by_a_post(told: Projection) -> dict[str, float]:
    """Contacts a month for each post that a service needs, in the plan's last month, everywhere together.

    A service that needs no post is not there. Large teams carry more for each post than small ones: it is the plan's
    mean, not a promise for one place.
    """
    carried = {}
    for service in told.plan.services:
        posts = told.estimate(Measure.POSTS, TOTAL, -1, service).mid
        if posts > 0:
            carried[service] = round(float(told.estimate(Measure.CONTACTS, TOTAL, -1, service).mid / posts), 2)
    return carried
