"""The frame around every page: where she may go, who and where she is, what is new."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.accounts.backend import Mine, mine_of
from concerted.capacity.access import PICTURE
from concerted.directory.queries.people import Post
from concerted.kit import access
from concerted.kit.addresses import fixed
from concerted.planning.access import PLAN
from concerted.text.access import DRAFT, LANGUAGE, TRANSLATION


@dataclass(frozen=True)
class Entry:
    """One way to go."""

    label: str
    href: str
    current: bool


class Frame:
    """Read lazily: a page that shows no part of it pays for no query."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._person: Any = getattr(request, "user", None)
        self.home = "/"
        self.sign_in = "/account/login/"
        self.sign_up = "/account/signup/"
        self.catalogue = "/learn/catalogue/"

    @cached_property
    def _signed_in(self) -> bool:
        return bool(self._person and self._person.is_authenticated)

    @cached_property
    def person_name(self) -> str:
        return self._person.name if self._signed_in else ""

    @cached_property
    def _mine(self) -> Mine | None:
        return mine_of(self._person) if self._signed_in else None

    @cached_property
    def _post(self) -> Post | None:
        return self._mine.post if self._mine else None

    @cached_property
    def place(self) -> str:
        return self._post.territory if self._post else ""

    @cached_property
    def post(self) -> str:
        return _(", ").join((self._post.profession, self._post.agency)) if self._post else ""

    @cached_property
    def nav(self) -> list[Entry]:
        if not self._signed_in:
            return []
        ways = [(_("My desk"), "/"), (_("Learn"), "/learn/")]
        counts = access.reach(self._person, "G*", PICTURE)
        if counts.everywhere or counts.territories:
            ways.append((_("Capacity"), "/capacity/"))
        ways.append((_("People"), "/people/"))
        if access.may(self._person, "R", PLAN):
            ways.append((_("Plans"), "/plans/"))
        if access.reach(self._person, "C", TRANSLATION) or access.may(self._person, "C", LANGUAGE):
            ways.append((_("Translate"), "/languages/"))
        if access.may(self._person, "U", DRAFT):
            ways.append((_("Write"), "/texts/"))
            ways.append((_("Scenarios"), "/packs/scenarios/"))
            ways.append((_("Documents"), "/packs/documents/"))
        path = self._request.path
        return [Entry(label, href, path == href or (href != "/" and path.startswith(href))) for label, href in ways]

    @cached_property
    def languages(self) -> list[tuple[str, str, bool]]:
        now = get_language()
        return [(code, name, code == now) for code, name in settings.LANGUAGES]

    @property
    def unread(self) -> int:
        return self._mine.unread if self._mine else 0

    @cached_property
    def inbox(self) -> str:
        return fixed("post:inbox") if self._signed_in else ""

    @cached_property
    def sign_out(self) -> str:
        return fixed("account_logout")

    @cached_property
    def account(self) -> str:
        return fixed("accounts:account") if self._signed_in else ""

    @cached_property
    def banner(self) -> str:
        if not settings.CONCERTED_DEMO:
            return ""
        return _(
            "Demonstration: all places and people are invented. Accounts skip the second step on this machine only."
        )


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` in every page."""
    return {"frame": Frame(request)}
