import csv
import io
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import Http404
from django.utils import timezone

from concerted.directory.imports.headers import PEOPLE, guess, parse_map
from concerted.directory.models import Agency, Population, Position, Territory
from concerted.directory.services.files import TAKE_IN
from concerted.directory.services.import_agencies import import_agencies
from concerted.directory.services.import_people import import_people
from concerted.directory.services.import_territories import import_territories
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_profession,
    make_sector,
    make_territory,
)
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KENYA = Path(settings.CONTENT_ROOT) / "data" / "ke_county_subcounty_population_2019.csv"


def test_the_tree_of_kenya_as_it_is() -> None:
    with KENYA.open("rb") as file:
        dry = import_territories(file, dry_run=True, by=None, at=NOW)
    assert (dry.create, dry.errors) == (393, [])
    assert not Territory.objects.exists()
    with KENYA.open("rb") as file:
        import_territories(file, by=None, at=NOW)
    levels = {
        level: Territory.objects.filter(level=level).count()
        for level in ("Country", "County", "Sub-county", "Special area")
    }
    assert levels == {"Country": 1, "County": 47, "Sub-county": 333, "Special area": 12}
    country = Territory.objects.get(level="Country")
    assert Population.objects.get(territory=country, sex="persons").persons == 47_564_296
    with KENYA.open("rb") as file:
        again = import_territories(file, by=None, at=NOW)
    assert (again.create, again.change, again.skip, again.errors) == (0, 0, 393, [])


def staff_list(lines: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Nom complet", "Courriel", "Organisme", "Fonction", "Depuis"])
    for n in range(lines):
        writer.writerow([f"Person {n}", f"p{n}@example.org" if n % 2 else "", f"Agency {n % 7}", "nurse", "2024-03-01"])
    return text.getvalue().encode()


def test_a_long_staff_list_is_taken_in_and_skipped_the_second_time(django_assert_max_num_queries: Any) -> None:
    make_profession("nurse", sector=make_sector("health"))
    for n in range(7):
        make_agency(f"Agency {n}")
    with django_assert_max_num_queries(80):
        first = import_people(BytesIO(staff_list(2000)), by=None, at=NOW)
    assert (first.create, first.errors) == (2000, [])
    assert Position.objects.count() == 2000
    again = import_people(BytesIO(staff_list(2000)), by=None, at=NOW)
    assert (again.create, again.skip, again.errors) == (0, 2000, [])


class BadFile(NamedTuple):
    """A file with a fault, and the line, message and remedy it must be answered with."""

    kind: str
    what: str
    take: str
    content: bytes
    line: int
    message: str
    remedy: str


T = b"name,parent path,level\n"
P = b"name,e-mail,agency,profession,since\n"
A = b"name,sector,territory\n"
_SAVE = "Save it again as \u201cCSV UTF-8 (comma delimited)\u201d."

BAD: list[BadFile] = [
    BadFile("encoding", "territories in UTF-16", "territories", "name\nKestria\n".encode("utf-16"), 1,
            "The file is written in UTF-16.", _SAVE),
    BadFile("encoding", "territories in Latin-1", "territories", "name\nCôte\n".encode("latin-1"), 2,
            "Byte 2 of this line is not UTF-8.", "Save the file again as “CSV UTF-8 (comma delimited)”."),
    BadFile("encoding", "lines that end as long ago", "people", P.replace(b"\n", b"\r") + b"A,,Clinic,nurse,\r", 1,
            "The lines of this file end in a way that is no longer used.",
            "Save the file again as “CSV UTF-8 (comma delimited)”."),
    BadFile("signs that cannot be seen", "a name nobody sees", "people",
            P + "\u200b\u2060,,Clinic,nurse,\n".encode(), 2,
            "The name is missing.", "Write the person's name, or take the line away."),
    BadFile("signs that cannot be seen", "an area nobody sees", "territories", T + "\u200b,,Area\n".encode(), 2,
            "The territory has no name.", "Write one, or take the line away."),
    BadFile("a name nobody has", "below a line that says how cells are parted", "people",
            b"sep=;\r\nname;agency;profession\r\nA;Clinik;nurse\r\n", 3,
            "There is no agency “Clinik”.", "Did you mean “Clinic”?"),
    BadFile("encoding", "broken UTF-8 in a staff list", "people", P + b"A\xc3(,,Clinic,nurse,\n", 2,
            "Byte 2 of this line is not UTF-8.", "Save the file again as “CSV UTF-8 (comma delimited)”."),
    BadFile("signs that cannot be stored", "a NUL byte", "people", P + b"A\x00b,,Clinic,nurse,\n", 2,
            "This line holds a NUL byte.", "Save the file again as “CSV UTF-8” and try anew."),
    BadFile("not a list", "a spreadsheet", "people", b"PK\x03\x04" + b"x" * 400, 1,
            "This is a spreadsheet, not a CSV file.", "Open it and save the sheet as “CSV UTF-8”."),
    BadFile("too long", "a cell of 200 KB", "people", P + b"A" * 200_000 + b",,Clinic,nurse,\n", 2,
            "This line is longer than 64 KB.", "Take the long cell out, or check that every opening quote is closed."),
    BadFile("not a list", "nothing at all", "people", b"", 1,
            "The file is empty, or its first line is.", "Put the names of the columns on the first line."),
    BadFile("not a list", "only a header", "territories", T, 2,
            "There is nothing below the header.", "Add a line for each entry."),
    BadFile("something said twice", "two columns of one name", "territories", b"name,Name\na,b\n", 1,
            "The header names “Name” twice.", "Rename or remove one of the two columns."),
    BadFile("something left out", "no column for the profession", "people", b"name,agency\nA,Clinic\n", 1,
            "No column tells the profession.",
            "Add one named “profession”, or say which it is: profession=name of the column."),
    BadFile("not a list", "a cell too many", "territories", T + b"Kestria,,Country,more\n", 2,
            "This line has 4 cells, the header 3.",
            "Put a cell that holds the separating mark in quotes, and leave no cell out."),
    BadFile("not a list", "a quote left open", "people", P + b'"A,,Clinic,nurse,\n', 2,
            "The quotes on this line do not match.",
            "Close every opening quote, and write a quote inside a cell twice."),
    BadFile("a formula cell", "a name that computes", "people", P + b"=1+1,,Clinic,nurse,\n", 2,
            "This cell begins with “=”, as a formula does.", "Write the plain value."),
    BadFile("something left out", "a territory without a name", "territories", T + b",,Country\n", 2,
            "The territory has no name.", "Write one, or take the line away."),
    BadFile("signs that cannot be stored", "a name with a sign of paths", "territories", T + b"A > B,,Country\n", 2,
            "The name holds “>”, which parts the steps of a path.", "Leave the sign out."),
    BadFile("not a number", "women in words", "territories", b"name,women,year,source\nA,many,2019,census\n", 2,
            "“many” is not a whole number.", "Write digits only, for example 47564296."),
    BadFile("something left out", "women without a source", "territories", b"name,women\nA,12\n", 2,
            "A population needs its year and its source.", "Fill in both, for example 2019 and “national census”."),
    BadFile("a number out of range", "more women than persons", "territories",
            b"name,women,persons,year,source\nA,12,10,2019,census\n", 2,
            "There are more women than persons.", "Check whether two columns were exchanged."),
    BadFile("not an address", "an e-mail without a sign", "people", P + b"A,nowhere,Clinic,nurse,\n", 2,
            "“nowhere” is not an e-mail address.", "Correct it, or leave the cell empty."),
    BadFile("two people, one address", "two names with one e-mail", "people",
            P + b"A,a@example.org,Clinic,nurse,\nB,A@example.org,Clinic,nurse,\n", 3,
            "“A@example.org” already belongs to another person on line 2.",
            "Correct one of the two addresses, or leave it empty."),
    BadFile("two people, one address", "another name for a stored address", "people",
            P + b"Zoe Other,before@example.org,Clinic,nurse,\n", 2,
            "“before@example.org” belongs to somebody with another name.",
            "Correct the address or the name. If she took a new name, write it on her page first."),
    BadFile("something said twice", "a line twice", "people", P + b"A,,Clinic,nurse,\nA,,Clinic,nurse,\n", 3,
            "This line repeats line 2.", "Take one of the two away."),
    BadFile("a name nobody has", "an agency nobody knows", "people", P + b"A,,Clinik,nurse,\n", 2,
            "There is no agency “Clinik”.", "Did you mean “Clinic”?"),
    BadFile("a name nobody has", "a profession nobody knows", "people", P + b"A,,Clinic,wizard,\n", 2,
            "There is no profession “wizard”.", "Use a profession of the response, or ask the coordinator to add it."),
    BadFile("a day that cannot be read", "the 31st of February", "people", P + b"A,,Clinic,nurse,2026-02-31\n", 2,
            "“2026-02-31” is not a date.", "Write it as 2026-03-27, or day first: 27/3/2026."),
    BadFile("a year mistyped", "a start in 1126", "people", P + b"A,,Clinic,nurse,1126-02-01\n", 2,
            "She would have started before 1950.", "Check the year."),
    BadFile("days the wrong way round", "an end before the start", "people",
            b"name,agency,profession,since,until\nA,Clinic,nurse,2026-02-01,2026-01-01\n", 2,
            "The position ends before it starts.", "Check both dates: the last day comes after the first."),
    BadFile("a number out of range", "a share of three posts", "people",
            b"name,agency,profession,share\nA,Clinic,nurse,3\n", 2,
            "“3” is not a share of a full post.", "Write a number above 0 and at most 1, for example 0.5, or 50%."),
    BadFile("not a code", "a stage nobody knows", "people", b"name,agency,profession,stage\nA,Clinic,nurse,old\n", 2,
            "“old” is not a stage.", "Write “in service” or “pre-qualifying”."),
    BadFile("something left out", "an agency without a sector", "agencies", A + b"Shelter,,Area\n", 2,
            "The sector is missing.", "Write a sector of the response."),
    BadFile("something left out", "an agency without a name", "agencies", A + b",health,Area\n", 2,
            "The name is missing.", "Write the agency's name, or take the line away."),
    BadFile("something left out", "an agency that is nowhere", "agencies", A + b"Shelter,health,\n", 2,
            "The territory is missing.", "Write where it works, for example: Kenya > Mombasa > Likoni."),
    BadFile("a name nobody has", "a sector nobody knows", "agencies", A + b"Shelter,healht,Area\n", 2,
            "There is no sector “healht”.", "Did you mean “Health”?"),
    BadFile("a name nobody has", "an agency in no territory", "agencies", A + b"Shelter,health,Moon\n", 2,
            "There is no territory “Moon”.", "Bring the territories first, or correct the path."),
    BadFile("a name that fits several", "an agency in one of two", "agencies", A + b"Shelter,health,Town\n", 2,
            "“Town” may be any of 2 territories.", "Write the whole path, for example: Area > Town."),
    BadFile("something said twice", "an agency twice", "agencies",
            A + b"Shelter,health,Area\nSHELTER,health,Area\n", 3,
            "This line repeats line 2.", "Take one of the two away."),
    BadFile("out of turn", "an agency that was closed", "agencies", A + b"Old clinic,health,Area\n", 2,
            "“Old clinic” is there and closed.", "Take the line away, or give the new agency another name."),
    BadFile("a sector that does not fit", "an agency in another sector", "agencies", A + b"Clinic,health,Area\n", 2,
            "“Clinic” is there in another sector.", "Correct the sector, or take the line away."),
    BadFile("too long", "an agency with a name of 200 signs", "agencies",
            A + b"a" * 200 + b",health,Area\n", 2, "The name has 200 signs.", "Shorten it to at most 160."),
    BadFile("a language nobody speaks here", "Klingon", "people",
            b"name,agency,profession,language\nA,Clinic,nurse,tlh\n", 2,
            "“tlh” is not a language of this response.", "Use one of: en, fr, es, ar, or leave the cell empty."),
    BadFile("a cycle in territories", "two that stand in each other", "territories", b"name,parent path\nA,B\nB,A\n",
            2, "These territories stand in a circle: A → B → A.",
            "Let one of them stand under a territory outside the circle, or at the top."),
    BadFile("a cycle in territories", "one that stands in itself", "territories", b"name,parent path\nA,A\n",
            2, "These territories stand in a circle: A → A.",
            "Let one of them stand under a territory outside the circle, or at the top."),
]  # fmt: skip


@pytest.mark.parametrize("row", BAD, ids=lambda row: f"{row.kind}: {row.what}")
def test_a_bad_file_is_refused_and_changes_nothing(row: BadFile) -> None:
    area, far = make_territory("Area"), make_territory("Far")
    make_agency("Clinic", territory=area)
    make_agency("Old clinic", territory=area, sector=make_sector("health"), closed_on=timezone.localdate())
    make_territory("Town", area)
    make_territory("Town", far)
    make_profession("nurse", sector=make_sector("health"))
    make_person("Before", email="before@example.org")
    before = stored()
    result = TAKE_IN[row.take](BytesIO(row.content), by=None, at=NOW)
    found = [(fault.line, fault.message, fault.remedy) for fault in result.errors]
    assert found == [(row.line, row.message, row.remedy)]
    assert changed(before) == []


@pytest.mark.parametrize("spelt", ["inès  RAHAL", "Rahal, Ines", "Ines Ra-hal"])
def test_another_spelling_of_her_name_is_a_change(spelt: str) -> None:
    make_agency("Clinic")
    make_profession("nurse", sector=make_sector("health"))
    person = make_person("Ines Rahal", email="ines@example.org")
    line = f'"{spelt}",INES@example.org,Clinic,nurse,\n'.encode()
    assert import_people(BytesIO(P + line), by=None, at=NOW).errors == []
    person.refresh_from_db()
    assert person.name == " ".join(spelt.split())


def test_who_has_an_account_spells_her_own_name() -> None:
    make_agency("Clinic")
    make_profession("nurse", sector=make_sector("health"))
    person = make_person("Ines Rahal", email="ines@example.org", password="river stone lamp")
    assert import_people(BytesIO(P + b"RAHAL Ines,ines@example.org,Clinic,nurse,\n"), by=None, at=NOW).errors == []
    told = import_people(BytesIO(P + b"Zoe Other,ines@example.org,Clinic,nurse,\n"), by=None, at=NOW).errors
    assert [fault.remedy for fault in told] == [
        "Correct the address or the name. She changes her own name in her profile."
    ]
    person.refresh_from_db()
    assert person.name == "Ines Rahal"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("name=Full name,email=E-mail", {"name": "Full name", "email": "E-mail"}),
        ('name="Name, given first", email=E-mail', {"name": "Name, given first", "email": "E-mail"}),
        ('"name=Name, given first","email=The ""real"" one"', {"name": "Name, given first", "email": 'The "real" one'}),
        ('name=Size 5" x', {"name": 'Size 5" x'}),
    ],
)
def test_a_map_may_name_columns_with_commas(said: str, read: dict[str, str]) -> None:
    assert parse_map(said, PEOPLE) == read


@pytest.mark.parametrize("header", ["Jusqu'au", "Jusqu’au"])
def test_a_header_is_known_by_either_apostrophe(header: str) -> None:
    assert guess([header], PEOPLE) == {"until": header}


def test_an_agency_is_known_by_either_apostrophe() -> None:
    make_agency("Centre d’accueil")
    make_profession("nurse", sector=make_sector("health"))
    line = b"Ines Rahal,,Centre d'accueil,nurse,\n"
    assert import_people(BytesIO(P + line), by=None, at=NOW).errors == []


def test_the_command_takes_several_maps(tmp_path: Path) -> None:
    make_agency("Clinic")
    make_profession("nurse", sector=make_sector("health"))
    file, out = tmp_path / "staff.csv", StringIO()
    file.write_text('"Name, given first",Where,As\nIda,Clinic,nurse\n')
    maps = ["--map", 'name="Name, given first"', "--map", "agency=Where", "--map", "profession=As"]
    call_command("import", "people", str(file), *maps, "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == {"create": 1, "change": 0, "skip": 0, "errors": []}


def test_agencies_are_taken_in_by_path_or_name_and_skipped_the_second_time(django_assert_max_num_queries: Any) -> None:
    make_sector("health", names={"en": "Health", "fr": "Santé"})
    kenya = make_territory("Kenya")
    busia = make_territory("Busia", kenya)
    town = make_territory("Busia", busia)
    likoni = make_territory("Likoni", make_territory("Mombasa", kenya))
    text = (
        "Facility,Kind,Secteur,County\nOne,Clinic,health,Likoni\nTwo,,SANTÉ,Kenya > Busia\n"
        'Three,,Health,"Busia, Busia, Kenya"\nFour,,health,Mombasa/Likoni\none,,health,Busia > Busia\n'
    ).encode()
    dry = import_agencies(BytesIO(text), dry_run=True, by=None, at=NOW)
    assert (dry.create, dry.errors, Agency.objects.count()) == (5, [], 0)
    with django_assert_max_num_queries(12):
        import_agencies(BytesIO(text), by=None, at=NOW)
    stands = dict(Agency.objects.values_list("name", "territory"))
    assert stands == {"One": likoni.pk, "Two": busia.pk, "Three": town.pk, "Four": likoni.pk, "one": town.pk}
    again = import_agencies(BytesIO(text), by=None, at=NOW)
    assert (again.create, again.skip, again.errors) == (0, 5, [])
    assert Entry.objects.filter(verb="agencies imported").count() == 2


def test_a_list_of_agencies_reaches_no_further_than_who_brings_it() -> None:
    make_sector("health")
    country = make_territory("Country")
    area, far = make_territory("Area", country), make_territory("Far", country)
    dora, mona = make_person(), make_person()
    grant_role(dora, "local_coordinator", area)
    grant_role(mona, "manager", make_agency(territory=area))
    told = import_agencies(BytesIO(A + f"One,health,{far.name}\n".encode()), by=dora, at=NOW)
    assert [fault.message for fault in told.errors] == ["There is no territory “Far”."]
    assert import_agencies(BytesIO(A + b"One,health,Country > Area\n"), by=dora, at=NOW).create == 1
    with pytest.raises(Http404):
        import_agencies(BytesIO(A + b"Two,health,Area\n"), by=mona, at=NOW)


def test_territories_agencies_and_people_come_one_after_the_other(tmp_path: Path) -> None:
    make_profession("nurse", sector=make_sector("health"))
    lists = {
        "territories": "name,parent path\nKenya,\nBusia,Kenya\n",
        "agencies": "name,sector,territory\nClinic,health,Busia\n",
        "people": "name,agency,profession\nIda,Clinic,nurse\n",
    }
    for kind, text in lists.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text(text)
        call_command("import", kind, str(file), stdout=StringIO())
    assert Position.objects.get().territory.name == "Busia"


def test_a_circle_of_territories_is_told() -> None:
    result = import_territories(BytesIO(b"name,parent path\nA,B\nB,A\n"), by=None, at=NOW)
    assert result.errors
    assert not Territory.objects.exists()


def test_the_command_answers_in_json(tmp_path: Path) -> None:
    file, out = tmp_path / "tree.csv", StringIO()
    file.write_bytes(T + b"Kestria,,Country\nNorth,Kestria,Region\n")
    call_command("import", "territories", str(file), "--dry-run", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == {"create": 2, "change": 0, "skip": 0, "errors": []}
    assert not Territory.objects.exists()
    file.write_bytes(T + b"North,Nowhere,Region\n")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import", "territories", str(file), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["errors"][0]["line"] == 2


@pytest.mark.parametrize("told", ["sep=;", '"sep=|"', "SEP=\t"])
def test_a_line_that_says_how_cells_are_parted_is_understood(told: str) -> None:
    """Some spreadsheets write it above the header, and read no file without it."""
    mark = told.strip('"')[-1]
    lines = [told, *(mark.join(cells) for cells in (("name", "level"), ("Kestria, all of it", "Country")))]
    result = import_territories(BytesIO("\r\n".join(lines).encode()), by=None, at=NOW)
    assert (result.errors, result.create) == ([], 1)
