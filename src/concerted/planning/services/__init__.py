from concerted.planning.services.delegations import DelegationRefused, keep_delegation
from concerted.planning.services.plans import answer_again, keep_plan
from concerted.planning.services.ratings import (
    INSTRUMENT,
    RatingRefused,
    Told,
    answer_item,
    begin_moderation,
    begin_self_rating,
    hand_in_rating,
    unanswered,
)
from concerted.planning.services.statements import StatementRefused, sign_statement, write_statement

__all__ = [
    "INSTRUMENT",
    "DelegationRefused",
    "RatingRefused",
    "StatementRefused",
    "Told",
    "answer_again",
    "answer_item",
    "begin_moderation",
    "begin_self_rating",
    "hand_in_rating",
    "keep_delegation",
    "keep_plan",
    "sign_statement",
    "unanswered",
    "write_statement",
]
