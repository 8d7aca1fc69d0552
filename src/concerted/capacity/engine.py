"""Facts in, episodes and tallies out, for many positions at once. Only `services` calls this.

Lists the rows it needs in a fixed number of queries for any number of positions, asks the pure engine, and writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from concerted.capacity.models import Episode, Evidence, Exemption, MandateVersion, Tally
from concerted.capacity.rules import STATES, EpisodeFact, Stretch, Terms, episodes_of, stops_of
from concerted.directory import queries as directory
from concerted.directory import rules as audience
from concerted.directory.models import Position, TerritoryLink
from concerted.maths.months import FAR

#: Row written at once: SQLite takes at most 32,766 variables a statement.
BATCH = 2000
Differences = dict[tuple[int, int, date], list[int]]


def _terms(version: MandateVersion, stops: date) -> Terms:
    return Terms(
        version.satisfied_by_id,
        version.cycle,
        version.months,
        version.anchor,
        version.first_due_months,
        version.warn_days,
        version.grace_days,
        version.from_day,
        stops,
    )


class Engine:
    """The mandates in force at any time, read once; then episodes for any positions."""

    def __init__(self, mandates: Iterable[int] | None = None) -> None:
        versions = MandateVersion.objects.filter(published_at__isnull=False).select_related("audience_version")
        if mandates is not None:
            versions = versions.filter(mandate__in=list(mandates))
        self.versions: dict[int, list[tuple[dict[str, object], Terms]]] = {}
        for mandate, group in groupby(versions.order_by("mandate", "from_day"), key=lambda v: v.mandate_id):
            row = list(group)
            stops = stops_of([(version.from_day, version.until_day) for version in row])
            self.versions[mandate] = [
                (version.audience_version.rule, _terms(version, stop)) for version, stop in zip(row, stops, strict=True)
            ]
        self.credentials = {terms.credential for pairs in self.versions.values() for _, terms in pairs}

    def facts_of(self, positions: Sequence[Position]) -> dict[tuple[int, int], list[EpisodeFact]]:
        """(position, mandate) -> episodes, for every mandate that binds the position on some day."""
        people = {position.person_id for position in positions}
        achieved = self._achieved(people)
        exempt = _exempt(people)
        described = directory.position_facts(positions)
        found: dict[tuple[int, int], list[EpisodeFact]] = {}
        for position in positions:
            for mandate, pairs in self.versions.items():
                terms = [t for rule, t in pairs if audience.matches(rule, described[position.pk])]
                if terms:
                    facts = episodes_of(
                        position.since,
                        position.until,
                        terms,
                        achieved[position.person_id],
                        exempt.get((position.person_id, mandate), ()),
                    )
                    if facts:
                        found[position.pk, mandate] = facts
        return found

    def _achieved(self, people: set[int]) -> dict[int, dict[int, list[date]]]:
        rows = (
            Evidence.objects.filter(
                subject_kind="person", subject_id__in=people, credential__in=self.credentials, voided_by=None
            )
            .exclude(source_kind="void")
            .order_by("achieved_on")
            .values_list("subject_id", "credential_id", "achieved_on")
        )
        achieved: dict[int, dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
        for person, credential, day in rows:
            achieved[person][credential].append(day)
        return achieved


def _exempt(people: set[int]) -> dict[tuple[int, int], list[Stretch]]:
    rows = Exemption.objects.filter(subject_kind="person", subject_id__in=people).order_by("from_day")
    exempt: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for row in rows:
        exempt[row.subject_id, row.mandate_id].append(Stretch(row.from_day, row.until_day))
    return exempt


def _rows(positions: Sequence[Position], facts: dict[tuple[int, int], list[EpisodeFact]]) -> list[Episode]:
    agency = {position.pk: position.agency_id for position in positions}
    return [
        Episode(
            position_id=position,
            mandate_id=mandate,
            agency_id=agency[position],
            state=fact.state,
            starts=fact.starts,
            stops=fact.stops,
            why=fact.why,
            due_on=fact.due_on,
            held_on=fact.held_on,
        )
        for (position, mandate), row in facts.items()
        for fact in row
    ]


def count_differences(
    positions: Sequence[Position],
    episodes: Iterable[Episode],
    sign: int,
    into: Differences,
    above: dict[int, list[int]],
) -> None:
    """Add what `episodes` change in the counts of their territory and all above: +sign at a start, -sign at a stop."""
    territory = {position.pk: position.territory_id for position in positions}
    for episode in episodes:
        place = STATES.index(episode.state)
        for ancestor in above[territory[episode.position_id]]:
            into[ancestor, episode.mandate_id, episode.starts][place] += sign
            if episode.stops < FAR:
                into[ancestor, episode.mandate_id, episode.stops][place] -= sign


def ancestors(territories: Iterable[int]) -> dict[int, list[int]]:
    """Each territory with all that lie above it, itself included."""
    above: dict[int, list[int]] = defaultdict(list)
    links = TerritoryLink.objects.filter(descendant__in=set(territories)).order_by("depth")
    for descendant, ancestor in links.values_list("descendant_id", "ancestor_id"):
        above[descendant].append(ancestor)
    return above


def write_differences(into: Differences) -> None:
    """Insert one tally row for each territory, mandate and day whose counts change."""
    Tally.objects.bulk_create(
        [
            Tally(territory_id=territory, mandate_id=mandate, day=day, **dict(zip(STATES, numbers, strict=True)))
            for (territory, mandate, day), numbers in into.items()
            if any(numbers)
        ],
        batch_size=BATCH,
    )


def rewrite(positions: Sequence[Position], mandates: Sequence[int] | None = None, *, fresh: bool = False) -> int:
    """Compute the episodes of these positions again and write what changed, tallies included.

    The caller holds the transaction. `fresh`: there are no episodes yet. Returns how many episodes there are now.
    """
    engine = Engine(mandates)
    rows = _rows(positions, engine.facts_of(positions))
    into = _no_differences()
    above = ancestors(position.territory_id for position in positions)
    if not fresh:
        _take_out(positions, mandates, into, above)
    Episode.objects.bulk_create(rows, batch_size=BATCH)
    count_differences(positions, rows, +1, into, above)
    write_differences(into)
    return len(rows)


def withdraw(positions: Sequence[Position]) -> None:
    """Remove the episodes of these positions and what they count for. The caller holds the transaction."""
    into = _no_differences()
    _take_out(positions, None, into, ancestors(position.territory_id for position in positions))
    write_differences(into)


def _no_differences() -> Differences:
    return defaultdict(lambda: [0] * len(STATES))


def _take_out(
    positions: Sequence[Position], mandates: Sequence[int] | None, into: Differences, above: dict[int, list[int]]
) -> None:
    old = Episode.objects.filter(position__in=[position.pk for position in positions])
    if mandates is not None:
        old = old.filter(mandate__in=mandates)
    count_differences(positions, old.order_by("id"), -1, into, above)
    old.delete()
