"""What is wrong with a scenario, for an author who sees forms and not a file: the same findings in their words."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerted.practice.scenario.checking import Finding

#: Facts of the head as their fields are called.
LABELS = {
    "title": _("Title"),
    "summary": _("Summary, for who decides whether to begin"),
    "you": _("Who she is in it: You are …"),
    "note": _("What hard things are named"),
    "aims": _("After this one can: one aim a line"),
    "her": _("What she experienced"),
    "protocol": _("What the protocol says"),
    "sectors": _("What others needed from you"),
}
#: Findings whose usual remedy speaks of signs of the file, by code.
_IN_FORMS = {
    "no_variable": (
        _("“%(place)s” asks about or changes “%(value)s”, which is no name under “What changes”."),
        _("Add it under “Title, numbers, aims”, or correct the name."),
    ),
    "no_name": (
        _("“%(place)s” asks about “%(value)s”, which is no fact and no name under “What changes”."),
        _("Correct the name, or add it under “Title, numbers, aims”."),
    ),
    "dead_end": (
        _("“%(place)s” has no choice and is no ending."),
        _("Write a choice, or take it out and add an ending."),
    ),
    "shut": (
        _("From “%(place)s” no ending can be reached any more when %(value)s."),
        _("Let one choice lead out without a condition, or change one of these numbers on the way."),
    ),
    "runs_out": (
        _("In “%(place)s” no choice is open when %(value)s."),
        _("Leave “Can be chosen only if” empty for one choice, or widen a condition."),
    ),
    "runs_out_maybe": (
        _("In “%(place)s” every choice hangs on a condition (%(value)s); one may be open always, or not."),
        _("Leave “Can be chosen only if” empty for one choice, to be sure."),
    ),
    "way_runs_out": (
        _("“%(place)s” leads nowhere when %(value)s."),
        _("Choose under “Where it leads” what comes when no condition holds."),
    ),
    "way_runs_out_maybe": (
        _("Every way of “%(place)s” hangs on a condition (%(value)s)."),
        _("Choose under “Where it leads” what comes when no condition holds."),
    ),
    "no_ending": (
        _("The scenario has no ending that can be reached."),
        _("Add an ending, and lead a choice to it."),
    ),
    "no_debrief": (
        _("The look back of “%(place)s” does not say “%(value)s”."),
        _("Write it there, or under “Looking back” for all endings."),
    ),
    "no_feedback": (
        _("The choice “%(place)s” says nothing of what followed."),
        _("Write it under “What follows”."),
    ),
    "first_on_condition": (
        _("The first moment “%(place)s” hangs on a condition."),
        _("Leave “Comes only if” empty: the case begins there."),
    ),
    "decisions_run_out": (
        _("Every decision of “%(place)s” hangs on a condition."),
        _("Leave “Can be chosen only if” empty for one, so that something can always be done."),
    ),
    "last_on_condition": (
        _("The last ending “%(place)s” hangs on a condition."),
        _("Leave “Comes only if” empty for the last one: it stands when no other does."),
    ),
    "hides_others": (
        _("The ending “%(place)s” has no condition, so those below it never come."),
        _("Write when it comes, or put it last."),
    ),
    "few_seats": (_("A case conference needs two seats or more."), _("Add a seat below.")),
    "no_moment": (_("There is no moment at which anybody acts."), _("Add a moment below.")),
    "knows_nothing": (
        _("The seat “%(place)s” knows nothing of its own."),
        _("Write what it knows on its page."),
    ),
    "no_look_back": (
        _("“%(place)s” does not say whether it should be told or done, and why."),
        _("Write the reason beside it; it is read in the look back."),
    ),
    "cannot_be_asked": (
        _("Nobody can ask about “%(place)s”."),
        _("Write a question about it under “Questions”."),
    ),
}
#: Headings of parts, by key; None where a file is read.
Titles = Mapping[str, str] | None


def not_filled_in(key: str) -> tuple[str, str]:
    """That a fact of the head is missing."""
    return (
        gettext("“%(field)s” is not filled in.") % {"field": LABELS.get(key, key)},
        gettext("Fill it in under “Title, numbers, aims”."),
    )


def worded(finding: Finding, message: str, remedy: str, titles: Titles) -> tuple[str, str]:
    """The message and remedy of a finding; beside forms they name headings and fields instead of keys and signs."""
    if titles is None:
        facts = {"place": finding.place, "value": finding.value}
        return message % facts, remedy % facts
    value = finding.value
    facts = {
        "place": _named(finding.place, titles),
        "value": str(LABELS[value]) if finding.code == "no_debrief" and value in LABELS else titles.get(value, value),
    }
    if finding.code in _IN_FORMS:
        message, remedy = map(str, _IN_FORMS[finding.code])
    return message % facts, remedy % facts


def _named(place: str, titles: Mapping[str, str]) -> str:
    """A part by its heading, and what lies within it by its key: “The room: a”."""
    return ": ".join(titles.get(key, key) for key in place.split("."))
