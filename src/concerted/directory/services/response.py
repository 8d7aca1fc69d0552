from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.access import SET_UP
from concerted.directory.models import Person, Profession, Response, Sector
from concerted.directory.standard import LANGUAGES, SECTORS, add_standard
from concerted.kit import access
from concerted.ledger.services import record


class SetUpRefused(Exception):
    """The set-up cannot go on like this; the message says what to do."""


@transaction.atomic
def begin_response(name: str, languages: Sequence[str], *, by: Person | None, at: datetime) -> Response:
    """Name the response and the languages it speaks; the interface's own are the ones to choose from."""
    if by is not None:
        access.allow(by, "U", SET_UP)
    name = " ".join(name.split())[:120]
    if not name:
        raise SetUpRefused(_("Give the response a name."))
    chosen = [code for code, _label in settings.LANGUAGES if code in languages]
    if not chosen:
        raise SetUpRefused(_("Choose at least one language."))
    response, _made = Response.objects.update_or_create(pk=1, defaults={"name": name, "languages": chosen})
    record("response named", by=by, object_kind="response", object_id=1)
    return response


@transaction.atomic
def choose_sectors(codes: Sequence[str], own: Sequence[str], *, by: Person | None, at: datetime) -> None:
    """Add the standard sectors chosen, with their professions, and sectors of one's own by name.

    A sector that is not chosen any more goes, as long as no agency stands in it.
    """
    if by is not None:
        access.allow(by, "U", SET_UP)
    chosen = frozenset(codes) & frozenset(SECTORS)
    names = [" ".join(name.split())[:80] for name in own if name.strip()]
    if not chosen and not names:
        raise SetUpRefused(_("Choose at least one sector."))
    unused = Sector.objects.filter(code__in=set(SECTORS) - chosen, agencies=None)
    Profession.objects.filter(sector__in=unused, positions=None).delete()
    unused.filter(professions=None).delete()
    add_standard(chosen)
    place = Sector.objects.count()
    held = {name.casefold() for sector in Sector.objects.all() for name in sector.names.values()}
    for number, name in enumerate(names):
        if name.casefold() not in held:
            code = f"own-{place + number}"
            sector = Sector.objects.create(code=code, names=dict.fromkeys(LANGUAGES, name), place=place + number)
            staff = _("Staff of %(sector)s") % {"sector": name}
            Profession.objects.create(code=f"{code}-staff", names=dict.fromkeys(LANGUAGES, staff), sector=sector)
    record("sectors chosen", by=by, object_kind="response", object_id=1)


@transaction.atomic
def finish_set_up(*, by: Person | None, at: datetime) -> Response:
    """Say that the response is set up; the pages of the set-up stay open to whoever may change it."""
    if by is not None:
        access.allow(by, "U", SET_UP)
    response = Response.objects.select_for_update().get(pk=1)
    if response.set_up_at is None:
        response.set_up_at = at
        response.save(update_fields=["set_up_at"])
        record("response set up", by=by, object_kind="response", object_id=1)
    return response


__all__ = ["SetUpRefused", "begin_response", "choose_sectors", "finish_set_up"]
