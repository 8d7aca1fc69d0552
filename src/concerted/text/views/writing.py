from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.text import queries, services
from concerted.text.access import DRAFT, PUBLISHING
from concerted.text.forms import EditForm, ReviewForm, SummaryForm
from concerted.text.models import Document, SectionDraft, TextProposal
from concerted.text.queries.writing import EditRow, rows_to_edit, said_of, texts_to_edit
from concerted.text.services import EditRefused
from concerted.text.services.editing import token_of
from concerted.text.views.beside import beside, faults_of, is_typing


@reads(DRAFT)
def index(request: Request) -> HttpResponse:
    """Every published text; what waits for a second person and what has drafts first."""
    words = request.GET.get("words", "")[:100].strip()
    texts = texts_to_edit(words, only_open="open" in request.GET)
    page = Paginator(texts, queries.SIZE).get_page(request.GET.get("page"))
    return render(request, "text/writing.html", {"page": page, "only": "open" in request.GET, "words": words})


def _opened(public: Any) -> Document:
    return get_object_or_404(Document, public=public, published__isnull=False)


def _title(held: Document) -> queries.TitleShown:
    return queries.titles_shown([held.pk], held.language).get(held.pk) or queries.TitleShown(held.key, held.language)


def _proposal(held: Document) -> TextProposal | None:
    return TextProposal.objects.filter(document=held).select_related("by").first()


def _shown(request: Request, held: Document, form: SummaryForm, refusal: str = "", status: int = 200) -> HttpResponse:
    rows = rows_to_edit(held)
    proposal = _proposal(held)
    context = {
        "document": held,
        "title": _title(held),
        "rows": rows,
        "said": said_of(held),
        "drafts": [row for row in rows if row.draft],
        "proposal": proposal,
        "form": form,
        "refusal": refusal,
        "review_form": ReviewForm(),
        "may_edit": access.may(request.user, "U", DRAFT),
        "may_publish": access.may(request.user, "C", PUBLISHING),
        "mine": proposal is not None and proposal.by_id == request.user.pk,
    }
    return render(request, "text/draft.html", context, status=status)


@reads(DRAFT)
def document(request: Request, public: Any) -> HttpResponse:
    """A text part by part, with what its drafts change."""
    return _shown(request, _opened(public), SummaryForm())


def _row(held: Document, key: str) -> EditRow:
    row = next((row for row in rows_to_edit(held) if row.section.key == key), None)
    if row is None:
        raise Http404
    return row


def _edit(request: Request, held: Document, key: str, form: EditForm) -> SectionDraft | None:
    """Keep what the form says; raises EditRefused."""
    said = form.cleaned_data
    return services.edit_section(
        held,
        key,
        title=said.get("title", ""),
        markdown=said.get("markdown", ""),
        seen=said["seen"],
        base=said["base"],
        page=said["page"],
        typing=is_typing(request),
        by=request.user,
        at=timezone.now(),
    )


@writes(DRAFT, "U")
def section(request: Request, public: Any, key: str) -> HttpResponse:
    """Another wording of one part."""
    held = _opened(public)
    row = _row(held, key)
    form = _form(row, held, request.POST or None)
    if is_typing(request):
        return _kept(request, held, row, form)
    status, moved = 200, False
    if request.method == "POST" and form.is_valid():
        try:
            _edit(request, held, key, form)
        except EditRefused as refusal:
            status, moved = 409, _wrote_elsewhere(row, form)
            # With what is there now she may put the two together.
            form.say_again(seen=token_of(row.draft), base=row.section.hash)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is kept. Nobody reads it before it is published."))
            if "stay" in request.POST:
                return redirect("writing:section", public=held.public, key=key)
            return redirect("writing:document", public=held.public)
    context = _edit_page(request, held, row, form) | _other(request, row, moved=moved)
    return render(request, "text/edit.html", context | {"title": _title(held)}, status=status)


def _wrote_elsewhere(row: EditRow, form: EditForm) -> bool:
    """Whether the draft holds words that this page neither showed nor sent."""
    said = form.cleaned_data
    return row.draft is not None and token_of(row.draft) != said["seen"] and row.draft.page != said["page"]


def _other(request: Request, row: EditRow, *, moved: bool) -> dict[str, Any]:
    """The words of somebody else to show below hers; her own from another window only when they `moved` on."""
    mine = row.draft is not None and row.draft.by_id == request.user.pk
    other = row.draft if moved or not mine else None
    return {"other": other, "other_window": other is not None and mine}


def _kept(request: Request, held: Document, row: EditRow, form: EditForm) -> HttpResponse:
    """The answer to what the page sends by itself: what stands beside the words, never a whole page."""
    unkept, moved = "", False
    if form.is_valid():
        try:
            draft = _edit(request, held, row.section.key, form)
        except EditRefused as refusal:
            unkept, moved = str(refusal), _wrote_elsewhere(row, form)
        else:
            row = EditRow(row.section, draft)
            form.say_again(seen=token_of(draft))
    else:
        unkept = faults_of(form)
    context = _edit_page(request, held, row, form, unkept) | _other(request, row, moved=moved)
    return render(request, "text/edit.html#kept", context)


def _edit_page(request: Request, held: Document, row: EditRow, form: EditForm, unkept: str = "") -> dict[str, Any]:
    draft = row.draft
    mine = draft is not None and draft.by_id == request.user.pk
    shown = beside(
        source=(row.section.title, row.section.markdown),
        source_language=held.language,
        written=form.words_typed,
        language=held.language,
        entries=queries.glossary_of(held.language),
        kept_at=draft.at if draft and mine and not unkept else None,
        unkept=unkept,
    )
    return {"document": held, "row": row, "form": form} | shown


def _form(row: EditRow, held: Document, data: Any) -> EditForm:
    initial = {
        "title": row.words.title,
        "markdown": row.words.markdown,
        "base": row.section.hash,
        "seen": token_of(row.draft),
    }
    return EditForm(
        data,
        initial=initial,
        heading=bool(row.section.title),
        words=bool(row.section.markdown),
        language=held.language,
        right_to_left=held.language.split("-")[0] in settings.LANGUAGES_BIDI,
    )


@writes(PUBLISHING, "C")
def propose(request: Request, public: Any) -> HttpResponse:
    """Say that the drafts are ready."""
    held = _opened(public)
    form = SummaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_text(held, form.cleaned_data["summary"], by=request.user, at=timezone.now())
        except EditRefused as refusal:
            form.add_error("summary", str(refusal))
        else:
            messages.success(request, _("It waits for a second person."))
            return redirect("writing:document", public=held.public)
    return _shown(request, held, form)


@writes(PUBLISHING, "C")
def decide(request: Request, public: Any) -> HttpResponse:
    """Publish what another proposed, or give it back."""
    held = _opened(public)
    proposal = _proposal(held)
    if request.method != "POST" or proposal is None:
        return redirect("writing:document", public=held.public)
    accept, remark = request.POST.get("do") == "publish", request.POST.get("remark", "")[:500]
    try:
        services.decide_text(proposal, accept=accept, remark=remark, by=request.user, at=timezone.now())
    except EditRefused as refusal:
        return _shown(request, held, SummaryForm(), str(refusal), 409)
    messages.success(request, _("Published. Translators see which parts are behind.") if accept else _("Given back."))
    return redirect("writing:document", public=held.public)
