"""The pages of who leads a group: all answers, notes, what comes out next, comments and people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.access import people_shown_to
from concerted.directory.models import Person
from concerted.kit import access
from concerted.kit.forms import FindForm
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import CaseAnswer, CaseGroup
from concerted.practice.services import CaseRefused
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import CASE_LED
from concerted.training.forms import CaseCommentForm
from concerted.training.queries.case_steps import members_named, sitting_of
from concerted.training.queries.cases import people_to_add
from concerted.training.views.answers import form_key


def _group(request: Request, verb: str, public: str) -> Any:
    groups = CaseGroup.objects.select_related("case", "version", "group").filter(leader__isnull=False)
    return access.fetch(request.user, verb, CASE_LED, groups, public=public)


def _context(request: Request, found: CaseGroup) -> dict[str, Any]:
    reading = text.reading_language(request.user)
    sitting = sitting_of(found, request.user, reading)
    steps = range(1, len(sitting.shape.steps) + 1)
    return {
        "sitting": sitting,
        "reading": reading,
        "steps": [sitting.step(number) for number in steps],
        "people": sum(sitting.seats.values()),
    }


@reads(CASE_LED)
def lead(request: Request, public: str) -> HttpResponse:
    """Everything she needs to lead: who has answered what, the notes, the model answers, and the one button."""
    found = _group(request, "R", public)
    context = _context(request, found)
    now = None if found.finished_at else context["steps"][found.step - 1]
    members = members_named(found, request.user)
    return render(request, "training/case_lead.html", context | {"now": now, "members": members})


@writes(CASE_LED, "U")
def release(request: Request, public: str) -> HttpResponse:
    """Bring out what follows, whoever still owes an answer. Pressed twice, it goes on once."""
    found = _group(request, "U", public)
    step = request.POST.get("step", "")
    if request.method == "POST" and step.isdecimal() and len(step) < 4:
        services.release_step(found, int(step), by=request.user, at=timezone.now())
        messages.success(request, _("The group has gone on. Everybody in it is told."))
    return redirect("training:case_lead", public=public)


@writes(CASE_LED, "U")
def comment(request: Request, public: str, question: str) -> HttpResponse:
    """One answer, with what she says of it."""
    found = _group(request, "U", public)
    answers = CaseAnswer.objects.filter(group=found, handed_in_at__isnull=False).prefetch_related("comments")
    answer = get_object_or_404(answers.select_related("group"), question=question)
    form = CaseCommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"client_key": form_key(request), "by": request.user, "at": timezone.now()}
        try:
            services.comment_on_answer(answer, form.cleaned_data["text"], **facts)
        except CaseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your comment is saved. The group is told."))
            return redirect("training:case_lead", public=public)
    context = _context(request, found)
    asked = next((one for step in context["steps"] for one in step.asked if one.key == question), None)
    if asked is None:
        raise Http404
    key = form_key(request, fresh=request.method != "POST")
    return render(request, "training/case_comment.html", context | {"form": form, "asked": asked, "key": key})


@writes(CASE_LED, "U")
def people(request: Request, public: str) -> HttpResponse:
    """Find somebody by name or address, and add her to the group."""
    found = _group(request, "U", public)
    if request.method == "POST":
        person = _chosen(request)
        try:
            if person is None:
                raise CaseRefused(_("Nobody was chosen. Find somebody first."))
            services.add_to_case(found, person, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s is in the group, and is told.") % {"name": person.name})
        except CaseRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("training:case_lead", public=public)
    form = FindForm(request.GET if "who" in request.GET else None)
    shown = people_to_add(found, request.user, form.cleaned_data["who"]) if form.is_bound and form.is_valid() else None
    return render(request, "training/case_people.html", {"group": found, "form": form, "people": shown})


def _chosen(request: Request) -> Person | None:
    """Whom the form names, if she may find her."""
    try:
        public = UUID(request.POST.get("person", ""))
    except ValueError:
        return None
    return people_shown_to(request.user).filter(public=public).first()
