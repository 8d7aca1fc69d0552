from django.utils.translation import gettext as _

from concerted.directory.access import above
from concerted.directory.models import Agency, Group, Territory
from concerted.directory.rules import Scope


class RoleRefused(Exception):
    """The role cannot be given, confirmed or ended so; the message says why and what to do."""


def scope_of(kind: str, scope_id: int | None) -> Scope:
    """The scope with the territories above it. Raises RoleRefused when its agency, territory or group is not there."""
    if kind == "everywhere":
        return Scope(kind)
    if kind == "agency":
        agency = Agency.objects.filter(pk=scope_id or 0).first()
        if agency is not None:
            return Scope(kind, agency.pk, above([agency.territory_id])())
    elif kind == "territory" and Territory.objects.filter(pk=scope_id or 0).exists():
        return Scope(kind, scope_id, above([scope_id])())
    elif kind == "group":
        group = Group.objects.filter(pk=scope_id or 0).first()
        if group is not None:
            return Scope(kind, group.pk, above([group.territory_id])())
    raise RoleRefused(_("Say for which agency, territory or group the role is."))
