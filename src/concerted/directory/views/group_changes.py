"""What becomes of a group: another name, its end, and that it opens again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import GROUP
from concerted.directory.forms import GroupNameForm
from concerted.directory.services.groups import GroupRefused
from concerted.directory.views.groups import found_group
from concerted.kit.guards import Request, writes


@writes(GROUP, "U")
def rename(request: Request, public: str) -> HttpResponse:
    """Give a group another name."""
    group = found_group(request, public, "U")
    form = GroupNameForm(request.POST or None, initial={"name": group.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_group(group, form.cleaned_data["name"], by=request.user, at=timezone.now())
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:group", public=group.public)
    context = {
        "form": form,
        "heading": _("Change the name of %(name)s") % {"name": group.name},
        "lead": _("Its name and size are no secret."),
        "next": _("Save"),
    }
    return render(request, "directory/form.html", context)


@writes(GROUP, "U")
def reopen(request: Request, public: str) -> HttpResponse:
    """Open a closed group again."""
    group = found_group(request, public, "U")
    if request.method == "POST":
        try:
            services.reopen_group(group, by=request.user, at=timezone.now())
            messages.success(request, _("The group is open again. Now add its people."))
        except GroupRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("directory:group", public=group.public)
    return render(request, "directory/group_reopen.html", {"group": group})


@writes(GROUP, "U")
def close(request: Request, public: str) -> HttpResponse:
    """Close a group, with its memberships and the roles given for it."""
    group = found_group(request, public, "U")
    if request.method == "POST":
        try:
            services.close_group(group, by=request.user, at=timezone.now())
            messages.success(request, _("The group is closed."))
        except GroupRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("directory:group", public=group.public)
    people = queries.people_in_group(group, timezone.localdate())
    return render(request, "directory/group_close.html", {"group": group, "people": people})
