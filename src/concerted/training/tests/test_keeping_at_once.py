"""One queue sent by a device many times in the same moment, on a database with many writers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from concerted.training.tests.factories import publish_small_scenario
from concerted.training.tests.test_keeping import Device

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_the_same_queue_eight_times_at_once_is_one() -> None:
    publish_small_scenario()
    phone = Device()
    phone.take("round")
    phone.take("choose", "a")
    together = Barrier(8)

    def one(_number: int) -> int:
        client = Client()
        client.force_login(phone.person)
        together.wait()
        try:
            return int(phone.send(client=client).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(one, range(8))) == [200] * 8
    assert phone.steps == ["hall.a"]
