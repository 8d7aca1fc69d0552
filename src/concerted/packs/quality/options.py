"""Whether options give the right one away by their length."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concerted.packs.quality.passages import Passage, Sheet
from concerted.packs.reading.faults import Faults

#: How far an option's length may be from the mean of its question.
MOST_APART = 0.3
#: With fewer single questions a longest right option is chance.
FEWEST_QUESTIONS = 2


def check_options(sheet: Sheet, faults: Faults) -> None:
    """The lengths of the options of every single question, and how often the right one is the longest."""
    longest: list[int] = []
    questions = list(_questions(sheet))
    for line, options in questions:
        lengths = [_length(option) for option in options]
        _check_lengths(options, lengths, faults)
        others = [length for option, length in zip(options, lengths, strict=True) if not option.right]
        if others and max(lengths) > max(others):
            longest.append(line)
    if len(questions) >= FEWEST_QUESTIONS and 2 * len(longest) > len(questions):
        faults.warn(
            longest[0],
            _("In %(count)s of %(all)s single questions the longest option is the right one.")
            % {"count": len(longest), "all": len(questions)},
            _("Shorten some right options, or lengthen others."),
            "longest",
        )


def _questions(sheet: Sheet) -> Iterator[tuple[int, list[Passage]]]:
    """The line and the options of every single question."""
    blocks = sheet.unit.blocks if sheet.unit else ()
    for block in blocks:
        options = [one for one in sheet.passages if one.key == block.key and one.kind == "option"]
        if block.kind == "single" and options:
            yield block.line, options


def _length(option: Passage) -> int:
    return len(option.words.strip(' "“”«»'))


def _check_lengths(options: list[Passage], lengths: list[int], faults: Faults) -> None:
    mean = sum(lengths) / len(lengths)
    for option, length in zip(options, lengths, strict=True):
        if abs(length - mean) > MOST_APART * mean:
            faults.warn(
                option.line,
                _("This option has %(count)s signs, the options of its question %(mean)s in the mean.")
                % {"count": length, "mean": round(mean)},
                _("Keep options alike: at most 30 % from the mean."),
                "option",
            )
