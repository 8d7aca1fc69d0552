"""The certificate as it is drawn: tagged, and its text, extracted, is the text that was put in."""

import re
import subprocess
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pypdf.generic import ContentStream

from concerted.directory.tests.factories import make_person
from concerted.practice.models import Attempt
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import add_language, choose_reading_language, save_translation
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
        person=person,
        module_version=module.published,
        attempt=attempt,
        achieved_on=date(2026, 11, 25),
    )


LINES = ("heading", "name", "completed", "title", "when", "version", "minutes", "hours", "check", "address")
MONTHS = {"en": "on 25 November 2026", "fr": "le 25 novembre 2026", "es": "el 25 de noviembre de 2026"}
MONTHS["ar"] = "في ٢٥ نوفمبر ٢٠٢٦"


def plain(text: str) -> str:
    """Without marks of direction, letters instead of their joined shapes, single blanks: as somebody would type it."""
    text = unicodedata.normalize("NFC", "".join(_letter(one) for one in text))
    return " ".join(re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).split())


def _letter(one: str) -> str:
    shape = "\ufb50" <= one <= "\ufdff" or "\ufe70" <= one <= "\ufeff"
    return unicodedata.normalize("NFKC", one) if shape else one


def _glyphs(font: Any) -> dict[int, str]:
    """Code of a glyph in the file -> its letters: the font's own ToUnicode table, read here."""
    table = font["/ToUnicode"].get_data().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    assert "beginbfrange" not in table
    return found


def lines_of(pdf: bytes) -> list[str]:
    """Every line of the file from top to bottom, in the order it is read; nothing is added, not even a blank.

    The file holds a line as runs of glyphs. Inside a run marked /ReversedChars, and between the runs of a line that
    has such a run, they stand from left to right as drawn, so both are turned round; a run of digits is not marked.
    (pypdf's extract_text guesses blanks and directions, and guesses Arabic wrong: so its parsed operators are read.)
    """
    reader = PdfReader(BytesIO(pdf))
    return [line for page in reader.pages for line in _lines_on(page, reader)]


def _lines_on(page: Any, reader: PdfReader) -> list[str]:
    content = ContentStream(page.get_contents(), reader)
    fonts = {name: _glyphs(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    lines: dict[float, list[tuple[float, str, bool]]] = {}
    saved: list[tuple[float, float]] = []
    height, left, within, font, turned = 0.0, 0.0, 0.0, "", False
    for operands, operator in content.operations:
        if operator == b"q":
            saved.append((height, left))
        elif operator == b"Q":
            height, left = saved.pop()
        elif operator == b"cm":
            left, height = float(operands[4]), float(operands[5])
        elif operator == b"Tm":
            within = float(operands[4])
        elif operator == b"BMC":
            turned = operands[0] == "/ReversedChars"
        elif operator == b"EMC":
            turned = False
        elif operator == b"Tf":
            font = operands[0]
        elif operator in (b"Tj", b"TJ"):
            pieces = operands[0] if operator == b"TJ" else operands
            codes = b"".join(one.original_bytes for one in pieces if hasattr(one, "original_bytes"))
            letters = [fonts[font][int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2)]
            # A letter drawn a little higher or lower than its neighbours stands on their line.
            line = next((one for one in lines if abs(one - height) < 5), height)
            lines.setdefault(line, []).append(
                (left + within, "".join(reversed(letters) if turned else letters), turned)
            )
    shown = []
    for _height, runs in sorted(lines.items(), reverse=True):
        from_the_right = any(turned for _left, _run, turned in runs)
        shown.append(
            "".join(run for _left, run, _turned in sorted(runs, key=lambda run: run[0], reverse=from_the_right))
        )
    return shown


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_text_taken_out_is_the_text_put_in(language: str) -> None:
    certificate = make_certificate(language)
    words = words_of(certificate, language)
    assert words["title"] == TITLES.get(language, "A safe plan")
    assert words["when"] == MONTHS[language]
    pdf = draw(certificate, language)
    assert [plain(line) for line in lines_of(pdf)] == [plain(words[part]) for part in LINES]
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.skipif(not which("pdftotext"), reason="pdftotext is not installed")
def test_another_reader_takes_out_the_same_words(language: str, tmp_path: Path) -> None:
    certificate = make_certificate(language)
    (tmp_path / "a.pdf").write_bytes(draw(certificate, language))
    said = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True).stdout.decode()
    words = words_of(certificate, language)
    wanted = " ".join(plain(words[part]) for part in LINES)
    # It puts the blank on the other side of a number in Arabic; words, letters and their order are the same.
    assert plain(said).replace(" ", "") == wanted.replace(" ", "")


@pytest.mark.parametrize("name", ["አበበ በቀለ", "王小明", "Amal አበበ", "Ana 🙂"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_name_in_other_letters_is_never_an_error(name: str, language: str) -> None:
    certificate = make_certificate(language)
    certificate.person.name = name
    lines = [plain(line) for line in lines_of(draw(certificate, language))]
    words = words_of(certificate, language)
    assert plain(words["title"]) in lines
    assert words["address"] in lines
    assert any(certificate.code in line and line != words["address"] for line in lines)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_name_of_the_other_direction_stays_whole(language: str) -> None:
    certificate = make_certificate(language)
    certificate.person.name = NAMES["en" if language == "ar" else "ar"]
    lines = [plain(line) for line in lines_of(draw(certificate, language))]
    assert plain(words_of(certificate, language)["name"]) in lines


def test_a_name_our_fonts_have_is_drawn() -> None:
    certificate = make_certificate("en")
    certificate.person.name = "आशा देवी"
    assert certificate.code not in lines_of(draw(certificate, "en"))[1]


def test_a_title_in_other_letters_is_never_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TITLES, "fr", "የደህንነት እቅድ")
    certificate = make_certificate("fr")
    lines = [plain(line) for line in lines_of(draw(certificate, "fr"))]
    assert plain(words_of(certificate, "fr")["name"]) in lines
    assert "የ" not in "".join(lines)
    assert words_of(certificate, "fr")["address"] in lines


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_it_says_until_when_it_is_good(language: str) -> None:
    certificate = make_certificate(language)
    certificate.expires_on = date(2028, 11, 25)
    words = words_of(certificate, language)
    wanted = [plain(words[part]) for part in LINES]
    wanted.insert(LINES.index("hours") + 1, plain(words["until"]))
    assert MONTHS[language].split()[1] in words["until"]
    assert [plain(line) for line in lines_of(draw(certificate, language))] == wanted


def test_its_holder_takes_it_in_her_language() -> None:
    certificate = make_certificate("fr")
    client = Client()
    client.force_login(certificate.person)
    client.cookies["django_language"] = "fr"
    answer = client.get(f"/learn/record/{certificate.code}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "Amal" not in answer["Content-Disposition"]
    assert plain(TITLES["fr"]) in map(plain, lines_of(answer.content))


def test_its_title_stands_in_the_language_she_reads_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TITLES, "sw", "Mpango wa usalama")
    monkeypatch.setitem(NAMES, "sw", "Amina Otieno")
    certificate = make_certificate("sw")
    add_language("sw", "Kiswahili", by=None, at=timezone.now())
    choose_reading_language("sw", by=certificate.person, at=timezone.now())
    client = Client()
    client.force_login(certificate.person)
    for page, fixed in (("fr", "Certificat"), ("ar", words_of(certificate, "ar")["heading"])):
        client.cookies["django_language"] = page
        pdf = client.get(f"/learn/record/{certificate.code}.pdf").content
        lines = [plain(line) for line in lines_of(pdf)]
        assert "Mpango wa usalama" in lines
        assert plain(fixed) in lines
        assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == page


def test_a_title_not_reviewed_there_stands_as_the_rest_does() -> None:
    certificate = make_certificate("fr")
    assert words_of(certificate, "fr", "sw")["title"] == TITLES["fr"]
    assert words_of(certificate, "es", "sw")["title"] == "A safe plan"


@pytest.mark.parametrize("code", ["am", "pt-br"])
def test_a_title_in_a_language_with_other_letters_or_a_region_is_no_error(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TITLES, code, {"am": "የደህንነት እቅድ", "pt-br": "Um plano seguro"}[code])
    monkeypatch.setitem(NAMES, code, "Ana Lima")
    certificate = make_certificate(code)
    lines = [plain(line) for line in lines_of(draw(certificate, "fr", code))]
    assert plain(words_of(certificate, "fr", code)["when"]) in lines
    assert ("Um plano seguro" in lines) is (code == "pt-br")
    assert "የ" not in "".join(lines)
