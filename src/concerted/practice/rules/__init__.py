"""The practice floor's own logic: how answers are marked, what attempts come to, how tests are drawn."""

from concerted.practice.rules.attempts import WAIT, opens_on, score
from concerted.practice.rules.cases import AFTER, NOTES, SHARED, CaseShape, CaseStep, CaseText, still_asked
from concerted.practice.rules.drawing import TooFew, draw, ends_at
from concerted.practice.rules.items import (
    FEWEST_COUNTED,
    FEWEST_JUDGED,
    Sums,
    chosen_in,
    flags_of,
    people_shown,
    share_shown,
    tags_in,
    wrong_of,
)
from concerted.practice.rules.marking import (
    LONGEST_REFLECTION,
    LONGEST_SHORT,
    REFLECTION,
    TYPED,
    BadAnswer,
    Marked,
    mark,
    reflected,
    shuffled,
    with_forms,
)
from concerted.practice.rules.texts import BankText, ExamText, Pool, QuestionText, ScenarioText
from concerted.practice.rules.typed import LONGEST_NUMBER, forms_of, readings

__all__ = [
    "AFTER",
    "FEWEST_COUNTED",
    "FEWEST_JUDGED",
    "LONGEST_NUMBER",
    "LONGEST_REFLECTION",
    "LONGEST_SHORT",
    "NOTES",
    "REFLECTION",
    "SHARED",
    "TYPED",
    "WAIT",
    "BadAnswer",
    "BankText",
    "CaseShape",
    "CaseStep",
    "CaseText",
    "ExamText",
    "Marked",
    "Pool",
    "QuestionText",
    "ScenarioText",
    "Sums",
    "TooFew",
    "chosen_in",
    "draw",
    "ends_at",
    "flags_of",
    "forms_of",
    "mark",
    "opens_on",
    "people_shown",
    "readings",
    "reflected",
    "score",
    "share_shown",
    "shuffled",
    "still_asked",
    "tags_in",
    "with_forms",
    "wrong_of",
]
