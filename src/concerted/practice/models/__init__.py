from concerted.practice.models.attempt import Attempt, Step
from concerted.practice.models.question import Question, QuestionVersion

__all__ = ["Attempt", "Question", "QuestionVersion", "Step"]
