"""Drafts of scenarios: begun from what is published, read as the file they are, published by a second person."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Person
from concerted.packs.workshop.script import Script, read_script
from concerted.packs.workshop.writing import DEBRIEF_KEY, head_facts, write_head, write_scene
from concerted.practice.models import Scenario, ScenarioDraft
from concerted.practice.rules import ScenarioText
from concerted.practice.services import DraftRefused, begin_draft, decide_draft, propose_draft, publish_scenario
from concerted.practice.services import story_of as map_of_version
from concerted.text.models import Section
from concerted.text.rules import SectionText

#: What a new scenario begins with: one passage, one ending and a look back, so that the form is never empty.
_NEW = (
    ("start", "## The first passage {#start}\n\nWhat happens.\n\n- [a] What one can do. -> end\n  > What follows.\n"),
    ("end", "## How it ends {#end kind=ending}\n\nHow it ends.\n"),
    (
        "debrief",
        "## Looking back {#debrief kind=debrief}\n\n### her\nWhat she experienced.\n\n"
        "### protocol\nWhat the protocol says.\n\n### sectors\nWhat others needed from you.\n",
    ),
)


def begin_new(code: str, title: str, *, language: str, by: Person, at: datetime) -> ScenarioDraft:
    """A draft of a new scenario. Raises `DraftRefused` when the code is used already."""
    if Scenario.objects.filter(code=code).exists() or ScenarioDraft.objects.filter(code=code).exists():
        raise DraftRefused(_("The code %(code)s is already used. Choose another.") % {"code": code})
    facts = {"scenario": code, "title": title, "minutes": 20}
    return begin_draft(code, language=language, head=write_head(facts), passages=_NEW, by=by, at=at)


@transaction.atomic
def begin_from(scenario: Scenario, *, by: Person, at: datetime) -> ScenarioDraft:
    """The draft of a scenario that is published, begun with its words and its map when there is none yet."""
    version = scenario.published
    assert version is not None
    held = Section.objects.filter(version=version.version_id).order_by("place")
    words = {one.key: SectionText(one.key, one.markdown, one.kind, one.title, one.data) for one in held}
    story = map_of_version(version.pk)
    sectors = scenario.sectors.values_list("code", flat=True)
    head = write_head(head_facts(scenario.code, version.minutes, sectors, words, story))
    passages = [(one.key, write_scene(one.key, words[one.key].kind, words, one)) for one in story.passages]
    if DEBRIEF_KEY in words:
        passages.append((DEBRIEF_KEY, write_scene(DEBRIEF_KEY, "debrief", words, None)))
    language = scenario.document.language
    return begin_draft(scenario.code, language=language, head=head, passages=passages, by=by, at=at)


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
    text = ScenarioText(file.code, file.sections, file.story, file.minutes, file.sectors, place, pack)
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
