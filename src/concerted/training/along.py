"""Her record and her practice in one archive, to keep or to take to another place of learning."""

import json
import zipfile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from concerted.directory.models import Person
from concerted.training.queries.take_along import (
    claims_of,
    file_of,
    practice_of,
    profile_of,
    record_of,
    tables_of,
)

ABOUT = """\
profile.json    who you are here
record.json     what you achieved: certificates, what counts, courses elsewhere, exemptions
practice.json   every attempt: what you read, answered and chose, in order
tables.json     what you told, asked and decided at tables of case conferences
papers/         certificates you sent in

Days are written year-month-day, moments in UTC. A passage of a scenario that you skipped stands nowhere.
"""


def write_archive(person: Person, out: IO[bytes]) -> None:
    """Write the archive. Twelve queries, however much there is."""
    claims = claims_of(person)
    parts = {
        "profile": profile_of(person),
        "record": record_of(person, claims),
        "practice": practice_of(person),
        "tables": tables_of(person),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", ABOUT)
        for name, said in parts.items():
            archive.writestr(f"{name}.json", _plain(said))
        for claim in claims:
            if claim.proof.name and claim.proof.storage.exists(claim.proof.name):
                with claim.proof.open("rb") as paper:
                    archive.writestr(file_of(claim), paper.read())


def _plain(said: Any) -> str:
    return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
