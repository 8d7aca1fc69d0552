"""What is wrong with the map of a scenario, in words, with what to do."""

from django.utils.translation import gettext_lazy as _

from concerted.packs.reading.form_words import Titles, worded
from concerted.practice.scenario.checking import Finding

#: Message and remedy of each code. Said later: a long scenario may have a finding for each of ten thousand passages.
_SAID = {
    "no_passage": (
        _("“%(place)s” leads to “%(value)s”, which is not there."),
        _("Correct the key, or write the passage."),
    ),
    "no_variable": (
        _("“%(place)s” asks about or changes “%(value)s”, which is not at the head."),
        _("Add it to `variables`, or correct the name."),
    ),
    "unreachable": (_("Nobody ever comes to “%(place)s”."), _("Let a choice lead there, or take it away.")),
    "dead_end": (
        _("“%(place)s” has no choice and is no ending."),
        _("Write a choice, or make it kind=ending with a debrief."),
    ),
    "no_way_out": (
        _("From “%(place)s” no ending can be reached; it goes in a circle: %(value)s."),
        _("Let one choice lead out of the circle."),
    ),
    "shut": (
        _("From “%(place)s” no ending can be reached any more when %(value)s."),
        _("Let one choice lead out without `if`, or change one of these numbers on the way."),
    ),
    "runs_out": (
        _("In “%(place)s” no choice is open when %(value)s."),
        _("Leave one choice without `if:`, or widen a condition."),
    ),
    "runs_out_maybe": (
        _("In “%(place)s” every choice hangs on a condition (%(value)s); one may be open always, or not."),
        _("Leave one choice without `if:` to be sure."),
    ),
    "way_runs_out": (
        _("“%(place)s” leads nowhere when %(value)s."),
        _("Write a last -> without `if`."),
    ),
    "way_runs_out_maybe": (
        _("Every way of “%(place)s” hangs on a condition (%(value)s)."),
        _("Write a last -> without `if` to be sure."),
    ),
    "no_ending": (_("The scenario has no ending that can be reached."), _("Make a passage kind=ending.")),
    "ending_goes_on": (_("The ending “%(place)s” has choices."), _("Take them away, or make it a passage.")),
    "no_debrief": (
        _("The ending “%(place)s” has no debrief “%(value)s”."),
        _("Write ### %(value)s below it, or in one part for all: {#debrief kind=debrief}."),
    ),
    "no_words": (_("“%(place)s” has no words."), _("Write them, or take it away.")),
    "no_feedback": (_("The choice “%(place)s” says nothing of what followed."), _("Write it below, after >.")),
    "never_read": (
        _("“%(place)s” is changed, but nothing ever depends on it and nobody sees it."),
        _("Ask about it in a condition, show it, or take it away."),
    ),
    "never_changed": (_("Nothing ever changes “%(place)s”."), _("Give a choice an effect, or take it away.")),
}


def in_words(finding: Finding, titles: Titles = None) -> tuple[str, str]:
    """The message and the remedy of a finding. `titles`: headings by key, for an author beside forms."""
    message, remedy = _SAID[finding.code]
    return worded(finding, str(message), str(remedy), titles)
