"""Keys with which programs send counts in a person's name."""

import datetime
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.accounts import queries
from concerted.accounts.access import PROGRAM_KEY
from concerted.accounts.backend import read_person
from concerted.accounts.models import ProgramKey
from concerted.accounts.second_step import is_demonstration
from concerted.kit import access, digits
from concerted.ledger.services import record

#: Keys that one person may have at a time.
MOST = 5
#: Letters of a key that are shown ever after.
_SHOWN = 9


class KeyRefused(Exception):
    """No further key can be made so; the message says why and what to do."""


@transaction.atomic
def make_key(person: Any, *, name: str, until: datetime.date, by: Any, at: datetime.datetime) -> tuple[ProgramKey, str]:
    """Make a key and return it with its secret, which is stored nowhere: who lost it makes another.

    Raises `KeyRefused` beyond five keys, and for a name that one of them has already.
    """
    today = timezone.localdate(at)
    made = ProgramKey(person=person, name=name, until=until, at=at)
    access.allow(by, "C", PROGRAM_KEY, made)
    # Two windows at once: the second waits here, and counts what the first made.
    get_user_model().objects.select_for_update().get(pk=person.pk)
    # One that ran out keeps its name from nobody.
    person.program_keys.filter(ended_at=None, until__lt=today).update(ended_at=at)
    names = list(queries.open_keys(person, today).values_list("name", flat=True))
    if name in names:
        raise KeyRefused(_("You have a key of this name already. End it, or choose another name."))
    if len(names) >= MOST:
        raise KeyRefused(_("You have %(most)s keys. End one you no longer need.") % {"most": digits.localise(MOST)})
    secret = f"ck_{secrets.token_urlsafe(32)}"
    made.prefix, made.digest = secret[:_SHOWN], queries.hash_of(secret)
    made.save(force_insert=True)
    _note("made a program key", made, by)
    return made, secret


@transaction.atomic
def end_key(key: ProgramKey, *, by: Any, at: datetime.datetime) -> None:
    """End a key at once; one that ended stays as it is."""
    access.allow(by, "D", PROGRAM_KEY, key)
    if ProgramKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at):
        _note("ended a program key", key, by)


def note_use(key: ProgramKey, on: datetime.date) -> None:
    """Keep the day on which a program used it last: one write a day."""
    if key.used_on != on:
        ProgramKey.objects.filter(pk=key.pk).update(used_on=on)


def person_with(key: ProgramKey, request: HttpRequest, *, stepped: bool) -> Any:
    """Whom a program acts for, or None if she may not sign in any more. As in her sessions, her roles sleep while she
    has no second step. `key` and `stepped` as `queries.open_key` found them.
    """
    person = read_person(key.person_id)
    if person is None or not person.is_active:
        return None
    if not stepped and not is_demonstration(request, person):
        person.held_roles = ()
    return person


def _note(verb: str, key: ProgramKey, by: Any) -> None:
    words = {"name": key.name, "key": key.prefix}
    record(verb, by=by, object_kind="person", object_id=key.person_id, about=key.person, words=words)
