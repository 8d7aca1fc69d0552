from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import ENTRY, JOINING, POSITION, ROLES, STAFF, STAFF_MEMBER
from concerted.directory.forms import EndForm, PersonForm, StaffForm
from concerted.directory.models import Agency, Person, Position
from concerted.directory.services.people import PersonRefused
from concerted.directory.services.positions import PositionRefused
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes


@writes(STAFF, "C")
def add(request: Request, public: str) -> HttpResponse:
    """Enter a member of staff with her post, with or without an account to come."""
    agency = access.fetch(request.user, "C", STAFF, Agency.objects.all(), public=public)
    form = StaffForm(agency, request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said, facts = form.cleaned_data, {"by": request.user, "at": timezone.now()}
        try:
            with transaction.atomic():
                person = services.add_person(
                    name=said["name"], email=said["email"] or None, language=said["language"], **facts
                )
                services.hold_position(
                    person, agency, said["profession"], since=said["since"], stage=said["stage"], **facts
                )
        except (PersonRefused, PositionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is entered.") % {"name": person.name})
            return redirect("directory:agency", public=agency.public)
    context = {"form": form, "heading": _("Enter a member of staff"), "next": _("Save"), "agency": agency}
    return render(request, "directory/form.html", context)


@reads(ENTRY)
def page(request: Request, public: str) -> HttpResponse:
    """One person: where she works, and what she holds."""
    try:
        person = access.fetch(request.user, "R", ENTRY, Person.objects.filter(erased_at=None), public=public)
    except Http404:
        remains = queries.entry_that_remains(public)
        if remains is None or not access.may(request.user, "R", ENTRY, remains):
            raise
        return redirect("directory:person", public=remains.public)
    today = timezone.localdate()
    positions = list(queries.positions_of(person))
    own = person.pk == request.user.pk
    context = {
        "person": person,
        "now": [one for one in positions if one.since <= today and (one.until is None or one.until > today)],
        "before": [one for one in positions if one.until is not None and one.until <= today] if own else [],
        "roles": queries.roles_of(person) if own or access.may(request.user, "R", ROLES) else [],
        "may_change": access.may(request.user, "U", STAFF_MEMBER, person),
        "may_end": {one.pk for one in positions if access.may(request.user, "U", POSITION, one)},
        "may_join": not own and access.may(request.user, "U", JOINING, person),
        "may_give": not own and bool(services.roles_to_give(request.user)),
    }
    return render(request, "directory/person.html", context)


@writes(STAFF_MEMBER, "U")
def change(request: Request, public: str) -> HttpResponse:
    """Correct the entry of one's own member of staff."""
    person = access.fetch(request.user, "U", STAFF_MEMBER, Person.objects.all(), public=public)
    initial = {"name": person.name, "email": queries.address_shown(person), "language": person.language}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.change_person(
                person,
                name=said["name"],
                email=said["email"] or None,
                language=said["language"],
                by=request.user,
                at=timezone.now(),
            )
        except PersonRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:person", public=person.public)
    return render(request, "directory/form.html", {"form": form, "heading": person.name, "next": _("Save")})


@writes(POSITION, "U")
def end(request: Request, pk: int) -> HttpResponse:
    """Write that somebody leaves a post."""
    positions = Position.objects.select_related("person", "agency", "profession")
    position = access.fetch(request.user, "U", POSITION, positions, pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_position(position, form.cleaned_data["until"], by=request.user, at=timezone.now())
        except PositionRefused as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, _("The end of the position is written."))
            return redirect("directory:agency", public=position.agency.public)
    context = {
        "form": form,
        "heading": _("%(name)s leaves this post") % {"name": position.person.name},
        "lead": f"{position.profession.name}, {position.agency.name}",
        "next": _("Save"),
    }
    return render(request, "directory/form.html", context)
