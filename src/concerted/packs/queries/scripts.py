"""Scenarios that are being written, for the pages of whoever writes them."""

from collections import Counter
from dataclasses import dataclass

from concerted.packs.reading.scenarios import ScenarioFile
from concerted.packs.workshop.script import Script, heading_of, title_of
from concerted.practice.models import Scenario, ScenarioDraft
from concerted.practice.scenario.map import leads_of
from concerted.text.models import ContentLanguage, Translation
from concerted.text.queries import titles_shown
from concerted.text.rules import hash_of


@dataclass(frozen=True)
class ScriptLine:
    """A scenario that is published, being written, or both."""

    code: str
    title: str
    language: str
    published: bool
    draft: ScenarioDraft | None
    #: How many seats it has; 0: it is played alone.
    seats: int = 0


def scripts_listed(language: str) -> list[ScriptLine]:
    """Scenarios and case conferences, with drafts first.

    Three queries, and one more in another language than the source.
    """
    drafts = {draft.code: draft for draft in ScenarioDraft.objects.select_related("by")}
    published = list(Scenario.objects.filter(published__isnull=False))
    titles = titles_shown([scenario.document_id for scenario in published], language)
    lines = []
    for scenario in published:
        title = titles.get(scenario.document_id)
        named = (title.words, title.language) if title else (scenario.code, language)
        lines.append(ScriptLine(scenario.code, *named, True, drafts.pop(scenario.code, None), scenario.seats))
    new = [ScriptLine(code, title_of(one.head) or code, one.language, False, one) for code, one in drafts.items()]
    return sorted([*new, *lines], key=lambda line: (line.draft is None, line.title))


def titles_in(draft: ScenarioDraft) -> list[tuple[str, str]]:
    """Key and heading of every passage of a draft, in order. One query."""
    held = draft.passages.order_by("place").values_list("key", "text")
    return [(key, heading_of(text) or key) for key, text in held]


@dataclass(frozen=True)
class OutlineRow:
    """A passage in the outline: where it leads, and whether something is to be mended."""

    key: str
    title: str
    kind: str
    leads: tuple[tuple[str, str], ...]
    faults: int
    warnings: int


def outline_of(draft: ScenarioDraft, script: Script) -> list[OutlineRow]:
    """Every passage of a draft in order. One query."""
    titles = titles_in(draft)
    named = dict(titles)
    file = script.file
    story = file.story if isinstance(file, ScenarioFile) and file.story.passages else None
    leads: dict[str, dict[str, str]] = {}
    for lead in leads_of(story) if story else ():
        leads.setdefault(lead.start, {})[lead.to] = named.get(lead.to, lead.to)
    kinds = {block.key: block.kind for block in file.blocks} if file else {}
    found = Counter((place, fault.warning) for place, fault in script.faults)
    to = {key: tuple(led.items()) for key, led in leads.items()}
    return [
        OutlineRow(key, title, kinds.get(key, ""), to.get(key, ()), found[key, False], found[key, True])
        for key, title in titles
    ]


@dataclass(frozen=True)
class Untranslated:
    """How much of a draft a language that readers have it in would lack, once it is published."""

    language: ContentLanguage
    parts: int
    of: int


def untranslated_in(draft: ScenarioDraft, script: Script) -> list[Untranslated]:
    """The languages a scenario is told in that would lack something; unchanged words keep their translations.

    Two queries at most; none where nothing can be read.
    """
    if script.file is None:
        return []
    parts = {(one.key, hash_of(one)) for one in script.file.sections if one.title or one.markdown}
    document = Scenario.objects.filter(code=draft.code).order_by().values("document")
    held = Translation.objects.filter(document__in=document).order_by()
    told: dict[str, set[tuple[str, str]]] = {}
    for language, key, source_hash in held.values_list("language", "key", "source_hash"):
        told.setdefault(language, set()).add((key, source_hash))
    lacking = {language: len(parts - known) for language, known in told.items() if parts - known}
    if not lacking:
        return []
    languages = ContentLanguage.objects.filter(code__in=lacking).order_by("code")
    return [Untranslated(language, lacking[language.code], len(parts)) for language in languages]
