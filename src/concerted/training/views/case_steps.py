"""One step of a case study: its documents, the question for all and the one for her sector, kept while she writes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit.guards import Request, writes
from concerted.practice.models import CaseAnswer
from concerted.practice.services import AnswerMoved, CaseRefused
from concerted.text import queries as text
from concerted.text.views.beside import is_typing
from concerted.training import services
from concerted.training.access import CASE_SEAT
from concerted.training.forms import CaseAnswersForm
from concerted.training.queries.case_steps import Asked, Sitting, StepShown, sitting_of
from concerted.training.views.case_groups import fetch_group

Kept = dict[str, CaseAnswer | CaseRefused | None]


@dataclass
class Line:
    """A question as its page shows it. `box`: where she writes; `other`: what somebody else wrote meanwhile; `unkept`:
    words of hers that could not be kept, to be read once more.
    """

    asked: Asked
    box: BoundField | None = None
    other: str = ""
    unkept: str = ""
    refusal: str = ""


@dataclass
class Page:
    """What the page of a step shows."""

    sitting: Sitting
    shown: StepShown
    form: CaseAnswersForm
    reading: text.ReadingLanguage
    lines: list[Line] = field(default_factory=list)
    kept_at: datetime | None = None

    def __post_init__(self) -> None:
        boxes = {code: self.form[f"text-{code}"] for code in self.form.codes}
        # Hers first; she reads what the others are asked below.
        asked = sorted(self.shown.asked, key=lambda one: not one.mine)
        self.lines = [Line(one, None if one.handed_in else boxes.get(one.code)) for one in asked]

    def answer(self, request: Request) -> HttpResponse:
        """The page, or what stands below the form where it is sent while she types."""
        refusals = {line.refusal: None for line in self.lines if line.refusal}
        context = {
            "page": self,
            "sitting": self.sitting,
            "shown": self.shown,
            "reading": self.reading,
            "last": self.shown.number == len(self.sitting.shape.steps),
            "writing": any(line.box for line in self.lines),
            "refusals": list(refusals),
        }
        if is_typing(request):
            return render(request, "training/case_step.html#kept", context)
        return render(request, "training/case_step.html", context, status=409 if refusals else 200)


@writes(CASE_SEAT, "U")
def step(request: Request, public: str, number: int) -> HttpResponse:
    """A step that is out. Once it is through, the model answer and what the others wrote."""
    group = fetch_group(request, "U", public)
    reading = text.reading_language(request.user)
    sitting = sitting_of(group, request.user, reading)
    if not 1 <= number <= sitting.out:
        return redirect("training:case_group", public=public)
    shown = sitting.step(number)
    form = _form(request.POST or None, sitting, shown)
    page = Page(sitting, shown, form, reading)
    if request.method != "POST":
        return page.answer(request)
    if not form.is_valid():
        # The page itself shows the fault beside its box; what is sent while she types has only one line for it.
        for line in page.lines if is_typing(request) else ():
            line.refusal = " ".join(map(str, line.box.errors)) if line.box else ""
        return page.answer(request)
    return _taken(request, page, timezone.now())


def _form(data: Any, sitting: Sitting, shown: StepShown) -> CaseAnswersForm:
    """A box for each question that is hers; what is handed in has one only where a form still brings words for it."""
    mine = [
        one
        for one in shown.asked
        if one.mine and (f"text-{one.code}" in (data or {}) or not (one.handed_in or sitting.finished))
    ]
    said = ((one.answer.text, one.answer.revision) if one.answer else ("", 0) for one in mine)
    alone = sitting.group.alone_id is not None
    return CaseAnswersForm(
        data, [(one.code, _label(one, alone), *words) for one, words in zip(mine, said, strict=True)]
    )


def _held(asked: Asked) -> tuple[str, int]:
    """The words that are kept, and their revision."""
    return (asked.answer.text, asked.answer.revision) if asked.answer else ("", 0)


def _label(asked: Asked, alone: bool) -> str:
    if alone:
        return _("My answer")
    return _("Our answer, for %(sector)s") % {"sector": asked.sector} if asked.sector else _("Our answer together")


def _taken(request: Request, page: Page, now: datetime) -> HttpResponse:
    """Keep what she wrote, then hand in or go on, whichever she pressed."""
    keys = {one.code: one.key for one in page.shown.asked}
    written = {keys[code]: said for code, said in page.form.written().items()}
    facts: dict[str, Any] = {"by": request.user, "at": now}
    group = page.sitting.group
    kept = services.keep_answers(group, written, page=page.form.cleaned_data["page"], **facts)
    if is_typing(request):
        return _again(request, page, kept)
    pressed, on = keys.get(request.POST.get("hand-in", "")), request.POST.get("do") == "on"
    if pressed and not isinstance(kept.get(pressed), CaseRefused):
        try:
            services.hand_in_answer(group, pressed, **facts)
        except CaseRefused as refusal:
            kept[pressed] = refusal
    if any(isinstance(one, CaseRefused) for one in kept.values()):
        return _again(request, page, kept)
    if on and group.alone_id:
        services.release_step(group, page.shown.number, **facts)
    messages.success(request, _("Handed in.") if pressed else _("Kept."))
    return redirect("training:case_step", public=group.public, number=page.shown.number)


def _again(request: Request, page: Page, kept: Kept) -> HttpResponse:
    """The page once more, with what could not be kept, why, and what stands there instead."""
    sitting = sitting_of(page.sitting.group, request.user, page.reading)
    form = page.form
    page = Page(sitting, sitting.step(page.shown.number), form, page.reading)
    for line in page.lines:
        held, outcome = line.asked.answer, kept.get(line.asked.key)
        if held is not None and line.asked.code in form.codes:
            form.see(line.asked.code, held.revision)
        if not isinstance(outcome, CaseRefused):
            continue
        line.refusal = str(outcome)
        if line.box is None:
            line.unkept = form.cleaned_data.get(f"text-{line.asked.code}", "")
        elif isinstance(outcome, AnswerMoved) and held is not None:
            line.other = held.text
    page.kept_at = max((one.at for one in kept.values() if isinstance(one, CaseAnswer)), default=None)
    return page.answer(request)
