import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Person
from concerted.kit import access
from concerted.ledger.services import record
from concerted.packs.access import PACK
from concerted.packs.models import Pack
from concerted.packs.reading.faults import Fault
from concerted.packs.reading.modules import ModuleFolder
from concerted.packs.reading.packs import PackFolder, read_pack
from concerted.packs.reading.programmes import ProgrammeFolder
from concerted.packs.reading.scenarios import ScenarioRead
from concerted.packs.reading.units import HEAD, mark_of
from concerted.practice.rules import ScenarioText
from concerted.practice.services import publish_scenario
from concerted.text.models import Document, Translation
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import (
    count_document,
    open_interface_languages,
    replace_glossary,
    save_translation,
)
from concerted.training.models import Module, Programme
from concerted.training.services import publish_module, publish_programme
from concerted.training.services.publishing import PublishRefused, refuse_circle


class PackRefused(Exception):
    """The pack cannot be loaded; `faults` says what is wrong where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class PackLoaded:
    """What loading did: modules that got a new version, modules that stayed, translated sections that are new, and
    programmes and scenarios that are new or changed.
    """

    pack: str
    version: int
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    translated: int
    programmes: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()


def load_pack(folder: Path, *, by: Person | None, at: datetime) -> PackLoaded:
    """Load a pack or upgrade it, all or nothing; the same pack again changes nothing.

    Raises PackRefused with every fault when the pack is not sound, older than the one that is loaded, or of the same
    version with another text: a version names one text. New translations of that text come in under the same version.
    """
    if by is not None:
        access.allow(by, "C", PACK)
    read = read_pack(folder)
    if read.pack is None or not read.sound:
        raise PackRefused([fault for fault in read.faults if not fault.warning])
    with transaction.atomic():
        loaded = _load(read.pack, by, at)
    _copy_files(read.pack)
    return loaded


def _load(pack: PackFolder, by: Person | None, at: datetime) -> PackLoaded:
    held = Pack.objects.select_for_update().filter(code=pack.code).first()
    if held and held.version > pack.version:
        message = _("This pack is version %(version)s; version %(held)s is loaded.")
        raise PackRefused(
            [Fault("pack.yaml", 1, message % {"version": pack.version, "held": held.version}, _("Raise its version."))]
        )
    _refuse_circle(pack)
    changed: list[str] = []
    unchanged: list[str] = []
    translated = 0
    open_interface_languages()
    replace_glossary(pack.code, pack.glossary)
    for module in _in_order(pack.modules):
        try:
            published = publish_module(module.text, language=pack.language, by=by, at=at)
        except PublishRefused as refusal:
            raise PackRefused(
                [Fault(f"modules/{module.path.name}/module.yaml", module.line, str(refusal), "")]
            ) from refusal
        (changed if published.changed else unchanged).append(module.text.code)
        translated += _translate(module, published.module, by, at)
    programmes: list[str] = []
    for programme in pack.programmes:
        try:
            out = publish_programme(programme.text, language=pack.language, by=by, at=at)
        except PublishRefused as refusal:
            path = f"programmes/{programme.path.name}/programme.yaml"
            raise PackRefused([Fault(path, 1, str(refusal), "")]) from refusal
        if out.changed:
            programmes.append(programme.text.code)
        translated += _translate_head(programme, out.programme, by, at)
    scenarios: list[str] = []
    for place, scenario in enumerate(pack.scenarios):
        new, words = _load_scenario(scenario, place, pack, by, at)
        scenarios += [scenario.file.code] if new else []
        translated += words
    if held and (changed or programmes or scenarios) and held.version == pack.version:
        raise PackRefused([_unraised(pack, [*changed, *programmes, *scenarios])])
    facts = {
        "title": pack.title,
        "version": pack.version,
        "language": pack.language,
        "licence": pack.licence,
        "notice": pack.notice,
        "loaded_at": at,
    }
    if held is None or changed or programmes or scenarios or translated or held.version != pack.version:
        Pack.objects.update_or_create(code=pack.code, defaults=facts)
        record("pack loaded", by=by, object_kind="pack", object_id=pack.code, words={"version": pack.version})
    return PackLoaded(
        pack.code, pack.version, tuple(changed), tuple(unchanged), translated, tuple(programmes), tuple(scenarios)
    )


def _load_scenario(
    read: ScenarioRead, place: int, pack: PackFolder, by: Person | None, at: datetime
) -> tuple[bool, int]:
    """Publish a scenario and store its translations: whether it is new or changed, and how many sections are new."""
    file = read.file
    text = ScenarioText(file.code, file.sections, file.story, file.minutes, file.sectors, place, pack.code)
    published = publish_scenario(text, language=pack.language, by=by, at=at)
    new = 0
    for language, other in read.translations.items():
        for key, sections in other.parts.items():
            source = file.parts.get(key, ())
            if source and other.marks.get(key) == mark_of(source):
                new += _store(published.scenario.document, source, sections, language, by, at)
    return published.changed, new


def _unraised(pack: PackFolder, changed: Sequence[str]) -> Fault:
    return Fault(
        "pack.yaml",
        1,
        _("%(modules)s differs from what version %(version)s brought.")
        % {"modules": ", ".join(changed), "version": pack.version},
        _("Raise `version` in pack.yaml from %(version)s to %(next)s.")
        % {"version": pack.version, "next": pack.version + 1},
    )


def _in_order(modules: Sequence[ModuleFolder]) -> list[ModuleFolder]:
    """What comes first is published first; the reader has made sure that nothing goes in a circle."""
    rest, done, ordered = list(modules), set[str](), []
    codes = {module.text.code for module in modules}
    while rest:
        now = next(module for module in rest if set(module.text.prerequisites) & codes <= done)
        rest.remove(now)
        done.add(now.text.code)
        ordered.append(now)
    return ordered


def _refuse_circle(pack: PackFolder) -> None:
    """With the modules of other packs, too, nothing may come before itself."""
    try:
        refuse_circle({module.text.code: module.text.prerequisites for module in pack.modules})
    except PublishRefused as refusal:
        module = next(module for module in pack.modules if module.text.code == refusal.code)
        remedy = _("Take one of them out of `prerequisites`.")
        path = f"modules/{module.path.name}/module.yaml"
        raise PackRefused([Fault(path, module.line, str(refusal), remedy)]) from refusal


def _translate_head(
    written: ModuleFolder | ProgrammeFolder, published: Module | Programme, by: Person | None, at: datetime
) -> int:
    """Title, summary and aims, and the name of the credential."""
    new = 0
    for language, head in written.heads.items():
        if head.mark == mark_of(written.text.sections):
            new += _store(published.document, written.text.sections, head.sections, language, by, at)
            published.credential.names |= {language: head.sections[0].markdown}
            published.credential.save(update_fields=["names"])
    return new


def _translate(module: ModuleFolder, published: Module, by: Person | None, at: datetime) -> int:
    """Store every translation that was made from the present wording. What is behind waits for its translator."""
    new = _translate_head(module, published, by, at)
    documents = {unit.code: unit.document for unit in published.units.select_related("document")}
    sources = {unit.code: unit for unit in module.units}
    for (code, language), translated in module.translations.items():
        for key, sections in translated.parts.items():
            source = sources[code].parts.get(key, ())
            if source and translated.marks.get(key) == mark_of(source):
                new += _store(documents[code], source, sections, language, by, at)
    return new


def _store(
    document: Document,
    source: Sequence[SectionText],
    translated: Sequence[SectionText],
    language: str,
    by: Person | None,
    at: datetime,
) -> int:
    hashes = {section.key: hash_of(section) for section in source}
    new = 0
    for section in translated:
        if section.key not in hashes:
            continue
        row = save_translation(
            document,
            section.key,
            hashes[section.key],
            language,
            title=section.title,
            markdown=section.markdown,
            state=Translation.State.REVIEWED,
            by=by,
            at=at,
        )
        new += row.at == at
    if new:
        count_document(document, [language])
    return new


def _copy_files(pack: PackFolder) -> None:
    """Put the files where pages ask for them; written beside and moved, so that nobody is sent half a file."""
    folder = Path(settings.MEDIA_ROOT) / "packs" / pack.code
    folder.mkdir(parents=True, exist_ok=True)
    for file in pack.files:
        beside = folder / f".{file.name}"
        shutil.copyfile(file, beside)
        beside.replace(folder / file.name)


__all__ = ["HEAD", "PackLoaded", "PackRefused", "load_pack"]
