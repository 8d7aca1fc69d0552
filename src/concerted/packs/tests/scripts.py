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
