"""The same form sent twice, as a double press does: one thing comes of it, and she is told."""

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from concerted.kit.tests.stored import changed, stored
from tests.bad_input.services import YESTERDAY, Bench

pytestmark = pytest.mark.django_db


class Twice(NamedTuple):
    """A form, who sends it (empty: a visitor), and what the second time is answered with."""

    what: str
    who: str
    path: Callable[[Bench], str]
    form: Callable[[Bench], dict[str, Any]]
    message: str
    remedy: str


FORMS: list[Twice] = [
    Twice("an answer", "amal", lambda b: "/learn/core/C1/",
          lambda b: {"key": str(uuid.UUID(int=5)), "step": "q1", "do": "answer", "answer": "b"},
          "Not quite.", "Why Two."),
    Twice("outside training", "amal", lambda b: "/capacity/outside/mine/",
          lambda b: {"credential": b.credential.pk, "achieved_on": YESTERDAY.isoformat(), "provider": "School"},
          "This training is already on record for that day.", "Leave it out, or correct the day."),
    Twice("outside training of staff", "manager", lambda b: f"/capacity/outside/agency/{b.agency.pk}/",
          lambda b: {"person": b.amal.pk, "credential": b.credential.pk, "achieved_on": YESTERDAY.isoformat(),
                     "provider": "School"},
          "This training is already on record for that day.", "Leave it out, or correct the day."),
    Twice("a role", "nora", lambda b: f"/people/roles/give/{b.amal.public}/",
          lambda b: {"role": "national_coordinator"},
          "She already has this role, or it waits for a second person.", "Look under Roles."),
    Twice("a mandate", "nora", lambda b: "/capacity/mandates/new/",
          lambda b: {"code": "new", "name": "New", "audience": b.audience.pk, "credential": b.credential.pk,
                     "basis": "Act 1", "authority": "Ministry", "cycle": "rolling", "months": 12,
                     "first_due_months": 3, "warn_days": 90, "grace_days": 0, "stage": "in",
                     "from_day": timezone.localdate().isoformat()},
          "You have already written this version.", "It waits for a second person: ask a colleague to confirm it."),
    Twice("a mandate confirmed", "nadia", lambda b: f"/capacity/mandates/waiting/{b.proposed.no}/confirm/",
          lambda b: {}, "This version is already in force.", "Write a new version to change it."),
    Twice("an invitation", "manager", lambda b: f"/account/agency/{b.agency.public}/invite/",
          lambda b: {"emails": "zoe@example.org, yara@example.org", "profession": b.nurse.pk},
          "This invitation has just been sent.", "To send another letter, wait a minute and try again."),
    Twice("a request to join", "nora", lambda b: f"/account/where/{b.agency.public}/",
          lambda b: {"profession": b.nurse.pk, "since": YESTERDAY.isoformat()},
          "You have already asked.", "The agency answers you here."),
    Twice("sign-up", "", lambda b: "/account/signup/",
          lambda b: {"name": "Zoe", "email": "zoe@example.org", "password": "correct horse battery", "language": "en"},
          "An e-mail with a link is on its way.", "Open the link to finish your account."),
]  # fmt: skip


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.what)
def test_a_form_sent_twice_counts_once(row: Twice) -> None:
    cache.clear()
    bench, client = Bench(), Client()
    if row.who:
        client.force_login(getattr(bench, row.who))
    form, untouched = row.form(bench), stored()
    first = client.post(row.path(bench), form)
    assert first.status_code == 302, first.content.decode()
    client.get(first["Location"])
    assert changed(untouched) != [], "the first form is taken"
    before = stored()
    page = client.post(row.path(bench), form, follow=True).content.decode()
    assert row.message in page
    assert row.remedy in page
    assert changed(before) == []
