from concerted.practice.models.attempt import Attempt, Step
from concerted.practice.models.question import Question, QuestionVersion
from concerted.practice.models.scenario import ChoiceCount, Scenario, ScenarioPlace, ScenarioVersion

__all__ = [
    "Attempt",
    "ChoiceCount",
    "Question",
    "QuestionVersion",
    "Scenario",
    "ScenarioPlace",
    "ScenarioVersion",
    "Step",
]
