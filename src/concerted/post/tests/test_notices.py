from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404

from concerted.post import queries, services, wordings
from concerted.post.models import Letter, Notice
from concerted.post.reminders import Reminder, remind

pytestmark = pytest.mark.django_db
AT = datetime(2030, 1, 1, 9, tzinfo=UTC)
Person: Any = get_user_model()


@pytest.fixture
def amal() -> Any:
    return Person.objects.create(name="Amal", email="amal@example.org", language="fr")


def test_the_same_line_is_written_once_ever(amal: Any) -> None:
    for _ in range(3):
        services.notify(amal, "due", dedupe="due:1", at=AT, mail=True)
    assert Notice.objects.count() == Letter.objects.count() == 1
    assert Letter.objects.get().language == "fr"


def test_a_line_and_its_letter_go_with_a_change_that_is_undone(amal: Any) -> None:
    with transaction.atomic():
        services.notify(amal, "due", at=AT, mail=True)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("change", [{"email": None}, {"is_active": False}])
def test_who_cannot_get_mail_still_gets_the_line(amal: Any, change: dict[str, Any]) -> None:
    for name, value in change.items():
        setattr(amal, name, value)
    amal.save()
    assert services.notify(amal, "due", at=AT, mail=True)
    assert not Letter.objects.exists()


def test_who_wants_no_mail_gets_none(amal: Any) -> None:
    services.choose_mail(amal, False, by=amal)
    services.notify(amal, "due", at=AT, mail=True)
    services.choose_mail(amal, True, by=amal)
    services.notify(amal, "due", at=AT, mail=True)
    assert Letter.objects.count() == 1
    assert queries.unread_count(amal) == 2


def test_what_came_in_after_she_looked_stays_new(amal: Any) -> None:
    seen = services.notify(amal, "due", at=AT)
    services.notify(amal, "due", at=AT + timedelta(minutes=1))
    assert seen
    assert services.read_all(amal, upto=seen.pk, by=amal, at=AT) == 1
    assert queries.unread_count(amal) == 1


def test_nobody_else_marks_her_lines_or_chooses_her_mail(amal: Any) -> None:
    bela = Person.objects.create(name="Bela", email="bela@example.org")
    notice = services.notify(amal, "due", at=AT)
    assert notice
    with pytest.raises(Http404):
        services.read_notice(notice, by=bela, at=AT)
    with pytest.raises(Http404):
        services.read_all(amal, upto=notice.pk, by=bela, at=AT)
    with pytest.raises(Http404):
        services.choose_mail(amal, False, by=bela)
    assert queries.unread_count(amal) == 1


def test_a_line_whose_room_is_gone_is_still_a_line(amal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wordings.WORDINGS, "due", "%(what)s is due")
    told = services.notify(amal, "due", facts={"what": "Core"}, at=AT)
    bare, gone = services.notify(amal, "due", at=AT), services.notify(amal, "of a room that is gone", at=AT)
    assert told
    assert bare
    assert gone
    assert queries.line(told).text == "Core is due"
    for notice in (bare, gone):
        assert queries.line(notice).text == "There is something new for you."


def test_many_reminders_make_one_letter_a_person(amal: Any) -> None:
    bela = Person.objects.create(name="Bela", email="bela@example.org")
    lines = [Reminder("due", person, f"{person.pk}:{n}") for person in (amal, bela) for n in range(3)]
    assert remind(lines, at=AT) == 6
    assert Letter.objects.count() == 2
    assert remind(lines, at=AT + timedelta(days=1)) == 0
    assert Letter.objects.count() == 2
