from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.kit import access, digits
from concerted.kit.guards import Request, reads, writes
from concerted.text.access import TRANSLATION
from concerted.text.exchange.segments import ExchangeRefused
from concerted.text.forms import BackForm
from concerted.text.models import ContentLanguage, Document
from concerted.text.queries.memory import memories_in
from concerted.text.services.exchange import FORMATS, Imported, export_language, import_file
from concerted.text.services.memory import MemoryTaken, drop_memory


@writes(TRANSLATION, "C")
def exchange(request: Request, code: str) -> HttpResponse:
    """Take texts to one's own tool and bring them back."""
    into = get_object_or_404(ContentLanguage, pk=code)
    access.allow(request.user, "C", TRANSLATION, into)
    form, done = BackForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        done = _bring(request, form)
        if done and not done.left_out:
            messages.success(request, _said(done))
            return redirect("text:language", code=done.language if isinstance(done, Imported) else code)
    context = {"into": into, "form": form, "done": done, "said": _said(done) if done else ""}
    context["memories"] = memories_in(code)
    return render(request, "text/exchange.html", context)


def _said(done: Imported | MemoryTaken) -> str:
    same = digits.number(done.unchanged)
    if isinstance(done, MemoryTaken):
        said = _("%(n)s pairs of the memory are offered to translators now; %(same)s were offered before.")
        return said % {"n": digits.number(done.offered), "same": same}
    return _("%(n)s drafts are taken in; %(same)s parts said nothing new.") % {
        "n": digits.number(done.taken),
        "same": same,
    }


def _bring(request: Request, form: BackForm) -> Imported | MemoryTaken | None:
    try:
        return import_file(form.cleaned_data["file"].read(), by=request.user, at=timezone.now())
    except ExchangeRefused as refusal:
        form.add_error("file", str(refusal))
    except Http404:
        form.add_error("file", _("The file is for a language you do not translate into."))
    return None


@writes(TRANSLATION, "U")
def forget(request: Request, code: str) -> HttpResponse:
    """Take away what a memory offers in this language."""
    into = get_object_or_404(ContentLanguage, pk=code)
    access.allow(request.user, "U", TRANSLATION, into)
    if request.method == "POST":
        try:
            taken_at = parse_datetime(request.POST.get("memory", ""))
        except ValueError:
            taken_at = None
        if taken_at is not None and is_naive(taken_at):
            taken_at = None
        dropped = drop_memory(into, taken_at, by=request.user, at=timezone.now()) if taken_at else 0
        said = ngettext("%(n)s pair is offered no longer.", "%(n)s pairs are offered no longer.", dropped)
        messages.success(request, said % {"n": digits.number(dropped)})
    return redirect("text:exchange", code=code)


@reads(TRANSLATION, "C")
def download(request: Request, code: str, kind: str) -> HttpResponse:
    """The file for her tool, of one document (`doc` in the address) or of everything that is to do."""
    into = get_object_or_404(ContentLanguage, pk=code)
    access.allow(request.user, "C", TRANSLATION, into)
    if kind not in FORMATS:
        raise Http404
    document: Any = None
    if asked := request.GET.get("doc"):
        document = get_object_or_404(Document, key=asked, published__isnull=False)
    try:
        content = export_language(
            code,
            kind,
            document=document,
            prefill="prefill" in request.GET,
            only_to_do=document is None and "all" not in request.GET,
        )
    except ExchangeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("text:exchange", code=code)
    answer = HttpResponse(content, content_type="application/octet-stream")
    # The name tells nothing of what is inside.
    answer["Content-Disposition"] = f'attachment; filename="texts-{code}.{FORMATS[kind][0]}"'
    return answer
