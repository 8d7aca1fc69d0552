import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concerted.capacity.models import Credential
from concerted.directory.models import Sector
from concerted.ledger.services import record
from concerted.practice.models import Exam
from concerted.practice.services import publish_asked
from concerted.text.models import Document, Version
from concerted.text.services import publish_words
from concerted.training.models import Module, ModuleVersion, Programme, Unit, UnitInVersion
from concerted.training.rules import ModuleText, SectionText, UnitText, circle_through, steps_of

#: What a version of a module asks for, besides its words.
RULES = ("pass_mark", "attempts", "test_id", "test_alone")


class PublishRefused(Exception):
    """The module or programme cannot be published like this: the message says why, `code` which, `fact` what in it."""

    def __init__(self, message: str, code: str = "", *, fact: str = "prerequisites") -> None:
        super().__init__(message)
        self.code = code
        self.fact = fact


@dataclass(frozen=True)
class Published:
    """What publishing did: the module, its version, and whether anything had changed."""

    module: Module
    version: ModuleVersion
    changed: bool


def document_of(key: str, language: str) -> Document:
    """The text of a unit, module or programme, made when it is not there."""
    return Document.objects.get_or_create(room="training", key=key, defaults={"language": language})[0]


def title_of(sections: Iterable[SectionText]) -> str:
    """The title among the sections of a text; empty where there is none."""
    return next((section.markdown for section in sections if section.key == "title"), "")


def digest_of(words: int, rules: Mapping[str, Any], units: Sequence[tuple[int, int]]) -> str:
    """What a version of a module is made of, in one hash: texts by version, `RULES`, minutes."""
    gate = [rules["test_id"], rules["test_alone"]] if rules["test_id"] else []
    return hashlib.sha256(repr([words, rules["pass_mark"], rules["attempts"], *units, *gate]).encode()).hexdigest()


def next_number(module: Module) -> int:
    """The number of the module's next version."""
    return (module.versions.aggregate(last=Max("no"))["last"] or 0) + 1


def title_in(words: Version) -> str:
    """The title of a published wording, which authors here may have changed."""
    return words.sections.filter(key="title").values_list("markdown", flat=True).first() or ""


def _publish_unit(module: Module, text: UnitText, *, language: str, by: Any, at: datetime) -> tuple[Unit, Version]:
    document = document_of(f"unit:{module.code}:{text.code}", language)
    version = publish_asked(document, text.sections, text.questions, by=by, at=at)
    unit, _made = Unit.objects.get_or_create(module=module, code=text.code, defaults={"document": document})
    return unit, version


def first_of_all() -> dict[str, set[str]]:
    """Module -> what comes before it, by code, as published now."""
    pairs = Module.prerequisites.through.objects.values_list("from_module__code", "to_module__code")
    found: dict[str, set[str]] = {}
    for code, other in pairs:
        found.setdefault(code, set()).add(other)
    return found


def refuse_circle(changed: Mapping[str, Iterable[str]]) -> None:
    """Raise `PublishRefused` when these modules, with those published, would have to come before themselves."""
    first = {**first_of_all(), **changed}
    for code in changed:
        way = circle_through(code, first)
        if way:
            raise PublishRefused(
                _("Modules would have to come before themselves: %(way)s.") % {"way": " → ".join(way)}, code
            )


@transaction.atomic
def publish_module(text: ModuleText, *, language: str = "en", by: Any = None, at: datetime) -> Published:
    """Publish a module: texts frozen, the credential it gives made or renamed, a new version only if something changed.

    Raises `PublishRefused` when a prerequisite or the test is not there, or when it needs this very module itself.
    """
    known = {module.code: module for module in Module.objects.filter(code__in=text.prerequisites)}
    missing = sorted(set(text.prerequisites) - set(known))
    if missing:
        raise PublishRefused(
            _("The module %(code)s comes first, but is not there. Load it before.") % {"code": missing[0]}
        )
    refuse_circle({text.code: text.prerequisites})
    rules = _rules_of(text)
    if Programme.objects.filter(credential__code=text.code).exists():
        raise PublishRefused(_("The code %(code)s is already used.") % {"code": text.code}, text.code)
    document = document_of(f"module:{text.code}", language)
    words = publish_words(document, text.sections, by=by, at=at)
    minutes = sum(unit.minutes for unit in text.units)
    credential, _made = Credential.objects.get_or_create(code=text.code)
    credential.names = credential.names | {language: title_in(words)}
    credential.minutes, credential.months = minutes, text.months
    credential.save()
    module, _made = Module.objects.get_or_create(
        code=text.code, defaults={"document": document, "credential": credential}
    )
    module.pack, module.place = text.pack, text.place
    units = [_publish_unit(module, unit, language=language, by=by, at=at) for unit in text.units]
    pairs = [(v.pk, u.minutes) for (_u, v), u in zip(units, text.units, strict=True)]
    digest = digest_of(words.pk, rules, pairs)
    changed = module.published is None or module.published.hash != digest
    if changed:
        module.published = _next_version(module, text, units, rules, minutes, digest, at)
        record("module published", by=by, object_kind="module version", object_id=module.published.pk)
    module.save()
    module.sectors.set(Sector.objects.filter(code__in=text.sectors))
    module.prerequisites.set(known.values())
    assert module.published is not None
    return Published(module, module.published, changed)


def _rules_of(text: ModuleText) -> dict[str, Any]:
    test = Exam.objects.filter(code=text.test).first() if text.test else None
    if text.test and test is None:
        message = _("The module asks for the test %(code)s, but it is not there. Load it before.")
        raise PublishRefused(message % {"code": text.test}, text.code, fact="test")
    return {
        "pass_mark": text.pass_mark,
        "attempts": text.attempts,
        "test_id": test and test.pk,
        "test_alone": bool(test) and text.test_alone,
    }


def _next_version(
    module: Module,
    text: ModuleText,
    units: list[tuple[Unit, Version]],
    rules: dict[str, Any],
    minutes: int,
    digest: str,
    at: datetime,
) -> ModuleVersion:
    version = ModuleVersion.objects.create(
        module=module,
        no=next_number(module),
        **rules,
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
