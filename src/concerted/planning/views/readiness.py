"""Whether an authority is ready: the list, one authority, and rating it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concerted.capacity import queries as capacity
from concerted.capacity.models import TerritoryFact
from concerted.directory.models import Territory
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.kit.templatetags.kit import mark_lang
from concerted.planning import services
from concerted.planning.access import DELEGATION, MODERATION, RATING, READINESS, SELF_RATING
from concerted.planning.forms.readiness import ItemForm, PlaceForm
from concerted.planning.models import Rating
from concerted.planning.queries.comparison import place_shown
from concerted.planning.queries.delegations import statements_about, statements_in
from concerted.planning.queries.known import known_of
from concerted.planning.queries.readiness import answers_of, open_ratings, places_rated, shape_of
from concerted.planning.queries.wording import HANDED, STATES, words_of
from concerted.planning.rules.statement import Handed
from concerted.planning.services.ratings import RatingRefused
from concerted.planning.views.readiness_charts import history_chart
from concerted.text import queries as text
from concerted.text.rules import SectionShown


@reads(READINESS)
def index(request: Request) -> HttpResponse:
    """Every authority she may see that was rated, gaps first; what waits for her; and the way to another one."""
    reach = access.reach(request.user, "R", READINESS)
    form = PlaceForm(reach, request.GET if "place" in request.GET else None)
    if form.is_valid():
        return redirect("readiness:place", pk=form.cleaned_data["place"].pk)
    places = [(place, *STATES[place.readiness.state]) for place in places_rated(reach)]
    return render(
        request,
        "planning/readiness.html",
        {
            "places": places,
            "form": form,
            "open": open_ratings(request.user),
            "to_sign": _to_sign(request, reach),
            "may_delegate": access.may(request.user, "R", DELEGATION),
        },
    )


def _to_sign(request: Request, reach: access.Reach) -> list[Any]:
    """Statements that her level has not signed."""
    found = []
    for statement in statements_in(reach)[:100]:
        signed = {signature.level for signature in statement.signatures.all()}
        by = {signature.by_id for signature in statement.signatures.all()}
        if len(signed) < 2 and request.user.pk not in by:
            found.append(statement)
    return found


def _place(request: Request, pk: int, verb: str, line: access.Row) -> Territory:
    return access.fetch(request.user, verb, line, Territory.objects.all(), pk=pk)


@reads(READINESS)
def place(request: Request, pk: int) -> HttpResponse:
    """One authority: both ratings item by item, what the system knows, and what that means for a duty."""
    territory, on = _place(request, pk, "R", READINESS), timezone.localdate()
    reading = text.reading_language(request.user)
    shown = place_shown(territory, on, reading.code)
    facts = [
        (fact, HANDED[Handed(fact.value)] if fact.kind == TerritoryFact.Kind.DELEGATION else None)
        for fact in capacity.facts_of(territory, on)
    ]
    return render(
        request,
        "planning/readiness_place.html",
        {
            "shown": shown,
            "state": STATES[shown.readiness.state],
            "chart": history_chart(shown),
            "facts": facts,
            "statements": statements_about(territory),
            "may_rate": access.may(request.user, "C", SELF_RATING, territory),
            "may_moderate": access.may(request.user, "C", MODERATION, territory),
            "open": open_ratings(request.user, territory).first(),
        },
    )


def _begun(request: Request, territory: Territory, begin: Any) -> HttpResponse:
    if request.method != "POST":
        return redirect("readiness:place", pk=territory.pk)
    try:
        rating = begin(territory, by=request.user, at=timezone.now())
    except RatingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("readiness:place", pk=territory.pk)
    return redirect("readiness:rating", public=rating.public)


@writes(SELF_RATING, "C")
def rate(request: Request, pk: int) -> HttpResponse:
    """Begin to rate her own territory, or go on."""
    return _begun(request, _place(request, pk, "C", SELF_RATING), services.begin_self_rating)


@writes(MODERATION, "C")
def moderate(request: Request, pk: int) -> HttpResponse:
    """Begin the moderated rating beside the newest self-rating, or go on."""
    return _begun(request, _place(request, pk, "C", MODERATION), services.begin_moderation)


def _rating(request: Request, public: Any) -> Rating:
    rows = Rating.objects.select_related("territory", "beside")
    found: Rating = access.fetch(request.user, "U", RATING, rows, public=public)
    return found


@writes(RATING, "U")
def rating(request: Request, public: Any) -> HttpResponse:
    """What is answered and what is not; handing it in."""
    found = _rating(request, public)
    if request.method == "POST":
        try:
            services.hand_in_rating(found.pk, by=request.user, at=timezone.now())
        except RatingRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("readiness:rating", public=public)
        messages.success(request, _("The rating is handed in. It stays as it is."))
        return redirect("readiness:place", pk=found.territory_id)
    if found.handed_in_at is not None:
        return redirect("readiness:place", pk=found.territory_id)
    words = words_of(found.instrument_id, text.reading_language(request.user).code)
    answers, known = answers_of(found), known_of(found.territory, timezone.localdate())
    lines = [
        {"item": item, "words": words[item.key], "answer": answers.get(item.key), "known": known.get(item.fills)}
        for item in shape_of(found).items
    ]
    left = len(services.unanswered(found))
    context = {"rating": found, "lines": lines, "left": left, "words": words}
    return render(request, "planning/readiness_rating.html", context)


def _choice(level: SectionShown) -> SafeString:
    """The words of a level, marked with the language they stand in."""
    return format_html("<span{}>{}</span>", mark_lang(level.language), level.markdown)


@writes(RATING, "U")
def item(request: Request, public: Any, key: str) -> HttpResponse:
    """One item: what each level means, what was answered, and what shows it."""
    found = _rating(request, public)
    items = shape_of(found).items
    asked = shape_of(found).item(key)
    if asked is None:
        raise Http404
    if found.handed_in_at is not None:
        return redirect("readiness:place", pk=found.territory_id)
    words = words_of(found.instrument_id, text.reading_language(request.user).code)
    answer = answers_of(found).get(key)
    levels = [words[asked.section_of(n)] for n in range(asked.levels)]
    initial = {name: getattr(answer, name) for name in ("level", "evidence", "link", "figure")} if answer else {}
    form = ItemForm(
        [_choice(level) for level in levels], request.POST or None, initial=initial, fills=bool(asked.fills)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_item(found.pk, asked, form.told(), by=request.user)
        except RatingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            following = items[items.index(asked) + 1 :]
            return (
                redirect("readiness:item", public, following[0].key)
                if following
                else redirect("readiness:rating", public=public)
            )
    known = known_of(found.territory, timezone.localdate()) if asked.fills else {}
    context = {
        "rating": found,
        "item": asked,
        "number": items.index(asked) + 1,
        "all": len(items),
        "words": words[key],
        "evidence": words[f"{key}.evidence"],
        "default": words[f"{key}.default"],
        "levels": levels,
        "known": known.get(asked.fills),
        "beside": answers_of(found.beside).get(key) if found.beside else None,
        "form": form,
    }
    return render(request, "planning/readiness_item.html", context)
