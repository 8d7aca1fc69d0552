from concerted.planning.models.count import Count
from concerted.planning.models.crossing import LineCrossing
from concerted.planning.models.delegation import Delegation, Share, Signature, Statement
from concerted.planning.models.plan import KeptPlan
from concerted.planning.models.readiness import Rating, RatingAnswer

__all__ = [
    "Count",
    "Delegation",
    "KeptPlan",
    "LineCrossing",
    "Rating",
    "RatingAnswer",
    "Share",
    "Signature",
    "Statement",
]
