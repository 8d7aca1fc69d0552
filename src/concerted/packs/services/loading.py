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
from concerted.packs.services.practice import load_banks, load_cases, load_exams, load_instruments, load_scenarios
from concerted.packs.services.words import translate_head, translate_module
from concerted.practice.services import ExamRefused
from concerted.text.services import open_interface_languages, replace_glossary
from concerted.training.services import publish_module, publish_programme
from concerted.training.services.publishing import PublishRefused, refuse_circle

#: What is practised, by its name in `PackLoaded`, in the order in which it is loaded.
_PRACTISED = {
    "scenarios": load_scenarios,
    "cases": load_cases,
    "instruments": load_instruments,
    "banks": load_banks,
    "exams": load_exams,
}


class PackRefused(Exception):
    """The pack cannot be loaded; `faults` says what is wrong where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class PackLoaded:
    """What loading did: modules that got a new version, modules that stayed, translated sections that are new, and
    programmes, scenarios, case studies, instruments, banks and tests that are new or changed.
    """

    pack: str
    version: int
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    translated: int
    programmes: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    banks: tuple[str, ...] = ()
    exams: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


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
    try:
        with transaction.atomic():
            loaded = _load(read.pack, by, at)
    except ExamRefused as refusal:
        raise PackRefused([Fault("tests", 1, str(refusal), "")]) from refusal
    _copy_files(read.pack)
    return loaded


@dataclass(frozen=True)
class _Came:
    """What one kind of content brought: codes of what is new or changed, of what stayed, and new translations."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    translated: int


def _load(pack: PackFolder, by: Person | None, at: datetime) -> PackLoaded:
    held = Pack.objects.select_for_update().filter(code=pack.code).first()
    _refuse_older(pack, held)
    _refuse_circle(pack)
    open_interface_languages()
    replace_glossary(pack.code, pack.glossary)
    # Before the modules: a module may name a test as its gate.
    practised = {kind: load(pack, by, at) for kind, load in _PRACTISED.items()}
    modules, programmes = _load_modules(pack, by, at), _load_programmes(pack, by, at)
    translated = modules.translated + programmes.translated + sum(words for _codes, words in practised.values())
    new = [*modules.changed, *programmes.changed, *(code for codes, _words in practised.values() for code in codes)]
    if held and new and held.version == pack.version:
        raise PackRefused([_unraised(pack, new)])
    if held is None or new or translated or held.version != pack.version:
        _keep(pack, by, at)
    return PackLoaded(
        pack.code,
        pack.version,
        modules.changed,
        modules.unchanged,
        translated,
        programmes.changed,
        **{kind: tuple(codes) for kind, (codes, _words) in practised.items()},
    )


def _load_modules(pack: PackFolder, by: Person | None, at: datetime) -> _Came:
    changed: list[str] = []
    unchanged: list[str] = []
    translated = 0
    for module in _in_order(pack.modules):
        try:
            published = publish_module(module.text, language=pack.language, by=by, at=at)
        except PublishRefused as refusal:
            path = f"modules/{module.path.name}/module.yaml"
            raise PackRefused([Fault(path, module.head.line(refusal.fact), str(refusal), "")]) from refusal
        (changed if published.changed else unchanged).append(module.text.code)
        translated += translate_module(module, published.module, by, at)
    return _Came(tuple(changed), tuple(unchanged), translated)


def _load_programmes(pack: PackFolder, by: Person | None, at: datetime) -> _Came:
    changed: list[str] = []
    unchanged: list[str] = []
    translated = 0
    for programme in pack.programmes:
        try:
            published = publish_programme(programme.text, language=pack.language, by=by, at=at)
        except PublishRefused as refusal:
            path = f"programmes/{programme.path.name}/programme.yaml"
            raise PackRefused([Fault(path, 1, str(refusal), "")]) from refusal
        (changed if published.changed else unchanged).append(programme.text.code)
        translated += translate_head(programme, published.programme, by, at)
    return _Came(tuple(changed), tuple(unchanged), translated)


def _keep(pack: PackFolder, by: Person | None, at: datetime) -> None:
    facts = {
        "title": pack.title,
        "version": pack.version,
        "language": pack.language,
        "licence": pack.licence,
        "notice": pack.notice,
        "loaded_at": at,
    }
    Pack.objects.update_or_create(code=pack.code, defaults=facts)
    record("pack loaded", by=by, object_kind="pack", object_id=pack.code, words={"version": pack.version})


def _refuse_older(pack: PackFolder, held: Pack | None) -> None:
    if held and held.version > pack.version:
        message = _("This pack is version %(version)s; version %(held)s is loaded.")
        raise PackRefused(
            [Fault("pack.yaml", 1, message % {"version": pack.version, "held": held.version}, _("Raise its version."))]
        )


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


def _copy_files(pack: PackFolder) -> None:
    """Put the files where pages ask for them; written beside and moved, so that nobody is sent half a file."""
    folder = Path(settings.MEDIA_ROOT) / "packs" / pack.code
    folder.mkdir(parents=True, exist_ok=True)
    for file in pack.files:
        beside = folder / f".{file.name}"
        shutil.copyfile(file, beside)
        beside.replace(folder / file.name)
