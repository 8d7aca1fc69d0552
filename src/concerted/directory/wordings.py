"""What rules and roles cannot say themselves, in the reader's language."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.rules import DEEPEST, FIELDS, MOST_VALUES, RuleFault
from concerted.kit.dates import in_words
from concerted.kit.digits import localise


def fault_in_words(fault: RuleFault) -> str:
    """The fault of an audience rule as a sentence, with what to do."""
    place = fault.where or _("the top")
    facts = {"where": place, "value": str(fault.value)[:60], "fields": ", ".join(FIELDS)}
    sentences = {
        "too_many": _(
            "The rule names %(value)s values; at most %(most)s are read. Name a sector or territory instead."
        ),
        "too_deep": _("The rule goes deeper than %(deepest)s steps at %(where)s. Write it flatter."),
        "not_a_rule": _("At %(where)s stands “%(value)s”, which is no rule. Write a test or all, any, not."),
        "not_a_list": _("At %(where)s a list is needed, not “%(value)s”. Put it in square brackets."),
        "unknown_words": _("At %(where)s stands “%(value)s”. A part is either all, any, not, or field with in."),
        "unknown_field": _("“%(value)s” at %(where)s is not something a rule can ask. Use one of: %(fields)s."),
        "no_values": _("“%(value)s” at %(where)s names nothing. Choose at least one, or take the line away."),
        "not_a_number": _(
            "“%(value)s” at %(where)s is not the number of a territory or agency. Choose it from the list."
        ),
        "not_a_code": _("“%(value)s” at %(where)s is not a code. Choose it from the list."),
        "unknown_stage": _("“%(value)s” at %(where)s is not a stage. Use “pre” or “in”."),
    }
    return sentences[fault.code] % (facts | {"most": MOST_VALUES, "deepest": DEEPEST})


def alone_in_words(alone_at: datetime, now: datetime) -> str:
    """That nobody else can confirm, and when the act takes effect by itself."""
    when = timezone.localtime(alone_at)
    facts = {"time": localise(f"{when:%H:%M}"), "day": in_words(when.date())}
    ahead = (when.date() - timezone.localdate(now)).days
    sentences = {
        0: _("It takes effect by itself today at %(time)s unless you withdraw it."),
        1: _("It takes effect by itself tomorrow at %(time)s unless you withdraw it."),
    }
    later = _("It takes effect by itself on %(day)s at %(time)s unless you withdraw it.")
    alone = _("No second person can confirm this yet.")
    return f"{alone} {sentences.get(ahead, later) % facts}"
