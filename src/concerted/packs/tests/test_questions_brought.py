"""Questions come from a file for a bank, and a second person publishes them."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.forgetting import forget_old
from concerted.ledger.models import Entry
from concerted.packs.services.questions import bring_file, questions_of
from concerted.practice import services
from concerted.practice.models import Bank, BankProposal, QuestionVersion
from concerted.practice.services import BringingRefused
from concerted.training.tests.factories import publish_small_bank

pytestmark = pytest.mark.django_db
NOW = timezone.now()
GIFT = "::First::What comes first?{=Her safety#Yes. ~The form#Later.}\n\n::Second::Is it so?{T#no#yes}\n"


def make_author(name: str, role: str = "author") -> Person:
    person = make_person(name)
    grant_role(person, role)
    return person


@pytest.fixture
def ada() -> Person:
    return make_author("Ada")


@pytest.fixture
def nora() -> Person:
    return make_author("Nora", "national_coordinator")


def brought(by: Person | None, text: str = GIFT, code: str = "signs") -> BankProposal:
    _planned, held = bring_file(text.encode(), code, by=by, at=NOW)
    assert held is not None
    return held


def published(by: Person, second: Person, text: str = GIFT, code: str = "signs") -> Bank:
    held = services.ask_for_questions(brought(by, text, code), title="Signs", summary="About signs.", by=by, at=NOW)
    bank = services.decide_questions(held, accept=True, by=second, at=NOW)
    assert bank is not None
    return bank


def run(*words: str) -> tuple[str, int]:
    out, code = io.StringIO(), 0
    try:
        call_command("questions", *words, stdout=out, stderr=out)
    except SystemExit as left:
        code = int(str(left.code))
    return out.getvalue(), code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "signs.gift"
    path.write_text(GIFT)
    return path


def test_a_new_bank_is_published_by_a_second_person(ada: Person, nora: Person) -> None:
    bank = published(ada, nora)
    assert [(one.key, one.kind, one.marking["right"]) for one in questions_of(bank)] == [
        ("first", "single", "a"),
        ("second", "single", "a"),
    ]
    assert (bank.minutes, bank.pack) == (3, "")
    assert not BankProposal.objects.exists()
    assert Entry.objects.filter(verb="questions proposed").count() == 1


def test_a_bank_goes_on_with_what_is_new_and_changed(ada: Person, nora: Person) -> None:
    before = published(ada, nora)
    version = before.document.published_id
    text = GIFT.replace("Is it so?", "Is it really so?") + "\n::Third::And then?{=a ~b}\n"
    planned, _held = bring_file(text.encode(), "signs", by=ada, at=NOW)
    assert (len(planned.create), len(planned.change), planned.skip) == (1, 1, 1)
    bank = published(ada, nora, text)
    assert [(one.key, one.sections[0].markdown) for one in questions_of(bank)] == [
        ("first", "What comes first?"),
        ("second", "Is it really so?"),
        ("third", "And then?"),
    ]
    assert QuestionVersion.objects.filter(version=version).count() == 2, "what was asked before stays as it was"
    assert bank.document.published_id != version


def test_the_same_file_again_is_nothing_new(ada: Person, nora: Person) -> None:
    published(ada, nora)
    before = stored()
    planned, held = bring_file(GIFT.encode(), "signs", by=ada, at=NOW)
    assert (planned.skip, held, changed(before)) == (2, None, [])


def test_the_same_file_twice_is_one_proposal(ada: Person) -> None:
    assert brought(ada).pk == brought(ada).pk
    assert brought(None).pk == brought(None).pk
    assert BankProposal.objects.count() == 2


def test_a_faulty_file_stores_nothing(ada: Person) -> None:
    before = stored()
    planned, held = bring_file(b"One {=a\n\nTwo?{T}", "signs", by=ada, at=NOW)
    assert (held, changed(before)) == (None, [])
    assert planned.plain()["errors"][0]["line"] == 1


def test_nobody_decides_alone_or_for_another(ada: Person, nora: Person) -> None:
    held = brought(ada)
    with pytest.raises(BringingRefused, match="does not wait"):
        services.decide_questions(held, accept=True, by=nora, at=NOW)
    with pytest.raises(BringingRefused, match="Somebody else brought this"):
        services.ask_for_questions(held, title="x", summary="x", by=nora, at=NOW)
    with pytest.raises(BringingRefused, match="Give the new bank a title"):
        services.ask_for_questions(held, title=" ", summary="x", by=ada, at=NOW)
    services.ask_for_questions(held, title="x", summary="x", by=ada, at=NOW)
    with pytest.raises(BringingRefused, match="already waits"):
        services.ask_for_questions(held, title="x", summary="x", by=ada, at=NOW)
    with pytest.raises(BringingRefused, match="A second person publishes it"):
        services.decide_questions(held, accept=True, by=ada, at=NOW)
    with pytest.raises(BringingRefused, match="few words"):
        services.decide_questions(held, accept=False, by=nora, at=NOW)
    with pytest.raises(BringingRefused, match="Give it back to her"):
        services.drop_questions(held, by=nora)
    services.decide_questions(held, accept=False, remark="Say more.", by=nora, at=NOW)
    with pytest.raises(BringingRefused, match="given back"):
        services.decide_questions(held, accept=True, by=nora, at=NOW)
    services.drop_questions(held, by=ada)
    with pytest.raises(BringingRefused, match="no longer here"):
        services.ask_for_questions(held, title="x", summary="x", by=ada, at=NOW)
    assert not Bank.objects.exists()


def test_a_bank_that_moved_on_is_not_written_over(ada: Person, nora: Person) -> None:
    first = brought(ada)
    published(ada, nora, "::Other::What?{=a ~b}")
    with pytest.raises(BringingRefused, match="changed since this file was read"):
        services.ask_for_questions(first, title="x", summary="x", by=ada, at=NOW)


def test_the_same_pack_again_leaves_what_was_added(ada: Person, nora: Person) -> None:
    publish_small_bank()
    held = services.ask_for_questions(brought(ada, code="danger"), by=ada, at=NOW)
    services.decide_questions(held, accept=True, by=nora, at=NOW)
    bank = publish_small_bank()
    assert [one.key for one in questions_of(bank)] == ["one", "many", "order", "match", "first", "second"]


def test_another_right_answer_is_another_version(ada: Person, nora: Person) -> None:
    before = published(ada, nora).document.published_id
    held = brought(ada, "::First::What comes first?{~Her safety =The form}")
    services.ask_for_questions(held, by=ada, at=NOW)
    bank = services.decide_questions(held, accept=True, by=nora, at=NOW)
    assert bank is not None
    marked = QuestionVersion.objects.filter(question__document=bank.document, question__key="first")
    assert dict(marked.values_list("version_id", "marking__right")) == {before: "a", bank.document.published_id: "b"}


def test_what_nobody_publishes_goes_after_half_a_year(ada: Person) -> None:
    held = brought(ada)
    BankProposal.objects.filter(pk=held.pk).update(at=NOW - timedelta(days=181))
    forget_old(at=NOW)
    assert not BankProposal.objects.exists()


def test_a_command_says_what_would_happen(file: Path) -> None:
    before = stored()
    told, code = run("import", str(file), "--bank", "signs", "--dry-run", "--format", "json")
    assert json.loads(told) == {"create": 2, "change": 0, "skip": 0, "errors": [], "notes": []}
    assert (code, changed(before)) == (0, [])
    assert "2 would be added, 0 would be changed, 0 already there." in run(
        "import", str(file), "--bank", "signs", "--dry-run"
    )[0]  # fmt: skip


def test_a_dry_run_needs_no_bank(file: Path) -> None:
    told, _code = run("import", str(file), "--dry-run", "--format", "json")
    assert json.loads(told)["create"] == 2


def test_what_a_command_brings_waits_for_a_person(file: Path, nora: Person) -> None:
    told, _code = run("import", str(file), "--bank", "signs", "--format", "json", "--title", "Signs")
    held = BankProposal.objects.get(public=json.loads(told)["proposal"])
    assert (held.waits, held.by, held.title) == (True, None, "Signs")
    assert services.decide_questions(held, accept=True, by=nora, at=NOW) == Bank.objects.get()
    assert "There is nothing to publish." in run("import", str(file), "--bank", "signs")[0]


def test_a_command_tells_faults_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.gift"
    path.write_bytes(b"One?{T}\n\nD\xe9j\xe0?{T}")
    told, code = run("import", str(path), "--bank", "signs", "--format", "json")
    assert code == 1
    assert json.loads(told)["errors"] == [
        {
            "line": 3,
            "column": "",
            "message": "This line is not UTF-8: byte 2, “E9”, is of another encoding.",
            "remedy": "Save it as plain text in UTF-8.",
        }
    ]
    told, code = run("import", str(path), "--bank", "signs")
    assert told.startswith("line 3: This line is not UTF-8")
    assert "Nothing was stored." in told


@pytest.mark.parametrize("name", ["gift", "moodle", "csv", "aiken"])
def test_a_bank_goes_out_and_comes_back(name: str, tmp_path: Path, ada: Person, nora: Person) -> None:
    published(ada, nora)
    path = tmp_path / "out"
    told, _code = run("export", "signs", "--as", name, "--to", str(path), "--format", "json")
    assert json.loads(told)["questions"] == 2
    told, _code = run("import", str(path), "--bank", "signs", "--dry-run", "--format", "json")
    assert {key: json.loads(told)[key] for key in ("create", "change", "skip")} == {"create": 0, "change": 0, "skip": 2}


def test_what_cannot_go_out_is_told_and_not_counted(tmp_path: Path) -> None:
    publish_small_bank()
    path = tmp_path / "out"
    told, _code = run("export", "danger", "--as", "gift", "--to", str(path))
    assert "“Question order?” is left out: GIFT has no way to write such a question." in told
    assert told.endswith("3 questions written.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nowhere", "--bank", "signs"), "nowhere: No such file"),
        (("import", "nowhere"), "Say with --bank"),
        (("export", "nothing"), "There is no bank nothing"),
    ],
)
def test_a_command_refuses(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("questions", *words)


def test_a_code_is_a_code(file: Path) -> None:
    with pytest.raises(CommandError, match="small letters"):
        call_command("questions", "import", str(file), "--bank", "Not a code")


def test_the_file_alone_is_told_apart(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    path = tmp_path / "file"
    path.write_text("What?\nA) a\nB) b\nANSWER: A\n" * 50)
    with django_assert_max_num_queries(2):
        told, _code = run("import", str(path), "--bank", "signs", "--dry-run", "--format", "json")
    assert json.loads(told)["create"] == 50
