"""The language she reads in: what is kept, what is shown in it, and what can be read in which language."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.templatetags.kit import mark_lang
from concerted.ledger.models import Entry
from concerted.text import queries, services
from concerted.text.models import ContentLanguage, Document, Section, Translation, Translator
from concerted.text.rules import SectionText
from concerted.text.services import LanguageRefused, choose_reading_language

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_the_pages_decide_until_she_chooses_and_again_afterwards(django_assert_num_queries: Any) -> None:
    amal = make_person("Amal")
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    with django_assert_num_queries(0):
        own = queries.reading_language(amal, "fr")
    assert (own.code, own.name, own.interface, own.chosen) == ("fr", "Français", "fr", False)
    choose_reading_language("sw", by=amal, at=NOW)
    with django_assert_num_queries(1):
        chosen = queries.reading_language(amal, "fr")
    assert (chosen.code, chosen.name, chosen.interface, chosen.chosen) == ("sw", "Kiswahili", "fr", True)
    choose_reading_language("", by=amal, at=NOW)
    assert queries.reading_language(amal, "fr") == own


def test_the_choice_leaves_no_line_about_her() -> None:
    amal = make_person("Amal")
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    before = Entry.objects.count()
    choose_reading_language("sw", by=amal, at=NOW)
    assert Entry.objects.count() == before


def test_a_language_that_is_not_open_is_refused() -> None:
    amal = make_person("Amal")
    with pytest.raises(LanguageRefused, match="Choose one"):
        choose_reading_language("sw", by=amal, at=NOW)
    amal.refresh_from_db()
    assert amal.reads_in == ""


def test_a_name_of_several_lines_is_one_line() -> None:
    made = services.add_language("sw", "Kiswahili\r\n fr r 1 Français\n", by=None, at=NOW)
    assert made.name == "Kiswahili fr r 1 Français"


def test_what_a_column_says_is_read_back() -> None:
    assert queries.offered(None) == ()
    sw, ps = queries.offered("sw l 1 Kiswahili cha pwani\nps r 0 پښتو")
    assert (sw.code, sw.name, sw.here, sw.code.right_to_left) == ("sw", "Kiswahili cha pwani", True, False)
    assert (ps.code, ps.name, ps.here, ps.code.right_to_left) == ("ps", "پښتو", False, True)


def test_everything_open_is_listed_and_what_can_be_read_in_it(django_assert_num_queries: Any) -> None:
    services.open_interface_languages()
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    document = Document.objects.create(room="training", key="one")
    assert [one.code for one in queries.all_languages() if one.here] == []
    services.publish_version(document, [SectionText("a", "One.")], by=None, at=NOW)
    section = Section.objects.get(key="a")
    services.save_translation(document, "a", section.hash, "sw", markdown="Moja.", state="reviewed", by=None, at=NOW)
    services.count_document(document)
    with django_assert_num_queries(1):
        found = queries.all_languages()
    assert [one.code for one in found] == ["en", "es", "fr", "sw", "ar"]
    assert [one.code for one in found if one.here] == ["en", "sw"]


_LANGUAGES = st.sampled_from(["fr", "ps"])
_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.sampled_from(["One.", "Two.", "Three."])),
        st.tuples(st.just("draft"), st.tuples(_LANGUAGES, st.sampled_from(["1", "2", "3"]))),
        st.tuples(st.just("review"), st.tuples(_LANGUAGES, st.booleans())),
        st.tuples(st.just("close"), _LANGUAGES),
    ),
    max_size=16,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=_MOVES)
def test_no_reader_ever_sees_a_translation_made_for_another_wording_or_language(moves: list[tuple[str, Any]]) -> None:
    """Any order of publishing, drafting, reviewing and closing, whatever she chose and whatever the pages speak: what
    she is shown was reviewed for the wording that is published, in the language she reads in, and is marked as that;
    else it is the source, and says so.
    """
    world = _World()
    for kind, value in moves:
        world.move(kind, value)
        for chosen, pages in (
            ("", "en"),
            ("", "fr"),
            ("", "ar"),
            ("fr", "ar"),
            ("ps", "en"),
            ("ps", "fr"),
            ("en", "fr"),
        ):
            world.look(chosen, pages)


class _World:
    """One text, two translators, one reader."""

    def __init__(self) -> None:
        self.reader = make_person("Amal")
        self.document = Document.objects.create(room="training", key=f"text-{Document.objects.count()}")
        self.writer, self.second = make_person("Tara"), make_person("Rena")
        for person in (self.writer, self.second):
            grant_role(person, "translator")
        for code in ("en", "fr", "ps"):
            self.open(code)
        #: (language, wording) -> what was let through for it.
        self.let_through: dict[tuple[str, str], set[str]] = {}
        self.move("publish", "One.")

    def open(self, code: str) -> None:
        if not ContentLanguage.objects.filter(pk=code).exists():
            services.add_language(code, f"Name of {code}", right_to_left=code == "ps", by=None, at=NOW)
        for person in (self.writer, self.second):
            Translator.objects.get_or_create(person=person, language_id=code)

    @property
    def section(self) -> Section:
        return Section.objects.get(version=self.document.published, key="a")

    def last(self, code: str) -> Translation | None:
        held = Translation.objects.filter(document=self.document, source_hash=self.section.hash, language=code)
        return held.order_by("-revision").first()

    def move(self, kind: str, value: Any) -> None:
        if kind == "publish":
            services.publish_version(self.document, [SectionText("a", value)], by=None, at=NOW)
            self.document.refresh_from_db()
        elif kind == "draft":
            code, words = value
            self.open(code)
            last = self.last(code)
            services.write_draft(
                self.document,
                "a",
                code,
                source_hash=self.section.hash,
                markdown=f"{words} in {code}",
                ready=True,
                seen=services.seen_of(last),
                by=self.writer,
                at=NOW,
            )
        elif kind == "review":
            code, accept = value
            last = self.last(code)
            if last and last.ready and ContentLanguage.objects.filter(pk=code).exists():
                services.review(last, accept=accept, remark="Mend it.", by=self.second, at=NOW)
                if accept:
                    self.let_through.setdefault((code, self.section.markdown), set()).add(last.markdown)
        else:
            ContentLanguage.objects.filter(pk=value).delete()

    def look(self, chosen: str, pages: str) -> None:
        self.reader.reads_in = chosen
        reading = queries.reading_language(self.reader, pages)
        is_open = ContentLanguage.objects.filter(pk=chosen).exists()
        assert reading.code == (chosen if is_open else pages)
        assert reading.closed == bool(chosen and not is_open)
        assert queries.reading_among(self.reader, queries.all_languages(), pages) == reading
        (shown,) = queries.read_sections([self.document.published_id or 0], reading.code)[self.document.published_id]
        source = self.section.markdown
        if shown.language == "en":
            assert shown.markdown == source
            assert reading.code == "en" or shown.behind or shown.missing
        else:
            assert shown.language == reading.code
            assert shown.markdown in self.let_through[reading.code, source]
            assert ('dir="rtl"' in mark_lang(shown.language)) is (reading.code in ("ps", "ar"))
