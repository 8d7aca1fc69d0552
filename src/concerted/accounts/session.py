"""Django's sessions in the database, read by a query that is compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from concerted.kit.prepared import Prepared

_SESSION = Prepared(lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date"), str)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        for data, until in _SESSION.rows(self.session_key or ""):
            if until > timezone.now():
                return Session(session_key=self.session_key or "", session_data=data, expire_date=until)
        self._session_key = None
        return None
