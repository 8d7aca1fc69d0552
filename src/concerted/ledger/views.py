from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from concerted.kit import digits, exports
from concerted.kit.guards import reads
from concerted.kit.tables import Column, Filter, Table
from concerted.kit.templatetags.kit import clock
from concerted.ledger import queries
from concerted.ledger.access import ABOUT_ME, TRAIL
from concerted.ledger.models import Entry
from concerted.ledger.wordings import KINDS, VERBS, kind_of, line_of

ON_A_PAGE = 25


@reads(ABOUT_ME)
def about_me(request: HttpRequest) -> HttpResponse:
    """What was done about her, when, and by whom."""
    pages = Paginator(queries.about(request.user), ON_A_PAGE)
    page = pages.get_page(digits.plain(request.GET.get("page", "")) or 1)
    return render(
        request, "ledger/about_me.html", {"page": page, "acts": queries.shown_to(request.user, page.object_list)}
    )


def _id_filter(field: str) -> Any:
    def narrow(rows: Any, value: str) -> Any:
        number = digits.plain(value)
        return rows.filter(**{field: int(number)}) if number.isdecimal() and len(number) < 18 else rows.none()

    return narrow


def _table(request: HttpRequest, names: dict[int, str]) -> Table:
    def who(entry: Entry) -> str:
        if entry.by_id is None:
            return str(_("the system"))
        number = digits.localise(entry.by_id)
        # The number, too: rows are narrowed by it, and two people may bear one name.
        return f"{names[entry.by_id]} ({number})" if entry.by_id in names else number

    def which(entry: Entry) -> str:
        # Codes that only hold some digits stay as they are.
        return digits.localise(entry.object_id) if entry.object_id.isdecimal() else entry.object_id

    columns = [
        Column("at", _("When"), lambda entry: clock(entry.at, "short"), sort="at", plain=lambda entry: entry.at),
        Column("verb", _("Act"), lambda entry: line_of(entry.verb), sort="verb"),
        Column("by", _("By"), who, plain=lambda entry: entry.by_id),
        Column("kind", _("On"), lambda entry: kind_of(entry.object_kind), sort="object_kind"),
        Column("object_id", _("Number of it"), which, plain=lambda entry: entry.object_id),
        Column("about", _("About person number"), lambda entry: entry.about_person_id or ""),
        Column("no", _("Seal number"), lambda entry: entry.sealed_no or ""),
    ]
    filters = [
        Filter("verb", _("Act"), ("verb",), choices=[(code, line) for code, line in VERBS.items()]),
        Filter("kind", _("On"), ("object_kind",), choices=[(code, line) for code, line in KINDS.items()]),
        Filter("by", _("By person number"), apply=_id_filter("by_id")),
        Filter("about", _("About person number"), apply=_id_filter("about_person_id")),
    ]
    return Table(
        columns,
        queries.trail(),
        request.GET,
        caption=_("Acts"),
        filters=filters,
        order="-at",
        exports=True,
        empty=_("Nothing was done yet."),
    )


@reads(TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """Every act, for an auditor: who did what to what, when. Never the words."""
    names: dict[int, str] = {}
    table = _table(request, names)
    kind = request.GET.get("format", "")
    if exports.wanted(kind):
        heads = [column.label for column in table.columns]
        return cast(HttpResponse, exports.answer(kind, heads, table.plain_rows(), "record"))
    names |= queries.names_of(table.page.object_list)
    return render(request, "ledger/trail.html", {"table": table})
