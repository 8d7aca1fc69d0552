"""What was counted month by month: an overview, one territory, counting a month, a file, and the same for programs."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Agency, Territory
from concerted.kit import access, digits, exports
from concerted.kit.guards import Request, reads, writes
from concerted.maths.months import add_months
from concerted.planning import services
from concerted.planning.access import COUNTING, COUNTS
from concerted.planning.forms.counts import CountFileForm, LookForm, MonthForm, month_of
from concerted.planning.names import KINDS, count_name
from concerted.planning.queries import counts as read
from concerted.planning.queries.count_rows import COLUMNS, count_rows
from concerted.planning.queries.counting import open_agencies
from concerted.planning.rules.counts import Counted, CountOf, Shown
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.parts import run_by

#: Months side by side in the overview.
MONTHS = 6
#: Lines with faults that are shown; more are counted.
SHOWN = 50


@reads(COUNTS)
def index(request: Request) -> HttpResponse:
    """One count in every territory: who is behind first, then what came in."""
    form = LookForm(request.GET if "service" in request.GET else None)
    months = read.months_back(read.last_whole_month(timezone.localdate()), MONTHS)
    mine = access.reach(request.user, "C", COUNTING)
    shown = read.counts_overview(form.of(), months, mine)
    look = form if form.is_bound else LookForm(initial={"service": shown.of.service, "counted": shown.of.counted})
    return render(
        request,
        "planning/counts.html",
        {
            "shown": shown,
            "form": look,
            "name": count_name(shown.of),
            "may_count": bool(mine.territories or mine.everywhere or mine.unled),
            "agencies": open_agencies().filter(pk__in=mine.agencies) if mine.agencies else (),
        },
    )


@reads(COUNTS)
def file(request: Request, kind: str) -> HttpResponseBase:
    """Every count as others see it, as a file: for spreadsheets, or for programs."""
    if kind == "json":
        return JsonResponse({"counts": [dict(zip(COLUMNS, row, strict=True)) for row in count_rows()]})
    if not exports.wanted(kind):
        raise Http404
    return exports.answer(kind, COLUMNS, count_rows(), "report")


@reads(COUNTS)
def place(request: Request, pk: int) -> HttpResponse:
    """One territory, one month: every number, and what to count next. Exact where she counts herself."""
    territory = access.fetch(request.user, "R", COUNTS, Territory.objects.all(), pk=pk)
    month = _month(request)
    exact = access.may(request.user, "R", COUNTING, territory)
    may_count = access.may(request.user, "C", COUNTING, territory)
    held = read.counts_by_part([pk], month, month)
    shown = read.shown_counts(held, [pk] if exact else ()).get((pk, month), {})
    there = open_agencies().filter(territory=territory) if may_count else ()
    counted_by = held.get((pk, month), {})
    context = _shown(month, shown, [*KINDS], lambda service: ("planning:count", pk, service)) | {
        "name": territory.name,
        "exact": exact,
        "may_count": may_count,
        "agencies": [(one, bool(counted_by.get(one.pk))) for one in there if run_by(one.sector.code)],
    }
    return render(request, "planning/counts_place.html", context)


@reads(COUNTING)
def agency(request: Request, public: UUID) -> HttpResponse:
    """One agency, one month, exact: what it counted of its own service, and what to count next."""
    found = access.fetch(request.user, "R", COUNTING, open_agencies(), public=public)
    month = _month(request)
    counts = read.counts_by_part([found.territory_id], month, month).get((found.territory_id, month), {})
    shown = {of: Shown(value) for of, value in counts.get(found.pk, {}).items()}
    own = run_by(found.sector.code)
    context = _shown(month, shown, own, lambda service: ("planning:count_agency", public, service)) | {
        "name": found.name,
        "agency": found,
        "may_count": access.may(request.user, "C", COUNTING, found),
    }
    return render(request, "planning/counts_place.html", context)


def _month(request: Request) -> date:
    """The month that is asked for; else the one that ended last."""
    today = timezone.localdate()
    return min(month_of(request.GET.get("month", "")) or read.last_whole_month(today), today.replace(day=1))


def _shown(
    month: date,
    shown: Mapping[CountOf, Shown],
    services: Iterable[ServiceKind],
    way: Callable[[ServiceKind], tuple[str, Any, ServiceKind]],
) -> dict[str, Any]:
    """A month as a page has it; `way`: the route, whose counts, and the service of the page that counts one."""
    counted, newest = {of.service for of in shown}, read.last_whole_month(timezone.localdate())
    ways = []
    for kind in services:
        route, whose, service = way(kind)
        ways.append((reverse(route, args=[whose, f"{month:%Y-%m}", service]), KINDS[kind], kind in counted))
    return {
        "month": month,
        "before": add_months(month, -1),
        "after": add_months(month, 1) if month < newest else None,
        "lines": [(count_name(of), one) for of, one in sorted(shown.items())],
        "services": ways,
    }


@writes(COUNTING, "C")
def count(request: Request, pk: int, month: str, service: str) -> HttpResponse:
    """Count a month of one service of a territory: what is known is filled in, an empty box is no data."""
    territory = access.fetch(request.user, "C", COUNTING, Territory.objects.all(), pk=pk)
    return _count(request, territory, None, month, service)


@writes(COUNTING, "C")
def count_agency(request: Request, public: UUID, month: str, service: str) -> HttpResponse:
    """The same of a service that an agency runs."""
    found = access.fetch(request.user, "C", COUNTING, open_agencies(), public=public)
    if service not in run_by(found.sector.code):
        raise Http404
    return _count(request, found.territory, found, month, service)


def _count(request: Request, territory: Territory, agency: Agency | None, month: str, service: str) -> HttpResponse:
    day = month_of(month)
    if day is None or service not in KINDS:
        raise Http404
    kind, whose = ServiceKind(service), agency.pk if agency else None
    parts = read.counts_by_part([territory.pk], day, day).get((territory.pk, day), {})
    held = parts.get(whose, {})
    form = MonthForm(kind, held, request.POST if request.method == "POST" else None)
    back = reverse("planning:counts_agency", args=[agency.public]) if agency else _place(territory.pk)
    if form.is_bound and form.is_valid():
        told = form.told(held)
        try:
            services.count_month(
                territory, day, told, agency=agency, why=form.reason, by=request.user, at=timezone.now()
            )
        except services.CountRefused as refusal:
            form.add_error("why" if "why" in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The month is kept."))
            return redirect(f"{back}?month={month}")
    context: dict[str, Any] = {
        "name": agency.name if agency else territory.name,
        "back": f"{back}?month={month}",
        "month": day,
        "service": KINDS[kind],
        "form": form,
        # What she writes for the whole territory takes the place of what they counted.
        "of_agencies": agency is None and any(whose is not None for whose in parts),
    }
    return render(request, "planning/count.html", context)


def _place(pk: int) -> str:
    return reverse("planning:counts_place", args=[pk])


@writes(COUNTING, "C")
def bring(request: Request) -> HttpResponse:
    """Bring many counts in a file: all of it, or, with a fault in any line, nothing."""
    bound = request.method == "POST"
    form = CountFileForm(request.POST, request.FILES) if bound else CountFileForm()
    result = None
    if bound and form.is_valid():
        asked = form.cleaned_data
        result = services.take_counts(asked["file"], why=asked["why"], by=request.user, at=timezone.now())
        if not result.faults:
            told = {name: digits.localise(getattr(result, name)) for name in ("create", "change", "skip")}
            messages.success(request, _("%(create)s new, %(change)s corrected, %(skip)s already there.") % told)
            return redirect("planning:counts")
    context = {
        "form": form,
        "faults": result.faults if result else 0,
        "errors": result.errors[:SHOWN] if result else (),
        "words": ", ".join(KINDS),
        "counted": ", ".join(Counted),
    }
    return render(request, "planning/counts_file.html", context)
