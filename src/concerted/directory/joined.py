"""What becomes of everything kept about an entry that is joined to another. Read by people, held complete by a test.

Each line names a column that points to a person. An entry that goes never had an account, so whoever is behind it has
done nothing here herself; what was written about her goes over to the entry that remains, and the row stays, empty.
"""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    ROOM = "its own room carries it over"
    MOVES = "goes over as it is; where she has the same already, hers stands"
    ANEW = "ends: what one may do is given to somebody one knows, so it is given anew"
    SIGN_IN = "part of an account, and an entry with an account never goes"
    STAYS = "stays: it says what was done or told, and the empty row points on to her"


@dataclass(frozen=True)
class Rule:
    """One line: the column as app.Model.column, and what becomes of its rows."""

    column: str
    how: How


def _all(how: How, *columns: str) -> tuple[Rule, ...]:
    return tuple(Rule(column, how) for column in columns)


RULES = (
    *_all(
        How.ROOM,
        "directory.Person.joined_to",
        "directory.Position.person",
        "directory.Membership.person",
        "directory.EnteredAddress.person",
        "capacity.Evidence.subject_id",
        "capacity.OutsideClaim.person",
        "capacity.Exemption.subject_id",
        # Numbered anew, behind her own.
        "practice.Attempt.person",
    ),
    *_all(
        How.MOVES,
        "accounts.JoinRequest.person",
        "practice.FollowUp.person",
        "practice.CaseGroup.leader",
        "practice.CaseGroup.alone",
        "practice.CaseMember.person",
        "practice.TableSeat.person",
        "training.Certificate.person",
    ),
    *_all(How.ANEW, "directory.Role.person", "text.Translator.person"),
    *_all(
        How.SIGN_IN,
        "account.EmailAddress.user",
        "accounts.AddressChange.person",
        "accounts.Invitation.used_by",
        "accounts.ProgramKey.person",
        "jobs.Progress.owner_id",
        "mfa.Authenticator.user",
        "post.MailChoice.person",
        "usersessions.UserSession.user",
    ),
    *_all(
        How.STAYS,
        # What was told, and who did what.
        "post.Notice.person",
        "ledger.Entry.about_person_id",
        "ledger.Entry.by_id",
        "accounts.Invitation.by",
        "accounts.JoinCode.by",
        "accounts.JoinRequest.decided_by",
        "capacity.Evidence.by",
        "capacity.Exemption.by",
        "capacity.MandateVersion.by",
        "capacity.MandateVersion.confirmed_by",
        "capacity.OutsideClaim.by",
        "capacity.OutsideClaim.decided_by",
        "capacity.TakingBack.by",
        "capacity.TerritoryFact.by",
        "directory.AudienceVersion.by",
        "directory.EnteredAddress.by",
        "directory.ImportFile.by",
        "directory.Membership.by",
        "directory.ProposedPlace.by",
        "directory.Role.by",
        "directory.Role.confirmed_by",
        "planning.Count.by",
        "planning.Delegation.by",
        "planning.KeptPlan.by",
        "planning.PlanFunding.by",
        "planning.Rating.by",
        "planning.Signature.by",
        "planning.Statement.by",
        "practice.BankProposal.by",
        "practice.CaseAnswer.by",
        "practice.CaseComment.by",
        "practice.ConferenceTable.opened_by",
        "practice.PassageDraft.by",
        "practice.ScenarioDraft.by",
        "practice.ScenarioDraft.proposed_by",
        "text.GlossaryWording.by",
        "text.SectionDraft.by",
        "text.TextProposal.by",
        "text.Translation.by",
        "text.Translation.reviewed_by",
        "text.Version.by",
        "training.Certificate.revoked_by",
        "training.LocalWords.by",
        "training.ModuleProposal.by",
    ),
)
