"""Some hundred lines of a staff list against what is stored: looked up with a few queries, written with a few more."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from concerted.directory.imports.known import Known
from concerted.directory.imports.people import Entry, same_name
from concerted.directory.imports.result import Result
from concerted.directory.models import Person, Position
from concerted.directory.services.entered import keep_all_entered
from concerted.directory.services.staff_addresses import Addresses
from concerted.kit.access import Reach

Post = tuple[str, int, int]


class Seen:
    """What earlier lines of the file said: an address belongs to one name, a post of one person stands once."""

    def __init__(self, columns: dict[str, str], result: Result) -> None:
        self.columns, self.result = columns, result
        self.names: dict[str, tuple[int, str]] = {}
        self.posts: dict[tuple[Post, date | None], int] = {}
        #: Who was made by an earlier chunk, by the key of her line.
        self.made: dict[str, Person] = {}

    def takes(self, entry: Entry) -> bool:
        """Whether the line's address is not another person's in the same file."""
        if entry.email is None:
            return True
        line, name = self.names.setdefault(entry.key, (entry.line, entry.name))
        if name.casefold() == entry.name.casefold():
            return True
        self.result.blame(
            entry.line,
            self.columns.get("email", "email"),
            _("“%(email)s” already belongs to another person on line %(line)s.") % {"email": entry.email, "line": line},
            _("Correct one of the two addresses, or leave it empty."),
        )
        return False

    def repeats(self, entry: Entry, post: Post) -> bool:
        """Whether an earlier line already told of this post from this day."""
        line = self.posts.setdefault((post, entry.since), entry.line)
        if line == entry.line:
            return False
        self.result.blame(
            entry.line, "", _("This line repeats line %(line)s.") % {"line": line}, _("Take one of the two away.")
        )
        return True


@dataclass
class Step:
    """What one line comes to: its person (perhaps not stored yet), its post, and the stored position it means."""

    entry: Entry
    person: Person
    agency: int
    territory: int
    profession: int
    position: Position | None = None
    person_changed: bool = False
    position_changed: bool = False


class Chunk:
    """The lines of one chunk; counts them into the result at once, writes when told."""

    def __init__(
        self, entries: list[Entry], known: Known, seen: Seen, reach: Reach, today: date, result: Result
    ) -> None:
        self.known, self.seen, self.today, self.result = known, seen, today, result
        posts = [
            (entry, agency, profession)
            for entry in entries
            for agency, profession in [self._post(entry)]
            if agency and profession
        ]
        self.addresses = Addresses([entry.email for entry, *_rest in posts if entry.email], reach, today)
        self.nameless = self._held_without_email(posts)
        self.positions = self._positions()
        self.steps = [step for step in (self._step(*post) for post in posts) if step is not None]
        for step in self.steps:
            if step.position is None:
                result.create += 1
            elif step.person_changed or step.position_changed:
                result.change += 1
            else:
                result.skip += 1

    def _post(self, entry: Entry) -> tuple[tuple[int, int] | None, int | None]:
        fits = self.seen.takes(entry)
        agency, profession = self.known.agency(entry), self.known.profession(entry)
        if not (fits and agency and profession) or self.seen.repeats(entry, (entry.key, agency[0], profession)):
            return None, None
        return agency, profession

    def _held_without_email(self, posts: list[Any]) -> dict[tuple[str, int, int], Person]:
        """People without address by name, agency and profession of a position they hold or held."""
        names = {entry.name for entry, *_rest in posts if not entry.email}
        agencies = {agency for entry, (agency, _territory), _profession in posts if not entry.email}
        if not names:
            return {}
        rows = Position.objects.filter(agency__in=agencies, person__name__in=names, person__email=None)
        rows = rows.filter(person__erased_at=None, person__entered_address=None)
        rows = rows.select_related("person").order_by("pk")
        return {(row.person.name.casefold(), row.agency_id, row.profession_id): row.person for row in rows}

    def _positions(self) -> dict[tuple[int, int, int], list[Position]]:
        people = {person.pk for person in [*self.addresses.people.values(), *self.nameless.values()]}
        found: dict[tuple[int, int, int], list[Position]] = {}
        for row in Position.objects.filter(person__in=people).order_by("since"):
            found.setdefault((row.person_id, row.agency_id, row.profession_id), []).append(row)
        return found

    def _person(self, entry: Entry, agency: int, profession: int) -> Person:
        if entry.email:
            found = self.addresses.people.get(entry.key)
        else:
            found = self.nameless.get((entry.name.casefold(), agency, profession))
        return found or self.seen.made.get(entry.key) or self._new(entry)

    def _new(self, entry: Entry) -> Person:
        reached = None if entry.key in self.addresses.taken else entry.email
        person = Person(name=entry.name, email=reached, language=entry.language)
        # Without an address a namesake on another line is somebody else.
        if entry.email:
            self.seen.made[entry.key] = person
        return person

    def _step(self, entry: Entry, agency: tuple[int, int], profession: int) -> Step | None:
        person = self._person(entry, agency[0], profession)
        step = Step(entry, person, *agency, profession)
        if person.pk:
            if not same_name(person.name, entry.name):
                self._blame_other_name(person, entry)
                return None
            step.person_changed = _take_over(person, entry)
            held = self.positions.get((person.pk, agency[0], profession), [])
            step.position = _meant(held, entry, self.today)
            step.position_changed = step.position is not None and _correct(step.position, entry)
        return step

    def _blame_other_name(self, person: Person, entry: Entry) -> None:
        """An address tells who is meant; with another name beside it, one of the two is a slip or a stranger's."""
        self.result.blame(
            entry.line,
            self.seen.columns.get("email", "email"),
            _("“%(email)s” belongs to somebody with another name.") % {"email": entry.email},
            _("Correct the address or the name. She changes her own name in her profile.")
            if person.has_account
            else _("Correct the address or the name. If she took a new name, write it on her page first."),
        )

    def write(self, by: Person | None, at: datetime) -> list[int]:
        """Store the chunk, one query for each kind of change; returns the ids of positions that are new or changed."""
        fresh = {id(step.person): (step.person, step.entry.email) for step in self.steps if not step.person.pk}.values()
        for person, _email in fresh:
            person.password, person.joined_at = make_password(None), at
        Person.objects.bulk_create([person for person, _email in fresh])
        if by is not None:
            keep_all_entered(fresh, by=by, at=at)
        changed = {step.person.pk: step.person for step in self.steps if step.person_changed}
        Person.objects.bulk_update(changed.values(), ["name", "language"])
        corrected = [step.position for step in self.steps if step.position is not None and step.position_changed]
        Position.objects.bulk_update(corrected, ["since", "until", "stage", "share"])
        new = [self._position(step) for step in self.steps if step.position is None]
        Position.objects.bulk_create(new)
        spoke = Position.objects.filter(person__in=changed).order_by("pk").values_list("pk", flat=True)
        return sorted({position.pk for position in [*new, *corrected]} | set(spoke))

    def _position(self, step: Step) -> Position:
        entry = step.entry
        return Position(
            person=step.person,
            agency_id=step.agency,
            territory_id=step.territory,
            profession_id=step.profession,
            since=entry.since or self.today,
            until=entry.until,
            stage=entry.stage or Position.Stage.IN_SERVICE,
            share=entry.share or Decimal(1),
        )


def _take_over(person: Person, entry: Entry) -> bool:
    """Write name and language of the line on the person; whether anything differs. An empty cell changes nothing.

    Whoever has an account spells her own name and chooses her language; the line changes neither.
    """
    before = person.name, person.language
    if not person.has_account:
        person.name, person.language = entry.name, entry.language or person.language
    return (person.name, person.language) != before


def _meant(held: list[Position], entry: Entry, today: date) -> Position | None:
    """The stored position a line tells of: the one that shares a day with it."""
    since, until = entry.since or today, entry.until or date.max
    for position in held:
        if position.since < until and (position.until is None or position.until > since):
            return position
        if position.since == entry.since:
            return position
    return None


def _correct(position: Position, entry: Entry) -> bool:
    """Write what the line says on the position; whether anything differs. An empty cell changes nothing."""
    before = position.since, position.until, position.stage, position.share
    position.since = entry.since or position.since
    position.until = entry.until or position.until
    position.stage = entry.stage or position.stage
    position.share = entry.share or position.share
    return (position.since, position.until, position.stage, position.share) != before
