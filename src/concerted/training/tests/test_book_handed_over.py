"""How a module to take along is handed over: by page and by command, to whom, how often drawn, and at what cost."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone

from concerted.directory.tests.factories import make_person
from concerted.text.models import Document
from concerted.text.rules import hash_of
from concerted.text.services import add_language, choose_reading_language, save_translation
from concerted.training.book import KINDS, BookRefused
from concerted.training.models import Module
from concerted.training.services.local import fill_slot
from concerted.training.tests.books import WORDS, publish_book, section, taken, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_here(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_it_is_handed_over_as_a_file_that_tells_nothing(kind: str) -> None:
    module, client = publish_book(), Client()
    client.force_login(make_person())
    answer = client.get(f"/learn/book/{module.code}.{kind}")
    assert answer["Content-Type"] == KINDS[kind][0]
    assert answer["Content-Disposition"] == f'attachment; filename="calm.{kind}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert f'href="/learn/book/calm.{kind}"' in client.get("/learn/calm/").content.decode()


@pytest.mark.parametrize("path", ["calm.html", "calm.pdf"])
def test_visitors_are_sent_to_the_door(path: str) -> None:
    publish_book()
    answer = Client().get(f"/learn/book/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{resolve_url(settings.LOGIN_URL)}?next=")


@pytest.mark.parametrize("path", ["calm.exe", "none.html", "draft.html"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    publish_book()
    Module.objects.filter(code="calm").update(**({"code": "draft", "published": None} if "draft" in path else {}))
    client = Client()
    client.force_login(make_person())
    assert client.get(f"/learn/book/{path}").status_code == 404


@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow(units: int, django_assert_num_queries: Any) -> None:
    publish_book(units)
    client = Client()
    client.force_login(make_person())
    for language, number in (("en", 4), ("fr", 5)):
        client.cookies["django_language"] = language
        for kind in KINDS:
            client.get(f"/learn/book/calm.{kind}")
            with django_assert_num_queries(number, info=f"{kind} in {language}"):
                client.get(f"/learn/book/calm.{kind}")


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    publish_book()
    for kind in KINDS:
        file = tmp_path / f"out.{kind}"
        call_command("module", "export", "calm", "--format", kind, "--language", "fr", "--to", str(file))
        assert "Avant d'appeler".replace(" ", "") in text_of(file.read_bytes(), kind).replace(" ", "")
    with pytest.raises(CommandError, match="no such published module"):
        call_command("module", "export", "none", "--to", str(tmp_path / "x"))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("module", "export", "calm", "--to", str(tmp_path / "no" / "x"))


def test_one_is_drawn_at_a_time_and_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.training.queries import book

    module, client = publish_book(), Client()
    client.force_login(make_person())
    monkeypatch.setattr(book, "PATIENCE", 0)
    with book._DRAWING:
        answer = client.get(f"/learn/book/{module.code}.pdf", follow=True)
        assert "Try again in a minute." in answer.content.decode()
        assert client.get(f"/learn/book/{module.code}.html").status_code == 200
    assert client.get(f"/learn/book/{module.code}.pdf")["Content-Type"] == "application/pdf"


def test_a_pdf_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.training.queries import book

    module, drawn = publish_book(), []
    media, write = KINDS["pdf"]
    monkeypatch.setitem(book.KINDS, "pdf", (media, lambda one: drawn.append(one) or write(one)))
    assert taken(module, "pdf") == taken(module, "pdf")
    assert len(drawn) == 1
    fill_slot("svc.helpline", "en", "1234", "Ministry", by=None, at=timezone.now())
    taken(module, "pdf")
    assert len(drawn) == 2


def test_a_language_opened_here_keeps_its_direction_and_the_interface_its_own(tmp_path: Path) -> None:
    module = publish_book()
    add_language("ckb", "کوردی", right_to_left=True, by=None, at=timezone.now())
    title = section("title", WORDS["title"][0])
    document = Document.objects.get(key="module:calm")
    save_translation(
        document, "title", hash_of(title), "ckb", markdown="هێمنی", state="reviewed", by=None, at=timezone.now()
    )
    person, client = make_person(), Client()
    choose_reading_language("ckb", by=person, at=timezone.now())
    client.force_login(person)
    page = client.get(f"/learn/book/{module.code}.html").content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 id="start" lang="ckb" dir="rtl">هێمنی</h1>' in page
    assert "Parts of this are not yet in your language." in page
    with zipfile.ZipFile(BytesIO(client.get(f"/learn/book/{module.code}.epub").content)) as book:
        assert 'page-progression-direction="rtl"' in book.read("book/package.opf").decode()
    call_command("module", "export", "calm", "--language", "ckb", "--to", str(tmp_path / "a.html"))
    assert (tmp_path / "a.html").read_text() == page
    with pytest.raises(CommandError, match="not open"):
        call_command("module", "export", "calm", "--language", "xx", "--to", str(tmp_path / "x"))


def test_what_cannot_be_drawn_in_time_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from concerted.training.book import pdf

    module = publish_book()
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(30)")
    monkeypatch.setattr(pdf, "DRAWING", slow)
    monkeypatch.setattr(pdf, "MOST_SECONDS", 0.2)
    with pytest.raises(BookRefused, match="Take the web page"):
        taken(module, "pdf")
