"""In which language somebody reads texts, and in which a text can be read.

Every page that shows texts asks `reading_language` (or `reading_among`, where the languages are listed anyway) and
never the language of the interface: a text can be read in languages the interface does not speak.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Aggregate, Case, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.translation import get_language

from concerted.kit.prepared import Prepared
from concerted.text.models import ContentLanguage, Document
from concerted.text.rules import LanguageCode, LanguageOffered, ReadingLanguage

_LANGUAGE = Prepared(
    lambda code: ContentLanguage.objects.filter(pk=code).order_by().values_list("code", "name", "right_to_left"), str
)


def _of_the_pages(interface: str) -> str:
    return interface or get_language() or settings.LANGUAGE_CODE


def _as_the_pages(interface: str, *, closed: bool = False) -> ReadingLanguage:
    code = _of_the_pages(interface)
    return ReadingLanguage(code, str(dict(settings.LANGUAGES).get(code, code)), code, closed=closed)


def reading_language(person: Any, interface: str = "") -> ReadingLanguage:
    """The language in which she reads texts: the one she chose while it is open, else that of the pages around them.

    `interface`: the language of the pages (default: the active one). A visitor reads in that. One query for whoever
    chose, none for others.
    """
    chosen = getattr(person, "reads_in", "")
    if not chosen:
        return _as_the_pages(interface)
    for code, name, right_to_left in _LANGUAGE.rows(chosen):
        marked = LanguageCode(code, right_to_left=right_to_left)
        return ReadingLanguage(marked, name, _of_the_pages(interface), chosen=True)
    return _as_the_pages(interface, closed=True)


def reading_among(person: Any, languages: Sequence[LanguageOffered], interface: str = "") -> ReadingLanguage:
    """The same, out of the languages that are open, where a page has them at hand. No query."""
    chosen = getattr(person, "reads_in", "")
    for one in languages if chosen else ():
        if one.code == chosen:
            return ReadingLanguage(one.code, one.name, _of_the_pages(interface), chosen=True)
    return _as_the_pages(interface, closed=bool(chosen))


class _Lines(Aggregate):
    """All rows' words in one column, a line each."""

    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **more)


def something_of(things: QuerySet[Any]) -> Exists:
    """Whether anything of the published texts of these things (each has a `document`) is translated into the language
    of the outer row and reviewed.
    """
    readable = Q(document__counts__reviewed__gt=0) | Q(document__counts__tested__gt=0)
    return Exists(things.filter(readable, document__counts__language=OuterRef("pk")).order_by())


def languages_in(here: Any) -> Subquery:
    """Every open language in one column of another query, for `offered`; `here`: the condition that something can be
    read in a language. A text's page asks for it with the row it reads anyway.
    """
    direction = Case(When(right_to_left=True, then=Value("r ")), default=Value("l "))
    readable = Case(When(here, then=Value("1 ")), default=Value("0 "))
    line = Concat("code", Value(" "), direction, readable, "name", output_field=TextField())
    rows = ContentLanguage.objects.order_by().annotate(all=Value(1)).values("all")
    return Subquery(rows.annotate(said=_Lines(line, Value("\n"))).values("said"))


@lru_cache(maxsize=500)
def offered(said: str | None) -> tuple[LanguageOffered, ...]:
    """What `languages_in` found, by name."""
    found = []
    for line in said.split("\n") if said else ():
        code, way, here, name = line.split(" ", 3)
        found.append(LanguageOffered(LanguageCode(code, right_to_left=way == "r"), name, here == "1"))
    return tuple(sorted(found, key=lambda one: (one.name, one.code)))


def all_languages() -> tuple[LanguageOffered, ...]:
    """Every open language; `here`: something of any published text can be read in it. One query."""
    published = Document.objects.filter(published__isnull=False)
    counted = published.filter(Q(counts__reviewed__gt=0) | Q(counts__tested__gt=0), counts__language=OuterRef("pk"))
    here = Exists(published.filter(language=OuterRef("pk")).order_by()) | Exists(counted.order_by())
    return tuple(
        LanguageOffered(LanguageCode(one.code, right_to_left=one.right_to_left), one.name, one.here)
        for one in ContentLanguage.objects.annotate(here=here)
    )
