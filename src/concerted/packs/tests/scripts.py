"""A draft of the small scenario, for tests of the workshop."""

from typing import Any

from django.utils import timezone

from concerted.packs.reading.faults import Faults
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.workshop.script import cut_script
from concerted.practice.models import PassageDraft, ScenarioDraft


def draft_of(by: Any, code: str = "corridor") -> ScenarioDraft:
    """The draft with this code, made as it is in the database when it is not there: whoever `by` is, she need not be
    allowed to.
    """
    held = ScenarioDraft.objects.filter(code=code).first()
    if held is not None:
        return held
    cut = cut_script(SOUND.replace("scenario: corridor", f"scenario: {code}"), Faults("corridor.md"))
    assert cut is not None
    now = timezone.now()
    draft = ScenarioDraft.objects.create(code=code, language="en", head=cut[0], by=by, at=now)
    for place, (key, text) in enumerate(cut[1], start=1):
        PassageDraft.objects.create(draft=draft, key=key, place=place, text=text, by=by, at=now)
    return draft


def number_rows(*rows: dict[str, str]) -> dict[str, str]:
    """What the form of the head sends for these rows of what changes, and the empty one below them."""
    held = {"numbers-TOTAL_FORMS": str(len(rows) + 1), "numbers-INITIAL_FORMS": "0"}
    return held | {f"numbers-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


SAFETY = {
    "name": "safety",
    "label": "Her safety",
    "low": "0",
    "high": "10",
    "start": "4",
    "shown": "always",
    "bands": "0-3: Low\n4-10: Better",
}
