"""The transcript as a tagged PDF (PDF/UA-1). Words reach typst as data, never as markup."""

import json
from datetime import date
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from concerted.kit.dates import in_words
from concerted.kit.digits import hours
from concerted.training.book.letters import drawable, fonts, without_vowels
from concerted.training.certificate import way_of
from concerted.training.queries.transcript import Transcript, TranscriptLine
from concerted.training.wording import kind_in_words, state_in_words

TEMPLATE = Path(__file__).parent / "transcript.typ"


def words_of(name: str, shown: Transcript, language: str, on: date) -> dict[str, object]:
    """Every line of the file in a language of the interface, titles in their own."""
    with translation.override(language):
        return {
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "heading": _drawn(_("Record of learning")),
            "name": _drawn(name),
            "name_dir": way_of(name),
            "when": _drawn(_("As on %(day)s") % {"day": in_words(on)}),
            "head": [_drawn(one) for one in (_("What"), _("Day"), _("Hours"))],
            "rows": [_row(line) for line in shown.lines],
            "sum": _drawn(_("Hours in all: %(n)s") % {"n": hours(shown.minutes)}),
            "none": "" if shown.lines else _drawn(_("Nothing is completed yet.")),
        }


def _row(line: TranscriptLine) -> dict[str, str]:
    beside = [kind_in_words(line.kind), line.by, state_in_words(line.state)]
    return {
        "title": _drawn(line.title),
        "title_lang": line.language.partition("-")[0],
        "title_dir": way_of(line.title),
        "beside": _drawn(_(", ").join(filter(None, beside))),
        "day": _drawn(in_words(line.day)),
        "hours": hours(line.minutes) if line.minutes else "",
    }


def _drawn(words: str) -> str:
    """The words as our fonts draw them, so that what is taken out of the file is what was put in."""
    return drawable(without_vowels(words))


def draw(name: str, shown: Transcript, language: str, on: date) -> bytes:
    """The PDF. A letter our fonts lack is shown as a sign for it: no spelling is invented."""
    return typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words_of(name, shown, language, on), ensure_ascii=False)},
    )
