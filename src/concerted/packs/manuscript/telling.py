"""What was left out of a document, and what was taken in another way, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from concerted.kit.digits import localise
from concerted.packs.manuscript.tree import CHANGED, LEFT_OUT, LeftOut


def told(one: LeftOut) -> str:
    """One thing that was left out, and where to look for it."""
    facts = {"what": LEFT_OUT[one.kind], "place": localise(one.place), "heading": one.heading}
    if one.heading:
        return _("Paragraph %(place)s, below “%(heading)s”: %(what)s.") % facts
    return _("Paragraph %(place)s: %(what)s.") % facts


def changed_words(changed: Sequence[tuple[str, int]]) -> list[str]:
    """What became of tracked changes and footnotes."""
    return [CHANGED[kind] % {"n": localise(count)} for kind, count in changed]
