from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.text import queries as text
from concerted.training.access import LOCAL
from concerted.training.forms import LocalWordsForm
from concerted.training.queries.local import around_of, held_in, slot_lines
from concerted.training.queries.moved import places_moved
from concerted.training.services.local import LocalRefused, fill_slot
from concerted.training.slots import DEFAULTS, EMPTY, KNOWN


@reads(LOCAL)
def slots(request: Request) -> HttpResponse:
    """Every local slot: what belongs into it, where it is filled, what has moved around it."""
    lines = slot_lines()
    context = {
        "lines": lines,
        "filled": sum(bool(line.languages) for line in lines),
        "may_fill": access.may(request.user, "U", LOCAL),
    }
    return render(request, "training/slots.html", context)


@writes(LOCAL, "U")
def slot(request: Request, slot: str) -> HttpResponse:
    """One slot in every language of the interface and of the texts; each language is saved by itself."""
    if slot not in KNOWN:
        raise Http404
    asked = request.POST.get("language", "")
    held, now = held_in(slot), around_of(slot)
    forms = []
    opened = {str(one.code): one for one in text.all_languages()}
    names = dict(settings.LANGUAGES) | {code: one.name for code, one in opened.items()}
    for code, name in names.items():
        row = held.get(code)
        marked = opened[code].code if code in opened else code
        initial = {"language": marked, "markdown": row.markdown if row else "", "source": row.source if row else ""}
        form = LocalWordsForm(request.POST if asked == code else None, initial=initial, auto_id=f"id_{code}_%s")
        forms.append({"code": marked, "name": name, "form": form, "row": row, "moved": bool(row and row.around != now)})
        if asked == code and form.is_valid():
            said = form.cleaned_data
            try:
                fill_slot(slot, code, said["markdown"], said["source"], by=request.user, at=timezone.now())
            except LocalRefused as refusal:
                form.add_error("source" if not said["source"].strip() else "markdown", str(refusal))
            else:
                messages.success(request, _("Saved. Lessons show it from now on."))
                return redirect("training:slot", slot=slot)
    # The oldest of those to look at again: what is new since then is new to the others, or was looked at there.
    since = min((row.at for row in held.values() if row.markdown and row.around != now), default=None)
    places = places_moved(slot, since, text.reading_language(request.user).code) if since else []
    context = {
        "slot": slot,
        "what": KNOWN[slot],
        "default": DEFAULTS.get(slot, EMPTY),
        "forms": forms,
        "since": since,
        "places": places,
    }
    return render(request, "training/slot.html", context)
