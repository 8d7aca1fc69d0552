from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.capacity.models import Credential
from concerted.practice.services import carry_questions
from concerted.text.models import Document, Version
from concerted.text.rules import SectionText
from concerted.text.services import publish_version
from concerted.training.models import Module, ModuleVersion, Programme, Unit, UnitInVersion
from concerted.training.rules import steps_of
from concerted.training.services.publishing import RULES, digest_of, next_number, title_of


@transaction.atomic
def republish(
    document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime
) -> Version:
    """Publish another wording of a unit, or of the title and aims of a module or programme; modules get a new version.

    Questions keep their marking: wording changes, keys do not. Who is under way stays on the version she began.
    """
    before = document.published
    version = publish_version(document, sections, summary=summary, by=by, at=at)
    unit = Unit.objects.filter(document=document).first()
    # Locked: two texts of one module published at once make two versions, one after the other.
    of = Module.objects.select_for_update()
    module = (of.filter(pk=unit.module_id) if unit else of.filter(document=document)).first()
    programme = Programme.objects.filter(document=document).select_related("credential").first()
    if programme is not None:
        _rename(programme.credential, document, sections)
    if unit and before and before.pk != version.pk:
        carry_questions(before, version)
    if module is not None and module.published is not None and before and before.pk != version.pk:
        _follow(module, module.published, unit, version, sections, at)
    return version


def _rename(credential: Credential, document: Document, sections: Sequence[SectionText]) -> None:
    credential.names |= {document.language: title_of(sections)}
    credential.save(update_fields=["names"])


def _follow(
    module: Module,
    held: ModuleVersion,
    unit: Unit | None,
    version: Version,
    sections: Sequence[SectionText],
    at: datetime,
) -> None:
    units = list(held.units.order_by("place"))
    if unit is None:
        _rename(module.credential, module.document, sections)
        words = version.pk
    else:
        words = module.document.published_id or 0
    pairs = [(version.pk if unit and one.unit_id == unit.pk else one.version_id, one.minutes) for one in units]
    rules = {name: getattr(held, name) for name in RULES}
    new = ModuleVersion.objects.create(
        module=module,
        no=next_number(module),
        **rules,
        minutes=held.minutes,
        hash=digest_of(words, rules, pairs),
        published_at=at,
    )
    UnitInVersion.objects.bulk_create(
        UnitInVersion(
            module_version=new,
            unit_id=one.unit_id,
            version_id=pair[0],
            place=one.place,
            minutes=one.minutes,
            steps=steps_of(sections) if unit and one.unit_id == unit.pk else one.steps,
        )
        for one, pair in zip(units, pairs, strict=True)
    )
    module.published = new
    module.save(update_fields=["published"])
