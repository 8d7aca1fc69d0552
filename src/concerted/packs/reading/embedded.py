"""Pictures within the words of a scenario: each is told in words, and none comes from elsewhere."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from concerted.kit.markdown import pictures_in
from concerted.packs.reading.faults import Faults
from concerted.text.rules import SectionText


def check_pictures(sections: Iterable[SectionText], where: Mapping[str, int], faults: Faults) -> None:
    """Say which picture has no words, and which would not be shown. `where`: the line of a section."""
    for section in sections:
        line = where.get(section.key, where.get(section.key.partition(".")[0], 1))
        for words, address in pictures_in(section.markdown):
            if not words:
                faults.add(
                    line,
                    _("A picture has no words for those who do not see it."),
                    _("Write what it shows: ![A closed door](address of the picture)."),
                )
            if not address.startswith("/") or address.startswith("//"):
                faults.warn(
                    line,
                    _("The picture “%(value)s” is not shown: it does not lie here.") % {"value": address[:60]},
                    _("Bring it with a pack, and write its address from the first stroke on: /learn/file/…"),
                )
