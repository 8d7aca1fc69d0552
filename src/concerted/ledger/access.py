from typing import Any

from concerted.kit.access import Where, row


def _about(entry: Any) -> Where:
    return Where(person_id=entry.about_person_id)


#: What was done about oneself, and by whom.
ABOUT_ME = row("audit trail about oneself", where=_about, practitioner="R o")
#: Acts, not contents: the words of an entry are shown to nobody here.
TRAIL = row("audit trail", where=_about, auditor="RX")
