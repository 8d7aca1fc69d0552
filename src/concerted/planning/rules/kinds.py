"""The kinds of service that a plan follows demand through."""

from enum import StrEnum


class ServiceKind(StrEnum):
    """A kind of service, by the word that files and tables write for it."""

    HELPLINE = "helpline"
    ADVOCACY = "advocacy"
    POLICE = "police"
    HEALTH = "health"
    SHELTER = "shelter"
    LEGAL_AID = "legal_aid"
