"""What is wrong with a case conference, in words, with what to do."""

from django.utils.translation import gettext_lazy as _

from concerted.packs.reading import story_faults
from concerted.packs.reading.form_words import Titles, worded
from concerted.practice.scenario.checking import Finding

#: Message and remedy of each code that a scenario for one has not, or says in other words.
_SAID = {
    "no_seat": (
        _("“%(place)s” names the seat “%(value)s”, which is not there."),
        _("Correct the key, or write the seat."),
    ),
    "own_fact": (
        _("“%(place)s” is needed by the seat that knows it."),
        _("Name the seats that have to hear it."),
    ),
    "no_fact": (
        _("The question “%(place)s” is about “%(value)s”, which the seat asked does not know."),
        _("Name a fact of the seat after `to:`."),
    ),
    "no_name": (
        _("“%(place)s” asks about “%(value)s”, which is no fact and not at the head."),
        _("Correct the name, or add it to `variables`."),
    ),
    "few_seats": (
        _("A case conference needs two seats or more."),
        _("Write each seat as ## Name {#key kind=seat sector=code}."),
    ),
    "knows_nothing": (
        _("The seat “%(place)s” knows nothing of its own."),
        _("Write what it knows, as - [key] words."),
    ),
    "nothing_to_keep": (
        _("Everything the seat “%(place)s” knows should be told."),
        _("Give it something that nobody else needs: what to keep is half of what is learned."),
    ),
    "no_moment": (_("There is no moment at which anybody acts."), _("Write ## What happens {#key day=0}.")),
    "first_on_condition": (
        _("The first moment “%(place)s” hangs on a condition."),
        _("Take `if:` away: the case begins there."),
    ),
    "earlier_day": (
        _("“%(place)s” lies before day %(value)s, on which an earlier moment stands."),
        _("Put the moments in the order of their days."),
    ),
    "decisions_run_out": (
        _("Every decision of “%(place)s” hangs on a condition."),
        _("Leave one without `if:`, so that something can always be done."),
    ),
    "last_on_condition": (
        _("The last ending “%(place)s” hangs on a condition."),
        _("Take `if:` away from the last one: it stands when no other does."),
    ),
    "hides_others": (
        _("The ending “%(place)s” has no condition, so those below it never come."),
        _("Give it `if:`, or put it last."),
    ),
    "no_look_back": (
        _("“%(place)s” does not say whether it should be told or done, and why."),
        _("Write > and the reason below it; it is read in the look back."),
    ),
    "cannot_be_asked": (
        _("Nobody can ask about “%(place)s”."),
        _("Write a question about it below kind=asks."),
    ),
}


def in_words(finding: Finding, titles: Titles = None) -> tuple[str, str]:
    """The message and the remedy of a finding. `titles`: headings by key, for an author beside forms."""
    if finding.code not in _SAID:
        return story_faults.in_words(finding, titles)
    message, remedy = _SAID[finding.code]
    return worded(finding, str(message), str(remedy), titles)
