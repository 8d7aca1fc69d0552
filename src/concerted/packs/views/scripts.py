"""Writing scenarios: what there is, one as a whole with its map, and its file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.packs.forms import RemarkForm
from concerted.packs.forms.beginning import FileForm, NewPartForm, NewPassageForm, NewScriptForm, ProposeForm
from concerted.packs.queries import outline_of, scripts_listed, untranslated_in
from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.reading.scenarios import ScenarioFile
from concerted.packs.services.bringing import Brought, bring_script
from concerted.packs.services.scripts import add_part, begin_from, begin_new, decide_script, propose_script, script_of
from concerted.packs.workshop.case_drawing import draw_case
from concerted.packs.workshop.drawing import draw_map
from concerted.packs.workshop.script import has_seats, whole_script, wording_of
from concerted.practice.access import SCRIPT
from concerted.practice.models import Scenario, ScenarioDraft
from concerted.practice.scenario.map import map_of
from concerted.practice.services import DraftRefused, drop_draft, put_earlier
from concerted.text.access import PUBLISHING
from concerted.text.queries import glossary_of

#: Kinds of files a published scenario can be taken along as, in the order they are shown.
KINDS_SAID = (
    ("html", gettext_lazy("A page that plays without a server")),
    ("gamebook", gettext_lazy("A gamebook to print (PDF)")),
    ("gamebook-epub", gettext_lazy("A gamebook for an e-reader")),
    ("gamebook-html", gettext_lazy("A gamebook as a web page")),
    ("twee", gettext_lazy("A story for Twine (Twee 3)")),
)


def opened(public: Any) -> ScenarioDraft:
    """The draft, else 404."""
    return get_object_or_404(ScenarioDraft.objects.select_related("by", "proposed_by"), public=public)


@writes(SCRIPT, "R")
def index(request: Request) -> HttpResponse:
    """Scenarios that are published and those being written; begin one."""
    form = NewScriptForm(request.POST if "title" in request.POST else None)
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if request.method == "POST" and "begin" in request.POST:
        scenario = get_object_or_404(Scenario, code=request.POST["begin"], published__isnull=False)
        return redirect("packs:script", public=begin_from(scenario, **facts).public)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            seats = said["what"] == "case"
            draft = begin_new(said["code"], said["title"], seats=seats, language=get_language() or "en", **facts)
        except DraftRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("packs:script", public=draft.public)
    bring, brought = _brought(request, facts)
    if brought is not None and not brought.told:
        return redirect("packs:script", public=brought.draft.public)
    lines = scripts_listed(get_language() or "en")
    may_write = access.may(request.user, "C", SCRIPT)
    context = {
        "lines": lines,
        "form": form,
        "bring": bring,
        "brought": brought,
        "may_write": may_write,
        "kinds": KINDS_SAID,
    }
    return render(request, "packs/scripts.html", context)


def _brought(request: Request, facts: dict[str, Any]) -> tuple[FileForm, Brought | None]:
    """The form for a file, and what the file became; None when there is none, or the form says what is wrong."""
    sent = request.method == "POST" and "bring" in request.POST
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = FileForm(data, files, initial={"language": get_language()})
    if not sent or not form.is_valid():
        return form, None
    file = form.cleaned_data["file"]
    try:
        return form, bring_script(file.read(), file.name, language=form.cleaned_data["language"], **facts)
    except DraftRefused as refusal:
        form.add_error("file", str(refusal))
        return form, None


@writes(SCRIPT, "R")
def script(request: Request, public: Any) -> HttpResponse:
    """A scenario that is being written: its map, its passages, what to mend, and who publishes it."""
    draft = opened(public)
    adding = NewPartForm if has_seats(draft.head) else NewPassageForm
    forms: dict[str, Any] = {"add": adding(), "propose": ProposeForm(), "remark": RemarkForm()}
    status = 200
    if request.method == "POST":
        do = request.POST.get("do", "")
        try:
            done = _done(request, draft, do, forms)
        except DraftRefused as refusal:
            status = 409
            messages.error(request, str(refusal))
        else:
            if done is not None:
                return done
        draft = opened(public)
    return render(request, "packs/script.html", _context(request, draft, forms), status=status)


def _done(request: Request, draft: ScenarioDraft, do: str, forms: dict[str, Any]) -> HttpResponse | None:
    """Do what she pressed and say where she goes; None when her form comes back. Raises `DraftRefused`."""
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    here = redirect("packs:script", public=draft.public)
    if do == "drop":
        drop_draft(draft, by=request.user)
        messages.success(request, _("Thrown away. What is published stays as it is."))
        return redirect("packs:scripts")
    if do in ("publish", "back"):
        remark = RemarkForm(request.POST)
        remark.fields["remark"].required = do == "back"
        forms["remark"] = remark
        if not remark.is_valid():
            return None
        said = remark.cleaned_data["remark"]
        published = decide_script(draft, accept=do == "publish", remark=said, **facts)
        if published is None:
            messages.success(request, _("Given back."))
            return here
        messages.success(request, _("Published. Whoever is under way stays on the version she began."))
        return redirect("training:table_case" if published.seats else "training:scenario", code=published.code)
    if do == "propose":
        forms["propose"] = ProposeForm(request.POST)
        if not forms["propose"].is_valid():
            return None
        propose_script(draft, forms["propose"].cleaned_data["summary"], **facts)
        messages.success(request, _("It waits for a second person."))
        return here
    if do == "earlier":
        put_earlier(draft, request.POST.get("key", ""), by=request.user)
        return here
    forms["add"] = type(forms["add"])(request.POST)
    if not forms["add"].is_valid():
        return None
    added = add_part(draft, forms["add"].cleaned_data["title"], forms["add"].cleaned_data["kind"], **facts)
    return redirect("packs:passage", public=draft.public, key=added.key)


def _context(request: Request, draft: ScenarioDraft, forms: dict[str, Any]) -> dict[str, Any]:
    read = script_of(draft)
    case = has_seats(draft.head)
    story = read.file.story if isinstance(read.file, ScenarioFile) and read.file.story.passages else None
    faulty = {place for place, fault in read.faults if not fault.warning}
    rows = outline_of(draft, read)
    titles = {row.key: row.title for row in rows}
    waits = draft.waits
    rtl = get_language_bidi()
    lanes = draw_case(read.file, titles, faulty, rtl=rtl) if isinstance(read.file, ConferenceFile) else None
    return {
        "draft": draft,
        "title": read.title or draft.code,
        "case": case,
        "rows": rows,
        "drawn": draw_map(map_of(story), titles, faulty, rtl=rtl) if story else None,
        "lanes": lanes,
        "faults": [one for one in read.faults if not one[1].warning],
        "warnings": [one for one in read.faults if one[1].warning],
        "wording": wording_of(read, draft.language, glossary_of(draft.language)),
        "untranslated": untranslated_in(draft, read),
        "titles": titles,
        "may_edit": access.may(request.user, "U", SCRIPT),
        "may_propose": access.may(request.user, "C", PUBLISHING) and not waits and read.sound,
        "may_decide": access.may(request.user, "C", PUBLISHING) and waits and draft.proposed_by_id != request.user.pk,
        **forms,
    }


@reads(SCRIPT)
def script_file(request: Request, public: Any) -> HttpResponse:
    """The draft as the file that `concerted scenario check` reads."""
    draft = opened(public)
    content = whole_script(draft.head, draft.passages.order_by("place").values_list("text", flat=True))
    answer = HttpResponse(content, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{draft.code}.md"'
    return answer
