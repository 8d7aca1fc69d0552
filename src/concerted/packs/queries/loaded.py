"""The packs that are loaded, and the banks of questions there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F

from concerted.packs.models import Pack
from concerted.practice.models import Bank
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
