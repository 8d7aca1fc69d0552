"""What the set-up pages do, in the words of the rooms below."""

import io
import re
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.models import Mandate
from concerted.capacity.services import confirm_mandate, propose_mandate
from concerted.capacity.services.mandates import Wording
from concerted.directory import services as directory
from concerted.directory.access import IMPORT, SET_UP
from concerted.directory.imports.result import Result
from concerted.directory.models import Agency, Person, Sector, Territory
from concerted.directory.services.import_territories import import_territories
from concerted.directory.services.response import SetUpRefused
from concerted.kit import access
from concerted.post import letters

#: How long the set-up waits for a mail server to say something.
PATIENCE = 8


def _coordinates(by: Person) -> None:
    """The ledger names her for what she enters, so she must be one who may enter it on any day."""
    access.allow(by, "U", SET_UP)
    if not access.reach(by, "C", IMPORT).everywhere:
        raise SetUpRefused(_("A national coordinator takes this step. Ask her, or have her role given to you."))


def take_territories(file: BinaryIO | None, country: str, areas: str, *, by: Person, at: datetime) -> Result:
    """Take the tree in from a file, or from a few names; what is there already stays. All or nothing."""
    _coordinates(by)
    if file is None:
        names = [" ".join(name.split()) for name in re.split(r"[,،;\n]", areas) if name.strip()]
        # A name that is typed twice is one area.
        names = list({name.casefold(): name for name in reversed(names)}.values())[::-1]
        if not country.strip():
            raise SetUpRefused(_("Bring a file, or write the name of the country or region."))
        country = " ".join(country.split()).replace('"', "")
        lines = ["name,parent path,level", f'"{country}",,Country']
        lines += [f'"{name.replace(chr(34), "")}","{country}",Area' for name in names]
        file = io.BytesIO("\n".join(lines).encode())
    return import_territories(file, by=by, at=at)


def code_of(name: str) -> str:
    """A short code for a mandate, from its name; numbered when it is taken or has no Latin letters."""
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:30] or "mandate"
    taken = set(Mandate.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}-{n}") not in taken)


@transaction.atomic
def begin_work(chosen: dict[str, Any], *, language: str, by: Person, at: datetime) -> Agency:
    """The first agency, the coordinator's own post in it, and the first mandate, in force at once.

    She enters the agency and proposes the mandate. No second person is there yet to confirm them: the set-up itself
    does, as the ledger says.
    """
    _coordinates(by)
    profession = chosen["profession"]
    agency = _first_agency(chosen["agency"], profession.sector, chosen["territory"], by=by, at=at)
    today = timezone.localdate(at)
    directory.hold_position(by, agency, profession, since=today, by=by, at=at)
    audience = directory.audience_of(chosen["sectors"], "in", from_day=today, by=by, at=at)
    wording = Wording(
        audience,
        chosen["credential"],
        chosen["basis"],
        chosen["authority"],
        today,
        cycle="rolling" if chosen["months"] else "once",
        months=chosen["months"] or 0,
    )
    names = {"en": chosen["mandate"], language: chosen["mandate"]}
    proposed = propose_mandate(code_of(chosen["mandate"]), names, wording, by=by, at=at)
    confirm_mandate(proposed.pk, by=None, at=at)
    return agency


def _first_agency(name: str, sector: Sector, territory: Territory, *, by: Person, at: datetime) -> Agency:
    entered = directory.enter_agency(name, sector=sector, territory=territory, by=by, at=at)
    if isinstance(entered, Agency):
        return entered
    agency = directory.confirm_place(entered, by=None, at=at)
    assert isinstance(agency, Agency)
    return agency


def has_mail_server() -> bool:
    """Whether letters leave this machine: without EMAIL_URL they are only printed where the server runs."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend", "filebased.EmailBackend"))


def try_mail(*, by: Person) -> str:
    """Hand one neutral letter to the mail server now; empty when it was taken, else what went wrong in plain words."""
    access.allow(by, "U", SET_UP)
    subject, body = letters.something_new(by.language)
    try:
        message = EmailMessage(subject, body, to=[by.email or ""], connection=get_connection(timeout=PATIENCE))
        message.send()
    except OSError as error:
        return str(error) or error.__class__.__name__
    return ""
