"""What is to come by what was counted: who is over its line, one service in detail, and a plan beside what came."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from concerted.directory.models import Territory
from concerted.kit import access
from concerted.kit.exports import file_name
from concerted.kit.guards import Request, reads
from concerted.planning import charts_counted as charts
from concerted.planning.access import COUNTING, COUNTS, PLAN
from concerted.planning.names import BESIDE, CROSSINGS, KINDS, way_name
from concerted.planning.queries import outlook as read
from concerted.planning.queries.beside import plan_beside
from concerted.planning.queries.beside_values import beside_values
from concerted.planning.queries.counts import last_whole_month
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.views.plans import kept_plans
from concerted.planning.views.unreadable import told_where_unreadable

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
@told_where_unreadable
def actual(request: Request, public: UUID) -> HttpResponse:
    """A kept plan beside what came: every authority of it, the furthest from its range first."""
    plan = access.fetch(request.user, "R", PLAN, kept_plans(), public=public)
    # What is shown here is what all who may read the plan see.
    found = plan_beside(plan, request.GET.get("of", ""))
    ((service, lines),) = found.services.items()
    return render(
        request,
        "planning/actual.html",
        {
            "plan": plan,
            "service": service,
            "services": [(key, KINDS[one.kind or ServiceKind(key)]) for key, one in found.told.plan.services.items()],
            "lines": [
                (line, *BESIDE[line.state], charts.areas_in_words(line.newest), charts.beside_chart(line))
                for line in lines
            ],
            "without": 0 if found.by_agency(service) else found.without,
            "agency": found.agency,
            "by_agency": found.by_agency(service),
        },
    )


@reads(PLAN)
@told_where_unreadable
def actual_values(request: Request, public: UUID) -> HttpResponse:
    """The same of all services, for programs."""
    plan = access.fetch(request.user, "R", PLAN, kept_plans(), public=public)
    answer = JsonResponse(beside_values(plan_beside(plan)), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{file_name("plan", "json")}"'
    return answer
