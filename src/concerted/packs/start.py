"""The start of a real response: an empty one with its first coordinator and the starter content."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from concerted.accounts.services.first_account import link_to_first_password
from concerted.directory import services as directory
from concerted.directory.models import Person, Response
from concerted.packs.services import load_pack

#: What the person who starts a response holds, until there are others to share it with.
FIRST_ROLES = ("national_coordinator", "administrator")


class StartRefused(Exception):
    """A response is there already; the message says what to do."""


@dataclass(frozen=True)
class Started:
    """What was made, and the link that opens it."""

    name: str
    email: str
    link: str
    modules: int


def start_response(name: str, email: str, language: str, pack: Path, *, at: datetime) -> Started:
    """Make an empty response with its first coordinator and load the starter content.

    Asked again before anybody signed in, it gives the same person a new link. Raises StartRefused once the response is
    in use, `directory.PersonRefused` for a name or address that cannot be.
    """
    with transaction.atomic():
        first = Person.objects.order_by("pk").first()
        if first is not None and not (Person.objects.count() == 1 and first.email == email and not first.last_login):
            raise StartRefused(
                "This database already holds a response; nothing was changed. Sign in there, "
                "or name an empty database in DATABASE_URL or an empty folder in CONCERTED_HOME."
            )
        if first is None:
            first = directory.add_person(name=name, email=email, language=language, by=None, at=at)
            for role in FIRST_ROLES:
                directory.grant_role(first, role, by=None, at=at)
        Response.objects.get_or_create(pk=1)
        loaded = load_pack(pack, by=None, at=at)
    return Started(first.name, email, link_to_first_password(first), len(loaded.changed) + len(loaded.unchanged))
