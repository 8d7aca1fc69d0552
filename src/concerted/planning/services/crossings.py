"""Whoever coordinates is told once when more comes to a service than its filled posts carry."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from concerted.directory.models import Person, Role, TerritoryLink
from concerted.planning.models import Count, LineCrossing
from concerted.planning.queries.counts import Place, counts_held
from concerted.planning.queries.lines import carried_by_posts
from concerted.planning.rules.counts import Counted, CountOf
from concerted.planning.rules.outlook import Crossing, Line, crossing
from concerted.post.services import notify


def look_at_lines(counted: Mapping[Place, Iterable[str]], *, at: datetime) -> None:
    """Note which services are over their line in a month, or under it again, and tell it to who coordinates there.

    `counted`: the services that were counted, by territory and month. Only the newest month of a service says how it
    stands: history that is brought later tells nobody anything. Five queries, and a few more for each that is told.
    """
    territories, months = {pk for pk, _month in counted}, {month for _pk, month in counted}
    rows = Count.objects.filter(territory__in=territories, counted=Counted.CONTACTS).order_by()
    newest = {
        (pk, service): month for pk, service, month in rows.values_list("territory", "service").annotate(Max("month"))
    }
    asked = [
        (pk, service, month)
        for (pk, month), services in counted.items()
        for service in services
        if month >= newest.get((pk, service), month)
    ]
    if not asked:
        return
    carried = carried_by_posts()
    held = counts_held(territories, min(months), max(months))
    open_ones = LineCrossing.objects.filter(territory__in=territories, ended=None)
    crossed = {(one.territory_id, one.service): one for one in open_ones}
    for pk, service, month in sorted(asked, key=lambda one: (one[2], one[0], one[1]), reverse=True):
        if service in carried:
            state = _state(held.get((pk, month), {}), service, carried[service])
            _note(pk, service, month, state, crossed, at)


def _state(held: Mapping[CountOf, int], service: str, carried: tuple[float, str]) -> Crossing:
    posts, came = held.get(CountOf(service, Counted.POSTS_FILLED)), held.get(CountOf(service, Counted.CONTACTS))
    state, _month = crossing(came, (), Line(posts, *carried) if posts is not None else None)
    return state


def _note(
    territory: int,
    service: str,
    month: date,
    state: Crossing,
    crossed: dict[tuple[int, str], LineCrossing],
    at: datetime,
) -> None:
    open_one = crossed.get((territory, service))
    if state == Crossing.OVER and open_one is None:
        made = LineCrossing.objects.create(territory_id=territory, service=service, month=month, at=at)
        crossed[territory, service] = made
        link = reverse("planning:outlook_of", args=[territory, service])
        for person in _coordinating(territory, at):
            notify(person, "line_crossed", link=link, dedupe=f"line:{made.pk}:{person.pk}", at=at)
    elif state == Crossing.UNDER and open_one is not None and month > open_one.month:
        LineCrossing.objects.filter(pk=open_one.pk).update(ended=month)
        del crossed[territory, service]


def _coordinating(territory: int, at: datetime) -> list[Person]:
    """The local coordinators of a territory and of all above it; where there is none, of the nation."""
    above = TerritoryLink.objects.filter(descendant=territory).order_by().values("ancestor")
    held = Role.in_force(timezone.localdate(at)).select_related("person")
    near = held.filter(role=Role.Name.LOCAL_COORDINATOR, scope_kind="territory", scope_id__in=above)
    rows = list(near) or list(held.filter(role=Role.Name.NATIONAL_COORDINATOR))
    return list({row.person_id: row.person for row in rows}.values())
