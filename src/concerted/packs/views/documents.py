from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.kit.guards import Request, writes
from concerted.packs.forms import AskForm, DocumentForm, RemarkForm
from concerted.packs.manuscript.keys import key_of
from concerted.packs.manuscript.refusal import ManuscriptRefused
from concerted.packs.manuscript.telling import changed_words, told
from concerted.packs.manuscript.tree import LeftOut
from concerted.packs.services import bring_document
from concerted.training.access import MODULE_PROPOSAL
from concerted.training.models import ModuleProposal
from concerted.training.queries.proposals import modules_proposed
from concerted.training.services import ProposalRefused, ask_for_module, decide_module, drop_module

#: Proposals on a page.
SIZE = 20


@writes(MODULE_PROPOSAL, "C")
def index(request: Request) -> HttpResponse:
    """Bring a document; what one brought, and what waits for a second person."""
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        content = said["file"].read()
        try:
            kept = bring_document(content, form.name, said["language"], by=request.user, at=timezone.now())
        except ManuscriptRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("packs:document", public=kept.public)
    page = Paginator(modules_proposed(request.user), SIZE).get_page(request.GET.get("page"))
    return render(request, "packs/documents.html", {"form": form, "page": page})


def _opened(request: Request, public: Any) -> ModuleProposal:
    """Hers, or one that waits; others are not there."""
    held = modules_proposed(request.user).defer(None).filter(public=public).first()
    if held is None:
        raise Http404
    return held


@writes(MODULE_PROPOSAL, "C")
def document(request: Request, public: Any) -> HttpResponse:
    """What a document would become, part by part; then ask a second person to publish it."""
    held = _opened(request, public)
    form = _ask_form(held, request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_module(held, **form.cleaned_data, by=request.user, at=timezone.now())
        except ProposalRefused as refusal:
            status = 409
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It waits for a second person."))
            return redirect("packs:document", public=held.public)
    return _shown(request, held, form, RemarkForm(), status)


def _ask_form(held: ModuleProposal, data: Any = None) -> AskForm:
    code = held.code or key_of(held.title)
    return AskForm(data, initial={"code": code, "summary": held.summary, "aims": "\n".join(held.aims)})


def _shown(
    request: Request, held: ModuleProposal, form: AskForm, remark: RemarkForm, status: int = 200
) -> HttpResponse:
    context = {
        "proposal": held,
        "form": form,
        "remark": remark,
        "mine": held.by_id == request.user.pk,
        "units": [(unit["sections"][0]["markdown"], unit["minutes"], unit["sections"][1:]) for unit in held.units],
        "left_out": [told(LeftOut(**one)) for one in held.told.get("left_out", [])],
        "changed": changed_words(held.told.get("changed", [])),
    }
    return render(request, "packs/document.html", context, status=status)


@writes(MODULE_PROPOSAL, "C")
def decide(request: Request, public: Any) -> HttpResponse:
    """Publish what another brought, or give it back."""
    held = _opened(request, public)
    if request.method != "POST":
        return redirect("packs:document", public=held.public)
    accept = request.POST.get("do") == "publish"
    remark = RemarkForm(request.POST)
    remark.fields["remark"].required = not accept
    if not remark.is_valid():
        return _shown(request, held, _ask_form(held), remark)
    try:
        published = decide_module(
            held, accept=accept, remark=remark.cleaned_data["remark"], by=request.user, at=timezone.now()
        )
    except ProposalRefused as refusal:
        remark.add_error(None, str(refusal))
        return _shown(request, held, _ask_form(held), remark, 409)
    if published is None:
        messages.success(request, _("Given back."))
        return redirect("packs:documents")
    messages.success(request, _("Published. Everybody can take it now."))
    return redirect("training:module", code=published.module.code)


@writes(MODULE_PROPOSAL, "C")
def drop(request: Request, public: Any) -> HttpResponse:
    """Throw away what one brought."""
    held = _opened(request, public)
    if request.method == "POST":
        try:
            drop_module(held, by=request.user)
        except ProposalRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("packs:document", public=held.public)
        messages.success(request, _("Thrown away. Nothing of it is kept."))
    return redirect("packs:documents")
