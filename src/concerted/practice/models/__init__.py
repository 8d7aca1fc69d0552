from concerted.practice.models.attempt import Attempt, Step
from concerted.practice.models.bank import Bank
from concerted.practice.models.case import Case, CaseVersion
from concerted.practice.models.case_group import CaseAnswer, CaseComment, CaseGroup, CaseMember
from concerted.practice.models.draft import PassageDraft, ScenarioDraft
from concerted.practice.models.exam import Exam, ExamVersion, Paper
from concerted.practice.models.follow_up import FollowUp
from concerted.practice.models.instrument import Instrument, InstrumentVersion
from concerted.practice.models.item_count import ItemCount, OptionCount
from concerted.practice.models.kept import KeptCopy
from concerted.practice.models.proposal import BankProposal
from concerted.practice.models.question import Question, QuestionVersion
from concerted.practice.models.reflection import Reflection
from concerted.practice.models.scenario import ChoiceCount, Scenario, ScenarioPlace, ScenarioVersion
from concerted.practice.models.table import ConferenceTable, TableMove, TableSeat

__all__ = [
    "Attempt",
    "Bank",
    "BankProposal",
    "Case",
    "CaseAnswer",
    "CaseComment",
    "CaseGroup",
    "CaseMember",
    "CaseVersion",
    "ChoiceCount",
    "ConferenceTable",
    "Exam",
    "ExamVersion",
    "FollowUp",
    "Instrument",
    "InstrumentVersion",
    "ItemCount",
    "KeptCopy",
    "OptionCount",
    "Paper",
    "PassageDraft",
    "Question",
    "QuestionVersion",
    "Reflection",
    "Scenario",
    "ScenarioDraft",
    "ScenarioPlace",
    "ScenarioVersion",
    "Step",
    "TableMove",
    "TableSeat",
]
