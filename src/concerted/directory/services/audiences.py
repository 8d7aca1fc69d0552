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
    scope: tuple[str, int | None] | None = None,
    from_day: date | None = None,
    even_if_empty: bool = False,
    by: Person | None,
    at: datetime,
) -> AudienceVersion:
    """Keep a rule as the next version of an audience; versions before it stay as they are.

    A new audience belongs to `scope`, ("agency", id), ("territory", id) or ("everywhere", None); without one, to the
    whole of what `by` reaches. The rule is kept inside it: nobody outside is ever reached, whatever the rule says.

    Returns the newest version unchanged when the rule is the same. Raises AudienceRefused for a rule that cannot be
    read, and ReachesNobody when nobody fits it, unless `even_if_empty`.
    """
    kind, scope_id = _scope_of(audience, scope, by)
    if by is not None:
        there = audience or Audience(scope_kind=kind, scope_id=scope_id)
        access.allow(by, "C" if audience is None else "U", AUDIENCE, there)
    try:
        rules.validate(rule)
        rule = rules.validate(rules.within(rule, kind, scope_id))
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
    audience = _kept(name, audience, kind, scope_id)
    newest = audience.versions.order_by("-no").first()
    if newest is not None and newest.rule == rule:
        return newest
    last = audience.versions.aggregate(last=Max("no"))["last"] or 0
    version = AudienceVersion.objects.create(audience=audience, no=last + 1, rule=rule, from_day=on, by=by, at=at)
    record("audience saved", by=by, object_kind="audience version", object_id=version.pk)
    return version


def scopes_of(by: Person | None) -> list[tuple[str, int | None]]:
    """The scopes `by` may make an audience for: everywhere alone, or each agency and territory she holds a role for."""
    if by is None:
        return [("everywhere", None)]
    reach = access.reach(by, "C", AUDIENCE)
    if reach.everywhere:
        return [("everywhere", None)]
    hers: list[tuple[str, int | None]] = [("territory", pk) for pk in sorted(reach.territories)]
    return hers + [("agency", pk) for pk in sorted(reach.agencies)]


def _scope_of(
    audience: Audience | None, scope: tuple[str, int | None] | None, by: Person | None
) -> tuple[str, int | None]:
    if audience is not None:
        return audience.scope_kind, audience.scope_id
    if scope is not None:
        return scope
    hers = scopes_of(by)
    if len(hers) > 1:
        raise AudienceRefused(_("Say for which agency or territory the audience is."))
    return hers[0] if hers else ("everywhere", None)


def _scope_within(within: Territory | None, by: Person | None) -> tuple[str, int | None]:
    """Who reaches everything keeps the audience everywhere; for another it belongs to the territory it is for."""
    if within is None or scopes_of(by) == [("everywhere", None)]:
        return _scope_of(None, None, by)
    return "territory", within.pk


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
    kind, scope_id = scope = _scope_within(within, by)
    if within is not None and kind == "everywhere":
        tests.append({"field": "territory", "in": [within.pk]})
    rule = rules.within(tests[0] if len(tests) == 1 else {"all": tests}, kind, scope_id)
    known = AudienceVersion.objects.filter(audience__scope_kind=kind, audience__scope_id=scope_id)
    for version in known.select_related("audience").order_by("-no"):
        if version.rule == rule and version.from_day <= from_day:
            return version
    who = ", ".join(sector.name for sector in chosen) or _("Everybody")
    name = " – ".join(
        filter(None, (who, str(Position.Stage(stage).label) if stage else "", within.name if within else ""))
    )
    taken = Audience.objects.filter(name__startswith=name[:100], scope_kind=kind, scope_id=scope_id).count()
    name = f"{name[:100]} {taken + 1}" if taken else name[:110]
    return save_audience(name, rule, scope=scope, from_day=from_day, by=by, at=at)


def _kept(name: str, audience: Audience | None, kind: str, scope_id: int | None) -> Audience:
    namesakes = Audience.objects.filter(name=name, scope_kind=kind, scope_id=scope_id)
    if audience is None:
        if namesakes.exists():
            raise AudienceRefused(_("An audience with this name is already there. Open it, or choose another name."))
        return Audience.objects.create(name=name, scope_kind=kind, scope_id=scope_id)
    audience = Audience.objects.select_for_update().get(pk=audience.pk)
    if namesakes.exclude(pk=audience.pk).exists():
        raise AudienceRefused(_("An audience with this name is already there. Open it, or choose another name."))
    if audience.name != name:
        audience.name = name
        audience.save(update_fields=["name"])
    return audience
