from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import rules
from concerted.directory.access import AUDIENCE
from concerted.directory.models import Audience, AudienceVersion, Person, Position, Sector, Territory
from concerted.directory.queries.audiences import count_rule
from concerted.directory.wordings import fault_in_words
from concerted.kit import access
from concerted.ledger.services import record


class AudienceRefused(Exception):
    """The audience cannot be kept so; the message says why and what to do."""


class ReachesNobody(AudienceRefused):
    """The rule is sound but no position held on its first day fits it."""


@transaction.atomic
def save_audience(
    name: str,
    rule: dict[str, Any],
    *,
    audience: Audience | None = None,
    from_day: date | None = None,
    even_if_empty: bool = False,
    by: Person | None,
    at: datetime,
) -> AudienceVersion:
    """Keep a rule as the next version of an audience; versions before it stay as they are.

    Returns the newest version unchanged when the rule is the same. Raises AudienceRefused for a rule that cannot be
    read, and ReachesNobody when nobody fits it, unless `even_if_empty`.
    """
    if by is not None:
        access.allow(by, "C" if audience is None else "U", AUDIENCE, audience)
    try:
        rules.validate(rule)
    except rules.RuleFault as fault:
        raise AudienceRefused(fault_in_words(fault)) from fault
    name = " ".join(name.split())[:120]
    if not name:
        raise AudienceRefused(_("Give the audience a name."))
    on = from_day or timezone.localdate(at)
    if not even_if_empty and not count_rule(rule, on):
        raise ReachesNobody(
            _("No position held on that day fits this rule. Widen it, or say that it may wait for its first people.")
        )
    audience = _kept(name, audience, by)
    newest = audience.versions.order_by("-no").first()  # type: ignore[attr-defined]
    if newest is not None and newest.rule == rule:
        return newest
    last = audience.versions.aggregate(last=Max("no"))["last"] or 0  # type: ignore[attr-defined]
    version = AudienceVersion.objects.create(audience=audience, no=last + 1, rule=rule, from_day=on, by=by, at=at)
    record("audience saved", by=by, object_kind="audience version", object_id=version.pk)
    return version


def audience_of(
    sectors: Iterable[Sector],
    stage: str = "",
    *,
    within: Territory | None = None,
    from_day: date,
    by: Person | None,
    at: datetime,
) -> AudienceVersion:
    """The audience of these sectors (none: all) at this stage (empty: both), there or below (None: everywhere).

    Made when nobody wrote the same rule yet.

    Raises ReachesNobody when no position held on that day fits it.
    """
    chosen = list(sectors)
    tests: list[dict[str, Any]] = []
    if chosen:
        tests.append({"field": "sector", "in": [sector.code for sector in chosen]})
    if stage:
        tests.append({"field": "stage", "in": [stage]})
    if within is not None:
        tests.append({"field": "territory", "in": [within.pk]})
    rule = tests[0] if len(tests) == 1 else {"all": tests}
    for version in AudienceVersion.objects.select_related("audience").order_by("-no"):
        if version.rule == rule and version.from_day <= from_day:
            return version
    who = ", ".join(sector.name for sector in chosen) or _("Everybody")
    name = " – ".join(
        filter(None, (who, str(Position.Stage(stage).label) if stage else "", within.name if within else ""))
    )
    taken = Audience.objects.filter(name__startswith=name[:100]).count()
    return save_audience(f"{name[:100]} {taken + 1}" if taken else name[:110], rule, from_day=from_day, by=by, at=at)


def _kept(name: str, audience: Audience | None, by: Person | None) -> Audience:
    namesakes = Audience.objects.filter(name=name)
    if audience is None:
        if namesakes.exists():
            raise AudienceRefused(_("An audience with this name is already there. Open it, or choose another name."))
        return Audience.objects.create(name=name)
    audience = Audience.objects.select_for_update().get(pk=audience.pk)
    if namesakes.exclude(pk=audience.pk).exists():
        raise AudienceRefused(_("An audience with this name is already there. Open it, or choose another name."))
    if audience.name != name:
        audience.name = name
        audience.save(update_fields=["name"])
    return audience
