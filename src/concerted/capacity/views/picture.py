from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from concerted.capacity import grid, queries
from concerted.capacity.access import PICTURE
from concerted.capacity.forms import AsAtForm
from concerted.capacity.queries.picture import Cell, Picture
from concerted.directory.models import Agency, Territory, TerritoryLink
from concerted.kit import access
from concerted.kit.guards import Request, reads


def asked_day(request: Request) -> tuple[date, AsAtForm | None]:
    """The day in the address, or today when there is none or it makes no sense; the form says what was wrong."""
    today = timezone.localdate()
    if "on" not in request.GET:
        return today, None
    form = AsAtForm(request.GET)
    return (form.cleaned_data["on"] if form.is_valid() else today), form


def asked_territory(request: Request) -> Territory | None:
    """The territory in the address if she may see its counts; without one, the widest she may see (None: the whole)."""
    reach = access.reach(request.user, "G*", PICTURE)
    asked = request.GET.get("in", "")
    if asked:
        if not asked.isdecimal() or len(asked) > 18:
            raise Http404
        return access.fetch(request.user, "G*", PICTURE, Territory.objects.all(), pk=int(asked))
    if reach.everywhere:
        return None
    mine = Territory.objects.filter(pk__in=reach.territories).first()
    if mine is None:
        raise Http404
    return mine


def _chosen(request: Request, shown: Picture) -> Cell | None:
    """The cell opened, named in the address as row-mandate."""
    asked = request.GET.get("cell", "")
    for row in shown.rows:
        for cell in row.cells:
            if f"{cell.row_id}-{cell.mandate_id}" == asked:
                return cell
    return None


def picture_context(request: Request) -> dict[str, object]:
    """Everything the grid and its side panel show; the coordinator's desk shows the same."""
    on, form = asked_day(request)
    territory = asked_territory(request)
    by = "agency" if request.GET.get("by") == "agency" else "territory"
    shown = queries.picture(territory, on, by=by)
    cell = _chosen(request, shown)
    fixed = {"on": on.isoformat(), "by": shown.by} | ({"in": territory.pk} if territory else {})
    page = reverse("capacity:picture")
    start = f"{page}?{escape(urlencode(fixed))}"
    # Reversed once: the grid may hold a thousand links.
    board = reverse("capacity:agency", args=[0])

    def row_href(row: queries.PictureRow) -> str:
        if shown.by == "agency":
            return f"{board.replace('0', str(row.id))}?on={on.isoformat()}"
        itself = "&by=agency" if shown.territory and shown.territory.pk == row.id else ""
        return f"{page}?on={on.isoformat()}&in={row.id}{itself}"

    return {
        "picture": shown,
        "on": on,
        "today": timezone.localdate(),
        "as_at": form,
        "territory": shown.territory,
        "above": _above(request, territory),
        "heads": grid.heads(shown),
        "body": grid.draw(
            shown,
            cell_href=lambda c: f"{start}&amp;cell={c.row_id}-{c.mandate_id}#cell",
            row_href=row_href,
            chosen=cell,
        ),
        "widest": shown.widest,
        "detail": _detail(shown, cell, on) if cell else None,
        "recounts": queries.open_recounts(),
        "other_by": "territory" if shown.by == "agency" else "agency",
    }


def _above(request: Request, territory: Territory | None) -> list[Territory]:
    """The way down from the widest territory she may see."""
    if territory is None:
        return []
    links = TerritoryLink.objects.filter(descendant=territory).select_related("ancestor").order_by("-depth")
    return [link.ancestor for link in links if access.may(request.user, "G*", PICTURE, link.ancestor)]


def _detail(shown: Picture, cell: Cell, on: date) -> dict[str, object]:
    row = next(row for row in shown.rows if row.id == cell.row_id)
    mandate = next(m for m in shown.mandates if m.id == cell.mandate_id)
    if shown.by == "agency":
        agencies = [row.id]
    elif shown.territory and shown.territory.pk == row.id:
        agencies = list(Agency.objects.filter(territory=row.id).values_list("pk", flat=True))
    else:
        inside = TerritoryLink.objects.filter(ancestor=row.id).values("descendant")
        agencies = list(Agency.objects.filter(territory__in=inside).values_list("pk", flat=True))
    return {"row": row, "mandate": mandate, "cell": cell, "behind": queries.cell_detail(agencies, mandate.id, on)}


@reads(PICTURE, "G*")
def picture(request: Request) -> HttpResponse:
    """The capacity picture: territories or agencies against mandates, as at any day."""
    reach = access.reach(request.user, "G*", PICTURE)
    if not reach.everywhere and not reach.territories and reach.agencies:
        # Who sees the counts of her own agencies alone is led to the first of them.
        return redirect("capacity:agency", pk=min(reach.agencies))
    return render(request, "capacity/picture.html", picture_context(request))
