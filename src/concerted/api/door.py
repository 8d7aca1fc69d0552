"""How a program comes in: by a key, at a bounded pace. No cookie opens anything, so no other site can use a browser."""

from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.accounts.queries import open_key
from concerted.accounts.services.program_keys import note_use, person_with
from concerted.directory.imports.result import Fault, Result
from concerted.kit.guards import after_answer


class Refused(Exception):
    """A request that is not answered as it was asked; the words say why and what to do."""

    def __init__(self, status: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.status, self.fault = status, Fault(0, "", message, remedy)


@dataclass(frozen=True)
class Opened:
    """Whom a program acts for, and by which key."""

    person: Any
    key: Any

    @property
    def through(self) -> str:
        """The key, as the audit trail names it."""
        return f"{self.key.name} ({self.key.prefix}…)"


def opened(request: HttpRequest) -> Opened:
    """Who the key of a request stands for. Raises `Refused`: 401 for a wrong, ended or unknown key, all by the same
    one query; 429 for an address that asks too often.
    """
    if not _within(request, "program") or not _within(request, "program_failed", dry_run=True):
        raise Refused(429, _("These are too many requests."), _("Wait a minute; send many counts in one request."))
    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    today = timezone.localdate()
    found = open_key(secret.strip() if kind.lower() == "bearer" else "", today)
    person = person_with(found[0], request, stepped=found[1]) if found is not None else None
    if found is None or person is None:
        _within(request, "program_failed")
        remedy = _("Make a key on the page of your account, and send it as “Authorization: Bearer” and the key.")
        raise Refused(401, _("This key opens nothing."), remedy)
    key = found[0]
    if request.method == "POST":
        note_use(key, today)
    else:
        after_answer(request, lambda: note_use(key, today))
    return Opened(person, key)


def _within(request: HttpRequest, action: str, *, dry_run: bool = False) -> bool:
    usage = ratelimit.consume(request, app="allauth.account", action=action, limit_get=True, dry_run=dry_run)
    return usage is not None


def answer(result: Result, status: int = 200) -> JsonResponse:
    """What became of a request: counts of what it does, and every fault with its entry, field and remedy."""
    plain = result.plain()
    plain["errors"] = [
        {"line": one["line"], "field": one["column"], "message": one["message"], "remedy": one["remedy"]}
        for one in plain["errors"]
    ]
    return JsonResponse(plain, status=status)


def refusal(refused: Refused) -> JsonResponse:
    """The same of a request that was refused as a whole."""
    said = answer(Result(errors=[refused.fault]), refused.status)
    if refused.status == 401:
        said.headers["WWW-Authenticate"] = "Bearer"
    if refused.status == 429:
        said.headers["Retry-After"] = "60"
    return said
