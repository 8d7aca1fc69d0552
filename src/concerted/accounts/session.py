"""Django's sessions in the database, read by a query that is compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from concerted.kit.prepared import Prepared

_SESSION = Prepared(lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date"), str)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        rows = _SESSION.rows(self.session_key)
        if rows and rows[0][1] > timezone.now():
            return Session(self.session_key, *rows[0])
        self._session_key = None
        return None
