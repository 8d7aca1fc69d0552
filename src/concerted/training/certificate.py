"""The certificate as a tagged PDF (PDF/UA-1). The person's name reaches typst as data, never as markup."""

import json
import re
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concerted.text import queries as text
from concerted.training.models import Certificate

TEMPLATE = Path(__file__).parent / "certificate.typ"


@lru_cache(maxsize=1)
def fonts() -> list[Path]:
    """The folders of the two font packages: Latin letters, and Arabic ones whose text extracts exactly."""
    return [Path(str(files(package) / "files")) for package in ("fontpkg_noto_sans", "fontpkg_amiri")]


def _without_vowels(words: str) -> str:
    """Arabic without the optional vowel signs: drawn over letters, they come out of the file twice."""
    return re.sub("[\u064b-\u0652]", "", words)


def words_of(certificate: Certificate, language: str) -> dict[str, str]:
    """Every line of the certificate, in its language."""
    version = certificate.module_version
    title = text.titles([version.module.document_id], language).get(version.module.document_id, version.module.code)
    with translation.override(language):
        return {
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "heading": _("Certificate"),
            "name": _without_vowels(certificate.person.name),
            "completed": _("has completed"),
            "title": _without_vowels(title),
            "when": _("on %(day)s") % {"day": date_format(certificate.achieved_on, "j F Y")},
            "version": _("Version %(no)s, %(minutes)s minutes") % {"no": version.no, "minutes": version.minutes},
            "check": _("Check it here:"),
            "address": f"{settings.SITE_URL}/learn/check/{certificate.code}/",
            "alt": _("The address to check this certificate, as a square code"),
        }


def draw(certificate: Certificate, language: str) -> bytes:
    """The PDF. Its text, extracted, equals `words_of`."""
    words = words_of(certificate, language)
    code = BytesIO()
    segno.make(words["address"], error="m").save(code, kind="svg", border=0)
    return typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words, ensure_ascii=False), "code": code.getvalue().decode()},
    )
