"""Which column is which: guessed from the names other systems give them, or said by the person who imports."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from concerted.directory.imports.result import Fault, Unreadable

#: Field -> the names it goes by in exports of learning systems, personnel systems and hand-made lists.
PEOPLE: dict[str, tuple[str, ...]] = {
    "name": (
        "name",
        "full name",
        "fullname",
        "full_name",
        "displayname",
        "name.formatted",
        "staff name",
        "nom complet",
        "nombre completo",
        "nombre y apellidos",
        "الاسم",
        "الاسم الكامل",
    ),
    "given": (
        "first name",
        "firstname",
        "givenname",
        "name.givenname",
        "given name",
        "prénom",
        "prenom",
        "nombre",
        "nombres",
    ),
    "family": (
        "last name",
        "lastname",
        "familyname",
        "name.familyname",
        "family name",
        "surname",
        "nom",
        "nom de famille",
        "apellido",
        "apellidos",
    ),
    "email": (
        "email",
        "e-mail",
        "email address",
        "e-mail address",
        "emails.value",
        "mail",
        "courriel",
        "adresse e-mail",
        "correo",
        "correo electrónico",
        "البريد الإلكتروني",
    ),
    "language": ("language", "lang", "preferredlanguage", "langue", "idioma", "اللغة"),
    "agency": (
        "agency",
        "institution",
        "organization",
        "organisation",
        "facility",
        "facility name",
        "workplace",
        "primary assignment organisation",
        "orgsourcedids",
        "employer",
        "station",
        "organisme",
        "organismo",
        "établissement",
        "institución",
        "organización",
        "الجهة",
        "المؤسسة",
    ),
    "territory": (
        "territory",
        "county",
        "district",
        "area",
        "region",
        "city",
        "territoire",
        "territorio",
        "الإقليم",
        "المنطقة",
    ),
    "profession": (
        "profession",
        "job title",
        "title",
        "jobtitle",
        "occupation",
        "cadre",
        "position",
        "role",
        "system person type",
        "usertype",
        "métier",
        "fonction",
        "profesión",
        "cargo",
        "المهنة",
    ),
    "since": (
        "since",
        "start date",
        "started",
        "from",
        "date of appointment",
        "start",
        "depuis",
        "desde",
        "fecha de inicio",
        "منذ",
    ),
    "until": ("until", "end date", "end", "to", "jusqu'au", "hasta", "حتى"),
    "stage": ("stage", "étape", "etapa", "المرحلة"),
    "share": ("share", "fte", "full-time equivalent", "part", "quotité", "jornada"),
}
AGENCIES: dict[str, tuple[str, ...]] = {
    "name": ("name", "agency", *PEOPLE["agency"][1:], "nom", "nombre", "الاسم"),
    "sector": ("sector", "type of service", "secteur", "القطاع"),
    "territory": (*PEOPLE["territory"], "where", "location", "lieu", "lugar", "المكان"),
}
TERRITORIES: dict[str, tuple[str, ...]] = {
    "name": ("name", "area", "territory", "nom", "nombre", "الاسم", "territoire", "territorio", "الإقليم"),
    "parent": ("parent path", "parent", "within", "parent_path"),
    "level": ("level", "kind", "niveau", "nivel", "المستوى"),
    "code": ("code", "p-code", "pcode", "id", "código", "الرمز"),
    "women": ("women", "population_female", "female", "femmes", "mujeres", "النساء"),
    "persons": ("persons", "population_persons", "population", "total", "personnes", "personas", "السكان", "الأشخاص"),
    "year": ("year", "année", "año", "السنة"),
    "source": ("source", "fuente", "المصدر"),
}


#: What a list may be of, in the order in which one needs the other.
FIELDS = {"territories": TERRITORIES, "agencies": AGENCIES, "people": PEOPLE}


def _key(header: str) -> str:
    """A header without the name in brackets some systems add, in small letters and with a typewriter's apostrophe."""
    return re.sub(r"\s*\([A-Z_]+\)$", "", header).strip().casefold().replace("’", "'")


def guess(headers: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Field -> header, for every field whose header is known; the most usual name wins."""
    by_key = {_key(header): header for header in reversed(headers) if header}
    found: dict[str, str] = {}
    for field, names in fields.items():
        header = next((by_key[name] for name in names if name in by_key), None)
        if header and header not in found.values():
            found[field] = header
    return found


#: One piece of a map: field="column", "field=column" or field=column; only within quotes may a comma stand.
_QUOTED = r'"(?P<%s>(?:[^"]|"")*)"'
_PIECE = re.compile(
    rf"\s*(?:(?P<field>[^,=\"]*)=\s*{_QUOTED % 'column'}|{_QUOTED % 'whole'}|(?P<plain>[^,]*))\s*(?:,|$)"
)


def _pieces(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        if match["column"] is not None:
            yield f"{match['field']}={match['column']}".replace('""', '"')
        else:
            yield (match["plain"] or (match["whole"] or "").replace('""', '"')).strip()


def parse_map(text: str, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Read "name=Full name,email=E-mail" into field -> header. Raises Unreadable for a field that does not exist.

    A column whose name holds a comma stands in quotes: name="Name, given first".
    """
    chosen = {}
    for piece in filter(None, _pieces(text)):
        field, equals, header = (part.strip() for part in piece.partition("="))
        if not equals or field not in fields:
            raise Unreadable(
                Fault(
                    0,
                    field,
                    _("The map says “%(piece)s”, which cannot be read.") % {"piece": piece},
                    _("Write field=column; the fields are: %(fields)s.") % {"fields": ", ".join(fields)},
                )
            )
        chosen[field] = " ".join(header.split())
    return chosen


def settle(
    headers: Sequence[str], fields: Mapping[str, Sequence[str]], chosen: Mapping[str, str], needed: Sequence[str]
) -> dict[str, str]:
    """The final map: what was chosen, then what can be guessed. Raises Unreadable when a needed column is missing."""
    by_key = {header.casefold(): header for header in headers if header}
    settled = {}
    for field, header in chosen.items():
        if header.casefold() not in by_key:
            raise Unreadable(
                Fault(
                    1,
                    header,
                    _("There is no column “%(name)s”.") % {"name": header},
                    _("The columns are: %(names)s.") % {"names": ", ".join(filter(None, headers))[:400]},
                )
            )
        settled[field] = by_key[header.casefold()]
    taken = set(settled.values())
    guessed = {field: header for field, header in guess(headers, fields).items() if header not in taken}
    settled = guessed | settled
    for field in needed:
        if field not in settled:
            raise Unreadable(
                Fault(
                    1,
                    field,
                    _("No column tells the %(field)s.") % {"field": field},
                    _("Add one named “%(field)s”, or say which it is: %(field)s=name of the column.")
                    % {"field": field},
                )
            )
    return settled
