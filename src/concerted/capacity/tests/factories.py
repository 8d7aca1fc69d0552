from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from concerted.capacity import services
from concerted.capacity.models import Credential, Evidence, Mandate
from concerted.capacity.services.mandates import Wording
from concerted.directory.models import AudienceVersion, Person
from concerted.directory.tests.factories import LONG_AGO, make_audience

_number = count(1)


def make_credential(code: str = "", minutes: int = 60) -> Credential:
    code = code or f"module-{next(_number)}"
    return Credential.objects.get_or_create(code=code, defaults={"names": {"en": code.title()}, "minutes": minutes})[0]


def make_mandate(
    code: str = "", audience: AudienceVersion | None = None, credential: Credential | None = None, **changes: Any
) -> Mandate:
    """A mandate in force, everybody counted."""
    code = code or f"mandate-{next(_number)}"
    wording = Wording(
        audience_version=audience or make_audience(),
        credential=credential or make_credential(),
        **(
            {
                "basis": "Act 1, section 2",
                "authority": "Ministry",
                "from_day": LONG_AGO,
                "cycle": "rolling",
                "months": 12,
            }
            | changes
        ),
    )
    recount = services.publish_mandate(code, {"en": code.title()}, wording, at=timezone.now())
    while services.advance_recount(recount.pk, at=timezone.now()):
        pass
    return Mandate.objects.get(code=code)


def achieve(person: Person, credential: Credential, day: date, **changes: Any) -> Evidence:
    return services.record_evidence(
        person,
        credential,
        **(
            {
                "source_kind": "module",
                "source_ref": f"test:{next(_number)}",
                "achieved_on": day,
                "by": None,
                "at": timezone.now(),
            }
            | changes
        ),
    )
