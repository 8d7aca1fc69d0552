from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.directory.models import Agency, Person, Territory
from concerted.kit import access
from concerted.ledger.services import record
from concerted.planning.access import PLAN
from concerted.planning.models import OWN, KeptPlan


@transaction.atomic
def keep_plan(
    title: str,
    base: str,
    changes: dict[str, Any],
    *,
    file: str = "",
    inputs: dict[str, Any] | None = None,
    agency: Agency | None = None,
    territory: Territory | None = None,
    by: Person,
    at: datetime,
) -> KeptPlan:
    """Keep a plan file with changed values and what the engine answers to it. Raises `PlanFaults`.

    It stands in an agency or in a territory; without either it is the nation's. `file`: the text of a plan of one's
    own, which then is what `base` names. `inputs`: what the directory said of it.
    """
    kept = KeptPlan(title=title, base=OWN if file else base, file=file, inputs=inputs or {}, changes=changes)
    kept.agency, kept.territory, kept.by, kept.at = agency, territory, by, at
    access.allow(by, "C", PLAN, kept)
    _answer(kept)
    kept.save()
    record("plan kept", by=by, object_kind="plan", object_id=kept.pk)
    return kept


@transaction.atomic
def answer_again(kept_id: int, *, by: Person, at: datetime) -> KeptPlan:
    """Keep what the engine of today answers to a plan in place of what an earlier one did."""
    kept = KeptPlan.objects.select_for_update().get(pk=kept_id)
    access.allow(by, "U", PLAN, kept)
    before = kept.fingerprint
    _answer(kept)
    if kept.fingerprint != before:
        kept.at = at
        kept.save()
        record("plan answered again", by=by, object_kind="plan", object_id=kept.pk)
    return kept


def _answer(kept: KeptPlan) -> None:
    # Here, so that pages that do not plan load no arrays.
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.rules.projection import VERSION, carried_by_a_post, headlines, project

    told = project(plan_kept(kept))
    kept.seed, kept.engine, kept.fingerprint = told.plan.seed, VERSION, told.fingerprint
    kept.told = asdict(headlines(told)) | {"carries": carried_by_a_post(told)}
