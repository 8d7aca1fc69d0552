"""Where each role does its work: the ways from her own desk for those who do more than practise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from concerted.capacity.access import EVIDENCE
from concerted.desks.waiting import Waiting, waiting_for
from concerted.directory.access import ROLES, SET_UP
from concerted.directory.models import Person
from concerted.directory.queries import agency_with_place
from concerted.directory.queries.groups import open_groups
from concerted.kit import access
from concerted.kit.access import HeldRole, Reach
from concerted.kit.addresses import fixed
from concerted.kit.digits import number
from concerted.ledger.access import TRAIL
from concerted.text.queries.queue import TranslatedLine, translated_by
from concerted.training.queries.cases import groups_led_by
from concerted.training.queries.tables import turns_of

#: Whose own desks open elsewhere: what waits for them and where they go stands there.
_WIDER = frozenset({"manager", "local_coordinator", "national_coordinator"})


@dataclass(frozen=True)
class Way:
    """A place of work, in words; `words` may name what somebody else wrote."""

    words: SafeString
    href: str


@dataclass(frozen=True)
class Work:
    """What waits for her, and where her roles take her."""

    waiting: tuple[Waiting, ...] = ()
    ways: tuple[Way, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.waiting or self.ways)


def work_of(by: Person, on: date) -> Work:
    """What waits for somebody on that day and where she works, by the roles she holds.

    No query for those who hold no role, or only one that opens a desk of its own.
    """
    held = [role for role in by.held_roles if role.role not in _WIDER]
    if not held:
        return Work()
    waiting: list[Waiting] = []
    if len(held) == len(by.held_roles):  # whoever coordinates reads it on her wider desk
        waiting = waiting_for(by, on)
    translated = translated_by(by) if any(role.role == "translator" for role in held) else []
    return Work((*waiting, *_translations(by, translated)), tuple(_ways(by, held, translated)))


def turns(by: Person, language: str) -> tuple[Waiting, ...]:
    """The case conferences that wait for what she does at their table, read in a language."""
    words = gettext("It is your turn: %(case)s")
    return tuple(
        # Held apart: a title may run the other way.
        Waiting(
            words % {"case": f"\u2068{line.title.markdown}\u2069"},
            reverse("training:table_moment", args=[line.table.key]),
        )
        for line in turns_of(by, language)
    )


def _translations(by: Person, lines: list[TranslatedLine]) -> Iterator[Waiting]:
    for line in lines:
        address = reverse("text:language", args=[line.language.pk])
        said = {"language": line.language.name, "n": number(line.to_review)}
        if line.to_review:
            words = ngettext(
                "%(language)s: %(n)s part waits for a review by you.",
                "%(language)s: %(n)s parts wait for a review by you.",
                line.to_review,
            )
            yield Waiting(words % said, f"{address}?only=review")
        if line.outdated:
            words = ngettext(
                "%(language)s: %(n)s part is behind its source.",
                "%(language)s: %(n)s parts are behind their source.",
                line.outdated,
            )
            yield Waiting(words % (said | {"n": number(line.outdated)}), f"{address}?only=outdated")


def _ways(by: Person, held: list[HeldRole], translated: list[TranslatedLine]) -> Iterator[Way]:
    names = {role.role for role in held}
    if "trainer" in names:
        yield from _training(by, held)
    for line in translated:
        yield _named(gettext("Translate into %(name)s"), line.language.name, "text:language", line.language.pk)
    if "author" in names:
        yield Way(SafeString(gettext("Write and mend texts")), fixed("writing:index"))
        yield Way(SafeString(gettext("Write scenarios")), fixed("packs:scripts"))
        yield Way(SafeString(gettext("Make a module from a document")), fixed("packs:documents"))
        yield Way(SafeString(gettext("Bring questions from a file")), fixed("packs:questions"))
    for role in held:
        if role.role == "supervisor" and role.scope_kind == "agency":
            agency = agency_with_place(role.scope_id or 0)
            if agency is not None:
                yield _named("%(name)s", agency.name, "directory:agency", agency.public)
    if "administrator" in names or "auditor" in names:
        yield from _keeping(by)
    if names & {"author", "auditor"}:
        yield Way(SafeString(gettext("Content packs")), fixed("packs:index"))


def _training(by: Person, held: list[HeldRole]) -> Iterator[Way]:
    trained = frozenset(role.scope_id for role in held if role.scope_kind == "group" and role.scope_id)
    for group in open_groups(Reach(groups=trained)):
        yield _named("%(name)s", group.name, "directory:group", group.public)
        yield _named(gettext("%(name)s: what many get wrong"), group.name, "training:misconceptions", group.public)
    for led in groups_led_by(by):
        yield _named(gettext("%(name)s: answers to the case study"), led.name, "training:case_lead", led.public)
    yield Way(SafeString(gettext("Open a case study for a group")), fixed("training:cases"))


def _keeping(by: Person) -> Iterator[Way]:
    """Who keeps the place in order, and who looks on."""
    if access.may(by, "R", TRAIL):
        yield Way(SafeString(gettext("Who did what")), fixed("ledger:trail"))
    if access.may(by, "R", ROLES):
        yield Way(SafeString(gettext("Roles")), fixed("directory:roles"))
    if access.may(by, "U", SET_UP):
        yield Way(SafeString(gettext("Set-up")), fixed("setup:index"))
    if access.may(by, "D", EVIDENCE):
        yield Way(SafeString(gettext("Take back a wrong record")), fixed("capacity:records"))


def _named(words: str, name: str, route: str, key: object) -> Way:
    """A way whose words hold a name that somebody else wrote, in whatever direction it runs."""
    return Way(SafeString(words % {"name": f"<bdi>{escape(name)}</bdi>"}), reverse(route, args=[key]))
