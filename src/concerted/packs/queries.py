import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F

from concerted.packs.models import Pack
from concerted.packs.reading.scenarios import ScenarioFile
from concerted.packs.workshop.script import Script
from concerted.practice.models import Bank, Scenario, ScenarioDraft
from concerted.practice.scenario.map import leads_of
from concerted.text.models import Section, Translation
from concerted.text.queries import titles_shown
from concerted.training.models import Module, UnitInVersion


@dataclass(frozen=True)
class ModuleShown:
    """A module of a pack. `languages`: (name of the language, per cent of its sections translated)."""

    code: str
    title: str
    version: int
    units: int
    minutes: int
    languages: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PackShown:
    """A loaded pack with its modules."""

    pack: Pack
    modules: tuple[ModuleShown, ...]


def packs_loaded(language: str) -> list[PackShown]:
    """Every pack with its modules and how far each is translated. Five queries."""
    modules = list(
        Module.objects.filter(published__isnull=False)
        .exclude(pack="")
        .select_related("published", "credential", "document")
        .annotate(unit_count=Count("published__units"))
    )
    done = _translated(modules)
    shown: dict[str, tuple[Pack, list[ModuleShown]]] = {pack.code: (pack, []) for pack in Pack.objects.all()}
    for module in modules:
        if module.pack in shown and module.published:
            shown[module.pack][1].append(
                ModuleShown(
                    module.code,
                    module.credential.name_in(language),
                    module.published.no,
                    module.unit_count,
                    module.published.minutes,
                    done[module.pk],
                )
            )
    return [PackShown(pack, tuple(some)) for pack, some in shown.values()]


def _translated(modules: Sequence[Module]) -> dict[int, tuple[tuple[str, int], ...]]:
    """Module -> how many per cent of the sections of its published wording stand in each other language."""
    units = UnitInVersion.objects.filter(module_version__in=[module.published_id for module in modules])
    versions = dict(units.order_by().values_list("version", "module_version__module"))
    versions |= {module.document.published_id: module.pk for module in modules if module.document.published_id}
    counted = Section.objects.filter(version__in=versions).order_by().values_list("version")
    total: dict[int, int] = {}
    for version, number in counted.annotate(n=Count("id")):
        total[versions[version]] = total.get(versions[version], 0) + number
    rows = (
        Translation.objects.filter(
            state=Translation.State.REVIEWED,
            document__versions__in=versions,
            document__versions__sections__hash=F("source_hash"),
            document__versions__sections__key=F("key"),
        )
        .order_by()
        .values_list("document__versions", "language")
        .annotate(n=Count("document__versions__sections", distinct=True))
    )
    done: dict[tuple[int, str], int] = {}
    for version, language, number in rows:
        done[versions[version], language] = done.get((versions[version], language), 0) + number
    names = dict(settings.LANGUAGES)
    return {
        module.pk: tuple(
            (names[code], 100 * done.get((module.pk, code), 0) // max(total.get(module.pk, 0), 1))
            for code in names
            if code != module.document.language
        )
        for module in modules
    }


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
    new = [ScriptLine(code, code, draft.language, False, draft) for code, draft in drafts.items()]
    return sorted([*new, *lines], key=lambda line: (line.draft is None, line.title))


_HEADING = re.compile(r"## +(.*?)\s*\{")


def titles_in(draft: ScenarioDraft) -> list[tuple[str, str]]:
    """Key and heading of every passage of a draft, in order. One query."""
    held = draft.passages.order_by("place").values_list("key", "text")
    return [(key, _heading(text) or key) for key, text in held]


def _heading(text: str) -> str:
    match = _HEADING.match(text)
    return match[1] if match else ""


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
    leads: dict[str, list[tuple[str, str]]] = {}
    for lead in leads_of(story) if story else ():
        leads.setdefault(lead.start, []).append((lead.to, named.get(lead.to, lead.to)))
    kinds = {block.key: block.kind for block in script.file.blocks} if script.file else {}
    found = Counter((place, fault.warning) for place, fault in script.faults)
    return [
        OutlineRow(key, title, kinds.get(key, ""), tuple(leads.get(key, ())), found[key, False], found[key, True])
        for key, title in titles
    ]


@dataclass(frozen=True)
class BankLine:
    """A bank that is published: its title in the reader's language where there is one."""

    code: str
    title: str
    language: str


def banks_listed(language: str) -> list[BankLine]:
    """The banks that are published, by title. Two queries, and one more in another language than the source."""
    banks = list(Bank.objects.filter(document__published__isnull=False))
    titles = titles_shown([bank.document_id for bank in banks], language)
    lines = [
        BankLine(bank.code, title.words, title.language)
        for bank in banks
        if (title := titles.get(bank.document_id)) is not None
    ]
    return sorted(lines, key=lambda line: line.title)
