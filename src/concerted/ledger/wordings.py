"""What each act of the ledger is called. Rooms pass plain codes; readers see these lines in their language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Any] = {
    "accepted a request to join": _("Accepted a request to be counted in"),
    "accepted an invitation": _("Accepted an invitation"),
    "agency added": _("Added an agency"),
    "agency closed": _("Closed an agency"),
    "agency reopened": _("Opened an agency again"),
    "asked for an account": _("Asked for an account"),
    "asked for another address": _("Asked to change an address"),
    "asked to join": _("Asked to be counted in"),
    "audience saved": _("Saved an audience"),
    "changed her address": _("Changed an address"),
    "ended a join code": _("Ended a code of an agency"),
    "ended own sessions": _("Ended own sessions"),
    "establishment set": _("Set the posts that should be"),
    "evidence left": _("Left something recorded as it is"),
    "evidence recorded": _("Recorded something achieved"),
    "evidence taken back": _("Took back something recorded"),
    "exemption granted": _("Granted an exemption"),
    "import checked": _("Checked a list"),
    "invited": _("Sent an invitation"),
    "joined by code": _("Joined an agency by its code"),
    "language added": _("Opened a language for translation"),
    "local words written": _("Wrote what holds here into the lessons"),
    "made a join code": _("Made a code for an agency"),
    "mandate confirmed": _("Confirmed a mandate"),
    "mandate proposed": _("Proposed a mandate"),
    "mandate withdrawn": _("Withdrew a proposed mandate"),
    "module finished": _("Finished a module"),
    "module published": _("Published a module"),
    "opened an account": _("Opened an account"),
    "outside training confirmed": _("Confirmed training taken elsewhere"),
    "outside training recorded": _("Recorded training taken elsewhere"),
    "outside training refused": _("Did not accept training taken elsewhere"),
    "people imported": _("Took in a staff list"),
    "person added": _("Added a person"),
    "person changed": _("Changed what is kept about a person"),
    "population set": _("Set a population"),
    "position ended": _("Ended a position"),
    "position held": _("Recorded a position"),
    "refused a request to join": _("Did not accept a request to be counted in"),
    "reminder sent": _("Sent a reminder"),
    "role confirmed": _("Confirmed a role"),
    "role ended": _("Ended a role"),
    "role given": _("Gave a role"),
    "taking back asked": _("Asked to take back something recorded"),
    "territories imported": _("Took in territories"),
    "territory added": _("Added a territory"),
    "territory moved": _("Moved a territory"),
    "text published": _("Published a text"),
    "translations taken in": _("Took in a file of translations"),
    "translation given back": _("Gave a translation back"),
    "translation reviewed": _("Reviewed a translation"),
    "translation tested": _("Marked a translation as tested with readers"),
    "translator entered": _("Entered a translator"),
    "translator removed": _("Removed a translator"),
    "words erased": _("Erased words about a person"),
}


def line_of(verb: str) -> str:
    """The act in the reader's language; an act without a line of its own is shown as it was written."""
    return str(VERBS.get(verb, verb))
