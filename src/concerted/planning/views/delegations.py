"""Duties to be handed down: funds against need, and the statement that both levels sign."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.planning import services
from concerted.planning.access import DELEGATION, PLAN, STATEMENT
from concerted.planning.forms.delegations import DelegationForm, StatementForm
from concerted.planning.models import Delegation, KeptPlan
from concerted.planning.queries.delegations import delegation_shown, delegations, funding_of, statements
from concerted.planning.queries.kept import kept_within
from concerted.planning.queries.known import known_of
from concerted.planning.queries.readiness import ratings_of, readiness_of
from concerted.planning.queries.wording import HANDED, MARKS, STATES, WHY, words_of
from concerted.planning.rules.readiness import Mark, State, Why
from concerted.planning.rules.statement import Handed, covered
from concerted.planning.services.delegations import DelegationRefused
from concerted.planning.services.statements import StatementRefused, level_of
from concerted.planning.views.readiness_charts import funding_chart
from concerted.planning.views.unreadable import told_where_unreadable
from concerted.text import queries as text


@reads(DELEGATION)
def index(request: Request) -> HttpResponse:
    """All duties that were looked at, the newest first."""
    context = {"delegations": delegations(), "may_write": access.may(request.user, "C", DELEGATION)}
    return render(request, "planning/delegations.html", context)


@writes(DELEGATION, "C")
@told_where_unreadable
def new(request: Request) -> HttpResponse:
    """Compare promised funds with need, and keep the comparison."""
    plans = list(kept_within(access.reach(request.user, "R", PLAN))[:20])
    initial = _from_plan(request) if "plan" in request.GET and request.method != "POST" else {}
    form = DelegationForm(request.POST or None, initial={"year": timezone.localdate().year} | initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.keep_delegation(**form.cleaned_data, by=request.user, at=timezone.now())
        except DelegationRefused as refusal:
            form.add_error("promises", str(refusal))
        else:
            messages.success(request, _("The comparison is kept. Each authority's money is filled in from it."))
            return redirect("readiness:delegation", public=kept.public)
    context = {"form": form, "plans": plans, "from_plan": bool(initial)}
    return render(request, "planning/delegation_form.html", context)


def _from_plan(request: Request) -> dict[str, Any]:
    """What a kept plan asks of each territory, as the form has it written, with what is promised for it already."""
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.queries.plan_money import lines_of

    try:
        public = UUID(request.GET["plan"])
    except ValueError as none:
        raise Http404 from none
    rows = KeptPlan.objects.select_related("agency", "territory")
    kept = access.fetch(request.user, "R", PLAN, rows, public=public)
    money = plan_kept(kept).money
    return {"currency": money.currency, "year": money.year, "promises": lines_of(kept, timezone.localdate())}


@reads(DELEGATION)
def delegation(request: Request, public: Any) -> HttpResponse:
    """One duty: who is short first, the smallest transfer, and the reason for every number."""
    kept = access.fetch(request.user, "R", DELEGATION, Delegation.objects.all(), public=public)
    shown = delegation_shown(kept)
    context = {
        "shown": shown,
        "chart": funding_chart(shown),
        "may_write": access.may(request.user, "C", DELEGATION),
    }
    return render(request, "planning/delegation.html", context)


@writes(DELEGATION, "C")
def write(request: Request, public: Any, pk: int) -> HttpResponse:
    """What stands against handing the duty to one authority, and writing the statement."""
    kept = access.fetch(request.user, "C", DELEGATION, Delegation.objects.all(), public=public)
    share = get_object_or_404(kept.shares.select_related("territory", "delegation"), territory=pk)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.write_statement(
                share, override=form.cleaned_data["override"], by=request.user, at=timezone.now()
            )
        except StatementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("readiness:statement", public=made.public)
    on = timezone.localdate()
    ratings = list(ratings_of([share.territory_id]))
    readiness = readiness_of(ratings, known_of(share.territory, on), on)
    rated = next((one for one in ratings if one.kind == "moderated"), None)
    words = words_of(rated.instrument_id, text.reading_language(request.user).code) if rated else {}
    funding = funding_of(share)
    context = {
        "share": share,
        "funding": funding,
        "covered": covered(funding),
        "state": STATES[readiness.state],
        "open": [
            (words[line.key], MARKS[line.mark], WHY[line.why]) for line in readiness.lines if line.mark is not Mark.MET
        ],
        "old": readiness.old,
        "blocked": readiness.state is State.NOT_ASSESSED,
        "gaps": readiness.state is State.GAPS,
        "form": form,
    }
    return render(request, "planning/statement_form.html", context)


def _statement(request: Request, public: Any, verb: str) -> Any:
    return access.fetch(request.user, verb, STATEMENT, statements(), public=public)


@reads(STATEMENT)
def statement(request: Request, public: Any) -> HttpResponse:
    """What both levels sign, to read and to print."""
    found = _statement(request, public, "R")
    content = found.content
    words = words_of(content["instrument"], text.reading_language(request.user).code)
    signed = {signature.level for signature in found.signatures.all()}
    mine = any(signature.by_id == request.user.pk for signature in found.signatures.all())
    may_sign = access.may(request.user, "U", STATEMENT, found) and not mine
    context = {
        "statement": found,
        "content": content,
        "money": content["money"],
        "lines": [
            (words[key], words[f"{key}.level-{level}"], level, MARKS[Mark(mark)], WHY[Why(why)])
            for key, level, mark, why in content["readiness"]["lines"]
        ],
        "handed": HANDED[Handed(content["handed"])],
        "state": STATES[State(content["readiness"]["state"])],
        "done": len(signed) == 2,
        "level": level_of(request.user, found.share.territory, signed) if may_sign else None,
    }
    return render(request, "planning/statement.html", context)


@writes(STATEMENT, "U")
def sign(request: Request, public: Any) -> HttpResponse:
    """Sign for her level what she was shown."""
    found = _statement(request, public, "U")
    if request.method == "POST":
        try:
            services.sign_statement(found.pk, seen=request.POST.get("seen", ""), by=request.user, at=timezone.now())
        except StatementRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("You have signed."))
    return redirect("readiness:statement", public=public)
