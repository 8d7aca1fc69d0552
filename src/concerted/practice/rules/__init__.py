"""The practice floor's own logic: how answers are marked, what attempts come to, how tests are drawn."""

from concerted.practice.rules.attempts import WAIT, opens_on, score
from concerted.practice.rules.cases import AFTER, NOTES, SHARED, CaseShape, CaseStep, CaseText, still_asked
from concerted.practice.rules.drawing import TooFew, draw, ends_at
from concerted.practice.rules.marking import BadAnswer, Marked, mark, shuffled
from concerted.practice.rules.texts import BankText, ExamText, Pool, QuestionText, ScenarioText

__all__ = [
    "AFTER",
    "NOTES",
    "SHARED",
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
    "TooFew",
    "draw",
    "ends_at",
    "mark",
    "opens_on",
    "score",
    "shuffled",
    "still_asked",
]
