from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concerted.directory import hooks, queries, services
from concerted.directory.access import GROUP, MEMBER, STAFF, filter_territories, people_to_add
from concerted.directory.forms import GroupForm
from concerted.directory.models import Group, Membership, Territory
from concerted.directory.services.groups import GroupRefused
from concerted.kit import access
from concerted.kit.forms import FindForm
from concerted.kit.guards import Request, reads, writes
from concerted.kit.tables import Column, Filter, Table


def _linked(group: Group) -> str:
    return format_html('<a href="{}">{}</a>', reverse("directory:group", args=[group.public]), group.name)


@reads(GROUP)
def index(request: Request) -> HttpResponse:
    """The groups she is in or trains, and those within what she coordinates."""
    closed = request.GET.get("closed") == "1"
    table = Table(
        [
            Column("name", _("Group"), value=_linked, sort="name", plain=lambda group: group.name),
            Column("kind", _("Kind"), value=lambda group: group.get_kind_display()),
            Column("territory", _("Where"), value=lambda group: group.territory.name, sort="territory__name"),
            Column("people", _("People"), numeric=True, sort="people"),
        ],
        queries.groups_in_reach(request.user, timezone.localdate(), closed=closed),
        request.GET,
        caption=_("Groups"),
        filters=[
            Filter("q", _("Name or place"), ("name__icontains", "territory__name__icontains")),
            Filter("kind", _("Kind"), ("kind",), list(Group.Kind.choices)),
        ],
        order="name",
        empty=_("No group you may see is closed.") if closed else _("You are in no group yet."),
    )
    context = {"table": table, "closed": closed, "may_add": access.may(request.user, "C", GROUP)}
    return render(request, "directory/groups.html", context)


def found_group(request: Request, public: str, verb: str) -> Group:
    """The group with this key, where she may do this to it; else "not found"."""
    groups = Group.objects.select_related("territory")
    return access.fetch(request.user, verb, GROUP, groups, public=public)


@reads(GROUP)
def page(request: Request, public: str) -> HttpResponse:
    """One group: how many are in it, and who, as far as the reader may see them."""
    group, today = found_group(request, public, "R"), timezone.localdate()
    context = {
        "group": group,
        "members": queries.members_of(group, request.user, today),
        "own": queries.membership_of(group, request.user, today),
        "keeps": access.may(request.user, "U", GROUP, group),
        "ways": hooks.ways_from(request.user, group),
    }
    return render(request, "directory/group.html", context | _found(request, group))


def _found(request: Request, group: Group) -> dict[str, object]:
    """Whom she may add: by three letters of a name where she keeps staff, by the whole address elsewhere."""
    if group.closed_on or not access.may(request.user, "C", MEMBER, Membership(group=group)):
        return {}
    form = FindForm(request.GET if "who" in request.GET else None)
    people = None
    if form.is_bound and form.is_valid():
        within, keeps = (access.reach(request.user, "C", line) for line in (MEMBER, STAFF))
        people = queries.find_people(
            form.cleaned_data["who"], within, timezone.localdate(), besides=None, by_name=keeps
        )
    return {"form": form, "people": people}


@writes(GROUP, "C")
def add(request: Request) -> HttpResponse:
    """Make a group."""
    within = filter_territories(access.reach(request.user, "C", GROUP), Territory.objects.all())
    form = GroupForm(within, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = services.make_group(**form.cleaned_data, by=request.user, at=timezone.now())
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The group is made. Now add its people."))
            return redirect("directory:group", public=group.public)
    context = {
        "form": form,
        "heading": _("Make a group"),
        "lead": _("For people of several agencies who learn or work together. Its name and size are no secret."),
        "next": _("Make the group"),
    }
    return render(request, "directory/form.html", context)


@writes(MEMBER, "C")
def member(request: Request, public: str, person: str) -> HttpResponse:
    """Add somebody she found to the group; who is in it already can be taken out here."""
    group = Group.objects.select_related("territory").filter(public=public).first()
    if group is None:
        raise Http404
    access.allow(request.user, "C", MEMBER, Membership(group=group))
    found = people_to_add(request.user).filter(public=person).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            services.add_member(group, found, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s is in the group from today on.") % {"name": found.name})
        except GroupRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("directory:group", public=group.public)
    held = queries.membership_of(group, found, timezone.localdate())
    return render(request, "directory/group_member.html", {"group": group, "person": found, "held": held})


@writes(MEMBER, "U")
def end(request: Request, pk: int) -> HttpResponse:
    """Leave a group, or take somebody out of it."""
    memberships = Membership.objects.select_related("group", "person")
    membership = access.fetch(request.user, "U", MEMBER, memberships, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    own = membership.person_id == request.user.pk
    try:
        services.end_membership(membership, by=request.user, at=timezone.now())
        messages.success(request, _("You left the group.") if own else _("The membership has ended."))
    except GroupRefused as refusal:
        messages.error(request, str(refusal))
    if access.may(request.user, "R", GROUP, membership.group):
        return redirect("directory:group", public=membership.group.public)
    return redirect("directory:groups")
