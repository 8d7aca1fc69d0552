from concerted.planning.models.count import Count
from concerted.planning.models.crossing import LineCrossing
from concerted.planning.models.delegation import Delegation, Share, Signature, Statement
from concerted.planning.models.funding import PlanFunding
from concerted.planning.models.plan import OWN, KeptPlan
from concerted.planning.models.readiness import Rating, RatingAnswer

__all__ = [
    "OWN",
    "Count",
    "Delegation",
    "KeptPlan",
    "LineCrossing",
    "PlanFunding",
    "Rating",
    "RatingAnswer",
    "Share",
    "Signature",
    "Statement",
]
