from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from concerted.kit.memory import forget_everything, remember
from concerted.kit.prepared import Prepared

pytestmark = pytest.mark.django_db


def make_session(key: str) -> None:
    Session.objects.create(session_key=key, session_data="x", expire_date=timezone.now())


def test_it_gives_what_the_queryset_gives(django_assert_num_queries: Any) -> None:
    for key in ("a", "b", "c"):
        make_session(key)

    def asked(key: str, other: str) -> Any:
        return Session.objects.filter(session_key__in=[key, other]).order_by("pk").values_list("pk", "expire_date")

    prepared = Prepared(asked, str, str)
    for pair in (("a", "c"), ("b", "a"), ("x", "y")):
        with django_assert_num_queries(1):
            rows = prepared.rows(*pair)
        assert rows == list(asked(*pair))


def test_dates_and_json_come_back_as_python_values() -> None:
    def asked(day: date) -> Any:
        return DBTaskResult.objects.filter(enqueued_at__date=day).values_list("args_kwargs", "enqueued_at")

    assert Prepared(asked, date).rows(timezone.localdate()) == list(asked(timezone.localdate()))


def test_an_argument_that_is_changed_on_the_way_is_refused() -> None:
    prepared = Prepared(lambda key: Session.objects.filter(session_key__contains=key).values_list("pk"), str)
    with pytest.raises(ValueError, match="does not reach"):
        prepared.rows("a")


def test_what_is_remembered_is_asked_once_and_forgotten_in_tests() -> None:
    asked = []

    @remember(2)
    def read(key: int) -> int:
        asked.append(key)
        return key * 2

    assert (read(1), read(1), read(2)) == (2, 2, 4)
    forget_everything()
    read(1)
    assert asked == [1, 2, 1]
