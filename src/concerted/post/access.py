from typing import Any

from concerted.kit.access import Where, row


def _own(notice: Any) -> Where:
    return Where(person_id=notice.person_id)


#: Her own inbox, and whether mail tells her of it.
NOTICE = row("own notices", where=_own, practitioner="RU o")
