"""Some months after a test: what it is about, then and now, and the way out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit.guards import Request, writes
from concerted.practice.services import follow_up_due
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import TAKING
from concerted.training.queries.papers import heads_of, words_of_exam
from concerted.training.services.taking import AttemptRefused


@writes(TAKING, "U")
def again(request: Request, code: str) -> HttpResponse:
    """The same questions again: begin, go on, or leave it; afterwards how much stayed."""
    due = follow_up_due(request.user, code, timezone.localdate())
    if due is None:
        raise Http404
    reading, now = text.reading_language(request.user), timezone.now()
    if request.method == "POST" and request.POST.get("do") == "leave":
        services.leave_again(due, by=request.user, at=now)
        messages.success(request, _("You are not asked again about this test. Nobody is told."))
        return redirect("training:questions")
    if request.method == "POST":
        try:
            services.start_again(due, language=reading.code, by=request.user, at=now)
        except AttemptRefused as refusal:
            messages.info(request, str(refusal))
            return redirect("training:questions")
        return redirect("training:ask_again", code=code)
    context = {"code": code, "due": due, "heads": heads_of(words_of_exam(due.after.version), reading.code)}
    return render(request, "training/again.html", context)
