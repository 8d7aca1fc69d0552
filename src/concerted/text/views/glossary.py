from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.text import services
from concerted.text.access import GLOSSARY
from concerted.text.forms import EntryForm
from concerted.text.models import ContentLanguage
from concerted.text.queries.glossary import GlossaryLine, glossary_lines, wordings_of
from concerted.text.services import GlossaryMoved, GlossaryRefused
from concerted.text.services.glossary import token_of


@reads(GLOSSARY)
def index(request: Request, code: str) -> HttpResponse:
    """The glossary of a language: what to write, what to avoid, and why; what was taken out for those who may write."""
    into = get_object_or_404(ContentLanguage, pk=code)
    lines = glossary_lines(code)
    may_write = access.may(request.user, "U", GLOSSARY, into)
    context = {
        "into": into,
        "lines": [line for line in lines if not line.gone],
        "gone": [line for line in lines if line.gone and may_write],
        "may_write": may_write,
    }
    return render(request, "text/words.html", context)


def _of_hers(request: Request, code: str, verb: str) -> ContentLanguage:
    into = get_object_or_404(ContentLanguage, pk=code)
    access.allow(request.user, verb, GLOSSARY, into)
    return into


@writes(GLOSSARY, "C")
def add(request: Request, code: str) -> HttpResponse:
    """A new entry."""
    into = _of_hers(request, code, "C")
    form, status = EntryForm(into, request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.write_entry(
                into, form.cleaned_data["key"], form.words, seen="", by=request.user, at=timezone.now()
            )
        except GlossaryRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The glossary says so from now on."))
            return redirect("text:words", code=code)
    return render(request, "text/entry.html", {"into": into, "form": form}, status=status)


def _line(code: str, key: str) -> GlossaryLine:
    line = next((line for line in glossary_lines(code) if line.key == key), None)
    if line is None:
        raise Http404
    return line


@writes(GLOSSARY, "U")
def entry(request: Request, code: str, key: str) -> HttpResponse:
    """Change an entry, or take it out; with all that was written for it before."""
    into = _of_hers(request, code, "U")
    line = _line(code, key)
    form = EntryForm(into, request.POST or None, initial=_initial(line))
    status, moved = 200, False
    if request.method == "POST" and form.is_valid():
        try:
            said = _write(request, into, key, form)
        except GlossaryRefused as refusal:
            status, moved = 409, isinstance(refusal, GlossaryMoved)
            if moved:
                form.say_again(seen=token_of(line))
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("text:words", code=code)
    context = {
        "into": into,
        "form": form,
        "line": line,
        "moved": moved,
        "wordings": wordings_of(code, key),
    }
    return render(request, "text/entry.html", context, status=status)


def _write(request: Request, into: ContentLanguage, key: str, form: EntryForm) -> str:
    """Do what she pressed, and what to tell her then; raises GlossaryRefused."""
    seen, by, at = form.cleaned_data["seen"], request.user, timezone.now()
    if request.POST.get("do") == "out":
        services.take_out(into, key, seen=seen, by=by, at=at)
        return _("Taken out. It stands below, if you want it back.")
    services.write_entry(into, key, form.words, seen=seen, by=by, at=at)
    return _("The glossary says so from now on.")


def _initial(line: GlossaryLine) -> dict[str, Any]:
    words = line.words
    return {
        "prefer": words.prefer,
        "avoid": "\n".join(words.avoid),
        "why": words.why,
        "terms": "\n".join(words.terms),
        "idea": words.idea,
        "key": line.key,
        "seen": token_of(line),
    }
