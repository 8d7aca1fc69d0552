"""Whoever coordinates is told once when more comes to a service than its filled posts carry."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from concerted.directory.models import Person, Role, Territory, TerritoryLink
from concerted.planning.models import Count, LineCrossing
from concerted.planning.queries.counts import counts_held
from concerted.planning.queries.lines import carried_by_posts
from concerted.planning.rules.counts import Counted, CountOf
from concerted.planning.rules.outlook import Crossing, Line, crossing
from concerted.post.services import notify


def look_at_lines(territory: Territory, month: date, services: Iterable[str], *, at: datetime) -> None:
    """Note which of these services are over their line in a month, or under it again, and tell it to who coordinates.

    Only the newest month of a service says how it stands: history that is brought later tells nobody anything.
    """
    later = Count.objects.filter(territory=territory, month__gt=month, counted=Counted.CONTACTS)
    services = set(services) - set(later.order_by().values_list("service", flat=True))
    if not services:
        return
    carried = carried_by_posts()
    held = counts_held([territory.pk], month, month).get((territory.pk, month), {})
    for service in sorted(services & set(carried)):
        posts, came = held.get(CountOf(service, Counted.POSTS_FILLED)), held.get(CountOf(service, Counted.CONTACTS))
        line = Line(posts, *carried[service]) if posts is not None else None
        state, _month = crossing(came, (), line)
        _note(territory, service, month, state, at)


def _note(territory: Territory, service: str, month: date, state: Crossing, at: datetime) -> None:
    open_one = LineCrossing.objects.filter(territory=territory, service=service, ended=None).first()
    if state == Crossing.OVER and open_one is None:
        made = LineCrossing.objects.create(territory=territory, service=service, month=month, at=at)
        link = reverse("planning:outlook_of", args=[territory.pk, service])
        for person in _coordinating(territory, at):
            notify(person, "line_crossed", link=link, dedupe=f"line:{made.pk}:{person.pk}", at=at)
    elif state == Crossing.UNDER and open_one is not None and month > open_one.month:
        LineCrossing.objects.filter(pk=open_one.pk).update(ended=month)


def _coordinating(territory: Territory, at: datetime) -> list[Person]:
    """The local coordinators of a territory and of all above it; where there is none, of the nation."""
    above = TerritoryLink.objects.filter(descendant=territory).order_by().values("ancestor")
    held = Role.in_force(timezone.localdate(at)).select_related("person")
    near = held.filter(role=Role.Name.LOCAL_COORDINATOR, scope_kind="territory", scope_id__in=above)
    rows = list(near) or list(held.filter(role=Role.Name.NATIONAL_COORDINATOR))
    return list({row.person_id: row.person for row in rows}.values())
