from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.text import queries, services
from concerted.text.access import LANGUAGE, TRANSLATION
from concerted.text.forms import LanguageForm, TranslatorForm
from concerted.text.models import ContentLanguage, Translator
from concerted.text.services import LanguageRefused


@reads(TRANSLATION)
def index(request: Request) -> HttpResponse:
    """Every language with how far it is; a translator's own first."""
    own = set(request.user.translates.values_list("language", flat=True))
    lines = sorted(queries.languages_standing(), key=lambda line: line.language.pk not in own)
    context = {"lines": lines, "own": own, "may_add": access.may(request.user, "C", LANGUAGE)}
    return render(request, "text/languages.html", context)


@writes(LANGUAGE, "C")
def add(request: Request) -> HttpResponse:
    """Open another language."""
    form = LanguageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.add_language(
                said["code"], said["name"], right_to_left=said["right_to_left"], by=request.user, at=timezone.now()
            )
        except LanguageRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The language is open. Enter who translates into it."))
            return redirect("text:translators", code=made.pk)
    return render(request, "text/add_language.html", {"form": form})


@reads(TRANSLATION)
def language(request: Request, code: str) -> HttpResponse:
    """The queue of a language: what waits for review, what is behind, what is missing."""
    into = get_object_or_404(ContentLanguage, pk=code)
    asked = request.GET.get("only", "")
    only = asked if asked in queries.NARROWED else ""
    standing, sizes = queries.standing_of(code)
    page = Paginator(range(sizes[only]), queries.SIZE).get_page(request.GET.get("page"))
    context = {
        "into": into,
        "standing": standing,
        "page": page,
        "lines": queries.queue_of(code, only=only, page=page.number),
        "only": only,
        "translates": access.may(request.user, "C", TRANSLATION, into),
        "may_enter": access.may(request.user, "U", LANGUAGE),
    }
    return render(request, "text/language.html", context)


@writes(LANGUAGE, "U")
def people(request: Request, code: str) -> HttpResponse:
    """Who translates into a language, what each has done, and a form to enter somebody."""
    into = get_object_or_404(ContentLanguage, pk=code)
    lines = queries.translators_of(into)
    could = queries.could_translate(into, timezone.localdate())
    form = TranslatorForm(could, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = could.filter(public=form.cleaned_data["person"]).first()
        if person is None:
            raise Http404
        services.enter_translator(person, into, by=request.user, at=timezone.now())
        messages.success(request, _("Entered."))
        return redirect("text:translators", code=code)
    return render(request, "text/translators.html", {"into": into, "lines": lines, "form": form})


@writes(LANGUAGE, "U")
def remove(request: Request, code: str, pk: int) -> HttpResponse:
    """Take a translator out of a language."""
    entry = get_object_or_404(Translator.objects.select_related("person"), language=code, pk=pk)
    if request.method == "POST":
        services.remove_translator(entry, by=request.user, at=timezone.now())
        messages.success(request, _("Removed. What she wrote stays."))
    return redirect("text:translators", code=code)
