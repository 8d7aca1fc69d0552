"""The certificate as a tagged PDF (PDF/UA-1). The person's name reaches typst as data, never as markup."""

import json
import unicodedata
from io import BytesIO
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from concerted.kit.dates import in_words
from concerted.kit.digits import hours_said, localise, minutes_said
from concerted.text import queries as text
from concerted.training.book.letters import fonts, without_vowels
from concerted.training.models import Certificate

TEMPLATE = Path(__file__).parent / "certificate.typ"


def way_of(words: str) -> str:
    """The direction of a line: that of its first letter."""
    for letter in words:
        if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def _title(document: int, language: str, reading: str) -> text.TitleShown | None:
    """The title in the language she reads in where it is reviewed there, else as the rest of the certificate."""
    title = text.titles_shown([document], reading or language).get(document)
    if reading and reading != language and (title is None or title.language != reading):
        title = text.titles_shown([document], language).get(document)
    return title


def words_of(certificate: Certificate, language: str, reading: str = "") -> dict[str, str]:
    """Every line of the certificate in a language of the interface; its title in the language she reads in."""
    version = certificate.module_version
    shown = _title(version.module.document_id, language, reading)
    title = shown.words if shown else version.module.code
    until = certificate.expires_on
    with translation.override(language):
        return {
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "heading": _("Certificate"),
            "name": without_vowels(certificate.person.name),
            "completed": _("has completed"),
            "title": without_vowels(title),
            "title_lang": (shown.language if shown else language).partition("-")[0],
            "when": _("on %(day)s") % {"day": in_words(certificate.achieved_on)},
            # Two lines: two numbers in one line of Arabic are read in the wrong order by what takes the text out.
            "version": _("Version %(n)s") % {"n": localise(version.no)},
            "minutes": minutes_said(version.minutes),
            "hours": hours_said(version.minutes),
            "until": _("Valid until %(day)s") % {"day": in_words(until)} if until else "",
            "check": _("Check it here:"),
            "address": f"{settings.SITE_URL}/learn/check/{certificate.code}/",
            "alt": _("The address to check this certificate, as a square code"),
        }


def _compile(words: dict[str, str]) -> bytes:
    code = BytesIO()
    segno.make(words["address"], error="m").save(code, kind="svg", border=0)
    facts = {"name_size": ""} | words | {"name_dir": way_of(words["name"]), "title_dir": way_of(words["title"])}
    return typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(facts, ensure_ascii=False), "code": code.getvalue().decode()},
    )


def _drawable(words: dict[str, str], part: str) -> bool:
    """Whether our fonts have every letter of this part."""
    bare = dict.fromkeys(words, "") | {
        "lang": "en",
        "dir": "ltr",
        "heading": "C",
        "title": "C",
        "title_lang": "en",
        "alt": "C",
    }
    try:
        _compile(bare | {"address": words["address"], part: words[part]})
    except typst.TypstError:
        return False
    return True


def _in_their_stead(words: dict[str, str], certificate: Certificate) -> dict[str, str]:
    """The words with a plain line for a name or title whose letters our fonts lack: no spelling is invented."""
    instead: dict[str, str] = {}
    with translation.override(words["lang"]):
        if not _drawable(words, "name"):
            said = _("Certificate %(code)s. This file lacks the letters of the holder's name; her own record shows it.")
            instead |= {"name": said % {"code": certificate.code}, "name_size": "small"}
        if not _drawable(words, "title"):
            instead["title_lang"] = words["lang"]
            instead["title"] = _("A module whose title this file lacks the letters for. The address below shows it.")
    return words | instead


def draw(certificate: Certificate, language: str, reading: str = "") -> bytes:
    """The PDF. Its text, extracted, equals `words_of`, but for lines whose letters our fonts lack."""
    words = words_of(certificate, language, reading)
    try:
        return _compile(words)
    except typst.TypstError:
        pass
    try:
        return _compile(_in_their_stead(words, certificate))
    except typst.TypstError:  # the page's own words need letters we lack: a language added by whoever runs the site
        return _compile(_in_their_stead(words_of(certificate, "en"), certificate))
