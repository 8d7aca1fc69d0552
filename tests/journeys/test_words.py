"""A text moves on and every language with it: two authors, a French reader, a translator with her own tool, a second
person. Evidence stays what it was.
"""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.text import services
from concerted.text.models import Document, Section, Translator
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
UNIT = "unit:core:C1"
#: Said above a unit of which readers are shown parts in the language of the source.
BEHIND = "Des parties de cette unité ont changé depuis leur traduction."


def signed_in(name: str, role: str = "") -> tuple[Client, Person]:
    person = make_person(name)
    if role:
        grant_role(person, role)
    client = Client()
    client.force_login(person)
    return client, person


def as_a_tool_would(content: bytes) -> bytes:
    """What a translator's program does: every target typed, codes kept, signed off."""
    typed = re.compile(r"(<source[^>]*>)(.*?)(</source>)(\s*<target[^>]*>.*?</target>)?", re.S)
    return typed.sub(r'\1\2\3<target state="signed-off">FR \2</target>', content.decode()).encode()


def translate_everything(translator: Client, second: Client, document: Document) -> None:
    file = translator.get("/languages/fr/file/xliff12/").content
    answer = translator.post("/languages/fr/file/", {"file": SimpleUploadedFile("back.xlf", as_a_tool_would(file))})
    assert answer.status_code == 302
    let_through(second, document)


def let_through(second: Client, document: Document) -> None:
    for section in Section.objects.filter(version=document.published).exclude(title="", markdown=""):
        second.post(f"/languages/fr/{document.public}/{section.key}/review/", {"do": "accept"})


def french(reader: Client) -> str:
    reader.cookies["django_language"] = "fr"
    return reader.get("/learn/core/C1/?step=read-why").content.decode()


def reword(author: Client, second: Client, document: Document, changes: dict[str, str]) -> None:
    path = f"/texts/{document.public}/"
    for key, words in changes.items():
        form: Any = author.get(f"{path}part/{key}/").context["form"]
        said = {name: form.initial[name] for name in form.fields if name in form.initial} | {"markdown": words}
        assert author.post(f"{path}part/{key}/", said).status_code == 302
    author.post(f"{path}propose/", {"summary": "Two parts, said better."})
    second.post(f"{path}decide/", {"do": "publish"})


def test_a_text_moves_on_in_every_language() -> None:
    publish_small_module()
    services.add_language("fr", "Français", by=None, at=timezone.now())
    document = Document.objects.get(key=UNIT)
    (author, _ada), (editor, _eva) = signed_in("Ada", "author"), signed_in("Eva", "author")
    (tara, one), (rena, other) = signed_in("Tara", "translator"), signed_in("Rena", "translator")
    for person in (one, other):
        Translator.objects.create(person=person, language_id="fr")
    translate_everything(tara, rena, document)
    learner, _amal = signed_in("Amal")
    learner.post("/learn/core/start/")
    page = french(learner)
    assert "FR Ask first." in page
    assert "Ask first. " not in page
    evidence, certificates = Evidence.objects.count(), Certificate.objects.count()

    reword(author, editor, document, {"why": "Ask her first, alone.", "q1": "Which one?"})
    document.refresh_from_db()
    reader, _bela = signed_in("Bela")
    reader.post("/learn/core/start/")
    page = french(reader)
    assert BEHIND in page
    assert "<bdi>Why</bdi>, <bdi>question 1</bdi>" in page
    # The two parts stand in their source language, marked as such; the rest stays in French.
    assert "Ask her first, alone." in page
    assert "FR Ask first." not in page
    counts = {row.state for row in _rows(document) if row.section.key in ("why", "q1")}
    assert counts == {"outdated"}
    assert sum(row.state == "outdated" for row in _rows(document)) == 2
    # Who was under way keeps the words she began with.
    assert "FR Ask first." in french(learner)

    file = tara.get("/languages/fr/file/xliff12/").content.decode()
    assert "Ask her first, alone." in file
    assert "Ask first." not in file.replace("FR Ask first.", "")
    answer = tara.post("/languages/fr/file/", {"file": SimpleUploadedFile("b.xlf", as_a_tool_would(file.encode()))})
    assert answer.status_code == 302
    assert "Ask her first, alone." in french(reader)
    let_through(rena, document)
    page = french(reader)
    assert "FR Ask her first, alone." in page
    assert BEHIND not in page
    assert all(row.state == "reviewed" for row in _rows(document))
    assert (Evidence.objects.count(), Certificate.objects.count()) == (evidence, certificates)


def _rows(document: Document) -> Any:
    from concerted.text.queries import rows_of

    document.refresh_from_db()
    return rows_of(document, "fr")
