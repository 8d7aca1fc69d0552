"""What the system knows of a territory by itself, and where each number comes from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from concerted.capacity import queries as capacity
from concerted.capacity.models import TerritoryFact
from concerted.directory import queries as directory
from concerted.directory.models import Territory
from concerted.kit.digits import number


@dataclass(frozen=True)
class Known:
    """A share of a hundred with its source and day. `share` None: not known, and `source` says what is missing."""

    share: float | None
    source: str
    as_of: date


def known_of(territory: Territory, on: date) -> dict[str, Known]:
    """What fills items of an instrument, by `practice.rules.instruments.FILLED`.

    Six queries, and two more once there are weekly marks.
    """
    return {"posts": _posts(territory, on), "trained": _trained(territory, on), "money": _money(territory, on)}


def _share(part: float, whole: float) -> float:
    """Rounded down to a tenth, so that nothing is shown as reached that is not."""
    return int(1000 * part / whole) / 10


def _posts_of(sum_of_shares: Decimal) -> str:
    """To a tenth where somebody works a part of the week."""
    return number(sum_of_shares, 0 if sum_of_shares == int(sum_of_shares) else 1)


def _posts(territory: Territory, on: date) -> Known:
    posts = directory.posts_below(territory.pk, on)
    if posts is None:
        return Known(None, _("Directory: nobody has written down which posts should exist here."), on)
    facts = {"held": _posts_of(posts.held), "meant": _posts_of(posts.meant)}
    source = _("Directory: %(held)s of %(meant)s posts are held.") % facts
    return Known(_share(float(posts.held), float(posts.meant)), source, posts.as_of)


def _trained(territory: Territory, on: date) -> Known:
    count = capacity.count_of(territory.pk, on)
    if not count.bound:
        return Known(None, _("Capacity: no mandate binds anybody here by now."), on)
    facts = {"n": number(count.in_place), "all": number(count.bound)}
    source = _("Capacity: %(n)s of %(all)s that a mandate asks for are in place.") % facts
    return Known(_share(count.in_place, count.bound), source, on)


def _money(territory: Territory, on: date) -> Known:
    """The least covered of all duties: what is promised twice helps nobody who is promised nothing."""
    facts = [fact for fact in capacity.facts_of(territory, on) if fact.kind == TerritoryFact.Kind.PLAN_FUNDED]
    if not facts:
        return Known(None, _("Capacity: promised funds were not compared with need."), on)
    least = min(facts, key=lambda fact: (float(fact.value), fact.pk))
    words = {"source": least.source, "n": number(float(least.value), 0)}
    source = _("Capacity, %(source)s: funds cover need in %(n)s of 100 likely cases.") % words
    return Known(float(least.value), source, least.holds_from)
