from concerted.training.services.cases import (
    add_to_case,
    comment_on_answer,
    hand_in_answer,
    keep_answers,
    leave_case,
    open_case,
    release_step,
    start_case,
    take_seat,
)
from concerted.training.services.certificates import (
    NotRevoked,
    restore_certificate,
    revoke_certificate,
    show_certificate,
)
from concerted.training.services.follow_ups import leave_again, remind_again, start_again
from concerted.training.services.keeping import keep_scenario, take_steps
from concerted.training.services.misconceptions import count_misconceptions
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
from concerted.training.services.tables import (
    act_at_table,
    get_up,
    let_stand_in,
    look_at_tables_due,
    open_table,
    sit_down,
    wait_no_longer,
)
from concerted.training.services.taking import answer_question, mark_read, start_module

__all__ = [
    "NotRevoked",
    "ProposalRefused",
    "act_at_table",
    "add_to_case",
    "answer_on_paper",
    "answer_question",
    "ask_for_module",
    "bring_module",
    "choose",
    "comment_on_answer",
    "count_misconceptions",
    "decide_module",
    "drop_module",
    "get_up",
    "go_round",
    "hand_in_answer",
    "hand_in_paper",
    "keep_answers",
    "keep_scenario",
    "leave_again",
    "leave_case",
    "let_stand_in",
    "look_at_tables_due",
    "look_back_now",
    "mark_read",
    "open_case",
    "open_table",
    "publish_module",
    "publish_programme",
    "release_step",
    "remind_again",
    "restore_certificate",
    "revoke_certificate",
    "show_certificate",
    "sit_down",
    "start_again",
    "start_case",
    "start_exam",
    "start_module",
    "start_quiz",
    "start_scenario",
    "take_seat",
    "take_steps",
    "wait_no_longer",
]
