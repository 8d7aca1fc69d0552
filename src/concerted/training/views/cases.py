"""The case studies there are, and how to begin one: alone, or with a group."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Group
from concerted.directory.queries import sector_of
from concerted.kit import access, exports
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import CaseGroup
from concerted.practice.services import CaseRefused
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import CASE_LED, CASE_SEAT, MODULE, TAKING
from concerted.training.forms import CaseGroupForm, CaseSeatForm
from concerted.training.queries.cases import alone_at, case_at, case_lines, groups_to_open_for, written_by
from concerted.training.queries.words import words_in


@reads(MODULE)
def index(request: Request) -> HttpResponse:
    """The case studies there are, what she has begun first, and her groups."""
    reading = text.reading_language(request.user)
    lines, groups = case_lines(request.user, reading.code)
    return render(request, "training/cases.html", {"lines": lines, "groups": groups, "reading": reading})


def _found(code: str) -> Any:
    found = case_at(code)
    if found is None:
        raise Http404
    return found


def _context(request: Request, found: Any) -> dict[str, Any]:
    languages = text.offered(found.languages)
    reading = text.reading_among(request.user, languages)
    words = words_in(found.published.version_id, reading)
    return {
        "case": found,
        "reading": reading,
        "languages": languages,
        "words": words,
        "foreign": words.missing or words.behind,
    }


@reads(MODULE)
def case(request: Request, code: str) -> HttpResponse:
    """One case study: what it is about, who is asked, and how to begin."""
    found = _found(code)
    context = _context(request, found)
    last = alone_at(found, request.user)
    sectors = list(found.sectors.all())
    own = sector_of(request.user.pk, timezone.localdate())
    context |= {
        "aims": [section for key, section in context["words"].items() if key.startswith("aim-")],
        "sectors": sectors,
        "open": last if last is not None and last.finished_at is None else None,
        "last": last,
        "form": CaseSeatForm(None, sectors, own),
        "leads": access.may(request.user, "C", CASE_LED),
    }
    return render(request, "training/case.html", context)


@writes(CASE_SEAT, "C")
def start(request: Request, code: str) -> HttpResponse:
    """Begin alone, or go on where she stopped."""
    found = _found(code)
    if request.method != "POST":
        return redirect("training:case", code=code)
    form = CaseSeatForm(request.POST, list(found.sectors.all()))
    sector = form.chosen() if form.is_valid() else None
    group = services.start_case(found, sector, by=request.user, at=timezone.now())
    return redirect("training:case_step", public=group.public, number=1 if group.finished_at else group.step)


@writes(CASE_LED, "C")
def open_group(request: Request, code: str) -> HttpResponse:
    """Open a group that works on it together, and lead it."""
    found = _found(code)
    form = CaseGroupForm(request.POST or None, groups_to_open_for(request.user))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            group = services.open_case(found, said["name"], said["group"], by=request.user, at=timezone.now())
        except CaseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("training:case_lead", public=group.public)
    return render(request, "training/case_open.html", _context(request, found) | {"form": form})


@reads(TAKING, "X")
def written(request: Request) -> HttpResponseBase:
    """What she wrote on case studies, as a file of her own."""
    reading = text.reading_language(request.user)
    columns = [_("Case study"), _("Question"), _("What I wrote"), _("Day"), _("Comments")]
    return exports.answer("csv", columns, written_by(request.user, reading), "answers")


def way_to_cases(by: Any, group: Group) -> tuple[str, str] | None:
    """The way from the page of a group of the directory to the case studies, for whoever may lead it through one."""
    if group.closed_on or not access.may(by, "C", CASE_LED, CaseGroup(leader=by, group=group)):
        return None
    return _("Work on a case study with this group"), reverse("training:cases")
