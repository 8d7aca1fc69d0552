from concerted.directory.models.address import EnteredAddress
from concerted.directory.models.agency import Agency, Profession, Sector, name_among
from concerted.directory.models.audience import Audience, AudienceVersion
from concerted.directory.models.group import Group, Membership
from concerted.directory.models.person import Person
from concerted.directory.models.position import Establishment, Position
from concerted.directory.models.proposed import ProposedPlace
from concerted.directory.models.response import ImportFile, Response
from concerted.directory.models.role import Role
from concerted.directory.models.territory import Population, Territory, TerritoryLink

__all__ = [
    "Agency",
    "Audience",
    "AudienceVersion",
    "EnteredAddress",
    "Establishment",
    "Group",
    "ImportFile",
    "Membership",
    "Person",
    "Population",
    "Position",
    "Profession",
    "ProposedPlace",
    "Response",
    "Role",
    "Sector",
    "Territory",
    "TerritoryLink",
    "name_among",
]
