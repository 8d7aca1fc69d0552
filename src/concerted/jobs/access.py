from typing import Any

from concerted.kit.access import Where, row


def _own(progress: Any) -> Where:
    return Where(person_id=progress.owner_id)


#: Long work she started: nobody else looks on.
PROGRESS = row("own long work", where=_own, practitioner="R o")
