"""What the gallery shows: made-up people, districts and numbers, from a country that does not exist."""

import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from concerted.kit import charts, tables
from concerted.kit.dates import in_words
from concerted.kit.forms import DateField, FreeTextField, NumberField
from concerted.kit.samples import sample
from concerted.kit.templatetags.kit import day

ICONS = [
    "gap", "soon", "ok", "none", "go", "out", "menu", "find", "mark", "again", "ear",
    "line", "saved", "down", "link", "person", "place", "bell", "add", "edit", "remove", "key",
]  # fmt: skip
_LESSON = (
    "A safety plan is **not a form**. It is a short set of steps.\n\n"
    "- She can do it tonight.\n- If it fails, she is no worse off.\n"
)
_ON = datetime.date(2026, 5, 12)
#: district, then per requirement: state, people in place, people required
_CELLS: list[tuple[str, list[tuple[str, int, int]]]] = [
    ("Dalmi", [("gap", 31, 41), ("gap", 22, 41), ("soon", 33, 41), ("gap", 12, 41), ("ok", 2, 2)]),
    ("Barsel", [("ok", 62, 68), ("gap", 44, 68), ("gap", 39, 68), ("gap", 31, 68), ("gap", 1, 3)]),
    ("Corran", [("ok", 121, 126), ("soon", 104, 126), ("ok", 110, 126), ("gap", 81, 126), ("ok", 5, 5)]),
    ("Estrin", [("ok", 47, 48), ("ok", 44, 48), ("ok", 43, 48), ("soon", 40, 48), ("none", 0, 0)]),
    ("Karsa", [("ok", 19, 19), ("ok", 18, 19), ("ok", 18, 19), ("ok", 17, 19), ("ok", 1, 1)]),
]
_ASKS = ("Core course", "Safe interview", "Safety planning", "Protocol 4 check", "Trainers")
_PEOPLE = [
    ("Samir Oulad", "Protocol 4, check", 15, datetime.date(2026, 5, 8)),
    ("Hanne Brix", "Protocol 4, read and check", 30, datetime.date(2026, 5, 8)),
    ("Leila Marren", "Protocol 4, read", 15, datetime.date(2026, 5, 8)),
    ("Jonas Ekwe", "Core course", 360, datetime.date(2026, 4, 2)),
]


class RecognitionForm(forms.Form):
    """The form of the gallery: one field of each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.fields.values():
            bound.label, bound.help_text = sample(str(bound.label or "")), sample(str(bound.help_text))

    name = forms.CharField(label="Name on the certificate")
    on = DateField(label="Date of the certificate", help_text="As printed on it")
    hours = NumberField(label="Hours", required=False)
    course = forms.ChoiceField(
        label="Course", choices=lambda: [("", "–"), ("core", sample("Core course")), ("safe", sample("Safe interview"))]
    )
    how = forms.ChoiceField(
        label="How was it held?",
        choices=lambda: [("room", sample("In one room")), ("line", sample("On line"))],
        widget=forms.RadioSelect,
    )
    note = FreeTextField(label="Anything we should know", required=False)
    sure = forms.BooleanField(label="The certificate is mine")


def _frame() -> SimpleNamespace:
    names = ("My desk", "Learn", "Protocols", "Together", "Library", "Support")
    nav = [SimpleNamespace(label=sample(n), href=f"#{k}", current=k == 4) for k, n in enumerate(names)]
    active = get_language()
    return SimpleNamespace(
        nav=nav,
        home="/",
        person_name=sample("Leila Marren"),
        place=sample("Corran district"),
        post=sample("nurse, Corran District Hospital"),
        languages=[(code, own, code == active) for code, own in settings.LANGUAGES],
        unread=3,
        inbox="#notices",
        sign_out="/",
        sign_in="/",
        account="#account",
        banner="",
    )


def _grid() -> list[dict[str, Any]]:
    rows = []
    for district, cells in _CELLS:
        shown = [
            {"state": s, "label": sample(ask), "have": have, "need": need, "short": need - have}
            for ask, (s, have, need) in zip(_ASKS, cells, strict=True)
        ]
        rows.append({"name": sample(district), "gaps": sum(c["state"] == "gap" for c in shown), "cells": shown})
    return rows


def _table(request: HttpRequest) -> tables.Table:
    rows = [
        {"name": sample(name), "missing": sample(missing), "minutes": minutes, "since": since}
        for name, missing, minutes, since in _PEOPLE * 8
    ]
    return tables.Table(
        [
            tables.Column("name", sample("Person"), sort="name"),
            tables.Column("missing", sample("What is missing")),
            tables.Column("since", sample("Since"), lambda row: day(row["since"]), sort="since"),
            tables.Column("minutes", sample("Minutes"), sort="minutes", numeric=True),
        ],
        rows,
        request.GET,
        caption=sample("Overdue on 12 May 2026"),
        order="since",
        exports=True,
        filters=[
            tables.Filter(
                "q", sample("Person"), apply=lambda found, words: [row for row in found if words in row["name"]]
            )
        ],
    )


def _charts() -> list[charts.Chart]:
    weeks = [3, 0, 3, 0, 1, 2, 0, 0, 1, 1, 0, 1, 0]
    lapses = [
        charts.Week(_ON + datetime.timedelta(weeks=n), count, sample("Safe interview") if n == 2 else "")
        for n, count in enumerate(weeks)
    ]
    parts = [charts.Series("ok", sample("In place"), "f1"), charts.Series("soon", sample("Due soon"), "f3")]
    parts.append(charts.Series("gap", sample("Short"), "f-gap"))
    return [
        charts.dots_by_week(
            sample("Certificates that lapse, week by week"),
            lapses,
            finding=sample("Twelve certificates lapse by August, six before midsummer"),
            why=sample("Each dot is one certificate."),
            source=sample("As at 12 May 2026. One person may hold several."),
        ),
        charts.bars(
            sample("People short of the protocol 4 check"),
            [
                charts.Bar(sample(n), v, "f-gap" if v > 20 else "f1")
                for n, v in (("Corran", 45), ("Barsel", 37), ("Dalmi", 29), ("Estrin", 8), ("Karsa", 2))
            ],
            finding=sample("Three districts hold most of the gap"),
        ),
        charts.stacked(
            sample("Posts by state"),
            [
                (sample("Police"), {"ok": 48, "soon": 9, "gap": 21}),
                (sample("Health"), {"ok": 90, "soon": 14, "gap": 11}),
                (sample("Legal aid"), {"ok": 12, "soon": 0, "gap": 3}),
            ],
            parts,
            finding=sample("One post in seven is short, most of them in the police"),
        ),
        _line(),
    ]


def _line() -> charts.Chart:
    months = [in_words(datetime.date(2026, month, 1), "month") for month in range(1, 13)]
    whole, fading = ((3, 0), (6, 1), (12, 1)), ((1, 0), (1, 1), (8, 1), (10, 0.5), (12, 0.25))
    return charts.spans(
        sample("What begins when"),
        months,
        [
            charts.Span(sample("Core course"), sample("Everywhere"), months[3], whole, [months[3]]),
            charts.Span(sample("Safe interview"), sample("Dalmi"), months[1], fading, [months[1]]),
        ],
        [charts.Stop(sample("Trainers"), sample("paid until then"), months[8], 9, [months[8]])],
        heads=(sample("What"), sample("When")),
        finding=sample("Trainers are paid until September"),
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything kit/parts.html shows. A POST binds the form, so that its errors can be seen."""
    form = RecognitionForm(request.POST if request.method == "POST" else None)
    return {
        "frame": _frame(),
        "form": form,
        "on": _ON,
        "moment": datetime.datetime(2026, 5, 12, 9, 41, tzinfo=datetime.UTC),
        "grid_heads": [sample(ask) for ask in _ASKS],
        "grid": _grid(),
        "table": _table(request),
        "charts": _charts(),
        "states": ("current", "due_soon", "overdue", "not_yet_due", "exempt", "not_required"),
        "icons": ICONS,
        "markdown": sample(_LESSON),
    }
