"""What is kept about people, how long, and how it goes. Read by people, executed each night, held complete by a test.

A rule names a model. `after` counts from the field `since`. What has no `after` says in `how` who lets it go:

    WITH_PERSON   kept while she is part of the response and the law's period after; goes when she is erased
    ROOM          its own room drops it as soon as it is used or runs out
    STAYS         holds ids only, and must outlast the people it tells of
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class How(StrEnum):
    DELETE = "deleted"
    WITH_PERSON = "goes with the person"
    ROOM = "dropped by its room"
    STAYS = "stays"


@dataclass(frozen=True)
class Rule:
    """One line of the policy."""

    model: str
    what: str
    how: How
    after: timedelta | None = None
    since: str = ""


def _days(number: int) -> timedelta:
    return timedelta(days=number)


RULES = (
    # Who somebody is
    Rule("directory.Person", "name, e-mail, languages, safety settings", How.WITH_PERSON),
    Rule("directory.EnteredAddress", "an address entered for her, not yet hers", How.WITH_PERSON),
    Rule("directory.Position", "where she works, as what, since when", How.WITH_PERSON),
    Rule("directory.Membership", "which groups she is in, since when", How.WITH_PERSON),
    Rule("directory.Role", "what she may do, who gave it", How.WITH_PERSON),
    Rule("directory.ProposedPlace", "who entered a place that waits", How.ROOM),
    Rule("directory.ImportFile", "a staff list on its way in", How.DELETE, _days(7), "at"),
    Rule("directory.AudienceVersion", "who wrote the rule", How.STAYS),
    # How she signs in
    Rule("accounts.SignUp", "an address not yet confirmed", How.ROOM),
    Rule("accounts.AddressChange", "a new address not yet confirmed", How.ROOM),
    Rule("accounts.Invitation", "an invited address", How.ROOM),
    Rule("accounts.JoinRequest", "that she asked to be counted in", How.WITH_PERSON),
    Rule("accounts.JoinCode", "who made the code", How.STAYS),
    Rule("accounts.ProgramKey", "which programs send counts in her name, and the day each did last", How.ROOM),
    Rule("account.EmailAddress", "her address, confirmed", How.WITH_PERSON),
    Rule("mfa.Authenticator", "her second step", How.WITH_PERSON),
    Rule("usersessions.UserSession", "device and network address of a session", How.ROOM),
    Rule("sessions.Session", "a session", How.ROOM),
    # What she learned
    Rule("training.Certificate", "what she achieved", How.WITH_PERSON),
    Rule("practice.Attempt", "her way through a module", How.WITH_PERSON),
    Rule("practice.Step", "her answers", How.WITH_PERSON),
    Rule("practice.Reflection", "what she wrote for herself alone", How.DELETE, _days(365), "at"),
    Rule("practice.Paper", "the questions she was given", How.WITH_PERSON),
    Rule("practice.FollowUp", "when questions are asked again, or that she left it", How.WITH_PERSON),
    Rule("practice.ScenarioPlace", "where she stands in a scenario", How.WITH_PERSON),
    Rule("practice.KeptCopy", "that a scenario is kept on a device of hers", How.DELETE, _days(30), "at"),
    Rule("practice.CaseGroup", "who worked on a case study, and who led", How.DELETE, _days(730), "opened_at"),
    Rule("practice.CaseMember", "for which sector she answered", How.WITH_PERSON),
    Rule("practice.CaseAnswer", "what she or her group wrote on a case study", How.DELETE, _days(730), "at"),
    Rule("practice.CaseComment", "what a trainer said of it", How.DELETE, _days(730), "at"),
    Rule(
        "practice.ConferenceTable", "who opened a table, and what was done at it", How.DELETE, _days(730), "opened_at"
    ),
    Rule("practice.TableSeat", "which seat she took at a table", How.WITH_PERSON),
    Rule("capacity.Evidence", "that she has a credential", How.WITH_PERSON),
    Rule("capacity.TakingBack", "who says that a record is wrong, and why", How.ROOM),
    Rule("capacity.OutsideClaim", "training taken elsewhere, and the paper she sent", How.WITH_PERSON),
    Rule("capacity.Exemption", "that nothing is asked of her, and why", How.WITH_PERSON),
    Rule("capacity.TerritoryFact", "who recorded what holds in a territory", How.STAYS),
    Rule("capacity.MandateVersion", "who proposed and confirmed it", How.STAYS),
    # Whether an authority is ready
    Rule("planning.Rating", "who rated an authority", How.STAYS),
    Rule("planning.Delegation", "who kept a delegation of a duty", How.STAYS),
    Rule("planning.Statement", "who wrote what two levels sign", How.STAYS),
    Rule("planning.Signature", "who signed for which level", How.STAYS),
    Rule("planning.KeptPlan", "who kept a plan", How.STAYS),
    Rule("planning.PlanFunding", "who recorded money for a plan", How.STAYS),
    Rule("planning.Count", "who counted a month", How.STAYS),
    # What was written by whom
    Rule("text.Version", "who published it", How.STAYS),
    Rule("training.LocalWords", "who wrote what holds here", How.STAYS),
    Rule("training.ModuleProposal", "who brought a module from a document", How.DELETE, _days(180), "at"),
    Rule("practice.BankProposal", "who brought questions from a file", How.DELETE, _days(180), "at"),
    Rule("practice.ScenarioDraft", "who wrote and proposed a scenario", How.STAYS),
    Rule("practice.PassageDraft", "who wrote a passage of it", How.STAYS),
    Rule("text.SectionDraft", "who wrote a draft", How.STAYS),
    Rule("text.GlossaryWording", "who wrote what the glossary says", How.STAYS),
    Rule("text.TextProposal", "who proposed a wording", How.STAYS),
    Rule("text.Translation", "who translated and reviewed it", How.STAYS),
    Rule("text.Offer", "words of a translation memory, until her room takes it away", How.ROOM),
    Rule("text.Translator", "which languages she translates into", How.WITH_PERSON),
    # What she was told, and what runs in the background
    Rule("post.Notice", "a line in her inbox", How.DELETE, _days(365), "at"),
    Rule("post.Letter", "her address and a neutral letter", How.DELETE, _days(30), "at"),
    Rule("post.MailChoice", "whether she wants mail", How.WITH_PERSON),
    Rule("jobs.Progress", "how far her long work was", How.DELETE, _days(30), "started_at"),
    Rule("django_tasks_database.DBTaskResult", "a job that ended, with ids", How.DELETE, _days(14), "finished_at"),
    # Who did what
    Rule("ledger.Entry", "ids, acts and days", How.STAYS),
    Rule("ledger.EntryWords", "words of an act", How.DELETE, _days(7 * 365), "entry__at"),
)
