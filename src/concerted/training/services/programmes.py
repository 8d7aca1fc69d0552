from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.capacity.models import Credential
from concerted.capacity.services import set_parts
from concerted.ledger.services import record
from concerted.text.services import publish_words
from concerted.training.models import Module, ModuleInProgramme, Programme
from concerted.training.rules import ProgrammeText
from concerted.training.services.publishing import PublishRefused, document_of, title_in

#: How the credential of a programme is called, before its code.
PREFIX = "programme-"


@dataclass(frozen=True)
class ProgrammePublished:
    """What publishing did: the programme, and whether anything had changed."""

    programme: Programme
    changed: bool


@transaction.atomic
def publish_programme(text: ProgrammeText, *, language: str = "en", by: Any = None, at: datetime) -> ProgrammePublished:
    """Publish a programme: its words frozen, its modules in order, and the credential they give together.

    The credential is made of those of its modules, so `capacity` writes it whenever somebody holds them all, however
    each was proved: here, outside, or in an imported record. It carries the day the last module was completed, and is
    renewed only once every module was completed again after that day (`capacity.rules.whole_days`). When modules are
    added or taken away, those who completed it keep it; those who now hold all of them receive it.

    Raises `PublishRefused` when it has no module, a module is not there, or a module has taken its credential's name.
    """
    held = Module.objects.filter(code__in=text.modules, published__isnull=False)
    known = {module.code: module for module in held.select_related("credential", "published")}
    missing = [code for code in text.modules if code not in known]
    if missing or not text.modules:
        raise PublishRefused(
            _("The module %(code)s is not there. Load it before the programme.") % {"code": missing[0]}
            if missing
            else _("The programme holds no module."),
            text.code,
        )
    if Module.objects.filter(code=f"{PREFIX}{text.code}").exists():
        raise PublishRefused(_("The code %(code)s is already used.") % {"code": f"{PREFIX}{text.code}"}, text.code)
    modules = [known[code] for code in text.modules]
    document = document_of(f"programme:{text.code}", language)
    before = document.published_id
    words = publish_words(document, text.sections, by=by, at=at)
    credential, made = Credential.objects.get_or_create(code=f"{PREFIX}{text.code}")
    credential.names = credential.names | {language: title_in(words)}
    credential.minutes = sum(module.published.minutes for module in modules if module.published)
    credential.save()
    programme, _made = Programme.objects.update_or_create(
        code=text.code,
        defaults={"document": document, "credential": credential, "pack": text.pack, "place": text.place},
    )
    moved = [place.module_id for place in programme.places.all()] != [module.pk for module in modules]
    if moved:
        programme.places.all().delete()
        ModuleInProgramme.objects.bulk_create(
            ModuleInProgramme(programme=programme, module=module, place=place)
            for place, module in enumerate(modules, start=1)
        )
    set_parts(credential, [module.credential for module in modules], at=at)
    changed = made or moved or words.pk != before
    if changed:
        record("programme published", by=by, object_kind="programme", object_id=programme.pk)
    return ProgrammePublished(programme, changed)
