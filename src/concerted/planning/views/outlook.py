"""What is to come by what was counted: who is over its line, one service in detail, and a plan beside what came."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from concerted.directory.models import Territory
from concerted.kit import access
from concerted.kit.guards import Request, reads
from concerted.planning import charts_counted as charts
from concerted.planning.access import COUNTING, COUNTS, PLAN
from concerted.planning.models import KeptPlan
from concerted.planning.names import BESIDE, CROSSINGS, KINDS, way_name
from concerted.planning.queries import outlook as read
from concerted.planning.queries.counts import last_whole_month
from concerted.planning.rules.kinds import ServiceKind

# The engine and its arrays are imported where they are called.


@reads(COUNTS)
def index(request: Request) -> HttpResponse:
    """Who is over its line or will be, where waits rise, and whose newest month misses: worst first."""
    newest = last_whole_month(timezone.localdate())
    shown = read.outlook_of(newest)
    return render(
        request,
        "planning/outlook.html",
        {
            "newest": newest,
            "services": [(one, KINDS[ServiceKind(one.service)], *CROSSINGS[one.state]) for one in shown.pressing],
            "within": [(one, KINDS[ServiceKind(one.service)]) for one in shown.within],
            "unknown": [(one, KINDS[ServiceKind(one.service)]) for one in shown.unknown],
            "rising": [(one, way_name(one.of)) for one in shown.rising],
            "shown": shown,
        },
    )


@reads(COUNTS)
def service(request: Request, pk: int, service: str) -> HttpResponse:
    """One service of one territory: what came, what is to come, what its posts carry, and whether such ranges held."""
    territory = access.fetch(request.user, "R", COUNTS, Territory.objects.all(), pk=pk)
    if service not in KINDS:
        raise Http404
    exact = access.may(request.user, "R", COUNTING, territory)
    found = read.service_outlook(territory, service, last_whole_month(timezone.localdate()), exact=exact)
    if found is None:
        raise Http404
    return render(
        request,
        "planning/outlook_service.html",
        {
            "found": found,
            "name": KINDS[ServiceKind(service)],
            "state": CROSSINGS[found.state],
            "chart": charts.outlook_chart(found),
            "exact": exact,
        },
    )


@reads(PLAN)
def actual(request: Request, public: UUID) -> HttpResponse:
    """A kept plan beside what came: every authority of it, the furthest from its range first."""
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.rules.projection import TOTAL, Measure, project

    plan = access.fetch(request.user, "R", PLAN, KeptPlan.objects.select_related("agency", "territory"), public=public)
    told = project(plan_kept(plan))
    service = request.GET.get("of", "")
    if service not in told.plan.services:
        service = next(iter(told.plan.services))
    months = [date(int(month[:4]), int(month[5:7]), 1) for month in told.months]
    units = {told.plan.territories[unit].name: unit for unit in told.units if unit in told.plan.territories}
    places = {units[place.name]: place for place in Territory.objects.filter(name__in=units).order_by("-pk")}
    if plan.territory is not None:
        places[TOTAL] = plan.territory
    said = {
        unit: list(zip(months, *told.series(Measure.CONTACTS, unit, service).tolist(), strict=True)) for unit in places
    }
    # What is shown here is what all who may read the plan see.
    lines = read.counted_beside(places, said, service)
    return render(
        request,
        "planning/actual.html",
        {
            "plan": plan,
            "service": service,
            "services": [(key, KINDS[one.kind or ServiceKind(key)]) for key, one in told.plan.services.items()],
            "lines": [(line, *BESIDE[line.state], charts.beside_chart(line)) for line in lines],
            "without": len(units) - len(places),
        },
    )
