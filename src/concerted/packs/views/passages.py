"""The forms of a scenario that is being written: its head, and its passages one by one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Sector
from concerted.kit.forms import write_in
from concerted.kit.guards import Request, writes
from concerted.packs.forms.case_parts import PartForms
from concerted.packs.forms.case_rows import Around
from concerted.packs.forms.heads import HeadForm, initial_of, numbers_of
from concerted.packs.forms.numbers import NumberForms
from concerted.packs.forms.passages import PassageForms, Surroundings
from concerted.packs.queries import titles_in
from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.services.scripts import script_of
from concerted.packs.views.scripts import opened
from concerted.packs.workshop.script import HEAD, has_seats, title_of
from concerted.practice.access import SCRIPT
from concerted.practice.models import PassageDraft, ScenarioDraft
from concerted.practice.services import DraftMoved, DraftRefused, save_head, save_passage, take_out_passage
from concerted.text.views.beside import is_typing

AnyForms = PassageForms | PartForms


@writes(SCRIPT, "U")
def head(request: Request, public: Any) -> HttpResponse:
    """Title, who she is, what changes, what happens by itself."""
    draft = opened(public)
    sectors = [(sector.code, sector.name) for sector in Sector.objects.all()]
    initial = initial_of(draft.head, draft.revision)
    form = HeadForm(request.POST or None, initial=initial, sectors=sectors, seats=has_seats(draft.head))
    numbers = NumberForms(request.POST or None, initial=numbers_of(draft.head), prefix="numbers")
    for one in (form, *numbers):
        write_in(one, draft.language)
    status, other = 200, ""
    if request.method == "POST" and form.is_valid() & numbers.is_valid():
        written = form.head(draft.head, numbers.variables())
        try:
            save_head(draft, written, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now())
        except DraftRefused as refusal:
            status, other = 409, draft.head
            form.see(draft.revision)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("packs:script", public=public)
    faults = [fault for place, fault in script_of(draft).faults if place == HEAD]
    named = title_of(draft.head) or draft.code
    context = {"draft": draft, "named": named, "form": form, "numbers": numbers, "faults": faults, "other": other}
    return render(request, "packs/head.html", context, status=status)


def _passage(draft: ScenarioDraft, key: str) -> PassageDraft:
    held = draft.passages.select_related("by").filter(key=key).first()
    if held is None:
        raise Http404
    return held


@writes(SCRIPT, "U")
def passage(request: Request, public: Any, key: str) -> HttpResponse:
    """One passage: what happens, what can be done, where that leads."""
    draft = opened(public)
    held = _passage(draft, key)
    if request.method == "POST" and request.POST.get("do") == "take-out":
        return _taken_out(request, draft, key)
    forms = _forms(draft, held, request.POST or None)
    if request.method != "POST":
        return _page(request, draft, held, forms)
    refusal, moved = _kept(request, draft, forms)
    if is_typing(request):
        return _beside(request, draft, forms, refusal, moved)
    if not refusal:
        messages.success(request, _("Kept."))
        if "stay" in request.POST:
            return redirect("packs:passage", public=public, key=key)
        return redirect("packs:script", public=public)
    held = _passage(draft, key)
    forms.see(held.revision if moved else None)
    return _page(request, draft, held, forms, refusal, moved, 409 if moved else 200)


def _forms(draft: ScenarioDraft, held: PassageDraft, data: Any) -> AnyForms:
    """The forms of a passage, or of a part of a case conference."""
    if not has_seats(draft.head):
        names = [one["name"] for one in numbers_of(draft.head)]
        around = Surroundings(titles_in(draft), names)
        return PassageForms.of(held.key, held.text, held.revision, around, draft.language, data)
    seats = Around([(sector.code, sector.name) for sector in Sector.objects.all()])
    file = script_of(draft).file
    if isinstance(file, ConferenceFile):
        seats = Around.of(file, seats.sectors)
    return PartForms.of(held.key, held.text, held.revision, seats, draft.language, data)


def _kept(request: Request, draft: ScenarioDraft, forms: AnyForms) -> tuple[str, bool]:
    """Keep what the forms say; why not where it cannot be kept, and whether somebody else's words stand there."""
    if not forms.valid():
        return forms.faults(), False
    text, faults = forms.text()
    if faults:
        return " ".join(f"{fault.message} {fault.remedy}" for fault in faults), False
    said = forms.scene.cleaned_data
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    try:
        kept = save_passage(
            draft, forms.key, text, seen=said["seen"], page=said["page"], typing=is_typing(request), **facts
        )
    except DraftMoved as refusal:
        return str(refusal), True
    except DraftRefused as refusal:
        return str(refusal), False
    forms.see(kept.revision)
    return "", False


def _page(
    request: Request,
    draft: ScenarioDraft,
    held: PassageDraft,
    forms: AnyForms,
    refusal: str = "",
    moved: bool = False,
    status: int = 200,
) -> HttpResponse:
    faults = [fault for place, fault in script_of(draft).faults if place == forms.key]
    context = _context(draft, forms, refusal, held.text if moved else "") | {"faults": faults, "kept_at": None}
    page = "packs/part.html" if isinstance(forms, PartForms) else "packs/passage.html"
    return render(request, page, context, status=status)


def _beside(request: Request, draft: ScenarioDraft, forms: AnyForms, refusal: str, moved: bool) -> HttpResponse:
    """The answer to what the page sends by itself: what stands below the form, never a whole page."""
    held = _passage(draft, forms.key)
    faults = [fault for place, fault in script_of(draft).faults if place == forms.key]
    kept_at = None if refusal else held.at
    context = _context(draft, forms, refusal, held.text if moved else "") | {"faults": faults, "kept_at": kept_at}
    return render(request, "packs/passage.html#kept", context)


def _context(draft: ScenarioDraft, forms: AnyForms, refusal: str, other: str) -> dict[str, Any]:
    return {"draft": draft, "forms": forms, "unkept": refusal, "other": other, "language": draft.language} | {
        "named": title_of(draft.head) or draft.code,
        "playable": forms.kind in ("passage", "ending", "moment")
        and not (isinstance(forms, PartForms) and forms.kind == "ending"),
    }


def _taken_out(request: Request, draft: ScenarioDraft, key: str) -> HttpResponse:
    try:
        take_out_passage(draft, key, by=request.user)
    except DraftRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken out. What led there is named below."))
    return redirect("packs:script", public=draft.public)
