"""Who is signed in: allauth's way in, and her row read by a query that is compiled once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from concerted.directory.models import Person
from concerted.kit.prepared import Prepared

_COLUMNS = [field.attname for field in Person._meta.concrete_fields]
_PERSON = Prepared(lambda pk: Person.objects.filter(pk=pk).order_by().values_list(*_COLUMNS), int)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, while she may sign in."""
        rows = _PERSON.rows(int(user_id))
        person = Person.from_db("default", _COLUMNS, rows[0]) if rows else None
        return person if person is not None and self.user_can_authenticate(person) else None
