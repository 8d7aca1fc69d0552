"""Money promised for a plan becomes a fact about a territory, and the need of a plan fills in a duty."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from concerted.capacity.queries import facts_of
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person, make_territory
from concerted.ledger.models import Entry
from concerted.planning import services
from concerted.planning.models import Delegation, KeptPlan, PlanFunding
from concerted.planning.queries.known import known_of
from concerted.planning.queries.plan_money import asked_by, promises
from concerted.planning.tests.test_from_here import Country
from concerted.planning.tests.test_plan_pages import shown, signed_in

pytestmark = pytest.mark.django_db


def later(days: int = 400) -> Any:
    return timezone.localdate() + timedelta(days=days)


def fund(kept: KeptPlan, by: Person, amount: int = 10**9, **changes: Any) -> PlanFunding:
    said: dict[str, Any] = {"until": later(), "source": "Ministry, decision 12", "by": by, "at": timezone.now()}
    return services.record_funding(kept, asked_by(kept)[0], amount, **said | changes)


def test_what_a_plan_asks_of_its_territories_rises_and_is_a_year() -> None:
    country = Country()
    asked = asked_by(country.keep())
    assert [one.territory for one in asked] == country.parts
    for one in asked:
        assert 0 < one.low <= one.mid <= one.high
        assert one.chance(one.low // 2) < 10 < 90 < one.chance(one.high * 2)


def test_places_are_found_by_name_where_a_plan_was_not_made_from_here() -> None:
    lake, _twice, _again = (make_territory(*said) for said in (("Lake",), ("Plain",), ("Plain", make_territory("Up"))))
    dora = make_person("Dora")
    grant_role(dora, "national_coordinator")
    kept = services.keep_plan("Example", "delegation", {}, agency=None, by=dora, at=timezone.now())
    assert [one.territory for one in asked_by(kept)] == [lake]


def test_a_promise_is_a_fact_that_readiness_reads_until_it_ends() -> None:
    country = Country()
    kept, place = country.keep(), country.parts[0]
    made = fund(kept, country.dora)
    today = timezone.localdate()
    known = known_of(place, today)["money"]
    assert known.share == 100
    assert "Ours: 1,000,000,000 ZMW 2026, Ministry, decision 12" in known.source
    assert [fact.pk for fact in facts_of(place, later())] == [made.fact_id]
    assert facts_of(place, later(401)) == []
    assert Entry.objects.filter(verb="plan funding recorded").count() == 1


def test_a_promise_taken_back_holds_no_longer_and_another_sum_takes_its_place() -> None:
    country = Country()
    kept, place, today = country.keep(), country.parts[0], timezone.localdate()
    first, second = fund(kept, country.dora, 1), fund(kept, country.dora)
    assert [fact.value for fact in facts_of(place, today)] == ["100.0"]
    services.end_funding(second, reason="The fund closed", by=country.dora, at=timezone.now())
    assert [line.funding for line in promises(kept, asked_by(kept), today)] == [first, None]
    services.end_funding(first, reason="The fund closed", by=country.dora, at=timezone.now())
    assert facts_of(place, today) == []
    assert known_of(place, today)["money"].share is None


def test_the_page_of_a_plan_says_where_a_promise_suffices() -> None:
    country = Country()
    kept = country.keep()
    path = f"/plans/kept/{kept.public}/"
    assert "of 100 likely cases" not in shown(country.client, path)
    asked = asked_by(kept)[0]
    funding = fund(kept, country.dora, asked.mid)
    told = shown(country.client, path)
    assert told.count("of 100 likely cases") == 1
    assert f"{int(asked.chance(asked.mid))} of 100 likely cases" in told
    services.end_funding(funding, reason="The fund closed", by=country.dora, at=timezone.now())
    assert "of 100 likely cases" not in shown(country.client, path)


def test_the_same_promise_twice_is_recorded_once() -> None:
    country = Country()
    kept = country.keep()
    assert fund(kept, country.dora) == fund(kept, country.dora)
    assert PlanFunding.objects.count() == 1


def test_what_has_ended_or_nobody_promised_is_refused() -> None:
    country = Country()
    kept = country.keep()
    for wrong in ({"until": later(-1)}, {"source": "  "}):
        with pytest.raises(services.FundingRefused):
            fund(kept, country.dora, **wrong)
    made = fund(kept, country.dora)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanFunding.objects.update(amount=1)
    facts = {
        field.name: getattr(made, field.name)
        for field in PlanFunding._meta.fields
        if field.name not in ("id", "public")
    }
    for wrong in ({"source": ""}, {"until": later(-1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanFunding.objects.create(**facts | wrong)


def test_strangers_may_not_record_it() -> None:
    country = Country()
    kept = country.keep()
    lina, amal = make_person("Lina"), make_person("Amal")
    grant_role(lina, "local_coordinator", country.parts[1])
    for who in (lina, amal):
        with pytest.raises(Http404):
            fund(kept, who)
        for path in ("", "new/", f"{fund(kept, country.dora).public}/ends/"):
            answer = signed_in(who).get(f"/plans/kept/{kept.public}/funding/{path}")
            assert answer.status_code in (403, 404), (who.name, path)


def test_the_need_of_a_plan_fills_in_a_duty() -> None:
    country = Country()
    kept = country.keep()
    fund(kept, country.dora, 55)
    path = "/readiness/duties/new/"
    assert "Ours" in shown(country.client, path)
    html = shown(country.client, path, plan=kept.public)
    one = asked_by(kept)[0]
    assert f"Part 0; 55; {one.low}; {one.mid}; {one.high}; Plan “Ours”, kept on" in html
    lines = html[html.index("Part 0; 55") : html.index("</textarea>", html.index("Part 0; 55"))]
    said = {"duty": "Run a board", "code": "board", "basis": "Act 1", "currency": "ZMW", "year": "2026"}
    answer = country.client.post(path, said | {"promises": lines})
    assert answer.status_code == 302, answer.content.decode()
    shares = Delegation.objects.get().shares.order_by("id")
    assert [(share.funds, share.mid) for share in shares] == [(55, one.mid), (0, asked_by(kept)[1].mid)]
    assert country.client.get(path, {"plan": "nothing"}).status_code == 404


def test_from_the_directory_to_readiness() -> None:
    """Dora begins from what is known, changes one number, keeps the plan, records its money, and readiness shows it."""
    country = Country()
    first = f"part-0-{country.parts[0].pk}"
    assert "Begin from the directory" in shown(country.client, "/plans/")
    assert country.fields()[f"advocacy.{first}.filled"] == "9"
    kept = country.keep(**{f"advocacy.{first}.filled": "8"})
    page = f"/plans/kept/{kept.public}/"
    assert "changed by hand" in shown(country.client, page)
    assert "Money is promised for 0 territories of 2." in shown(country.client, f"{page}funding/")
    said = {"territory": country.parts[0].pk, "amount": "900000000", "until": later().isoformat(), "source": "Fund"}
    country.client.post(f"{page}funding/new/", said)
    assert "Money is promised for 1 territory of 2." in shown(country.client, f"{page}funding/")
    html = shown(country.client, f"/readiness/{country.parts[0].pk}/")
    assert "Funds cover need in 100.0 of 100 likely cases" in html
    assert "Ours: 900,000,000 ZMW 2026, Fund" in html
    funding = PlanFunding.objects.get()
    ends = f"{page}funding/{funding.public}/ends/"
    assert "Why it holds no longer" in shown(country.client, ends)
    country.client.post(ends, {"reason": "The fund closed"})
    assert "Funds cover need" not in shown(country.client, f"/readiness/{country.parts[0].pk}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    country = Country(parts=rows)
    kept = country.keep()
    path = f"/plans/kept/{kept.public}/funding/"
    shown(country.client, path)
    with django_assert_num_queries(8, info=path):
        shown(country.client, path)
