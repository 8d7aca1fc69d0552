import json
import random
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from concerted.ledger import chain
from concerted.ledger.models import Entry, EntryWords, Head
from concerted.ledger.services import erase_words, record

pytestmark = pytest.mark.django_db


def write(count: int, **words: Any) -> None:
    for number in range(count):
        record("person changed", by=None, object_kind="person", object_id=number, words=words or None)


def seal() -> int:
    return chain.seal_rows(timezone.now() + chain.AGE)


def broken() -> tuple[int, int | None]:
    found = chain.verify().broken
    assert found is not None
    return found.no, found.entry


def test_rows_are_chained_in_order_and_the_head_is_exported() -> None:
    write(3)
    assert seal() == 3
    write(2)
    assert seal() == 2
    assert seal() == 0
    rows = list(Entry.objects.order_by("pk"))
    assert [row.sealed_no for row in rows] == [1, 2, 3, 4, 5]
    assert len({row.seal for row in rows}) == 5
    lines = chain.heads_file().read_text().splitlines()
    assert [line.split()[1:] for line in lines] == [["3", rows[2].seal], ["5", rows[4].seal]]
    assert chain.verify() == chain.Verdict(True, 5, 0, 2, None)


def test_an_empty_ledger_is_in_order() -> None:
    assert seal() == 0
    assert not chain.heads_file().exists()
    assert chain.verify().ok


def test_young_rows_wait() -> None:
    write(1)
    assert chain.seal_rows(timezone.now()) == 0
    assert chain.verify() == chain.Verdict(True, 0, 1, 0, None)


def test_a_row_committed_late_is_sealed_after_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    write(3)
    late = Entry.objects.order_by("pk")[1]
    Entry.objects.filter(pk=late.pk).update(at=timezone.now() + timedelta(hours=1))
    seal()
    Entry.objects.filter(pk=late.pk).update(at=late.at)
    assert seal() == 1
    assert Entry.objects.get(pk=late.pk).sealed_no == 3
    assert chain.verify().ok


def test_more_rows_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "BATCH", 4)
    write(10)
    assert seal() == 10
    assert chain.verify().ok


EDITS = {
    "at": datetime(2001, 1, 1, tzinfo=UTC),
    "by_id": 4711,
    "verb": "person added",
    "object_kind": "role",
    "object_id": "4711",
    "about_person_id": 4711,
    "digest": "0" * 64,
    "seal": "0" * 64,
}


@pytest.mark.parametrize("field", EDITS)
def test_a_changed_row_is_named(field: str) -> None:
    write(9)
    seal()
    victim = Entry.objects.get(sealed_no=4)
    Entry.objects.filter(pk=victim.pk).update(**{field: EDITS[field]})
    assert broken() == (4, victim.pk)


def test_a_thousand_random_tampers_are_all_found() -> None:
    """Edits, deletions and swaps anywhere but in rows not yet sealed."""
    chance = random.Random(7)
    write(8, name="Amal")
    seal()
    for _ in range(1000):
        with transaction.atomic():
            no = chance.randint(1, 8)
            victim = Entry.objects.filter(sealed_no=no)
            way = chance.choice(["edit", "delete", "swap", "words"])
            if way == "edit":
                field = chance.choice(list(EDITS))
                victim.update(**{field: EDITS[field]})
            elif way == "delete":
                EntryWords.objects.filter(entry__in=victim).delete()
                victim.delete()
            elif way == "swap":
                other = no % 8 + 1
                ids = dict(Entry.objects.values_list("sealed_no", "pk"))
                Entry.objects.filter(pk__in=[ids[no], ids[other]]).update(sealed_no=None)
                Entry.objects.filter(pk=ids[no]).update(sealed_no=other)
                Entry.objects.filter(pk=ids[other]).update(sealed_no=no)
            else:
                EntryWords.objects.filter(entry__in=victim).update(words={"name": "Bela"})
            found = chain.verify().broken
            assert found, (way, no)
            assert found.no in (no, min(no, no % 8 + 1)), (way, no, found)
            transaction.set_rollback(True)
    assert chain.verify().ok


def test_a_cut_end_is_found_by_the_exported_head() -> None:
    write(5)
    seal()
    Entry.objects.filter(sealed_no__gt=3).delete()
    last = Entry.objects.get(sealed_no=3)
    assert broken() == (4, None)
    Head.objects.update(no=3, seal=last.seal)
    assert broken() == (4, None), "the head in the database was set back too"
    chain.heads_file().unlink()
    assert chain.verify().ok, "without the exported heads nobody can tell"


def test_an_end_sealed_anew_is_found_by_the_exported_head() -> None:
    write(5)
    seal()
    victim = Entry.objects.get(sealed_no=5)
    Head.objects.update(no=4, seal=Entry.objects.get(sealed_no=4).seal)
    Entry.objects.filter(pk=victim.pk).update(verb="person added", seal="", sealed_no=None)
    seal()
    assert broken() == (5, victim.pk)


def test_a_row_put_in_is_found() -> None:
    write(3)
    seal()
    write(1)
    extra = Entry.objects.get(sealed_no=None)
    Entry.objects.filter(pk=extra.pk).update(sealed_no=4, seal="0" * 64)
    assert broken() == (4, extra.pk)


def test_words_are_bound_before_they_are_sealed_too() -> None:
    write(1, name="Amal")
    EntryWords.objects.update(words={"name": "Bela"})
    assert broken() == (0, Entry.objects.get().pk)


def test_erasing_words_leaves_the_chain_valid(django_user_model: Any) -> None:
    amal = django_user_model.objects.create(name="Amal")
    record("person changed", by=None, object_kind="person", object_id=amal.pk, about=amal, words={"name": "Amal"})
    write(2, name="Bela")
    seal()
    assert erase_words(amal, by=None) == 1
    assert [kept.words for kept in EntryWords.objects.all()] == [{"name": "Bela"}] * 2
    assert chain.verify().ok
    seal()
    assert chain.verify().ok


def test_an_erased_digest_cannot_be_found_again_by_trying_names() -> None:
    write(2, name="Amal")
    same = Entry.objects.values_list("digest", flat=True)
    assert len(set(same)) == 2
    assert len(set(EntryWords.objects.values_list("salt", flat=True))) == 2


def test_words_survive_the_way_through_the_database() -> None:
    write(1, name="نورة", pieces=3, share=0.5, list=[1, None, {"b": 1, "a": 2}])
    seal()
    assert chain.verify().ok


def test_a_crash_between_sealing_and_exporting_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    write(2)
    with monkeypatch.context() as away:
        away.setattr(chain, "export_head", lambda: None)
        seal()
    assert chain.verify().ok
    seal()
    assert chain.verify().exported == 1


def test_a_line_cut_short_is_not_taken_for_a_head() -> None:
    write(2)
    seal()
    with chain.heads_file().open("a") as out:
        out.write("2030-01-01T00:00:00Z 3 ab")
    assert chain.verify().ok


def test_the_act_fails_when_its_entry_cannot_be_written(django_user_model: Any) -> None:
    @transaction.atomic
    def act() -> None:
        django_user_model.objects.create(name="Amal")
        record(None, by=None, object_kind="person", object_id=1)  # type: ignore[arg-type]

    with pytest.raises(IntegrityError):
        act()
    assert not django_user_model.objects.exists()


def test_there_is_one_head() -> None:
    Head.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(pk=2)


def test_the_command_names_the_row_and_fails() -> None:
    write(3)
    seal()
    out = StringIO()
    call_command("ledger", "verify", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == {"ok": True, "sealed": 3, "unsealed": 0, "exported": 1, "broken": None}
    victim = Entry.objects.get(sealed_no=2)
    Entry.objects.filter(pk=victim.pk).update(verb="x")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("ledger", "verify", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["broken"] == {"no": 2, "entry": victim.pk, "why": "The row was changed."}
