from concerted.capacity.models.evidence import Credential, Evidence, Exemption, OutsideClaim, TakingBack
from concerted.capacity.models.fact import TerritoryFact
from concerted.capacity.models.mandate import Mandate, MandateVersion
from concerted.capacity.models.standing import Episode, Mark, MarkWeek, Recount, State, Tally

__all__ = [
    "Credential",
    "Episode",
    "Evidence",
    "Exemption",
    "Mandate",
    "MandateVersion",
    "Mark",
    "MarkWeek",
    "OutsideClaim",
    "Recount",
    "State",
    "TakingBack",
    "Tally",
    "TerritoryFact",
]
