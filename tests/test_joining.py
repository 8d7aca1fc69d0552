"""Two entries of one person become one: nothing kept about either is lost, counted twice, or left without a rule."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concerted.capacity.models import Episode, Evidence, Exemption, OutsideClaim, TakingBack, Tally
from concerted.capacity.services import grant_exemption
from concerted.capacity.services.standing import rebuild
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory import services
from concerted.directory.access import people_shown_to
from concerted.directory.joined import RULES, How
from concerted.directory.models import EnteredAddress, Membership, Person, Position, Role
from concerted.directory.queries.entered import address_shown
from concerted.directory.services.joining import JoiningRefused
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_group,
    make_person,
    make_position,
    make_profession,
    make_territory,
)
from concerted.ledger.models import Entry
from concerted.post.models import Letter, Notice
from concerted.practice.models import Attempt
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY, NOW = timezone.localdate(), timezone.now()
LONG_AGO = date(2020, 1, 1)
#: Plain columns that hold the id of a person.
PLAIN = {"subject_id", "owner_id", "by_id", "about_person_id"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


class Twice:
    """A clinic in an area that Dora coordinates, and Amina Otieno, who was entered there twice."""

    def __init__(self) -> None:
        country = make_territory("Country")
        self.area, self.far = make_territory("Area", country), make_territory("Far", country)
        self.clinic = make_agency("Clinic", territory=self.area)
        self.nurse = make_profession("nurse", sector=self.clinic.sector)
        self.dora, self.nora = make_person("Dora"), make_person("Nora")
        grant_role(self.dora, "local_coordinator", self.area)
        grant_role(self.nora, "national_coordinator")
        self.one = make_person("Amina Otieno", email="amina@example.org", password="river stone lamp")
        self.two = make_person("Amina Otieno", email="")
        for person in (self.one, self.two):
            make_position(person, self.clinic, self.nurse, since=LONG_AGO)

    def join(self, gone: Person | None = None, kept: Person | None = None, **facts: Any) -> Person:
        facts = {"reason": "She told me herself", "by": self.dora, "at": NOW} | facts
        gone, kept = (Person.objects.get(pk=one.pk) for one in (gone or self.two, kept or self.one))
        return services.join_entries(gone, kept, **facts)

    def path(self, one: Person | None = None, two: Person | None = None) -> str:
        return f"/people/person/{(one or self.one).public}/join/{(two or self.two).public}/"


@pytest.fixture
def twice() -> Twice:
    return Twice()


def columns() -> set[str]:
    """Every column of every table that points to a person or holds her id."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            related = field.is_relation and field.related_model is Person
            if related or (not field.is_relation and field.name in PLAIN):
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_column_about_a_person_has_a_rule() -> None:
    """A new relation to a person is either carried over when two entries are joined, or it says why not."""
    assert columns() ^ {rule.column for rule in RULES} == set(), "write it into directory/joined.py"
    assert len({rule.column for rule in RULES}) == len(RULES)


def left_behind(entry: Person) -> set[str]:
    """The columns in which something still points to an entry."""
    found = set()
    for column in columns():
        app, model, field = column.split(".")
        rows = apps.get_model(app, model)._base_manager.filter(**{field: entry.pk})
        if field == "subject_id":
            rows = rows.filter(subject_kind="person")
        if rows.exists():
            found.add(column)
    return found


def test_what_was_recorded_of_either_is_hers(twice: Twice) -> None:
    one, two = twice.one, twice.two
    first, second = make_credential("first"), make_credential("second")
    mandate = make_mandate("second", credential=second)
    achieve(one, first, TODAY - timedelta(days=20))
    fact = achieve(two, second, TODAY - timedelta(days=9))
    asked = TakingBack.objects.create(evidence=fact, reason="x", by=twice.nora, at=NOW)
    grant_exemption(
        two, mandate, from_day=TODAY, until_day=TODAY + timedelta(days=30), reason="x", authority="y", by=None, at=NOW
    )
    OutsideClaim.objects.create(
        person=two, agency=twice.clinic, title="Old", achieved_on=TODAY, provider="z", by=twice.nora, at=NOW
    )
    group = make_group("Night duty", twice.area, two)
    school = make_agency("School", territory=twice.far)
    make_position(two, school, since=LONG_AGO, until=date(2021, 1, 1))
    earlier = make_person("A. Otieno", email="")
    make_position(earlier, twice.clinic, since=LONG_AGO)
    twice.join(earlier, two)
    twice.join()
    facts = Evidence.objects.filter(subject_kind="person", subject_id=one.pk)
    assert set(facts.values_list("credential__code", "achieved_on")) == {
        ("first", TODAY - timedelta(days=20)),
        ("second", TODAY - timedelta(days=9)),
    }
    asked.refresh_from_db()
    assert asked.evidence.subject_id == one.pk
    assert Evidence.objects.filter(pk=fact.pk, subject_id=two.pk).exists(), "a fact is never changed"
    assert Exemption.objects.get().subject_id == OutsideClaim.objects.get().person_id == one.pk
    assert Membership.objects.get(group=group).person == one
    assert one.positions.filter(agency=school).exists()
    two.refresh_from_db()
    assert (two.name, two.email, two.is_active, two.joined_to) == ("", None, False, one)
    assert set(one.joined_entries.values_list("pk", flat=True)) == {two.pk, earlier.pk}, "one step to who remains"
    stays = {rule.column for rule in RULES if rule.how is How.STAYS} | {"capacity.Evidence.subject_id"}
    assert left_behind(two) <= stays


def test_attempts_and_certificates_are_hers() -> None:
    world = World()
    kept, gone = world.colleague, make_person("Bela", email="")
    make_position(gone, world.agency)
    world.certificate_of(kept)
    certificate = world.certificate_of(gone)
    coordinator = world.actors["local_coordinator"]
    assert coordinator is not None
    services.join_entries(gone, kept, reason="x", by=coordinator, at=NOW)
    certificate.refresh_from_db()
    assert certificate.person == certificate.attempt.person == kept
    assert sorted(Attempt.objects.filter(person=kept).values_list("no", flat=True)) == [1, 2]
    assert left_behind(gone) == {"ledger.Entry.about_person_id"} & left_behind(gone)


def counted() -> list[Any]:
    """What every board is made of: states a day of each position, and the sums of the country."""
    episodes = Episode.objects.order_by("position", "mandate", "starts")
    sums: dict[Any, list[int]] = {}
    for row in Tally.objects.all():
        numbers = sums.setdefault((row.territory_id, row.mandate_id, row.day), [0] * 5)
        for place, state in enumerate(("current", "due_soon", "overdue", "not_yet_due", "exempt")):
            numbers[place] += getattr(row, state)
    kept = {key: numbers for key, numbers in sums.items() if any(numbers)}
    return [list(episodes.values_list("position", "mandate", "state", "starts", "stops", "why")), kept]


def test_standing_is_as_if_it_were_built_anew(twice: Twice) -> None:
    course = make_credential("core")
    make_mandate("core", credential=course)
    Position.objects.filter(person=twice.two).update(since=date(2019, 1, 1), until=TODAY + timedelta(days=30))
    achieve(twice.two, course, TODAY - timedelta(days=9))
    rebuild(at=NOW)
    assert Episode.objects.values("position").distinct().count() == 2
    twice.join()
    after = counted()
    assert {row[0] for row in after[0]} == set(twice.one.positions.values_list("pk", flat=True))
    rebuild(at=NOW)
    assert counted() == after
    assert Episode.objects.get(state="current", starts__lte=TODAY, stops__gt=TODAY)


def test_a_post_held_in_both_is_one_post_over_all_its_days(twice: Twice) -> None:
    Position.objects.filter(person=twice.one).update(since=date(2021, 1, 1), until=date(2022, 1, 1))
    again = make_position(twice.one, twice.clinic, twice.nurse, since=date(2023, 1, 1))
    twice.join()
    held = twice.one.positions.get()
    assert (held.since, held.until) == (LONG_AGO, None)
    assert not Position.objects.filter(Q(person=twice.two) | Q(pk=again.pk)).exists()


def test_roles_of_the_entry_that_goes_end(twice: Twice) -> None:
    role = grant_role(twice.two, "supervisor", twice.clinic)
    twice.join()
    role.refresh_from_db()
    assert (role.person, role.until) == (twice.two, TODAY)
    assert not Role.objects.filter(person=twice.one).exists()


def test_an_address_is_not_lost(twice: Twice) -> None:
    one = make_person("Zoe", email="")
    make_position(one, twice.clinic)
    two = services.add_person(name="Zoe", email="zoe@example.org", by=twice.dora, at=NOW)
    make_position(two, twice.clinic)
    twice.join(two, one)
    one.refresh_from_db()
    assert (one.email, EnteredAddress.objects.get().person) == ("zoe@example.org", one)
    assert not Letter.objects.exists()


def test_an_address_that_is_not_needed_any_more_is_told(twice: Twice) -> None:
    Person.objects.filter(pk=twice.two.pk).update(email="old@example.org")
    twice.join()
    assert address_shown(Person.objects.get(pk=twice.one.pk)) == "amina@example.org"
    assert Letter.objects.get().to == "old@example.org"


def test_she_is_told_and_the_ledger_keeps_who_and_why(twice: Twice) -> None:
    twice.join()
    notice = Notice.objects.get()
    assert (notice.person, notice.kind) == (twice.one, "entries_joined")
    line = Entry.objects.get(verb="entries joined")
    assert (line.by_id, line.object_id, line.about_person_id) == (twice.dora.pk, str(twice.two.pk), twice.one.pk)
    assert line.words.words == {"reason": "She told me herself", "name": "Amina Otieno"}


def refused(twice: Twice, message: str, *people: Person, **facts: Any) -> None:
    with pytest.raises(JoiningRefused, match=message):
        twice.join(*people, **facts)


def test_what_is_refused(twice: Twice) -> None:
    one, two, dora = twice.one, twice.two, twice.dora
    make_position(dora, twice.clinic)
    refused(twice, "one entry, not two", one, one)
    refused(twice, "about yourself", two, dora)
    refused(twice, "Say how you know", reason="  ")
    refused(twice, "Let it remain", one, two)
    role = grant_role(one, "national_coordinator")
    refused(twice, "a role that you cannot give")
    role.delete()
    two.set_password("lamp stone river")
    two.save()
    refused(twice, "Both can sign in")
    assert not Entry.objects.filter(verb="entries joined").exists()
    Person.objects.filter(pk=two.pk).update(password="!")
    Person.objects.filter(pk=two.pk).update(erased_at=NOW)
    refused(twice, "in the meantime")


def test_who_may_not_finds_nothing(twice: Twice) -> None:
    """Nobody below a coordinator, nobody elsewhere, not the country where somebody nearer does, no hidden one."""
    mona, carla = make_person("Mona"), make_person("Carla")
    grant_role(mona, "manager", twice.clinic)
    grant_role(carla, "local_coordinator", twice.far)
    for person in (mona, carla, twice.nora, twice.one):
        with pytest.raises(Http404):
            twice.join(by=person)
        for path in (twice.path(), f"/people/person/{twice.one.public}/join/"):
            assert signed_in(person).get(path).status_code == 404
            assert signed_in(person).post(path, {}).status_code in (404, 405)
    Person.objects.filter(pk=twice.two.pk).update(hidden=True)
    client = signed_in(twice.dora)
    assert client.get(twice.path()).status_code == 404
    page = client.get(f"/people/person/{twice.one.public}/join/?who=Amina").content.decode()
    assert str(twice.two.public) not in page


def test_where_nobody_nearer_coordinates_the_country_does(twice: Twice) -> None:
    Role.objects.filter(person=twice.dora).delete()
    twice.join(by=twice.nora)
    assert twice.one.positions.count() == 1


def leave(twice: Twice, person: Person) -> None:
    """All her posts have ended, the last of them at the clinic and an earlier one elsewhere."""
    Position.objects.filter(person=person).update(until=TODAY - timedelta(days=9))
    far = make_agency("Far clinic", territory=twice.far)
    make_position(person, far, twice.nurse, since=LONG_AGO, until=date(2020, 6, 1))


def test_who_left_is_reached_where_her_last_post_was(twice: Twice) -> None:
    """Whoever left and was entered anew is joined by who coordinates there; her agency does not see her any more."""
    leave(twice, twice.two)
    dora, carla, mona, bela = signed_in(twice.dora), make_person("Carla"), make_person("Mona"), make_person("Bela")
    grant_role(carla, "local_coordinator", twice.far)
    grant_role(mona, "manager", twice.clinic)
    make_position(bela, twice.clinic, twice.nurse)
    page = f"/people/person/{twice.two.public}/"
    assert dora.get(page).status_code == 200
    assert twice.path() in dora.get(f"/people/person/{twice.one.public}/join/?who=amina").content.decode()
    for person in (carla, mona, bela, twice.nora):
        assert signed_in(person).get(page).status_code == 404
        assert signed_in(person).get(twice.path()).status_code == 404
    for stranger in (carla, mona, bela):
        assert not people_shown_to(stranger).filter(pk=twice.two.pk).exists()
    assert people_shown_to(twice.dora).filter(pk=twice.two.pk).exists()
    twice.join()
    assert twice.one.positions.filter(agency__name="Far clinic").exists()


def test_who_left_can_be_entered_anew_with_her_address(twice: Twice) -> None:
    leave(twice, twice.one)
    again = services.add_person(name="Amina Otieno", email="amina@example.org", by=twice.dora, at=NOW)
    assert (again.email, EnteredAddress.objects.get().email) == (None, "amina@example.org")
    make_position(again, twice.clinic, twice.nurse)
    twice.join(again)
    assert twice.one.positions.filter(until=None).exists()


def test_who_left_is_reached_nowhere_when_hidden(twice: Twice) -> None:
    leave(twice, twice.two)
    Person.objects.filter(pk=twice.two.pk).update(hidden=True)
    assert signed_in(twice.dora).get(f"/people/person/{twice.two.public}/").status_code == 404
    assert not people_shown_to(twice.dora).filter(pk=twice.two.pk).exists()


def test_who_left_stays_the_country_s_where_nobody_nearer_coordinates(twice: Twice) -> None:
    leave(twice, twice.two)
    Role.objects.filter(person=twice.dora).delete()
    grant_role(twice.dora, "local_coordinator", twice.far)
    with pytest.raises(Http404):
        twice.join(by=twice.dora)
    twice.join(by=twice.nora)


def test_the_way_through_the_pages(twice: Twice) -> None:
    achieve(twice.two, make_credential("core"), TODAY)
    client = signed_in(twice.dora)
    person = client.get(f"/people/person/{twice.one.public}/").content.decode()
    find = f"/people/person/{twice.one.public}/join/"
    assert find in person
    assert twice.path() in client.get(find).content.decode()
    page = client.get(twice.path()).content.decode()
    assert "1 record of training" in page
    assert page.count("Clinic") >= 2
    assert "amina@example.org" not in page
    answer = client.post(twice.path(), {"remains": str(twice.one.public), "reason": ""})
    assert answer.context["form"].errors.keys() == {"reason"}
    sent = {"remains": str(twice.one.public), "reason": "Her manager says so"}
    answer = client.post(twice.path(), sent)
    assert answer.headers["Location"] == f"/people/person/{twice.one.public}/"
    again = client.post(twice.path(), sent, follow=True)
    assert "Amina Otieno is one entry now." in again.content.decode()
    assert Entry.objects.filter(verb="entries joined").count() == 1
    gone = client.get(f"/people/person/{twice.two.public}/")
    assert gone.headers["Location"] == f"/people/person/{twice.one.public}/"
    assert signed_in(make_person("Bela")).get(f"/people/person/{twice.two.public}/").status_code == 404


def test_both_with_an_account_are_told_what_to_do(twice: Twice) -> None:
    twice.two.set_password("lamp stone river")
    twice.two.save()
    page = signed_in(twice.dora).get(twice.path()).content.decode()
    assert "end the posts of the other" in page
    assert 'name="reason"' not in page


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("find", 13), ("both", 18)])
def test_queries_do_not_grow(twice: Twice, number: int, page: str, queries: int) -> None:
    for _n in range(number):
        other = make_person("Amina Otieno", email="")
        make_position(other, twice.clinic)
        make_position(twice.two, make_agency(territory=twice.area))
        achieve(twice.two, make_credential(), TODAY)
    client = signed_in(twice.dora)
    path = f"/people/person/{twice.one.public}/join/?who=amina" if page == "find" else twice.path()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) == queries
