from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concerted.directory import queries
from concerted.directory.models import Audience, AudienceVersion, Person
from concerted.directory.rows import AUDIENCE
from concerted.directory.rules import Rule, check_rule
from concerted.kit import access
from concerted.ledger.services import record


class AudienceRefused(Exception):
    """The audience cannot stand as written; the message says what to change."""


@transaction.atomic
def save_audience(
    name: str, rule: Rule, *, from_day: date, by: Person | None, at: datetime, even_if_empty: bool = False
) -> AudienceVersion:
    """Save the next version of an audience. Raises `rules.BadRule`, or `AudienceRefused` when it reaches nobody."""
    if by is not None:
        access.allow(by, "C", AUDIENCE)
    check_rule(rule)
    audience, _made = Audience.objects.get_or_create(name=name)
    Audience.objects.select_for_update().get(pk=audience.pk)
    no = (audience.versions.aggregate(last=Max("no"))["last"] or 0) + 1
    version = AudienceVersion.objects.create(audience=audience, no=no, rule=rule, from_day=from_day, by=by, at=at)
    if not even_if_empty and not queries.in_audience(version, from_day).exists():
        raise AudienceRefused(_("This audience reaches nobody today. Widen it, or add the positions first."))
    record("audience saved", by=by, object_kind="audience version", object_id=version.pk)
    return version
