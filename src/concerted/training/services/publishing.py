import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concerted.capacity.models import Credential
from concerted.directory.models import Sector
from concerted.ledger.services import record
from concerted.practice.models import Question, QuestionVersion
from concerted.text.models import Document, Version
from concerted.text.services import publish_version
from concerted.training.models import Module, ModuleVersion, Programme, Unit, UnitInVersion
from concerted.training.rules import ModuleText, SectionText, UnitText, steps_of


class PublishRefused(Exception):
    """The module cannot be published like this; the message says why."""


@dataclass(frozen=True)
class Published:
    """What publishing did: the module, its version, and whether anything had changed."""

    module: Module
    version: ModuleVersion
    changed: bool


def _document(room: str, key: str, language: str) -> Document:
    return Document.objects.get_or_create(room=room, key=key, defaults={"language": language})[0]


def _title(sections: Iterable[SectionText]) -> str:
    return next((section.markdown for section in sections if section.key == "title"), "")


def _publish_unit(module: Module, text: UnitText, *, language: str, by: Any, at: datetime) -> tuple[Unit, Version]:
    document = _document("training", f"unit:{module.code}:{text.code}", language)
    version = publish_version(document, text.sections, by=by, at=at)
    unit, _made = Unit.objects.get_or_create(module=module, code=text.code, defaults={"document": document})
    for question in text.questions:
        held, _made = Question.objects.get_or_create(document=document, key=question.key)
        QuestionVersion.objects.get_or_create(
            question=held,
            version=version,
            defaults={"kind": question.kind, "aim": question.aim, "marking": question.marking},
        )
    return unit, version


@transaction.atomic
def publish_module(text: ModuleText, *, language: str = "en", by: Any = None, at: datetime) -> Published:
    """Publish a module: texts frozen, the credential it gives made or renamed, a new version only if something changed.

    Raises `PublishRefused` when a prerequisite is not there.
    """
    known = {module.code: module for module in Module.objects.filter(code__in=text.prerequisites)}
    missing = sorted(set(text.prerequisites) - set(known))
    if missing:
        raise PublishRefused(
            _("The module %(code)s comes first, but is not there. Load it before.") % {"code": missing[0]}
        )
    document = _document("training", f"module:{text.code}", language)
    words = publish_version(document, text.sections, by=by, at=at)
    minutes = sum(unit.minutes for unit in text.units)
    credential, _made = Credential.objects.get_or_create(code=text.code)
    credential.names = credential.names | {language: _title(text.sections)}
    credential.minutes = minutes
    credential.save()
    module, _made = Module.objects.get_or_create(
        code=text.code, defaults={"document": document, "credential": credential}
    )
    module.pack, module.place = text.pack, text.place
    units = [_publish_unit(module, unit, language=language, by=by, at=at) for unit in text.units]
    facts = [
        words.pk,
        text.pass_mark,
        text.attempts,
        *((v.pk, u.minutes) for (_u, v), u in zip(units, text.units, strict=True)),
    ]
    digest = hashlib.sha256(repr(facts).encode()).hexdigest()
    changed = module.published is None or module.published.hash != digest
    if changed:
        module.published = _next_version(module, text, units, minutes, digest, at)
        record("module published", by=by, object_kind="module version", object_id=module.published.pk)
    module.save()
    module.sectors.set(Sector.objects.filter(code__in=text.sectors))
    module.prerequisites.set(known.values())
    assert module.published is not None
    return Published(module, module.published, changed)


def _next_version(
    module: Module, text: ModuleText, units: list[tuple[Unit, Version]], minutes: int, digest: str, at: datetime
) -> ModuleVersion:
    version = ModuleVersion.objects.create(
        module=module,
        no=(module.versions.aggregate(last=Max("no"))["last"] or 0) + 1,
        pass_mark=text.pass_mark,
        attempts=text.attempts,
        minutes=minutes,
        hash=digest,
        published_at=at,
    )
    UnitInVersion.objects.bulk_create(
        UnitInVersion(
            module_version=version,
            unit=unit,
            version=words,
            place=place,
            minutes=written.minutes,
            steps=steps_of(written.sections),
        )
        for place, ((unit, words), written) in enumerate(zip(units, text.units, strict=True), start=1)
    )
    return version


@transaction.atomic
def publish_programme(
    code: str,
    sections: tuple[SectionText, ...],
    modules: Iterable[Module],
    *,
    language: str = "en",
    by: Any = None,
    at: datetime,
) -> Programme:
    """Several modules that give one credential together."""
    modules = list(modules)
    document = _document("training", f"programme:{code}", language)
    publish_version(document, sections, by=by, at=at)
    credential, _made = Credential.objects.get_or_create(code=f"programme-{code}")
    credential.names = credential.names | {language: _title(sections)}
    credential.minutes = sum(module.published.minutes for module in modules if module.published)
    credential.save()
    programme, _made = Programme.objects.get_or_create(
        code=code, defaults={"document": document, "credential": credential}
    )
    programme.modules.set(modules)
    return programme
