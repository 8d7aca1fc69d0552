"""A case conference as it is played in its pages: who reads what, that it goes on, and the look back at its end."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from concerted.kit.access import TABLE as ACCESS_TABLE
from concerted.ledger.models import Entry
from concerted.post.models import Letter, Notice
from concerted.practice.models import Attempt, ConferenceTable, Scenario, TableMove, TableSeat
from concerted.training import services
from concerted.training.tests.factories import publish_small_scenario
from concerted.training.tests.table_factories import Guest, Seated, make_table, publish_small_conference

pytestmark = pytest.mark.django_db
CASE_PAGE = "/learn/tables/case/three-seats/"


@pytest.fixture
def seated() -> Seated:
    return Seated()


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="table").order_by("pk").values_list("verb", flat=True))


def test_from_the_list_to_a_table_with_a_link() -> None:
    publish_small_conference()
    amal, bela = Guest("Amal"), Guest("Bela")
    assert f'href="{CASE_PAGE}"' in amal.read("/learn/scenarios/")
    assert amal.client.get("/learn/scenarios/three-seats/")["Location"] == CASE_PAGE
    page = amal.read(CASE_PAGE)
    for seen in ("A hard topic at a table.", "tell what keeps her safe", "30 minutes for 3 people"):
        assert seen in page
    assert "Nobody stood there." not in page, "how it ends is for those who have practised it"
    table = amal.client.post(CASE_PAGE, {"pace": "0"})["Location"]
    page = amal.read(table)
    assert f"http://testserver{table}" in page
    assert page.count("Take this seat") == 3
    assert bela.client.post(table, {"seat": "health"})["Location"] == f"{table}moment/"
    page = amal.read(table)
    assert page.count("Take this seat") == 2
    assert "Bela" not in page, "the game names nobody"
    assert "Your turn" in bela.read("/learn/tables/")
    assert "Waiting for others" in amal.read("/learn/tables/")
    assert verbs() == ["table opened", "table seat taken"]


def test_one_player_pages_leave_it_alone() -> None:
    publish_small_conference()
    amal = Guest("Amal")
    assert amal.client.post("/learn/scenarios/three-seats/start/").status_code == 404
    assert amal.client.get("/learn/scenarios/three-seats/play/")["Location"] == "/learn/scenarios/three-seats/"
    publish_small_scenario()
    assert amal.client.get("/learn/tables/case/corridor/").status_code == 404
    assert "Open a table" not in amal.read("/learn/scenarios/corridor/")


@pytest.mark.parametrize("pace", ["", "7", "soon", "-1"])
def test_a_pace_that_is_not_offered_opens_nothing(pace: str) -> None:
    publish_small_conference()
    answer = Guest("Amal").client.post(CASE_PAGE, {"pace": pace})
    assert answer.status_code == 200
    assert not ConferenceTable.objects.exists()


def test_a_seat_reads_what_it_knows_and_nothing_of_the_others(seated: Seated) -> None:
    page = seated.police.read(seated.moment)
    for seen in (
        "You are a sergeant.",
        "He wrote a threat.",
        "She paid a fine.",
        "You want it all.",
        "Say what it is for.",
        "Was she hurt?",
        "A hard topic at a table.",
        "Unsure",
        "Not filled in here.",
    ):
        assert seen in page
    for hidden in (
        "Her neck was hurt.",
        "The name of the school.",
        "You are a nurse.",
        "Her trust",
        "To be told",
        "Two days",
    ):
        assert hidden not in page
    page = seated.health.read(seated.moment)
    assert "What do you decide?" not in page, "this seat has nothing to decide here"
    assert "You want it all." not in page


def test_it_is_played_to_the_look_back(seated: Seated) -> None:
    seated.first()
    page = seated.police.read(seated.moment)
    for seen in ("Thursday", "Her neck was hurt.", "They know what for.", "Act on both.", "Day 4", "Better"):
        assert seen in page
    assert "Was she hurt?" in seated.health.read(seated.moment), "she was asked it"
    assert "He wrote a threat." in seated.health.read(seated.moment)
    assert "He wrote a threat." not in seated.social.read(seated.moment)
    seated.second()
    assert seated.police.client.get(seated.moment)["Location"] == seated.back
    assert seated.police.client.get(seated.page)["Location"] == seated.back
    page = seated.social.read(seated.back)
    for seen in (
        "Friday, quiet",
        "Nobody stood there.",
        "Her trust",
        "They spoke of me.",
        "Nowhere: everybody heard in time",
        "Say what it is for.",
        "As little as will do.",
        "rightly kept",
        "Who knew what when",
    ):
        assert seen in page
    assert "Friday, quiet" in seated.opener.read(seated.back)
    for guest in (seated.police, seated.health, seated.social):
        assert "Three seats" in guest.read("/learn/record/all/")
        assert "How it can end" in guest.read(CASE_PAGE)
    assert "Done" in seated.police.read("/learn/tables/")
    assert "Done" in seated.police.read("/learn/scenarios/")
    assert not Attempt.objects.filter(person=seated.opener.person).exists()


def test_where_coordination_broke_is_said_in_words(seated: Seated) -> None:
    seated.social.act(seated.moment, **{"tell-school": ["police", "health"]})
    seated.health.act(seated.moment)
    seated.police.act(seated.moment, **{"tell-fine": ["social"], "ask": "hurt", "decision": "b"})
    seated.health.act(seated.moment)
    seated.social.act(seated.moment)
    seated.police.act(seated.moment, **{"tell-threat": ["health"], "decision": "b"})
    page = seated.police.read(seated.back)
    for seen in (
        "Where she can be found was told",
        "Social services told Police, Health.",
        "It never reached those who needed it",
        "Health knew it. Police needed it.",
        "It was told late",
        "Days gone by: 5.",
        "Police told Social services.",
        "Police decided. Days lost: 2.",
        "Police asked Health, and needed to know.",
        "She went alone.",
    ):
        assert seen in page


def test_waiting_says_for_whom_and_goes_on_by_itself(seated: Seated) -> None:
    seated.police.act(seated.moment, decision="a")
    page = seated.police.read(seated.moment)
    assert "You have done your part here" in page
    assert "Do this" not in page
    waiting = re.search(r'<section class="stack" id="waiting".*?</section>', page, re.S)
    assert waiting is not None
    assert "Health" in waiting[0]
    assert "Her neck" not in page
    hx = {"HX-Request": "true"}
    part = seated.police.client.get(seated.moment, headers=hx)
    assert part.content.decode().strip() == waiting[0].strip(), "the fragment is what the page holds"
    assert "HX-Refresh" not in part.headers
    seated.health.act(seated.moment)
    seated.social.act(seated.moment)
    answer = seated.police.client.get(seated.moment, headers=hx)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_a_refused_form_keeps_what_was_ticked(seated: Seated) -> None:
    answer = seated.police.act(seated.moment, **{"tell-threat": ["health"], "ask": "hurt"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Choose one of your decisions." in page
    assert re.search(r'name="tell-threat" value="health" checked', page)
    assert not re.search(r'name="tell-threat" value="social" checked', page)
    assert re.search(r'name="ask" value="hurt" checked', page)
    assert not TableMove.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"tell-neck": ["social"], "decision": "a"},
        {"tell-nothing": ["health"], "decision": "a"},
        {"tell-threat": ["police", "\0"], "decision": "a"},
        {"decision": "../a"},
        {"decision": "a", "ask": "writing"},
        {"decision": "a" * 9000},
    ],
)
def test_a_forged_form_changes_nothing(seated: Seated, sent: dict[str, Any]) -> None:
    answer = seated.police.act(seated.moment, **sent)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not TableMove.objects.exists()


def test_a_form_of_an_old_moment_is_refused_and_the_open_one_shown(seated: Seated) -> None:
    seated.first()
    for moment, why in (("opening", "already done from your seat"), ("nowhere", "has gone on"), ("", "has gone on")):
        answer = seated.police.client.post(seated.moment, {"moment": moment, "decision": "b"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert why in page
        assert "Act on both." in page
    assert TableMove.objects.filter(moment="after").count() == 0


def test_a_form_sent_twice_is_one_move(seated: Seated) -> None:
    for _twice in range(2):
        sent = {"moment": "opening", "tell-neck": ["police"]}
        assert seated.health.client.post(seated.moment, sent)["Location"] == f"{seated.moment}#scene"
    assert TableMove.objects.count() == 1


def test_two_who_press_the_same_seat(seated: Seated) -> None:
    seated.table.seats.filter(seat="social").update(person=None, taken_at=None)
    other = Guest("Emre")
    assert other.client.post(seated.page, {"seat": "health"}, follow=True).redirect_chain == [(seated.page, 302)]
    assert "just taken" in other.client.post(seated.page, {"seat": "health"}, follow=True).content.decode()
    assert (
        "Each person takes one."
        in seated.police.client.post(seated.page, {"seat": "social"}, follow=True).content.decode()
    )
    assert "Choose one of the seats" in other.client.post(seated.page, follow=True).content.decode()
    other.client.post(seated.page, {"seat": "social"})
    assert TableSeat.objects.get(seat="social").person == other.person
    late = Guest("Fanta")
    assert "All seats are taken" in late.read(seated.page)


def test_leaving_counts_the_same_and_is_told_nowhere(seated: Seated) -> None:
    before = verbs()
    answer = seated.social.client.post(seated.moment, {"do": "leave"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == CASE_PAGE
    for seen in ("You left the table.", "She went alone.", "They spoke of me."):
        assert seen in page
    assert verbs() == before
    assert "Three seats" in seated.social.read("/learn/record/all/")
    assert seated.social.client.get(seated.moment).status_code == 404
    assert "Played by the programme" in seated.police.read(seated.page)
    seated.health.act(seated.moment)
    seated.police.act(seated.moment, decision="a")
    seated.health.act(seated.moment)
    seated.police.act(seated.moment, decision="b")
    assert seated.police.read(seated.back)
    left = Attempt.objects.get(person=seated.social.person)
    stayed = Attempt.objects.get(person=seated.police.person)
    assert [left.score, left.passed, left.what] == [stayed.score, stayed.passed, stayed.what]


def test_who_opened_it_fills_seats_and_waits_no_longer() -> None:
    amal, dora = Guest("Amal"), Guest("Dora")
    table = make_table(dora.person, {"police": amal.person})
    page = f"/learn/tables/{table.key}/"
    assert "Let the programme play it" not in amal.read(page)
    assert dora.read(page).count("Let the programme play it") == 2
    dora.client.post(f"{page}lead/", {"seat": "health"})
    assert TableSeat.objects.get(seat="health").stand_in
    refused = dora.client.post(f"{page}lead/", {"seat": "police"}, follow=True)
    assert "Somebody sits there" in refused.content.decode()
    for _twice in range(2):
        dora.client.post(f"{page}lead/", {"moment": "opening"})
    assert "Thursday" in amal.read(f"{page}moment/")
    assert verbs() == ["table stand-in seated", "table moment closed"]
    dora.client.post(f"{page}lead/", {"moment": "after"})
    assert "The time ran out for Police." in dora.read(f"{page}back/")


def test_strangers_get_not_found(seated: Seated) -> None:
    stranger = Guest("Emre")
    assert stranger.read(seated.page), "whoever has the link reads which seats are free"
    for path in (seated.moment, seated.lead, seated.back):
        for answer in (stranger.client.get(path), stranger.client.post(path)):
            assert answer.status_code in (404, 405), path
    assert seated.opener.client.get(seated.moment).status_code == 404, "who opened it sees no seat"
    assert seated.police.client.post(seated.lead, {"moment": "opening"}).status_code == 404
    seated.first()
    seated.second()
    assert stranger.client.get(seated.page).status_code == 404, "nothing is left to join"
    assert stranger.client.get(seated.back).status_code == 404
    assert stranger.client.get("/learn/tables/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_the_look_back_waits_for_the_end(seated: Seated) -> None:
    assert seated.police.client.get(seated.back)["Location"] == seated.page


def test_over_days_all_are_told_and_time_runs_out() -> None:
    seated = Seated(pace_hours=24)
    seated.first()
    told = Notice.objects.filter(kind="table_turn")
    assert sorted(told.values_list("person__name", flat=True)) == ["Bela", "Chiara"]
    assert set(told.values_list("link", flat=True)) == {seated.moment}
    assert Letter.objects.count() in (0, 2)
    now = timezone.now()
    for _twice in range(2):
        services.look_at_tables_due(at=now + timedelta(hours=25))
    assert verbs() == ["table moment closed"]
    assert Notice.objects.filter(kind="table_over", link=seated.back).count() == 3
    assert "The time ran out for" in seated.police.read(seated.back)


def test_her_moves_are_in_what_she_takes_along(seated: Seated) -> None:
    seated.first()
    answer = seated.health.client.get("/learn/record/all/document.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        (told,) = json.loads(archive.read("tables.json"))
    assert (told["code"], told["seat"], told["moment"]) == ("three-seats", "health", "opening")
    assert told["did"]["tells"] == {"neck": ["police"]}


def test_access_is_as_the_table_says() -> None:
    cells = {name: set(ACCESS_TABLE[name].cells) for name in ACCESS_TABLE if "table" in name.split()}
    assert cells["table of a case conference"] == {"practitioner"}
    assert cells["seat at a table"] == {"practitioner"}


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    seated = Seated()
    for _more in range(rows - 1):
        make_table(seated.police.person, {"police": seated.police.person})
    if rows == 1:
        seated.table.seats.exclude(seat="police").update(person=None, taken_at=None)
    seated.police.read("/learn/tables/")
    seated.police.read(seated.moment)
    for path, number in (
        ("/learn/tables/", 5),
        (seated.page, 6),
        (seated.moment, 7),
        (CASE_PAGE, 5),
    ):
        with django_assert_num_queries(number):
            seated.police.read(path)
    assert Scenario.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_look_back_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    seated = Seated()
    seated.first()
    if rows == 1:
        services.get_up(seated.table, by=seated.social.person, at=timezone.now())
        services.get_up(seated.table, by=seated.health.person, at=timezone.now())
        seated.police.act(seated.moment, decision="b")
    else:
        seated.second()
    seated.police.read(seated.back)
    with django_assert_num_queries(6):
        seated.police.read(seated.back)
