"""How whoever sits at a table hears that it is her turn: a notice in the app, and a line on her desk."""

import pytest

from concerted.post.models import Letter, Notice
from concerted.training.tests.table_factories import Seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def seated() -> Seated:
    return Seated()


def test_a_notice_names_its_case_and_takes_the_place_of_the_older() -> None:
    seated = Seated(pace_hours=24)
    seated.first()
    told = Notice.objects.filter(kind="table_turn", person=seated.health.person)
    assert "\u2068Three seats\u2069 has gone on. It is your turn." in seated.health.read("/inbox/")
    assert not any("Three seats" in letter.subject + letter.body for letter in Letter.objects.all())
    assert told.filter(read_at=None).count() == 1
    seated.second()
    assert not told.filter(read_at=None).exists()
    assert "\u2068Three seats\u2069 is finished." in seated.health.read("/inbox/")


def test_a_table_that_waits_for_her_stands_on_her_desk(seated: Seated) -> None:
    line = f'<a class="act" href="{seated.moment}">It is your turn: \u2068Three seats\u2069</a>'
    assert line in seated.police.read("/")
    assert line not in seated.opener.read("/"), "who opened it has no seat"
    seated.health.act(seated.moment)
    assert line not in seated.health.read("/")
    seated.police.act(seated.moment, decision="a")
    seated.social.act(seated.moment)
    assert line in seated.health.read("/")


def test_a_table_played_at_once_sends_no_notices(seated: Seated) -> None:
    seated.first()
    assert not Notice.objects.exists()
