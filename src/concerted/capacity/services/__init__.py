from concerted.capacity.services.claims import claim_outside, decide_claim
from concerted.capacity.services.evidence import grant_exemption, record_evidence, void_evidence
from concerted.capacity.services.mandates import confirm_mandate, propose_mandate, publish_mandate
from concerted.capacity.services.standing import advance_recount, fold_marks, rebuild, refresh_people, refresh_positions

__all__ = [
    "advance_recount",
    "claim_outside",
    "confirm_mandate",
    "decide_claim",
    "fold_marks",
    "grant_exemption",
    "propose_mandate",
    "publish_mandate",
    "rebuild",
    "record_evidence",
    "refresh_people",
    "refresh_positions",
    "void_evidence",
]
