from concerted.training.services.certificates import (
    NotRevoked,
    restore_certificate,
    revoke_certificate,
    show_certificate,
)
from concerted.training.services.papers import answer_on_paper, hand_in_paper, start_exam, start_quiz
from concerted.training.services.programmes import publish_programme
from concerted.training.services.proposals import (
    ProposalRefused,
    ask_for_module,
    bring_module,
    decide_module,
    drop_module,
)
from concerted.training.services.publishing import publish_module
from concerted.training.services.scenarios import choose, go_round, look_back_now, start_scenario
from concerted.training.services.taking import answer_question, mark_read, start_module

__all__ = [
    "NotRevoked",
    "ProposalRefused",
    "answer_on_paper",
    "answer_question",
    "ask_for_module",
    "bring_module",
    "choose",
    "decide_module",
    "drop_module",
    "go_round",
    "hand_in_paper",
    "look_back_now",
    "mark_read",
    "publish_module",
    "publish_programme",
    "restore_certificate",
    "revoke_certificate",
    "show_certificate",
    "start_exam",
    "start_module",
    "start_quiz",
    "start_scenario",
]
