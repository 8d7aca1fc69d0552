"""What was counted month by month: an overview, one territory, counting a month, a file, and the same for programs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Territory
from concerted.kit import access, digits, exports
from concerted.kit.guards import Request, reads, writes
from concerted.maths.months import add_months
from concerted.planning import services
from concerted.planning.access import COUNTING, COUNTS
from concerted.planning.forms.counts import CountFileForm, LookForm, MonthForm, month_of
from concerted.planning.names import KINDS, count_name
from concerted.planning.queries import counts as read
from concerted.planning.queries.count_rows import COLUMNS, count_rows
from concerted.planning.rules.counts import Counted
from concerted.planning.rules.kinds import ServiceKind

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
            "may_count": bool(mine),
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
    newest = read.last_whole_month(timezone.localdate())
    month = min(month_of(request.GET.get("month", "")) or newest, timezone.localdate().replace(day=1))
    exact = access.may(request.user, "R", COUNTING, territory)
    held = read.counts_held([pk], month, month)
    shown = read.shown_counts(held, [pk] if exact else ()).get((pk, month), {})
    counted = {of.service for of in shown}
    return render(
        request,
        "planning/counts_place.html",
        {
            "territory": territory,
            "month": month,
            "before": add_months(month, -1),
            "after": add_months(month, 1) if month < newest else None,
            "exact": exact,
            "lines": [(count_name(of), one) for of, one in sorted(shown.items())],
            "services": [(kind, name, kind in counted) for kind, name in KINDS.items()],
            "may_count": access.may(request.user, "C", COUNTING, territory),
        },
    )


def _asked(request: Request, pk: int, month: str, service: str) -> tuple[Territory, date, ServiceKind]:
    territory = access.fetch(request.user, "C", COUNTING, Territory.objects.all(), pk=pk)
    day = month_of(month)
    if day is None or service not in KINDS:
        raise Http404
    return territory, day, ServiceKind(service)


@writes(COUNTING, "C")
def count(request: Request, pk: int, month: str, service: str) -> HttpResponse:
    """Count a month of one service: what is known is filled in, an empty box is no data."""
    territory, day, kind = _asked(request, pk, month, service)
    held = read.counts_held([pk], day, day).get((pk, day), {})
    form = MonthForm(kind, held, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.count_month(territory, day, form.told(held), why=form.reason, by=request.user, at=timezone.now())
        except services.CountRefused as refusal:
            form.add_error("why" if "why" in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The month is kept."))
            return redirect(f"{_place(pk)}?month={month}")
    context: dict[str, Any] = {"territory": territory, "month": day, "service": KINDS[kind], "form": form}
    return render(request, "planning/count.html", context)


def _place(pk: int) -> str:
    return redirect("planning:counts_place", pk=pk)["Location"]


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
