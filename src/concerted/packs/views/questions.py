"""Questions from a file: brought, looked at, published by a second person; and banks to take along."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.kit.guards import Request, reads, writes
from concerted.packs.forms import RemarkForm
from concerted.packs.forms.questions import NewBankForm, QuestionsForm
from concerted.packs.queries import banks_listed
from concerted.packs.questions.formats import FORMATS
from concerted.packs.questions.planning import Planned
from concerted.packs.questions.showing import shown
from concerted.packs.services.questions import bank_out, bring_file, questions_in
from concerted.practice.access import BANK_PROPOSAL
from concerted.practice.models import Bank, BankProposal
from concerted.practice.queries import questions_brought
from concerted.practice.services import (
    BringingRefused,
    ask_for_questions,
    decide_questions,
    drop_questions,
)

#: Proposals on a page; questions of one, and lines of what is told.
SIZE, MOST_SHOWN = 20, 100


@writes(BANK_PROPOSAL, "C")
def index(request: Request) -> HttpResponse:
    """Bring a file; what one brought, what waits for a second person, and the banks there are."""
    banks = banks_listed(get_language() or "en")
    form = QuestionsForm(
        request.POST or None,
        request.FILES or None,
        initial={"language": get_language()},
        banks=banks,
    )
    planned: Planned | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        planned, kept = bring_file(
            said["file"].read(),
            form.for_bank,
            name=said["form"],
            language=said["language"],
            by=request.user,
            at=timezone.now(),
        )
        if kept is not None:
            return redirect("packs:brought", public=kept.public)
    page = Paginator(questions_brought(request.user), SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "banks": banks, "planned": planned, "formats": FORMATS}
    if planned is not None:
        context |= {"faults": planned.findings.faults[:MOST_SHOWN], "notes": planned.findings.notes[:MOST_SHOWN]}
    return render(request, "packs/questions.html", context)


def _opened(request: Request, public: Any) -> BankProposal:
    """Hers, or one that waits; others are not there."""
    held = questions_brought(request.user).defer(None).filter(public=public).first()
    if held is None:
        raise Http404
    return held


@writes(BANK_PROPOSAL, "C")
def brought(request: Request, public: Any) -> HttpResponse:
    """Questions of a file, one by one; asked for, published, given back or thrown away."""
    held = _opened(request, public)
    forms: dict[str, Any] = {"form": _bank_form(held), "remark": RemarkForm()}
    status = 200
    if request.method == "POST":
        try:
            done = _done(request, held, request.POST.get("do", ""), forms)
        except BringingRefused as refusal:
            status = 409
            messages.error(request, str(refusal))
        else:
            if done is not None:
                return done
    return render(request, "packs/brought.html", _context(request, held) | forms, status=status)


def _bank_form(held: BankProposal, data: Any = None) -> NewBankForm | None:
    """What a new bank needs; None where the questions are for one that is there."""
    return None if held.base else NewBankForm(data, initial={"title": held.title, "summary": held.summary})


def _done(request: Request, held: BankProposal, do: str, forms: dict[str, Any]) -> HttpResponse | None:
    """Do what she pressed and say where she goes; None when her form comes back. Raises BringingRefused."""
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if do == "drop":
        drop_questions(held, by=request.user)
        messages.success(request, _("Thrown away. Nothing of it is kept."))
        return redirect("packs:questions")
    if do in ("publish", "back"):
        return _decided(request, held, forms, accept=do == "publish", facts=facts)
    said: dict[str, Any] = {}
    if not held.base:
        forms["form"] = form = _bank_form(held, request.POST)
        if form is None or not form.is_valid():
            return None
        said = form.cleaned_data
    ask_for_questions(held, **said, **facts)
    messages.success(request, _("It waits for a second person."))
    return redirect("packs:brought", public=held.public)


def _decided(
    request: Request, held: BankProposal, forms: dict[str, Any], *, accept: bool, facts: dict[str, Any]
) -> HttpResponse | None:
    forms["remark"] = remark = RemarkForm(request.POST)
    remark.fields["remark"].required = not accept
    if not remark.is_valid():
        return None
    bank = decide_questions(held, accept=accept, remark=remark.cleaned_data["remark"], **facts)
    if bank is None:
        messages.success(request, _("Given back."))
        return redirect("packs:questions")
    messages.success(request, _("Published. Whoever is under way stays on the questions she began."))
    return redirect("training:quiz", code=bank.code)


def _context(request: Request, held: BankProposal) -> dict[str, Any]:
    questions = questions_in(held)
    return {
        "proposal": held,
        "mine": held.by_id == request.user.pk,
        "pack": Bank.objects.filter(code=held.bank).exclude(pack="").exists(),
        "questions": shown(questions[:MOST_SHOWN]),
        "count": len(questions),
        "more": max(len(questions) - MOST_SHOWN, 0),
        "notes": held.told.get("notes", [])[:MOST_SHOWN],
    }


@reads(BANK_PROPOSAL, "C")
def bank_file(request: Request, code: str, form: str) -> HttpResponse:
    """A bank in one of the formats."""
    if form not in FORMATS:
        raise Http404
    bank = get_object_or_404(Bank.objects.select_related("document"), code=code)
    out = bank_out(bank, form)
    answer = HttpResponse(out.content, content_type=f"{out.media}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{out.name}"'
    return answer
