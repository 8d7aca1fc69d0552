from concerted.practice.services.attempts import (
    AttemptFinished,
    AttemptRefused,
    finish_attempt,
    lock_attempt,
    next_opens,
    open_attempt,
    save_step,
)
from concerted.practice.services.exams import ExamPublished, ExamRefused, publish_exam
from concerted.practice.services.papers import QUIZ, TEST, answer_paper, begin_exam, begin_quiz, closed, hand_in
from concerted.practice.services.questions import (
    BankPublished,
    carry_questions,
    publish_bank,
    publish_questions,
)
from concerted.practice.services.rewording import reword
from concerted.practice.services.scenarios import (
    begin_scenario,
    end_scenario,
    place_of,
    publish_scenario,
    reword_scenario,
    skip_passage,
    story_of,
    take_choice,
)

__all__ = [
    "QUIZ",
    "TEST",
    "AttemptFinished",
    "AttemptRefused",
    "BankPublished",
    "ExamPublished",
    "ExamRefused",
    "answer_paper",
    "begin_exam",
    "begin_quiz",
    "begin_scenario",
    "carry_questions",
    "closed",
    "end_scenario",
    "finish_attempt",
    "hand_in",
    "lock_attempt",
    "next_opens",
    "open_attempt",
    "place_of",
    "publish_bank",
    "publish_exam",
    "publish_questions",
    "publish_scenario",
    "reword",
    "reword_scenario",
    "save_step",
    "skip_passage",
    "story_of",
    "take_choice",
]
