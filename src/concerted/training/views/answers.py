"""What the form of a question sends, in the shape `practice.rules` marks."""

import uuid
from typing import Any

from django import forms

from concerted.kit.guards import Request
from concerted.training.forms import ANSWER_FORMS
from concerted.training.queries.asked import Asked


def answer_of(request: Request, kind: str) -> Any:
    """Her answer to a question of this kind."""
    if kind in ("single", "hotspot"):
        return request.POST.get("answer", "")
    if kind == "multiple":
        return request.POST.getlist("answer")
    if kind in ANSWER_FORMS:
        return request.POST.get("answer", "").strip()
    placed = placed_of(request)
    if kind == "matching":
        return placed
    return (
        [key for key, _place in sorted(placed.items(), key=lambda pair: (len(pair[1]), pair[1]))]
        if len(set(placed.values())) == len(placed)
        else []
    )


def box_of(asked: Asked) -> forms.Form | None:
    """The box of a question that is answered in words, with what she typed; None for every other."""
    form = ANSWER_FORMS.get(asked.kind)
    return form(initial={"answer": asked.typed}, use_required_attribute=False) if form else None


def placed_of(request: Request) -> dict[str, str]:
    """The place or reply she gave to each line."""
    return {
        name.removeprefix("place-"): str(value) for name, value in request.POST.items() if name.startswith("place-")
    }


def form_key(request: Request, *, fresh: bool = False) -> uuid.UUID:
    """The form's own key, so that a form sent twice is one step; `fresh`: a new one, for the next form."""
    try:
        return uuid.uuid4() if fresh else uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
