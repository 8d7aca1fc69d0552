"""Drafts of scenarios: begun from what is published, read as the file they are, published by a second person."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Person
from concerted.packs.manuscript.keys import key_of
from concerted.packs.workshop.beginning import new_case, new_part, new_scenario
from concerted.packs.workshop.case_writing import case_blocks, case_head
from concerted.packs.workshop.script import Script, has_seats, read_script
from concerted.packs.workshop.writing import DEBRIEF_KEY, head_facts, write_head, write_scene
from concerted.practice.models import PassageDraft, Scenario, ScenarioDraft
from concerted.practice.rules import ScenarioText
from concerted.practice.services import (
    DraftRefused,
    add_passage,
    begin_draft,
    conference_of,
    decide_draft,
    propose_draft,
    publish_scenario,
)
from concerted.practice.services import story_of as map_of_version
from concerted.text.models import Section
from concerted.text.rules import SectionText


def begin_new(code: str, title: str, *, seats: bool = False, language: str, by: Person, at: datetime) -> ScenarioDraft:
    """A draft of a new scenario, or of a case with `seats`. Raises `DraftRefused` when the code is used already."""
    if Scenario.objects.filter(code=code).exists() or ScenarioDraft.objects.filter(code=code).exists():
        raise DraftRefused(_("The code %(code)s is already used. Choose another.") % {"code": code})
    facts = {"scenario": code, "title": title, "minutes": 20} | ({"seats": 2} if seats else {})
    passages = new_case() if seats else new_scenario()
    return begin_draft(code, language=language, head=write_head(facts), passages=passages, by=by, at=at)


@transaction.atomic
def begin_from(scenario: Scenario, *, by: Person, at: datetime) -> ScenarioDraft:
    """The draft of a scenario that is published, begun with its words and its map when there is none yet."""
    head, passages = written_again(scenario)
    language = scenario.document.language
    return begin_draft(scenario.code, language=language, head=head, passages=passages, by=by, at=at)


def written_again(scenario: Scenario) -> tuple[str, list[tuple[str, str]]]:
    """The head of a published scenario, and (key, text) of what stands below it, as its file has them."""
    version = scenario.published
    assert version is not None
    held = Section.objects.filter(version=version.version_id).order_by("place")
    words = {one.key: SectionText(one.key, one.markdown, one.kind, one.title, one.data) for one in held}
    if scenario.seats:
        case = conference_of(version.pk)
        return write_head(case_head(scenario.code, version.minutes, words, case)), case_blocks(case, words)
    story = map_of_version(version.pk)
    sectors = scenario.sectors.values_list("code", flat=True)
    head = write_head(head_facts(scenario.code, version.minutes, sectors, words, story))
    passages = [(one.key, write_scene(one.key, words[one.key].kind, words, one)) for one in story.passages]
    if DEBRIEF_KEY in words:
        passages.append((DEBRIEF_KEY, write_scene(DEBRIEF_KEY, "debrief", words, None)))
    return head, passages


def add_part(draft: ScenarioDraft, title: str, kind: str, *, by: Person, at: datetime) -> PassageDraft:
    """Another passage, or another part of a case, where its kind stands in a file. Raises `DraftRefused`."""
    key = key_of(title)
    held = [(one.key, one.text) for one in draft.passages.order_by("place")] if has_seats(draft.head) else []
    text, after = new_part(key, title, kind, held, _("What happens."))
    return add_passage(draft, key, text, after=after, by=by, at=at)


def script_of(draft: ScenarioDraft) -> Script:
    """A draft, read. One query."""
    return read_script(draft.code, draft.head, list(draft.passages.order_by("place").values_list("key", "text")))


def propose_script(draft: ScenarioDraft, summary: str, *, by: Person, at: datetime) -> ScenarioDraft:
    """Ask a second person to publish a draft. Raises `DraftRefused` while something is wrong with it."""
    _refuse_unsound(draft, script_of(draft))
    return propose_draft(draft, summary, by=by, at=at)


@transaction.atomic
def decide_script(draft: ScenarioDraft, *, accept: bool, remark: str = "", by: Person, at: datetime) -> Scenario | None:
    """Publish a draft that waits, or give it back with a remark (None then). Raises `DraftRefused`.

    Whoever is under way stays on the version she began; unchanged words keep their translations.
    """
    draft = decide_draft(draft, accept=accept, remark=remark, by=by)
    if not accept:
        return None
    script = script_of(draft)
    file = _refuse_unsound(draft, script)
    before = Scenario.objects.filter(code=draft.code).first()
    place, pack = (before.place, before.pack) if before else (0, "")
    text = ScenarioText(file.code, file.sections, file.told, file.minutes, file.sectors, place, pack)
    out = publish_scenario(text, language=draft.language, summary=draft.summary, by=by, at=at)
    draft.delete()
    return out.scenario


def _refuse_unsound(draft: ScenarioDraft, script: Script) -> Any:
    """The file of a draft that may be published. Raises `DraftRefused` else."""
    if script.file is None or not script.sound:
        raise DraftRefused(_("Something in it must be mended first. The list says what, and where."))
    if script.file.code != draft.code:
        raise DraftRefused(_("The code of a scenario never changes. Write %(code)s again.") % {"code": draft.code})
    return script.file
