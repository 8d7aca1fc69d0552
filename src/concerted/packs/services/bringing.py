"""A scenario's file, or a story from Twine, into a draft that its author goes on writing."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

import yaml
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.packs.interchange.files import scenario_text
from concerted.packs.manuscript.keys import key_of
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.workshop.script import cut_script, has_seats
from concerted.packs.workshop.writing import write_head
from concerted.practice.access import SCRIPT
from concerted.practice.models import Scenario, ScenarioDraft
from concerted.practice.services import MOST_PASSAGES, DraftRefused, begin_draft

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Keys of passages are kept in columns of this size.
_KEY_MOST = 60


@dataclass(frozen=True)
class Brought:
    """A draft begun from a file, and what of the file was not taken along."""

    draft: ScenarioDraft
    told: tuple[Fault, ...]


def bring_script(content: bytes, name: str, *, language: str, by: Any, at: datetime) -> Brought:
    """Begin a draft with what a file holds; the file itself is not kept. `name`: that of the file.

    The code of a scenario that is published makes it a draft of its next version. Raises `DraftRefused`, with the line
    where there is one, and nothing is changed then.
    """
    access.allow(by, "C", SCRIPT)
    faults = Faults(PurePath(name).name)
    text = scenario_text(content, faults.path, faults)
    cut = cut_script(text, faults) if text is not None else None
    wrong = next((fault for fault in faults.found if not fault.warning), None)
    if cut is None or wrong is not None:
        raise DraftRefused(_at(wrong) if wrong else _("This file holds no scenario."))
    head, passages = cut
    head, code = _coded(head, faults.path)
    _refuse_taken(code, language, seats=has_seats(head))
    _refuse_unfit(passages)
    draft = begin_draft(code, language=language, head=head, passages=passages, by=by, at=at)
    return Brought(draft, tuple(sorted(faults.found)))


def _at(fault: Fault) -> str:
    return _("Line %(line)s: %(message)s %(remedy)s") % {
        "line": fault.line,
        "message": fault.message,
        "remedy": fault.remedy,
    }


def _coded(head: str, name: str) -> tuple[str, str]:
    """The head, and its code; one that names none gets that of the file."""
    facts = yaml.safe_load(head)
    code = str(facts.get("scenario") or "")
    if _CODE.fullmatch(code) and len(code) <= _KEY_MOST:
        return head, code
    code = key_of(PurePath(name).stem)
    return write_head(facts | {"scenario": code}), code


def _refuse_taken(code: str, language: str, *, seats: bool) -> None:
    if ScenarioDraft.objects.filter(code=code).exists():
        raise DraftRefused(
            _("There is a draft of %(code)s already. Throw it away first, or change the code in the file.")
            % {"code": code}
        )
    held = Scenario.objects.filter(code=code).select_related("document", "published").first()
    if held is not None and held.document.language != language:
        raise DraftRefused(
            _("The scenario %(code)s is written in another language. Translate it on the page of its text.")
            % {"code": code}
        )
    if held is not None and held.published is not None and bool(held.seats) is not seats:
        raise DraftRefused(
            _("Under the code %(code)s stands a case with seats, or one without. Change the code in the file.")
            % {"code": code}
        )


def _refuse_unfit(passages: list[tuple[str, str]]) -> None:
    if len(passages) > MOST_PASSAGES:
        raise DraftRefused(
            _("The file has %(n)s passages, more than the %(most)s that can be written here. Put it in a pack.")
            % {"n": len(passages), "most": MOST_PASSAGES}
        )
    long = next((key for key, _text in passages if len(key) > _KEY_MOST), "")
    if long:
        raise DraftRefused(_("The key “%(key)s” is too long. Shorten it in the file.") % {"key": long[:80]})
