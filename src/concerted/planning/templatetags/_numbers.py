"""The numbers of a plan as markup, in Python: a page has a hundred, and draws them anew at each change; registered in
planned.py.
"""

from collections.abc import Sequence
from functools import lru_cache

# Plain words only: Django's own escape asks of each whether it is lazy or safe already.
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concerted.kit import digits
from concerted.planning.names import plan_month
from concerted.planning.value_words import METHODS, Names, names_of, value_name, value_words


def planned(value: float, reader: str | None = None) -> str:
    """A figure with the decimals it can bear: none from a hundred on, one below."""
    return digits.writer(0 if abs(value) >= 100 else 1, reader or get_language() or "en")(value)


def opened(figures: Sequence[Any], plan: Any) -> SafeString:
    """Numbers that open to why they are so."""
    reader, to, names = get_language(), gettext("%(low)s to %(high)s"), names_of(plan)
    return SafeString("".join(_opened(figure, names, reader, to) for figure in figures))


def _opened(figure: Any, names: Names, reader: str | None, to: str) -> str:
    one = figure.estimate
    between, beside = "", ""
    if one.high > one.low:
        said = to % {"low": planned(one.low, reader), "high": planned(one.high, reader)}
        between = f' <span class="quiet">({escape(said)})</span>'
    if figure.sum_of_highs:
        all_unlucky = gettext(
            "In nine of ten likely cases all together need at most %(high)s. The same of each by itself, added up, is "
            "%(highs)s: not all are unlucky at once."
        ) % {"high": planned(one.high, reader), "highs": planned(figure.sum_of_highs, reader)}
        beside = f"<p>{escape(all_unlucky)}</p>"
    return (
        f"<details><summary><span>{escape(figure.what)}: <b>{planned(one.mid, reader)}</b>{between}</span></summary>"
        f'<div class="stack small"><p>{escape(figure.formula)}</p>{beside}{_reason(one.reason, names, reader)}'
        f"</div></details>"
    )


def other_services(page: Any, address: str, query: str) -> SafeString:
    """The way to every number of each service that is not looked at, one <li> each."""
    said = gettext("Every number of: %(service)s")
    before = f"{address}?{query}{'&' if query else ''}in={page.unit}&of="
    return SafeString(
        "".join(
            f'<li><a class="act" href="{escape(before + row.key)}">{escape(said % {"service": row.name})}</a></li>'
            for row in page.others
        )
    )


def service_rows(services: Sequence[Any], *, everywhere: bool) -> SafeString:
    """The posts of each service, one <tr> each; `everywhere`: beside those of one territory, what all need."""
    reader = get_language()
    labels = [gettext(head) for head in ("Needed", "Filled today", "To hire", "Short from", "Needed everywhere")]
    needed, filled, hire, short, all_need = (
        f'<td role="cell" data-l="{escape(label)}"' + ("" if place == 3 else ' class="n"')
        for place, label in enumerate(labels)
    )
    return SafeString(
        "".join(
            f'<tr role="row"><th scope="row" role="rowheader">{escape(row.name)}</th>'
            f"{needed}>{planned(row.posts, reader)}</td>{filled}>{planned(row.filled, reader)}</td>"
            f"{hire}>{digits.number(row.to_hire, None, reader)}</td>"
            f"{short}>{plan_month(row.short_from) if row.short_from else '–'}</td>"
            + (f"{all_need}>{planned(row.all_together, reader)}</td>" if everywhere else "")
            + "</tr>"
            for row in services
        )
    )


@lru_cache(maxsize=1000)
def _reason(told: Any, names: Names, reader: str | None) -> str:
    """Inputs, sources and exactness of a figure: written once, since most stay when one value changes."""
    inputs = "".join(
        f"<dt>{_called(given.place, names, reader)}</dt><dd>{escape(value_words(given.place, given.value))}</dd>"
        for given in told.inputs
    )
    return f'<dl class="facts">{inputs}</dl>\n{_grounds(told.sources, told.exact, names.language, reader)}'


@lru_cache(maxsize=4000)
def _called(place: str, names: Names, _reader: str | None) -> str:
    """A value in words, with its place in the plan file as a hint; the place alone where it has no words.

    Kept by itself: a reason that one changed value draws anew names the same places.
    """
    words = value_name(place, names)
    # A place is long: it may break after its dots, or a phone's page would be too wide.
    written = escape(place).replace(".", ".<wbr>")
    if not words:
        return f"<code>{written}</code>"
    # What the engine works out stands in no file.
    return f'{words}<code class="hint">{written}</code>' if "." in place else words


@lru_cache(maxsize=200)
def _grounds(sources: tuple[str, ...], exact: bool, language: str, reader: str | None) -> SafeString:
    told = [(str(METHODS[one]), reader or language) if one in METHODS else (one, language) for one in sources]
    return SafeString(render_to_string("planning/_grounds.html", {"sources": told, "exact": exact}))
