"""What pages call states, reasons and items."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from concerted.kit.memory import remember
from concerted.planning.rules.readiness import Mark, State, Why
from concerted.planning.rules.statement import Handed
from concerted.practice.models import InstrumentVersion
from concerted.text import queries as text
from concerted.text.rules import SectionShown

#: What `{% state %}` draws, and the word beside it.
STATES: dict[State, tuple[str, Any]] = {
    State.NOT_ASSESSED: ("none", _("Not assessed")),
    State.GAPS: ("gap", _("Has gaps")),
    State.CONDITIONAL: ("soon", _("Ready with conditions")),
    State.READY: ("ok", _("Ready")),
}
MARKS: dict[Mark, tuple[str, Any]] = {
    Mark.GAP: ("gap", _("Gap")),
    Mark.CONDITION: ("soon", _("Condition")),
    Mark.MET: ("ok", _("Met")),
}
WHY: dict[Why, Any] = {
    Why.SHOWN: _("As the second level rated it."),
    Why.KNOWN: _("Filled in from what the system knows."),
    Why.NOT_SHOWN: _("Nothing was given that shows it, so level 0 counts."),
    Why.NOT_KNOWN: _("The system knows nothing about it, so level 0 counts."),
    Why.UNANSWERED: _("Nobody answered it, so level 0 counts."),
}
HANDED: dict[Handed, tuple[str, Any]] = {
    Handed.READY: ("ok", _("Handed down: ready")),
    Handed.CONDITIONAL: ("soon", _("Handed down with conditions")),
    Handed.OVERRIDDEN: ("gap", _("Handed down in spite of gaps")),
}


@remember(50)
def _text_of(instrument_version: int) -> int:
    return InstrumentVersion.objects.values_list("version_id", flat=True).get(pk=instrument_version)


def words_of(instrument_version: int, language: str) -> Mapping[str, SectionShown]:
    """The words of a version of an instrument in the reader's language, by key. One query in another language than the
    source; one or two more when a process meets the version for the first time.
    """
    version = _text_of(instrument_version)
    return {section.key: section for section in text.read_sections([version], language)[version]}
