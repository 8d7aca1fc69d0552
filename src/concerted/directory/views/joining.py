"""Two entries of one person: found, looked at side by side, joined."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import ENTRY, JOINING
from concerted.directory.forms import JoinForm
from concerted.directory.models import Person
from concerted.directory.queries.joining import Side
from concerted.directory.services.joining import JoiningRefused
from concerted.kit import access
from concerted.kit.forms import FindForm
from concerted.kit.guards import Request, reads, writes


def _entry(request: Request, public: str) -> Person:
    people = Person.objects.filter(erased_at=None)
    person: Person = access.fetch(request.user, "U", JOINING, people, public=public)
    return person


@reads(JOINING, "U")
def index(request: Request, public: str) -> HttpResponse:
    """Look for the other entry of one person: those of the same name first, then by other letters."""
    person, today = _entry(request, public), timezone.localdate()
    within = access.reach(request.user, "U", JOINING)
    form, people = FindForm(request.GET if "who" in request.GET else None), None
    if form.is_bound and form.is_valid():
        people = queries.find_people(form.cleaned_data["who"], within, today, besides=person, hidden_too=False)
    context = {
        "person": person,
        "namesakes": queries.namesakes_of(person, within, today),
        "form": form,
        "people": people,
        "shown": access.may(request.user, "R", ENTRY, person),
    }
    return render(request, "directory/join_find.html", context)


@writes(JOINING, "U")
def both(request: Request, public: str, other: str) -> HttpResponse:
    """The two entries side by side; which remains, and why."""
    remained = _joined_before(request, public, other)
    if remained is not None:
        return remained
    people = [_entry(request, public), _entry(request, other)]
    today = timezone.localdate()
    sides = [queries.side_of(person, today) for person in people]
    refusal = services.refusal_of(*people, by=request.user)
    form = JoinForm(_choices(sides), request.POST or None)
    if request.method == "POST" and refusal is None and form.is_valid():
        kept, gone = sorted(people, key=lambda person: str(person.public) != form.cleaned_data["remains"])
        try:
            services.join_entries(gone, kept, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except JoiningRefused as told:
            form.add_error(None, str(told))
        else:
            messages.success(request, _("%(name)s is one entry now.") % {"name": kept.name})
            return redirect("directory:person", public=kept.public)
    context: dict[str, Any] = {"person": people[0], "sides": sides, "refusal": refusal, "form": form}
    context["roles_end"] = any(side.roles and not side.signs_in for side in sides)
    return render(request, "directory/join.html", context)


def _choices(sides: list[Side]) -> list[tuple[str, str]]:
    """Either may remain; where she signs in with one of them, that one does."""
    lasting = [side for side in sides if side.signs_in] or sides
    names = (_("The first"), _("The second"))
    return [
        (str(side.person.public), f"{name}: {side.person.name}")
        for name, side in zip(names, sides, strict=True)
        if side in lasting
    ]


def _joined_before(request: Request, public: str, other: str) -> HttpResponse | None:
    """The form sent a second time: the answer of the first time, not "not found"."""
    one, two = (queries.entry_that_remains(key) for key in (public, other))
    kept = one or two
    if kept is None or (one and two) or str(kept.public) not in (str(public), str(other)):
        return None
    if not access.may(request.user, "U", JOINING, kept):
        raise Http404
    messages.info(request, _("%(name)s is one entry now.") % {"name": kept.name})
    return redirect("directory:person", public=kept.public)
