"""What a journey in a real browser does again and again: look for faults said aloud, take a module, leave a trace."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model


def answer(page: Any) -> None:
    """Give some answer to whatever kind of question is asked."""
    form = page.locator("form#ask")
    if form.locator("input[name=answer]").count():
        form.locator("input[name=answer]").first.check()
    lists = form.locator("select")
    for place in range(lists.count()):
        values = lists.nth(place).locator("option").evaluate_all("all => all.map(one => one.value)")
        choices = [value for value in values if value]
        lists.nth(place).select_option(choices[place % len(choices)])
    form.locator("button[value=answer]").click()
    assert page.locator("#feedback").is_visible()


def take(page: Any) -> int:
    """Go through the module as it comes; how many questions were answered."""
    answered = 0
    for _step in range(40):
        if page.locator("form#ask button[value=answer]").count():
            answer(page)
            answered += 1
        going_on = page.locator("button[name=do][value=on]")
        if not going_on.count():
            return answered
        going_on.first.click()
    raise AssertionError("The module has no end.")


def digest_of(*models: type[Model]) -> str:
    """One hash over every column of every row of these tables."""
    rows = [list(model._default_manager.order_by("pk").values()) for model in models]
    assert all(rows), "an empty table proves nothing"
    return hashlib.sha256(json.dumps(rows, cls=DjangoJSONEncoder).encode()).hexdigest()
