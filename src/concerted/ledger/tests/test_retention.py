"""Nothing about people is kept without a rule, and the nightly job does what the rules say."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from concerted.ledger.forgetting import forget_old
from concerted.ledger.models import Entry, EntryWords
from concerted.ledger.retention import RULES, How
from concerted.ledger.services import record

#: Plain columns that point at a person or hold her words, beside foreign keys, addresses and files.
TELLING = {
    "by_id",
    "owner_id",
    "about_person_id",
    "subject_id",
    "words",
    "answer",
    "reason",
    "user_agent",
    "session_data",
    "args_kwargs",
    "traceback",
}
KINDS = (models.EmailField, models.GenericIPAddressField, models.FileField)


def personal(model: type[models.Model]) -> bool:
    person = get_user_model()
    return model is person or any(
        field.related_model is person if field.is_relation else isinstance(field, KINDS) or field.name in TELLING
        for field in model._meta.concrete_fields
    )


def test_every_model_that_holds_something_about_people_has_a_rule() -> None:
    found = {model._meta.label for model in apps.get_models() if personal(model)}
    assert found - {rule.model for rule in RULES} == set(), "write it into ledger/retention.py"


@pytest.mark.django_db
def test_every_rule_can_be_carried_out() -> None:
    assert len({rule.model for rule in RULES}) == len(RULES)
    for rule in RULES:
        model = apps.get_model(rule.model)
        assert (rule.how is How.DELETE) == (rule.after is not None) == bool(rule.since), rule.model
        if rule.since:
            model._base_manager.filter(**{f"{rule.since}__lte": timezone.now()}).exists()


@pytest.mark.django_db
def test_what_is_too_old_goes_and_the_rest_stays() -> None:
    for _ in range(2):
        record("person changed", by=None, object_kind="person", object_id=1, words={"name": "Amal"})
    now = timezone.now()
    old = Entry.objects.order_by("pk")[0]
    Entry.objects.filter(pk=old.pk).update(at=now - timedelta(days=7 * 365 + 1))
    assert forget_old(now, dry_run=True)["ledger.EntryWords"] == 1
    assert EntryWords.objects.count() == 2, "a dry run changes nothing"
    assert forget_old(now)["ledger.EntryWords"] == 1
    assert EntryWords.objects.get().entry_id != old.pk
    assert Entry.objects.count() == 2
    assert not any(forget_old(now).values())


@pytest.mark.django_db
def test_the_command_says_what_would_go() -> None:
    out = StringIO()
    call_command("ledger", "forget", "--dry-run", "--format", "json", stdout=out)
    seen: dict[str, Any] = json.loads(out.getvalue())
    assert seen["post.Letter"] == 0
    assert set(seen) == {rule.model for rule in RULES if rule.how is How.DELETE}
