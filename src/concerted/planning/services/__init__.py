from concerted.planning.services.count_entries import take_sent_counts
from concerted.planning.services.count_files import take_counts
from concerted.planning.services.counts import CountRefused, count_month
from concerted.planning.services.delegations import DelegationRefused, keep_delegation
from concerted.planning.services.funding import FundingRefused, end_funding, record_funding
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
    "CountRefused",
    "DelegationRefused",
    "FundingRefused",
    "RatingRefused",
    "StatementRefused",
    "Told",
    "answer_again",
    "answer_item",
    "begin_moderation",
    "begin_self_rating",
    "count_month",
    "end_funding",
    "hand_in_rating",
    "keep_delegation",
    "keep_plan",
    "record_funding",
    "sign_statement",
    "take_counts",
    "take_sent_counts",
    "unanswered",
    "write_statement",
]
