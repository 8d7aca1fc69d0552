from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import ROLES, STAFF, filter_agencies, filter_territories, people_to_give_a_role
from concerted.directory.forms import RoleForm
from concerted.directory.models import Agency, Group, Role, Territory
from concerted.directory.rules import NEVER_ALONE
from concerted.directory.services.roles import RoleRefused
from concerted.directory.wordings import alone_in_words
from concerted.kit import access
from concerted.kit.forms import FindForm
from concerted.kit.guards import Request, reads, writes


@reads(ROLES)
def index(request: Request) -> HttpResponse:
    """Roles that wait for a second person, and those in force, as far as she reaches."""
    seen = list(queries.roles_in_reach(access.reach(request.user, "R", ROLES), timezone.localdate()))
    may = queries.roles_in_reach(access.reach(request.user, "U", ROLES), timezone.localdate())
    hers = set(may.values_list("pk", flat=True))
    names = _places(seen)
    now = timezone.now()
    lines = [
        {
            "role": role,
            "place": names.get(role.scope_kind, {}).get(role.scope_id or 0, _("everywhere")),
            "waits": role.confirmed_by_id is None and role.by_id is not None,
            "note": _note(role, now),
            "may_confirm": request.user.pk not in (role.by_id, role.person_id) and role.pk in hers,
            "may_end": role.pk in hers,
        }
        for role in seen
    ]
    waiting = [line for line in lines if line["waits"]]
    held = [line for line in lines if not line["waits"]]
    return render(request, "directory/roles.html", {"waiting": waiting, "held": held} | _found(request))


def _found(request: Request) -> dict[str, object]:
    """Whom she may give a role: by three letters of a name where she keeps staff, by the whole address elsewhere."""
    gives = access.reach(request.user, "C", ROLES)
    if not gives:
        return {}
    form = FindForm(request.GET if "who" in request.GET else None)
    people = None
    if form.is_bound and form.is_valid():
        keeps = access.reach(request.user, "C", STAFF)
        people = queries.find_people(
            form.cleaned_data["who"], gives, timezone.localdate(), besides=request.user, by_name=keeps
        )
    return {"form": form, "people": people}


def _note(role: Role, now: datetime) -> str:
    """What a role that waits is waiting for."""
    if role.confirmed_by_id or role.by_id is None:
        return ""
    if role.alone_at:
        return alone_in_words(role.alone_at, now)
    return _("This role always needs a second person.") if role.role in NEVER_ALONE else ""


def _places(roles: list[Role]) -> dict[str, dict[int, str]]:
    """The agencies, territories and groups of these roles in words. A query for each kind there is."""
    agencies = list(Agency.objects.filter(pk__in=_ids(roles, "agency")))
    groups = list(Group.objects.filter(pk__in=_ids(roles, "group")))
    within = {agency.territory_id for agency in agencies} | {group.territory_id for group in groups}
    territories = queries.places_in_words(Territory.objects.filter(pk__in={*_ids(roles, "territory"), *within}))

    def named(places: Iterable[Agency | Group]) -> dict[int, str]:
        return {place.pk: f"{place.name}, {territories[place.territory_id]}" for place in places}

    return {"agency": named(agencies), "territory": territories, "group": named(groups)}


def _ids(roles: list[Role], kind: str) -> list[int]:
    return [role.scope_id for role in roles if role.scope_kind == kind and role.scope_id]


@writes(ROLES, "C")
def give(request: Request, public: str) -> HttpResponse:
    """Give a person a role; most wait for a second person."""
    person = people_to_give_a_role(request.user).filter(public=public).first()
    if person is None or person.pk == request.user.pk:
        raise Http404
    reach = access.reach(request.user, "C", ROLES)
    form = RoleForm(
        services.roles_to_give(request.user),
        filter_agencies(reach, Agency.objects.all()),
        filter_territories(reach, Territory.objects.all()),
        queries.open_groups(reach),
        request.POST or None,
    )
    if request.method == "POST" and form.is_valid():
        kind, scope = form.scope()
        try:
            given = services.grant_role(
                person, form.cleaned_data["role"], kind, scope, by=request.user, at=timezone.now()
            )
        except RoleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _outcome(given))
            return redirect("directory:roles")
    context = {"form": form, "heading": _("Give %(name)s a role") % {"name": person.name}, "next": _("Give the role")}
    return render(request, "directory/form.html", context)


def _outcome(given: Role) -> str:
    if given.confirmed_by_id:
        return _("The role holds from now on.")
    return (
        alone_in_words(given.alone_at, timezone.now()) if given.alone_at else _("The role waits for a second person.")
    )


def _role(request: Request, pk: int) -> Role:
    role = access.fetch(request.user, "U", ROLES, Role.objects.select_related("person"), pk=pk)
    return role


@writes(ROLES, "U")
def confirm(request: Request, pk: int) -> HttpResponse:
    """Let a role open its doors, as the second person."""
    role = _role(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    try:
        services.confirm_role(role, by=request.user, at=timezone.now())
        messages.success(request, _("The role is confirmed."))
    except RoleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("directory:roles")


@writes(ROLES, "U")
def end(request: Request, pk: int) -> HttpResponse:
    """Take a role back, or withdraw it while it waits."""
    role = _role(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    try:
        services.end_role(role, by=request.user, at=timezone.now())
        waited = role.by_id and not role.confirmed_by_id
        messages.success(request, _("The role is withdrawn.") if waited else _("The role has ended."))
    except RoleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("directory:roles")
