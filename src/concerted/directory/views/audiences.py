from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concerted.directory import queries, rules, services
from concerted.directory.access import AUDIENCE, filter_agencies, filter_territories, people_shown_to
from concerted.directory.audience_forms import AudienceForm, ticks_of
from concerted.directory.models import Agency, Audience, Person, Position, Territory, TerritoryLink
from concerted.directory.services import AudienceRefused, ReachesNobody
from concerted.kit import access, digits
from concerted.kit.guards import Request, reads, writes
from concerted.kit.tables import Column, Table
from concerted.kit.views import local_path

#: So many names stand beside a count, to see whether the right people are meant.
AMONG = 8


def _typed(request: Request, key: str) -> str:
    """What she searches for; a character no name holds, and PostgreSQL does not take, is left out."""
    return request.GET.get(key, "").replace("\x00", "").strip()[:80]


@reads(AUDIENCE)
def index(request: Request) -> HttpResponse:
    """The audiences she may use, each with how many people it reaches today."""
    found = queries.audiences_in_reach(access.reach(request.user, "R", AUDIENCE))
    asked = _typed(request, "q")
    if asked:
        found = found.filter(name__icontains=asked)
    page = Paginator(found, 25).get_page(digits.plain(request.GET.get("page", "")) or 1)
    context = {
        "page": page,
        "lines": queries.audience_lines(list(page), timezone.localdate()),
        "asked": asked,
        "may_add": access.may(request.user, "C", AUDIENCE),
    }
    return render(request, "directory/audiences.html", context)


def _person_link(held: Position) -> str:
    return format_html('<a href="{}">{}</a>', reverse("directory:person", args=[held.person.public]), held.person.name)


@reads(AUDIENCE)
def page(request: Request, pk: int) -> HttpResponse:
    """One audience: its rule in words, whom it reaches today, and why a person is in it or not."""
    audience = access.fetch(request.user, "R", AUDIENCE, Audience.objects.all(), pk=pk)
    on = timezone.localdate()
    version = queries.newest_versions([audience])[audience.pk]
    members = Table(
        [
            Column("name", _("Name"), value=_person_link),
            Column("profession", _("Profession"), value=lambda held: held.profession.name),
            Column("agency", _("Agency"), value=lambda held: held.agency.name),
        ],
        queries.members_shown_to(request.user, version.rule, on),
        request.GET,
        caption=_("Those you may see by name"),
        empty=_("Nobody you may see by name."),
    )
    wordings = queries.wordings_of(audience)
    context = {
        "audience": audience,
        "place": queries.places_of([audience])[audience.pk],
        "version": version,
        "wording": wordings[0],
        "earlier": wordings[1:],
        "reached": queries.reached_by(version.rule, on),
        "on": on,
        "table": members,
        "may_change": access.may(request.user, "U", AUDIENCE, audience),
    }
    return render(request, "directory/audience.html", context | _why(request, version.rule))


def _asked_about(request: Request) -> Person | None:
    try:
        public = UUID(request.GET.get("person", ""))
    except ValueError:
        return None
    return people_shown_to(request.user).filter(public=public).first()


def _why(request: Request, rule: dict[str, Any]) -> dict[str, Any]:
    """Whom she asks about, and the answer."""
    on = timezone.localdate()
    who = _typed(request, "who")
    person = _asked_about(request)
    return {
        "who": who,
        "found": queries.people_named(request.user, who, on) if who else [],
        "person": person,
        "why": queries.why_person(rule, person, on) if person else [],
    }


def _named(scopes: list[tuple[str, int | None]]) -> list[tuple[str, str]]:
    """The scopes as choices, by the names of their places."""
    made = [Audience(pk=no, scope_kind=kind, scope_id=pk) for no, (kind, pk) in enumerate(scopes, 1)]
    names = queries.places_of(made)
    return [(f"{one.scope_kind}:{one.scope_id or ''}", names[one.pk] or _("everywhere")) for one in made]


def _places(request: Request, audience: Audience | None) -> tuple[Any, Any]:
    """The territories and agencies the form may offer: those she reaches, and those below her own agencies."""
    reach = access.reach(request.user, "C" if audience is None else "U", AUDIENCE)
    agencies = filter_agencies(reach, Agency.objects.all())
    territories = Territory.objects.all()
    if not reach.everywhere:
        around = agencies.order_by().values("territory")
        below = TerritoryLink.objects.filter(ancestor__in=around).order_by().values("descendant")
        hers = filter_territories(reach, Territory.objects.all()).order_by().values("pk")
        territories = territories.filter(pk__in=hers) | territories.filter(pk__in=below)
    return territories, agencies


def _first_values(request: Request, audience: Audience | None) -> tuple[dict[str, Any], bool]:
    """What the form starts with, and whether the rule as it is can be shown in it."""
    first: dict[str, Any] = {"next": local_path(request, request.GET.get("next", ""), "")}
    if audience is None:
        return first, True
    version = queries.newest_versions([audience])[audience.pk]
    ticks = ticks_of(rules.without(version.rule, audience.scope_kind, audience.scope_id))
    return first | {"name": audience.name} | (ticks or {}), ticks is not None


def _write(request: Request, audience: Audience | None) -> HttpResponse:
    """Tick, count as often as one likes, then keep; only "Keep" writes."""
    do = request.POST.get("do", "save" if request.method == "POST" else "")
    scopes = [(audience.scope_kind, audience.scope_id)] if audience else services.scopes_of(request.user)
    first, shown = _first_values(request, audience)
    form = AudienceForm(
        *_places(request, audience), _named(scopes), request.POST or None, initial=first, draft=do in ("count", "find")
    )
    context: dict[str, Any] = {"form": form, "audience": audience, "shown": shown, "nobody": False, "reached": None}
    if form.is_bound and form.is_valid():
        scope = _scope(form, scopes)
        if do == "save":
            try:
                version = services.save_audience(
                    form.cleaned_data["name"],
                    form.rule(),
                    audience=audience,
                    scope=scope,
                    from_day=form.cleaned_data["from_day"],
                    even_if_empty=form.cleaned_data["keep"],
                    by=request.user,
                    at=timezone.now(),
                )
            except ReachesNobody as refusal:
                context["nobody"] = True
                form.add_error(None, str(refusal))
            except AudienceRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The audience is kept."))
                back = reverse("directory:audience", args=[version.audience_id])
                return redirect(local_path(request, form.cleaned_data["next"], back))
        context |= _counted(request, rules.within(form.rule(), *scope))
    part = "#count" if request.headers.get("HX-Request") and do == "count" else ""
    return render(request, f"directory/audience_form.html{part}", context)


def _scope(form: AudienceForm, scopes: list[tuple[str, int | None]]) -> tuple[str, int | None]:
    if "scope" not in form.fields:
        return scopes[0]
    kind, _colon, pk = form.cleaned_data["scope"].partition(":")
    return kind, int(pk) if pk else None


def _counted(request: Request, rule: dict[str, Any]) -> dict[str, Any]:
    """Whom the rule reaches today, with a few names she may see."""
    on = timezone.localdate()
    names = queries.members_shown_to(request.user, rule, on).values_list("person__name", flat=True)[:AMONG]
    return {"reached": queries.reached_by(rule, on), "among": list(dict.fromkeys(names))}


@writes(AUDIENCE, "C")
def add(request: Request) -> HttpResponse:
    """Say whom something is for."""
    return _write(request, None)


@writes(AUDIENCE, "U")
def change(request: Request, pk: int) -> HttpResponse:
    """Write the next version of an audience; those before it stay as they are."""
    return _write(request, access.fetch(request.user, "U", AUDIENCE, Audience.objects.all(), pk=pk))
