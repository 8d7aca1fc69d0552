from concerted.capacity.services.claims import claim_outside, decide_claim
from concerted.capacity.services.evidence import (
    decide_taking_back,
    grant_exemption,
    propose_taking_back,
    record_evidence,
)
from concerted.capacity.services.facts import record_fact, take_fact_back
from concerted.capacity.services.mandates import confirm_mandate, propose_mandate, publish_mandate, withdraw_mandate
from concerted.capacity.services.parts import complete_everybody, set_parts
from concerted.capacity.services.standing import advance_recount, fold_marks, rebuild, refresh_people, refresh_positions

__all__ = [
    "advance_recount",
    "claim_outside",
    "complete_everybody",
    "confirm_mandate",
    "decide_claim",
    "decide_taking_back",
    "fold_marks",
    "grant_exemption",
    "propose_mandate",
    "propose_taking_back",
    "publish_mandate",
    "rebuild",
    "record_evidence",
    "record_fact",
    "refresh_people",
    "refresh_positions",
    "set_parts",
    "take_fact_back",
    "withdraw_mandate",
]
