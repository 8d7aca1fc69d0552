"""The certificate as it is drawn: tagged, and its text, extracted, is the text that was put in."""

import re
import unicodedata
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from concerted.directory.tests.factories import make_person
from concerted.practice.models import Attempt
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import save_translation
from concerted.training.certificate import draw, words_of
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
TITLES = {"fr": "Préparer sa sécurité", "es": "Preparar su seguridad: «¿y ahora?»", "ar": "التخطيط للسلامة معها"}
NAMES = {"en": "Mary O'Neill-Smith", "fr": "Inès Çelik-Lœwe", "es": "Begoña Núñez Íñiguez", "ar": "أمل عبد الله مُحمّد"}


def make_certificate(language: str) -> Certificate:
    module = publish_small_module()
    person, now = make_person(NAMES[language], language=language), timezone.now()
    if language in TITLES:
        title = SectionText("title", "A safe plan", kind="title")
        document = Document.objects.get(key="module:core")
        save_translation(
            document, "title", hash_of(title), language, markdown=TITLES[language], state="reviewed", by=None, at=now
        )
    attempt = Attempt.objects.create(
        person=person,
        what_kind="module",
        what=module.pk,
        version=module.published_id,
        no=1,
        language=language,
        started_at=now,
        finished_at=now,
        score=100,
        passed=True,
    )
    return Certificate.objects.create(
        person=person, module_version=module.published, attempt=attempt, achieved_on=now.date()
    )


def plain(text: str) -> str:
    """Without marks of direction and with single blanks: the words as somebody would type them."""
    text = unicodedata.normalize("NFC", text)
    return " ".join(re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).split())


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_text_taken_out_is_the_text_put_in(language: str) -> None:
    certificate = make_certificate(language)
    words = words_of(certificate, language)
    assert words["title"] == TITLES.get(language, "A safe plan")
    reader = PdfReader(BytesIO(draw(certificate, language)))
    drawn = plain("\n".join(page.extract_text() for page in reader.pages))
    for part in ("heading", "name", "completed", "title", "when", "version", "check", "address"):
        # pypdf gives the words of an Arabic line as they stand from left to right; each comes out as it went in.
        wanted = plain(words[part])
        parts = [word.strip("،:") for word in wanted.split()] if language == "ar" else [wanted]
        assert all(word in drawn for word in parts), part
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root


def test_its_holder_takes_it_in_her_language() -> None:
    certificate = make_certificate("fr")
    client = Client()
    client.force_login(certificate.person)
    client.cookies["django_language"] = "fr"
    answer = client.get(f"/learn/record/{certificate.code}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "Amal" not in answer["Content-Disposition"]
    assert plain(TITLES["fr"]) in plain(PdfReader(BytesIO(answer.content)).pages[0].extract_text())
