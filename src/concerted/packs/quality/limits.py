"""How long sentences and paragraphs may be, by language, and the grade of a whole unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concerted.packs.quality.passages import Passage, Sheet
from concerted.packs.reading.faults import Faults
from concerted.text.wording import WordEntry, grade_of, sentences_of, words_of

#: Words of feedback on one answer, in every language.
MOST_FEEDBACK = 50
_SHORT_LINES = ("title", "aim")


@dataclass(frozen=True)
class Limits:
    """Words a sentence in the mean and at most, words a paragraph, years of school; 0: not asked."""

    mean: int
    sentence: int = 0
    paragraph: int = 0
    grade: int = 0


#: Formulas of reading level differ by language; only the one for English is asked.
LIMITS = {
    "en": Limits(15, 25, 70, 7),
    "fr": Limits(18, 30),
    "es": Limits(18, 30),
    "ar": Limits(16),
}


def check_lengths(sheet: Sheet, glossary: Sequence[WordEntry], faults: Faults, *, whole: bool = False) -> None:
    """Every sentence, paragraph and feedback of a file, then the mean and the grade of a unit.

    `whole`: the mean and the grade of any other file, too.
    """
    limits = LIMITS.get(sheet.language)
    if limits is None:
        return
    told: list[str] = []
    for passage in sheet.passages:
        if passage.kind in _SHORT_LINES:
            continue
        sentences = sentences_of(passage.words)
        told += sentences
        _check_passage(passage, sentences, limits, faults)
    if (sheet.unit is not None or whole) and told:
        _check_whole(sheet, told, limits, glossary, faults)


def _check_passage(passage: Passage, sentences: list[str], limits: Limits, faults: Faults) -> None:
    for sentence in sentences:
        count = len(words_of(sentence))
        if limits.sentence and count > limits.sentence:
            faults.warn(
                passage.line,
                _("A sentence has %(count)s of at most %(most)s words: “%(start)s…”")
                % {"count": count, "most": limits.sentence, "start": sentence[:50]},
                _("Cut it in two."),
                "sentence",
            )
    count = len(words_of(passage.words))
    if passage.kind == "feedback" and count > MOST_FEEDBACK:
        faults.warn(
            passage.line,
            _("The feedback has %(count)s of at most %(most)s words.") % {"count": count, "most": MOST_FEEDBACK},
            _("Say why it tempts, what it costs her, what to do."),
            "feedback",
        )
    elif passage.kind in ("text", "entry") and limits.paragraph and count > limits.paragraph:
        faults.warn(
            passage.line,
            _("The paragraph has %(count)s of at most %(most)s words.") % {"count": count, "most": limits.paragraph},
            _("Cut it in two, with an empty line between."),
            "paragraph",
        )


def _check_whole(
    sheet: Sheet, sentences: list[str], limits: Limits, glossary: Sequence[WordEntry], faults: Faults
) -> None:
    line = sheet.head.line("title")
    mean = sum(len(words_of(sentence)) for sentence in sentences) / len(sentences)
    if mean > limits.mean:
        faults.warn(
            line,
            _("The sentences have %(mean)s words in the mean; at most %(most)s are easy to read.")
            % {"mean": f"{mean:.1f}", "most": limits.mean},
            _("Shorten the long ones."),
            "mean",
        )
    terms = [term for entry in glossary for term in entry.terms]
    grade = grade_of("\n\n".join(sentences), terms) if limits.grade else 0
    if grade > limits.grade:
        faults.warn(
            line,
            _("Reading this takes %(grade)s years of school; aim at %(most)s.")
            % {"grade": f"{grade:.1f}", "most": limits.grade},
            _("Use shorter sentences and shorter words."),
            "grade",
        )
