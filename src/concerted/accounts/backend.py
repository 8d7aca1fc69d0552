"""Who is signed in: allauth's way in, and what every page asks about her, read by one query that is compiled once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.models.person import roles_on
from concerted.directory.queries.people import POST, Post, post_named
from concerted.kit.prepared import Prepared
from concerted.post.queries import unread_of


@dataclass(frozen=True)
class Mine:
    """What the frame of every page shows of the person it is for: the columns of her post, and her unread notices."""

    columns: tuple[Any, ...]
    unread: int

    @property
    def post(self) -> Post | None:
        """The latest post she holds, named in the language of the interface."""
        return post_named(*self.columns) if self.columns[0] is not None else None


def _person(pk: int, on: date) -> Any:
    """Her row, whether she holds any role that day, her latest post then, and how many notices she has not read."""
    held = Q(positions__since__lte=on) & (Q(positions__until=None) | Q(positions__until__gt=on))
    return (
        Person.objects.filter(pk=pk)
        .annotate(
            any_role=Exists(roles_on(OuterRef("pk"), on)),
            unread=Subquery(unread_of(pk)),
            post=FilteredRelation("positions", condition=held),
        )
        .order_by("-post__since", "-post__id")
        .values_list(*_COLUMNS, "any_role", "unread", *(f"post__{column}" for column in POST))[:1]
    )


_COLUMNS = [field.attname for field in Person._meta.concrete_fields]
_PERSON = Prepared(_person, int, date)


def read_person(pk: int) -> Any:
    """The person with this id or None, read with whether she holds roles and what the frame shows of her. One query.

    Most people hold no role: they are not asked for them again.
    """
    for row in _PERSON.rows(pk, timezone.localdate()):
        person: Any = Person.from_db("default", _COLUMNS, row[: len(_COLUMNS)])
        any_role, unread, *post = row[len(_COLUMNS) :]
        if not any_role:
            person.held_roles = ()
        person.mine = Mine(tuple(post), unread or 0)
        return person
    return None


def mine_of(person: Any) -> Mine | None:
    """What the frame shows of a person; no query where she was read by `read_person`."""
    known: Mine | None = getattr(person, "mine", None)
    read = read_person(person.pk) if known is None else None
    return read.mine if read is not None else known


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, while she may sign in."""
        person = read_person(int(user_id))
        return person if person is not None and self.user_can_authenticate(person) else None
