"""Every page in the made-up language: nothing is left in plain English, and nothing is wider than a phone."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from concerted.kit.pseudo import LONG, MIRRORED, PseudoMiddleware, pseudo, speak
from tests.pseudo_pages import Page, pages, untranslated

PHONE = 360


@pytest.fixture
def spoken(request: Any, settings: Any) -> Iterator[str]:
    """The setting that turns the made-up language on."""
    settings.CONCERTED_PSEUDO = getattr(request, "param", "long")
    place = settings.MIDDLEWARE.index("django.middleware.locale.LocaleMiddleware") + 1
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:place],
        "concerted.kit.pseudo.PseudoMiddleware",
        *settings.MIDDLEWARE[place:],
    ]
    yield settings.CONCERTED_PSEUDO
    translation.deactivate()


@pytest.mark.django_db
def test_every_word_of_the_interface_can_be_translated(spoken: str) -> None:
    plain = {page.name: untranslated(page.html) for page in pages()}
    assert len(plain) > 60
    assert {name: words for name, words in plain.items() if words} == {}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>⟦Šååvéé⟧ it</p>", ["it"]),
        ("<p>⟦öf <b>⟦öñéé⟧</b> öf⟧</p>", []),
        ("<p>Save</p>", ["Save"]),
        ('<img alt="Save"><p lang="fr">Texte</p><p lang="qps">Text</p>', ["Save", "Text"]),
        ('<div lang="fr"><br><p>Texte</p></div><p>After</p>', ["After"]),
        ("<code>svc.helpline</code><script>let words</script> 12 x", []),
    ],
)
def test_words_outside_the_brackets_are_found(html: str, words: list[str]) -> None:
    assert untranslated(html) == words


def test_a_bracket_that_is_lost_is_told() -> None:
    with pytest.raises(AssertionError, match="a bracket is lost"):
        untranslated("<p>⟦Šååvéé</p><p>Save</p>")


@pytest.mark.parametrize(
    "kept", ["%(name)s", "%(n)d", "%s", "%%", "{shown}", '<a href="/x/">', "</a>", "<br>", "&nbsp;", "&#39;"]
)
def test_what_a_translator_keeps_is_kept(kept: str) -> None:
    said = pseudo(f"Some {kept} words")
    assert said.count(kept) == 1
    assert "Some" not in said
    assert "words" not in said


@pytest.mark.parametrize("words", ["Save", "Give it back", "Why", "Nobody else holds the role. Give it first."])
def test_it_is_two_fifths_longer(words: str) -> None:
    letters = sum(sign.isalpha() for sign in words)
    more = len(pseudo(words).strip("⟦⟧")) - len(words)
    assert more == -(-letters * 2 // 5)


@pytest.mark.parametrize("code", [LONG, MIRRORED])
def test_gettext_speaks_it(code: str) -> None:
    before = translation.get_language()
    speak(code)
    try:
        assert gettext("Save") == "⟦Šååvéé⟧"
        assert pgettext("a button", "Save") == "⟦Šååvéé⟧"
        assert ngettext("%(n)s day", "%(n)s days", 1) % {"n": 1} == pseudo("1 day")
        assert ngettext("%(n)s day", "%(n)s days", 2) % {"n": 2} == pseudo("2 days")
        assert gettext("—") == "—"
        assert translation.get_language_bidi() is (code == MIRRORED)
        with translation.override("fr"):
            assert gettext("Save") == "Enregistrer"
        assert gettext("Save") == "⟦Šååvéé⟧"
    finally:
        translation.activate(before or "en")


@pytest.mark.django_db
def test_it_is_in_no_list_and_off_unless_set(settings: Any, client: Client) -> None:
    assert not {LONG, MIRRORED} & set(dict(settings.LANGUAGES))
    assert not settings.CONCERTED_PSEUDO
    for code in (LONG, MIRRORED):
        client.cookies["django_language"] = code
        page = client.get("/account/login/", headers={"accept-language": code}).content.decode()
        assert '<html lang="en" dir="ltr">' in page
        assert "⟦" not in page


def test_a_setting_that_means_nothing_is_told(settings: Any) -> None:
    settings.CONCERTED_PSEUDO = "wide"
    with pytest.raises(ImproperlyConfigured, match="CONCERTED_PSEUDO is one of: long, mirrored"):
        PseudoMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize("spoken", ["long", "mirrored"], indirect=True)
def test_no_page_is_wider_than_a_phone(browser: Any, spoken: str) -> None:
    """The pages as the test above reads them, laid out by a browser; styles, fonts and drawings come from our files."""
    held: dict[str, Page] = {page.path: page for page in pages()}
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    context.route("**/*", lambda route: _answer(route, held))
    tab, wide = context.new_page(), {}
    for path, page in held.items():
        # Loaded whole: a page that is measured before its stylesheet came is as wide as its longest line.
        tab.goto(f"http://testserver{path}", wait_until="load")
        assert tab.locator("html").get_attribute("dir") == ("rtl" if spoken == "mirrored" else "ltr")
        if (width := tab.evaluate("document.documentElement.scrollWidth")) > PHONE:
            wide[page.name] = width
    context.close()
    assert len(held) > 60
    assert wide == {}


def _answer(route: Any, held: dict[str, Page]) -> None:
    path = urlsplit(route.request.url).path
    if path in held:
        route.fulfill(body=held[path].html, content_type="text/html; charset=utf-8")
    elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
        route.fulfill(body=Path(file).read_bytes(), content_type=mimetypes.guess_type(file)[0] or "text/plain")
    else:
        route.fulfill(status=404)
