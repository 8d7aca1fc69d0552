"""What waits for a coordinator's yes or no, room by room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from concerted.capacity.access import MANDATE, OUTSIDE
from concerted.capacity.queries.claims import claims_waiting
from concerted.capacity.queries.wording import versions_waiting
from concerted.directory.access import PLACES, ROLES
from concerted.directory.models import Person
from concerted.directory.queries import places_that_wait, roles_in_reach
from concerted.kit import access
from concerted.kit.addresses import fixed
from concerted.kit.digits import localise
from concerted.practice.access import BANK_PROPOSAL
from concerted.practice.queries import questions_waiting, scripts_waiting
from concerted.text.access import PUBLISHING
from concerted.text.queries.writing import proposals_waiting
from concerted.training.access import MODULE_PROPOSAL
from concerted.training.queries.proposals import modules_waiting


@dataclass(frozen=True)
class Waiting:
    """How many of one kind wait, as a sentence, and where they are decided."""

    words: str
    href: str


def waiting_for(by: Person, on: date) -> list[Waiting]:
    """Each kind of which something waits for her decision on that day; what she began herself is not counted. Eight
    queries, and one for each waiting mandate that is bound to territories.
    """
    return [Waiting(words % {"n": localise(count)}, href) for count, words, href in _kinds(by, on) if count]


#: How many wait, the sentence for so many with a gap for the number, and the page that decides.
_Kind = tuple[int, str, str]


def _kinds(by: Person, on: date) -> Iterator[_Kind]:
    yield from _required(by)
    yield from _people_and_places(by, on)
    yield from _content(by)


def _required(by: Person) -> Iterator[_Kind]:
    count = claims_waiting(access.reach(by, "U", OUTSIDE), by).count()
    yield (
        count,
        ngettext(
            "%(n)s record of training done elsewhere waits for a yes or no.",
            "%(n)s records of training done elsewhere wait for a yes or no.",
            count,
        ),
        fixed("capacity:claims"),
    )
    # Few wait at a time, one of each mandate at most: the table is asked about each.
    others = versions_waiting().exclude(by=by.pk).select_related("audience_version")
    count = sum(access.may(by, "C", MANDATE, version) for version in others)
    yield (
        count,
        ngettext("%(n)s mandate waits for a second person.", "%(n)s mandates wait for a second person.", count),
        fixed("capacity:mandates"),
    )


def _people_and_places(by: Person, on: date) -> Iterator[_Kind]:
    held = roles_in_reach(access.reach(by, "U", ROLES), on).filter(confirmed_by=None, by__isnull=False)
    count = held.exclude(by=by.pk).exclude(person=by.pk).count()
    yield (
        count,
        ngettext("%(n)s role waits for a second person.", "%(n)s roles wait for a second person.", count),
        fixed("directory:roles"),
    )
    count = places_that_wait(access.reach(by, "C", PLACES)).exclude(by=by.pk).count()
    yield (
        count,
        ngettext(
            "%(n)s agency or territory waits for a second person.",
            "%(n)s agencies or territories wait for a second person.",
            count,
        ),
        fixed("directory:waiting"),
    )


def _content(by: Person) -> Iterator[_Kind]:
    count = proposals_waiting().exclude(by=by.pk).count() if access.may(by, "C", PUBLISHING) else 0
    yield (
        count,
        ngettext("%(n)s text waits for a second person.", "%(n)s texts wait for a second person.", count),
        fixed("writing:index"),
    )
    count = modules_waiting().exclude(by=by.pk).count() if access.may(by, "C", MODULE_PROPOSAL) else 0
    yield (
        count,
        ngettext(
            "%(n)s module from a document waits for a second person.",
            "%(n)s modules from documents wait for a second person.",
            count,
        ),
        fixed("packs:documents"),
    )
    count = scripts_waiting().exclude(proposed_by=by.pk).count() if access.may(by, "C", PUBLISHING) else 0
    yield (
        count,
        ngettext("%(n)s scenario waits for a second person.", "%(n)s scenarios wait for a second person.", count),
        fixed("packs:scripts"),
    )
    count = questions_waiting().exclude(by=by.pk).count() if access.may(by, "C", BANK_PROPOSAL) else 0
    yield (
        count,
        ngettext(
            "%(n)s file of questions waits for a second person.",
            "%(n)s files of questions wait for a second person.",
            count,
        ),
        fixed("packs:questions"),
    )
