"""A small response with every role in it, and objects in four places: one's own, one's agency's, another's, hidden."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from concerted.capacity.tests.factories import make_credential, make_mandate
from concerted.directory.models import Agency, Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.kit.access import ROLES
from concerted.practice.models import Attempt
from concerted.text.rules import SectionText
from concerted.training.models import Certificate, Module
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services import publish_module

TODAY = timezone.localdate()
#: Roles that are held for an agency, for a territory, and everywhere.
FOR_AGENCY = {"supervisor", "manager", "trainer"}
FOR_TERRITORY = {"local_coordinator"}


def sign_in(client: Client, person: Person, *, second_step: bool = True) -> Client:
    """Sign in without the pages; with the second step, as every role above practitioner needs."""
    if second_step:
        client.force_login(person)
    else:
        client.without_second_step(person)  # type: ignore[attr-defined]
    return client


@dataclass
class World:
    """Built once a test: a country with two regions, an agency in each, and a person for every role."""

    actors: dict[str, Person | None] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        country = make_territory("Country")
        self.region, self.far = make_territory("Region", country), make_territory("Far", country)
        self.agency: Agency = make_agency("Clinic", territory=make_territory("Area", self.region))
        self.elsewhere: Agency = make_agency("Court", territory=make_territory("Far area", self.far))
        for role in ROLES:
            if role == "visitor":
                self.actors[role] = None
                continue
            person = make_person(role.capitalize())
            make_position(person, self.agency)
            self.actors[role] = person
            if role != "practitioner":
                scope = self.agency if role in FOR_AGENCY else self.region if role in FOR_TERRITORY else None
                grant_role(person, role, scope)
        self.colleague = make_person("Bela")
        make_position(self.colleague, self.agency)
        self.stranger = make_person("Chiara")
        make_position(self.stranger, self.elsewhere)
        self.hidden = make_person("Hana", hidden=True)
        make_position(self.hidden, self.agency)
        self.credential = make_credential("core")
        self.mandate = make_mandate("core", credential=self.credential)
        self.module = self._module()

    def _module(self) -> Module:
        """One unit with one step to read."""
        title = SectionText("title", "Core", kind="title")
        unit = UnitText("C1", 5, (title, SectionText("why", "Words.", title="Why")))
        return publish_module(ModuleText("core", (title,), (unit,)), at=timezone.now()).module

    def certificate_of(self, person: Person) -> Certificate:
        """The certificate of somebody who completed the module; the same one when asked again."""
        held = Certificate.objects.filter(person=person).first()
        if held:
            return held
        now = timezone.now()
        attempt = Attempt.objects.create(
            person=person,
            what_kind="module",
            what=self.module.pk,
            version=self.module.published_id,
            no=1,
            language="en",
            started_at=now,
            finished_at=now,
            score=100,
            passed=True,
        )
        return Certificate.objects.create(
            person=person, module_version=self.module.published, attempt=attempt, achieved_on=TODAY
        )

    def person_in(self, scope: str, actor: Person | None) -> Person:
        """The person an object of this scope is about."""
        own = actor or self.colleague
        return {"own": own, "agency": self.colleague, "other": self.stranger, "hidden": self.hidden}[scope]

    def agency_in(self, scope: str) -> Agency:
        return self.elsewhere if scope == "other" else self.agency


SCOPES = ("own", "agency", "other", "hidden")
