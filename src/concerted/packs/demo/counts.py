"""Eighteen months of counts in the demonstration: an area over its line, waits that rise, a gap, a correction."""

from datetime import datetime

from django.utils import timezone

from concerted.directory.models import Agency, Territory
from concerted.maths.months import add_months
from concerted.packs.demo import country
from concerted.planning.rules.counts import CountOf
from concerted.planning.services import count_month

MONTHS = 18
_LINE, _ANSWERED = CountOf("helpline", "contacts"), CountOf("helpline", "answered")
_ADVOCACY, _OPEN, _POSTS = (CountOf("advocacy", one) for one in ("contacts", "open_cases", "posts_filled"))
_POLICE, _SENT = CountOf("police", "contacts"), CountOf("police", "referred", "advocacy")
_HEALTH, _SENT_ON = CountOf("health", "contacts"), CountOf("health", "referred", "advocacy")
_WAITED = CountOf("police", "wait_days", "advocacy")
#: Where more come every month than the advocates can carry, where waits rise, and where the newest month misses.
OVER, WAITING, BEHIND = "Aldermoor", "Brena Valley", "Duneth"
#: The smallest area, most of whose numbers are withheld from others.
SMALL = min(country.PEOPLE_LIVING, key=lambda area: country.PEOPLE_LIVING[area][0])


def write_counts(at: datetime) -> None:
    """The country's line, police and advocacy in every local area, and a health centre that counts for itself."""
    newest = add_months(timezone.localdate(at).replace(day=1), -1)
    months = [add_months(newest, -back) for back in reversed(range(MONTHS))]
    places = {place.name: place for place in Territory.objects.all()}
    areas = [area for _kept_up, names in country.REGIONS.values() for area in names]
    centre = Agency.objects.get(name=f"{WAITING} Health Centre")
    for n, month in enumerate(months):
        season = (4, 1, 0, -2, -3, 0, 2, 3, 1, -1, -2, 5)[month.month - 1]
        calls = 410 + 6 * n + 9 * season
        line = {_LINE: calls, _ANSWERED: calls * 78 // 100}
        count_month(places[country.COUNTRY], month, line, by=None, at=at)
        asked = 38 + season + n % 4
        told: dict[CountOf, int | None] = {_HEALTH: asked, _SENT_ON: asked // 4}
        count_month(centre.territory, month, told, agency=centre, by=None, at=at)
        for order, area in enumerate(areas):
            if area != BEHIND or month != newest:
                count_month(places[area], month, _of_area(area, order, n, season), by=None, at=at)
    first = _of_area(WAITING, areas.index(WAITING), 0, 0)
    corrected = {_POLICE: (first[_POLICE] or 0) + 7}
    count_month(places[WAITING], months[0], corrected, why="A station's list came late", by=None, at=at)


def _of_area(area: str, order: int, month: int, season: int) -> dict[CountOf, int | None]:
    """The numbers of one area in its `month`-th month."""
    usual = 6 if area == SMALL else 30 + 5 * (order % 5)
    reports = usual + season + (month * 7 + order * 3) % 6
    sent = reports * 2 // 3
    wait = 9 + (month * 5 + order) % 4 + (max(0, month - 9) * 3 if area == WAITING else 0)
    came = sent + usual // 4 + (month * 2 if area == OVER else 0)
    return {
        _POLICE: reports,
        _SENT: sent,
        _WAITED: wait,
        _ADVOCACY: came,
        _OPEN: came * 2,
        _POSTS: (usual + 8) // 5 + 1,
    }
