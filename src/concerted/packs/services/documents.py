import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any

from concerted.packs.manuscript.document import read_document
from concerted.packs.manuscript.outline import ModuleOutline, UnitOutline, outline
from concerted.text.rules import SectionText
from concerted.training.models import ModuleProposal
from concerted.training.rules import UnitText
from concerted.training.services import bring_module


def bring_document(content: bytes, name: str, language: str, *, by: Any, at: datetime) -> ModuleProposal:
    """Read a .docx or .odt into a module that only its author sees; the file itself is not kept.

    `name`: its title where the document has none. Raises ManuscriptRefused with what to do.
    """
    found = outline(read_document(content), name)
    return bring_module(
        [_unit(unit) for unit in found.units],
        title=found.title,
        summary=found.summary,
        language=language,
        told=_told(found),
        # The same words in another language are another module.
        digest=hashlib.sha256(language.encode() + b"\n" + content).hexdigest(),
        by=by,
        at=at,
    )


def _unit(unit: UnitOutline) -> UnitText:
    """A unit without a code: that of the module is not chosen yet."""
    parts = (SectionText(part.key, part.markdown, title=part.title) for part in unit.parts)
    return UnitText("", unit.minutes, (SectionText("title", unit.title, "title"), *parts))


def _told(found: ModuleOutline) -> dict[str, Any]:
    return {"left_out": [asdict(one) for one in found.left_out], "changed": [list(one) for one in found.changed]}
