"""Texts go out to a translator's own tool and come back as drafts: nothing doubled, lost or let through."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from concerted.directory.models import Person
from concerted.text import services
from concerted.text.exchange.segments import ExchangeRefused
from concerted.text.models import ContentLanguage, Translation, TranslationCount
from concerted.text.rules import SectionText
from concerted.text.services.exchange import export_language, import_file
from concerted.text.tests.test_translating import (
    HOW,
    TITLE,
    WHY,
    counts,
    draft,
    make_document,
    make_translator,
    shown,
    signed_in,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TYPED = re.compile(r"(<source[^>]*>)(.*?)(</source>)\s*<target[^>]*>.*?</target>", re.S)


@pytest.fixture(autouse=True)
def french() -> ContentLanguage:
    return services.add_language("fr", "Français", by=None, at=NOW)


@pytest.fixture
def tara() -> Person:
    return make_translator("Tara")


def as_a_tool_would(content: bytes) -> bytes:
    """Every target typed anew: the source with "FR " before it, codes kept, and signed off."""
    text = content.decode()
    return TYPED.sub(r'\1\2\3<target state="signed-off">FR \2</target>', text).encode()


def test_out_and_back_with_nothing_changed_changes_nothing(tara: Person) -> None:
    document = make_document()
    draft(document, by=tara)
    first = export_language("fr")
    done = import_file(first, by=tara, at=NOW)
    assert (done.taken, done.unchanged, done.untranslated, done.left_out) == (0, 1, 3, ())
    assert export_language("fr") == first


@pytest.mark.parametrize("prefill", [True])
def test_what_a_tool_brings_back_waits_for_a_second_person(tara: Person, prefill: bool) -> None:
    document = make_document()
    back = as_a_tool_would(export_language("fr", prefill=prefill))
    done = import_file(back, by=tara, at=NOW)
    assert (done.language, done.taken, done.left_out) == ("fr", 3, ())
    assert counts(document) == {"missing": 0, "outdated": 0, "draft": 3, "reviewed": 0, "waiting": 3}
    why = Translation.objects.get(key="why")
    assert (why.title, why.markdown) == ("FR Why ask", "FR Ask first: {svc.helpline}")
    assert shown(document)["why"].startswith("Ask first")
    again = import_file(back, by=tara, at=NOW)
    assert (again.taken, again.unchanged) == (0, 3)


def test_a_dry_run_stores_nothing(tara: Person) -> None:
    make_document()
    assert import_file(as_a_tool_would(export_language("fr", prefill=True)), by=tara, at=NOW, dry_run=True).taken == 3
    assert not Translation.objects.exists()


def test_what_the_source_left_behind_is_reported(tara: Person) -> None:
    document = make_document()
    back = as_a_tool_would(export_language("fr", prefill=True))
    document = make_document(TITLE, WHY, SectionText("how", "Listen well.", title="How"))
    done = import_file(back, by=tara, at=NOW)
    assert done.taken == 2
    assert [one.unit for one in done.left_out] == ["training/one#how"]
    assert "other words now" in done.left_out[0].reason
    assert counts(document)["missing"] == 1


def test_a_slot_lost_on_the_way_is_reported(tara: Person) -> None:
    make_document()
    back = as_a_tool_would(export_language("fr", prefill=True)).decode()
    target = re.search(r"<target[^>]*>FR Ask first: (<ph.*?</ph>)</target>", back)
    assert target
    done = import_file(back.replace(target[0], target[0].replace(target[1], "")).encode(), by=tara, at=NOW)
    assert [one.code for one in done.left_out] == ["missing"] or "missing" in done.left_out[0].reason
    assert Translation.objects.filter(key="why", ready=True).count() == 0


def test_only_her_own_languages(tara: Person) -> None:
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    make_document()
    back = as_a_tool_would(export_language("sw", prefill=True))
    page = signed_in(tara).post("/languages/fr/file/", {"file": SimpleUploadedFile("x.xlf", back)}).content.decode()
    assert "a language you do not translate into" in page
    assert not Translation.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "no XLIFF, PO or TMX file"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2"></xliff>', "document type or entities"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file', "broken"),
    ],
)
def test_hostile_and_broken_files(tara: Person, content: bytes, reason: str) -> None:
    with pytest.raises(ExchangeRefused, match=reason):
        import_file(content, by=tara, at=NOW)
    page = signed_in(tara).post("/languages/fr/file/", {"file": SimpleUploadedFile("x.xlf", content)}).content.decode()
    assert reason in page.replace("&#x27;", "'")


@pytest.mark.parametrize("kind", ["xliff12", "xliff21", "po", "tmx"])
def test_every_format_is_offered_and_goes_out(tara: Person, kind: str) -> None:
    services.review(draft(make_document(), by=tara), accept=True, by=make_translator("Rena"), at=NOW)
    client = signed_in(tara)
    assert f"/languages/fr/file/{kind}/" in client.get("/languages/fr/file/").content.decode()
    answer = client.get(f"/languages/fr/file/{kind}/?all&prefill")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert b"Demandez" in answer.content


def test_nothing_to_send_is_said(tara: Person) -> None:
    client = signed_in(tara)
    assert "There is no section to send." in client.get("/languages/fr/file/po/", follow=True).content.decode()


def test_the_command(tara: Person, tmp_path: Path) -> None:
    document = make_document()
    tara.email = "tara@example.org"
    tara.save()
    file = tmp_path / "fr.xlf"
    call_command("xliff", "export", str(file), "--language", "fr", "--document", "training/one", "--prefill")
    file.write_bytes(as_a_tool_would(file.read_bytes()))
    said = StringIO()
    arguments = ["xliff", "import", str(file), "--by", "tara@example.org", "--format", "json"]
    call_command(*arguments, stdout=said)
    assert json.loads(said.getvalue()) == {
        "language": "fr",
        "taken": 3,
        "unchanged": 0,
        "untranslated": 0,
        "left_out": [],
    }
    assert counts(document)["waiting"] == 3
    for wrong, reason in (
        (["xliff", "export", "--language", "xx"], "not open"),
        (["xliff", "export", "--language", "fr", "--document", "training/none"], "no such document"),
        (["xliff", "import", str(tmp_path / "none")], "cannot be read"),
        (["xliff", "import", str(file), "--by", "nobody@example.org"], "Nobody has"),
    ):
        with pytest.raises(CommandError, match=reason):
            call_command(*wrong)


def test_queries_do_not_grow_with_sections(tara: Person, django_assert_num_queries: Any) -> None:
    for n in range(3):
        make_document(TITLE, WHY, HOW, *(SectionText(f"s{i}", f"Words {i} of {n}.") for i in range(n * 5)))
        with django_assert_num_queries(3):
            export_language("fr")


def by_a_machine(content: bytes) -> bytes:
    """Every target filled in by the tool itself, as its machine suggests."""
    qualifier = '<target state="needs-review-translation" state-qualifier="leveraged-mt">'
    return TYPED.sub(rf"\1\2\3{qualifier}FR \2</target>", content.decode()).encode()


def test_what_a_machine_wrote_waits_for_a_translator_and_says_so(tara: Person) -> None:
    document = make_document()
    done = import_file(by_a_machine(export_language("fr", prefill=True)), by=tara, at=NOW)
    assert (done.taken, done.left_out) == (3, ())
    held = Translation.objects.filter(document=document)
    assert [(one.state, one.ready) for one in held] == [("machine", False)] * 3
    assert TranslationCount.objects.get(document=document, language="fr").machine == 3
    client, path = signed_in(tara), f"/languages/fr/{document.public}/"
    assert "Draft by a machine" in client.get(path).content.decode()
    assert f'href="{path}title/">Translate it' in client.get(path).content.decode()
    assert not {words for words in shown(document).values() if "FR" in words}, "readers are shown none of it"
    # Out again and back, untouched: nothing happens.
    assert import_file(export_language("fr"), by=tara, at=NOW).unchanged == 3
    # She reads one, finds it right and says so; it is hers from then on, and waits for a second person.
    page = client.get(f"{path}how/").context["form"].initial
    said = {name: page[name] for name in ("title", "markdown", "source_hash", "seen")}
    assert client.post(f"{path}how/", said | {"ready": ""})["Location"] == f"{path}title/?on"
    one = held.get(key="how")
    assert (one.state, one.ready) == ("draft", True)


def test_words_confirmed_in_a_tool_without_a_change_are_finished(tara: Person) -> None:
    document = make_document()
    import_file(by_a_machine(export_language("fr", prefill=True)), by=tara, at=NOW)
    rena = make_translator("Rena")
    signed = re.sub(rb"<target[^>]*>", b'<target state="signed-off">', export_language("fr"))
    # What another has not finished, nobody finishes for her.
    assert import_file(signed, by=rena, at=NOW).unchanged == 3
    assert import_file(signed, by=tara, at=NOW).taken == 3
    assert [(one.state, one.ready) for one in Translation.objects.filter(document=document)] == [("draft", True)] * 3
    assert import_file(signed, by=tara, at=NOW).unchanged == 3
