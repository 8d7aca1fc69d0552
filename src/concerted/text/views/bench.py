from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.kit import access, digits
from concerted.kit.guards import Request, reads, writes
from concerted.text import queries, services
from concerted.text.access import TRANSLATION
from concerted.text.forms import DraftForm, ReviewForm
from concerted.text.kinds import name_of
from concerted.text.models import ContentLanguage, Document
from concerted.text.services import Moved, TranslationRefused
from concerted.text.views.beside import beside, faults_of, is_typing

#: A text of more parts than this is not looked through on a phone: it gets ways into it.
LONG = 40


def _opened(code: str, public: Any) -> tuple[ContentLanguage, Document]:
    """The language and the published document, or "not found"."""
    into = get_object_or_404(ContentLanguage, pk=code)
    document = get_object_or_404(Document, public=public, published__isnull=False)
    if document.language == code:
        raise Http404
    return into, document


def _own(request: Request, verb: str, code: str, public: Any) -> tuple[ContentLanguage, Document]:
    """The same, for those who may do `verb` in this language."""
    into, document = _opened(code, public)
    access.allow(request.user, verb, TRANSLATION, into)
    return into, document


def _title(document: Document, code: str) -> queries.TitleShown:
    found = queries.titles_shown([document.pk], code)
    return found.get(document.pk) or queries.TitleShown(document.key, document.language)


@reads(TRANSLATION)
def document(request: Request, code: str, public: Any) -> HttpResponse:
    """A document part by part: the source beside the translation, and how each part stands."""
    into, held = _opened(code, public)
    rows = queries.rows_of(held, code)
    translates = access.may(request.user, "C", TRANSLATION, into)
    first = queries.next_to_do(rows, "") if translates else ""
    waiting = next((row.section.key for row in rows if _for_me(row, request)), "")
    context = {
        "into": into,
        "document": held,
        "title": _title(held, code),
        "rows": rows,
        "first": first,
        "waiting": waiting,
        "following": queries.next_text(code, held) if translates and not first and not waiting else None,
        "reviewed": sum(row.state == "reviewed" for row in rows),
        "translates": translates,
        "jumps": _jumps(rows) if len(rows) > LONG else None,
    }
    return render(request, "text/document.html", context)


def _jumps(rows: list[queries.Row]) -> dict[str, Any]:
    """The ways into a long text: its first part that is missing, the first behind its source, and its headings."""
    first = {row.state: row.section.key for row in reversed(rows)}
    return {
        "missing": first.get("missing", ""),
        "outdated": first.get("outdated", ""),
        "headings": [row.section for row in rows if row.section.title],
    }


def _for_me(row: queries.Row, request: Request) -> bool:
    """Whether a draft waits for her as the second person."""
    return row.latest is not None and row.latest.ready and row.latest.by_id != request.user.pk


@reads(TRANSLATION)
def preview(request: Request, code: str, public: Any) -> HttpResponse:
    """The whole document as it would read with every draft let through, in the direction of the language."""
    into, held = _opened(code, public)
    context = {"into": into, "document": held, "title": _title(held, code), "rows": queries.rows_of(held, code)}
    return render(request, "text/preview.html", context)


@writes(TRANSLATION, "U")
def tested(request: Request, code: str, public: Any) -> HttpResponse:
    """Say that readers have tried out what is reviewed."""
    _into, held = _own(request, "U", code, public)
    if request.method == "POST":
        number = services.mark_tested(held, code, by=request.user, at=timezone.now())
        said = ngettext("%(n)s part is marked as tested.", "%(n)s parts are marked as tested.", number)
        messages.success(request, said % {"n": digits.number(number)})
    return redirect("text:document", code=code, public=held.public)


def _row(held: Document, code: str, key: str) -> tuple[list[queries.Row], queries.Row]:
    rows = queries.rows_of(held, code)
    row = next((row for row in rows if row.section.key == key), None)
    if row is None:
        raise Http404
    return rows, row


def _form(row: queries.Row, into: ContentLanguage, data: Any = None, *, going_on: bool = False) -> DraftForm:
    """The form of a part; `going_on`: she comes from the part before, so her cursor waits in the first box."""
    start = row.shown
    initial = {
        "title": start.title if start else "",
        "markdown": start.markdown if start else "",
        "source_hash": row.section.hash,
        "seen": services.seen_of(row.latest),
    }
    form = DraftForm(
        data,
        initial=initial,
        heading=bool(row.section.title),
        words=bool(row.section.markdown),
        finished=data is None or "ready" in data,
        language=into.pk,
        right_to_left=into.right_to_left,
    )
    if going_on and data is None:
        next(iter(form.visible_fields())).field.widget.attrs["autofocus"] = True
    return form


@writes(TRANSLATION, "C")
def section(request: Request, code: str, public: Any, key: str) -> HttpResponse:
    """The workbench: one part, its source beside the words she writes, and what was there before."""
    into, held = _own(request, "C", code, public)
    rows, row = _row(held, code, key)
    form = _form(row, into, request.POST or None, going_on="on" in request.GET)
    if is_typing(request):
        return _kept(request, into, held, row, form)
    status, moved = 200, False
    if request.method == "POST" and form.is_valid():
        ready = "ready" in request.POST
        try:
            services.write_draft(held, key, code, ready=ready, **_said(form), by=request.user, at=timezone.now())
        except TranslationRefused as refusal:
            status, moved = 409 if isinstance(refusal, Moved) else 200, _wrote_elsewhere(row, form)
            form.say_again(source_hash=row.section.hash, seen=services.seen_of(row.latest))
            form.add_error(None, str(refusal))
        else:
            following = queries.next_to_do(rows, key) if ready else key
            messages.success(request, _("It waits for a second person.") if ready else _("The draft is kept."))
            if following:
                path = reverse("text:section", args=[code, held.public, following])
                return redirect(f"{path}?on" if ready else path)
            return redirect("text:document", code=code, public=held.public)
    context = _bench(request, into, held, rows, row, form) | _other(request, row, moved=moved)
    return render(request, "text/section.html", context, status=status)


def _wrote_elsewhere(row: queries.Row, form: DraftForm) -> bool:
    """Whether the latest words are none that this page showed or sent."""
    latest, said = row.latest, form.cleaned_data
    return latest is not None and services.seen_of(latest) != said["seen"] and latest.page != said["page"]


def _other(request: Request, row: queries.Row, *, moved: bool) -> dict[str, Any]:
    """The words of somebody else to show below hers; her own from another window only when they `moved` on."""
    latest = row.latest
    mine = latest is not None and latest.by_id == request.user.pk
    other = latest if latest and latest.by_id is not None and (moved or not mine) else None
    return {"other": other, "other_window": other is not None and mine}


def _said(form: DraftForm) -> dict[str, str]:
    names = ("title", "markdown", "source_hash", "seen", "page")
    return {name: form.cleaned_data.get(name, "") for name in names}


def _kept(request: Request, into: ContentLanguage, held: Document, row: queries.Row, form: DraftForm) -> HttpResponse:
    """The answer to what the page sends by itself: what stands beside the words, never a whole page."""
    unkept, moved, key = "", False, row.section.key
    if form.is_valid():
        try:
            draft = services.keep_draft(held, key, into.pk, **_said(form), by=request.user, at=timezone.now())
        except TranslationRefused as refusal:
            unkept, moved = str(refusal), _wrote_elsewhere(row, form)
        else:
            row = replace(row, latest=draft)
            form.say_again(seen=services.seen_of(draft))
    else:
        unkept = faults_of(form)
    context = _bench_words(request, into, held, row, form, unkept) | _other(request, row, moved=moved)
    return render(request, "text/section.html#kept", context)


def _bench_words(
    request: Request, into: ContentLanguage, held: Document, row: queries.Row, form: DraftForm, unkept: str = ""
) -> dict[str, Any]:
    """The part of the workbench that changes while she writes."""
    latest = row.latest
    mine = latest is not None and latest.by_id == request.user.pk
    shown = beside(
        source=(row.section.title, row.section.markdown),
        source_language=held.language,
        written=form.words_typed,
        language=into.pk,
        entries=queries.glossary_of(held.language, into.pk),
        kept_at=latest.at if latest and mine and latest.state == "draft" and not unkept else None,
        unkept=unkept,
    )
    return {"into": into, "document": held, "row": row, "form": form} | shown


def _bench(
    request: Request, into: ContentLanguage, held: Document, rows: list[queries.Row], row: queries.Row, form: DraftForm
) -> dict[str, Any]:
    before = queries.wording_before(held, row.section.key, row.older.source_hash) if row.older else None
    moved = before if row.readable is None else None
    previous, following = queries.neighbours(rows, row)
    return _bench_words(request, into, held, row, form) | {
        "title": _title(held, into.pk),
        "kind": name_of(row.section.kind),
        "place": rows.index(row) + 1,
        "total": len(rows),
        "previous": previous,
        "following": following,
        "above": queries.above(rows, row),
        "changed": queries.compare(moved.markdown, row.section.markdown) if moved else None,
        "changed_heading": queries.compare(moved.title, row.section.title)
        if moved and moved.title != row.section.title
        else None,
        "said_of_it": queries.said_since(moved, row.section.hash) if moved else (),
        "offers": queries.offers(row, held, into.pk),
        "remembered": queries.remembered(row, held, into.pk),
        "to_review": row.latest if _for_me(row, request) else None,
        "review_form": ReviewForm(),
    }


@writes(TRANSLATION, "U")
def judge(request: Request, code: str, public: Any, key: str) -> HttpResponse:
    """Let a finished draft through, or give it back."""
    _into, held = _own(request, "U", code, public)
    rows, row = _row(held, code, key)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and row.latest is not None:
        accept = request.POST.get("do") == "accept"
        try:
            services.review(
                row.latest, accept=accept, remark=form.cleaned_data["remark"], by=request.user, at=timezone.now()
            )
        except TranslationRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("text:section", code=code, public=held.public, key=key)
        messages.success(request, _("Readers see it now.") if accept else _("Given back to its translator."))
        following = next((one.section.key for one in rows if _for_me(one, request) and one is not row), "")
        if following:
            return redirect("text:section", code=code, public=held.public, key=following)
    return redirect("text:document", code=code, public=held.public)
