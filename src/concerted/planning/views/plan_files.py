"""A plan as a file: the workbook with live sums, and all its values."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from concerted.kit import access
from concerted.kit.exports import file_name
from concerted.kit.exports import workbook as as_workbook
from concerted.kit.guards import Request, reads
from concerted.planning.access import PLAN
from concerted.planning.views.plans import kept_context, kept_plans, own_plan, plan_context
from concerted.planning.views.unreadable import told_where_unreadable


@reads(PLAN)
@told_where_unreadable
def workbook(request: Request, name: str) -> HttpResponseBase:
    """The workbook of a plan file with the values in the address."""
    return _workbook(_asked(request, name)) or _told_on_the_page(request, name)


@reads(PLAN)
@told_where_unreadable
def values(request: Request, name: str) -> HttpResponseBase:
    """All values of a plan file with the values in the address."""
    return _values(_asked(request, name)) or _told_on_the_page(request, name)


@reads(PLAN)
@told_where_unreadable
def kept_workbook(request: Request, public: UUID) -> HttpResponseBase:
    """The workbook of a kept plan."""
    return _workbook(_kept(request, public)) or redirect("planning:kept", public=public)


@reads(PLAN)
@told_where_unreadable
def kept_values(request: Request, public: UUID) -> HttpResponseBase:
    """All values of a kept plan."""
    return _values(_kept(request, public)) or redirect("planning:kept", public=public)


@reads(PLAN)
def self_check(request: Request) -> HttpResponse:
    """Published figures beside the same worked out now."""
    from concerted.planning.queries import self_check as checks

    return render(request, "planning/self_check.html", {"found": checks.self_check()})


def _asked(request: Request, name: str) -> dict[str, Any]:
    return plan_context(request, name, request.GET.dict(), own_plan(request, name))


def _kept(request: Request, public: UUID) -> dict[str, Any]:
    plan = access.fetch(request.user, "R", PLAN, kept_plans(), public=public)
    return kept_context(request, plan)


def _refused(context: dict[str, Any]) -> bool:
    """A file of the plan as it was must not pass for one with the values that were asked for."""
    return bool(context["faults"] or context["form"].errors)


def _workbook(context: dict[str, Any]) -> HttpResponseBase | None:
    from concerted.planning.workbook import sheets

    return None if _refused(context) else as_workbook("plan", sheets(context["page"].told))


def _values(context: dict[str, Any]) -> HttpResponseBase | None:
    from concerted.planning.outputs import as_values

    if _refused(context):
        return None
    answer = JsonResponse(as_values(context["page"].told), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{file_name("plan", "json")}"'
    return answer


def _told_on_the_page(request: Request, name: str) -> HttpResponseBase:
    """Back to the page, which tells what is wrong beside the value."""
    return redirect(f"{reverse('planning:example', args=[name])}?{request.GET.urlencode()}")
