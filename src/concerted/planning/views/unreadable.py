"""A kept plan that the program of today cannot read or work out: what is wrong with it, where, and how to go on."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import render

from concerted.kit import access
from concerted.kit.guards import Request
from concerted.planning.access import PLAN
from concerted.planning.forms.plans import OwnPlanForm
from concerted.planning.models import KeptPlan

if TYPE_CHECKING:
    from concerted.planning.rules.plan import Fault

#: Before the public id of a kept plan of one's own, where else a plan file is named.
OWN_NAME = "kept-"
#: The plan is there, and what the program is today does not go with it.
_CONFLICT = 409


class Unreadable(ValueError):
    """A kept plan with faults that its page found itself."""

    def __init__(self, faults: "tuple[Fault, ...]") -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def told_where_unreadable(view: Callable[..., Any]) -> Callable[..., Any]:
    """Beneath `reads` or `writes` of a page of a kept plan: a page that says what is wrong, in place of an error."""

    @wraps(view)
    def shown(request: Request, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = view(request, *args, **named)
        except (ValueError, LookupError) as refused:
            faults = _faults(refused)
            kept = None if faults is None else _kept(request, named)
            if kept is None or faults is None:
                raise
            return _page(request, kept, faults)
        return answer

    return shown


def _faults(refused: Exception) -> "tuple[Fault, ...] | None":
    """What is wrong with the plan; nothing is listed where its file is gone. None where it is not about the plan."""
    # Here, so that pages that do not plan load no arrays.
    from concerted.maths.figures import OutOfRange
    from concerted.planning.queries.plan_files import NoSuchPlan
    from concerted.planning.rules.plan import PlanFaults, faults_of

    if isinstance(refused, NoSuchPlan):
        return ()
    if isinstance(refused, Unreadable):
        return refused.faults
    return faults_of(refused) if isinstance(refused, PlanFaults | OutOfRange) else None


def _kept(request: Request, named: dict[str, Any]) -> KeptPlan | None:
    """The kept plan that the page was asked for; None where it was a plan file of the program."""
    said = named.get("public") or named.get("name", "").removeprefix(OWN_NAME) or request.GET.get("plan", "")
    try:
        public = UUID(str(said))
    except ValueError:
        return None
    rows = KeptPlan.objects.select_related("agency", "territory", "by")
    found: KeptPlan = access.fetch(request.user, "R", PLAN, rows, public=public)
    return found


def lines_at_fault(faults: "tuple[Fault, ...]", text: str) -> list[tuple[Any, str]]:
    """Each fault with the line of the text that it means, as it stands there."""
    lines = ["", *text.split("\n")]
    return [(fault, lines[fault.line] if fault.line < len(lines) else "") for fault in faults]


def _page(request: Request, kept: KeptPlan, faults: "tuple[Fault, ...]") -> HttpResponseBase:
    if request.path.endswith(".json"):
        told = [{"line": one.line, "place": one.place, "message": str(one.message)} for one in faults]
        return JsonResponse({"title": kept.title, "faults": told}, status=_CONFLICT)
    context = {
        "kept": kept,
        "faults": lines_at_fault(faults, kept.file),
        "changes": {place: str(value) for place, value in kept.changes.items()},
        "form": OwnPlanForm(initial={"text": kept.file}) if kept.file else None,
        "may_keep": access.may(request.user, "C", PLAN),
    }
    return render(request, "planning/unreadable.html", context, status=_CONFLICT)
