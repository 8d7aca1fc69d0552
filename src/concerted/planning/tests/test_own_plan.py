"""A plan file of one's own: faults stand beside what she wrote, and nothing is stored until she keeps it."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from concerted.directory.tests.factories import make_agency, make_person, make_position
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.models import Entry
from concerted.planning import services
from concerted.planning.models import OWN, KeptPlan
from concerted.planning.queries.own_plans import plan_kept
from concerted.planning.tests.test_plan_file import HELPLINE, TABLE, line_of
from concerted.planning.tests.test_plan_pages import World, shown, signed_in

pytestmark = pytest.mark.django_db
PATH = "/plans/own/"
TERRITORIES = HELPLINE[HELPLINE.index("territories:") : HELPLINE.index("services:")]


@pytest.fixture
def world() -> World:
    return World()


def sent(client: Client, text: str = "", file: bytes | None = None, **said: Any) -> str:
    """The page that answers a check."""
    if file is not None:
        said["file"] = SimpleUploadedFile("plan.yaml", file)
    answer = client.post(PATH, {"do": "check", "text": text} | said)
    assert answer.status_code == 200
    return answer.content.decode()


def told(page: str) -> list[tuple[str, str]]:
    """Every fault: where, and what."""
    rows = re.findall(r'<div class="when">(.*?)</div>\s*<div class="stack">\s*<p[^>]*>(.*?)</p>', page, re.DOTALL)
    return [(where, html.unescape(re.sub(r"<.*?>", "", message))) for where, message in rows]


def typed(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_a_sound_plan_says_what_it_comes_to_and_stores_nothing(world: World) -> None:
    client = signed_in(world.dora)
    before = stored()
    page = sent(client, HELPLINE)
    assert "People to hire" in page
    assert "Keep this plan" in page
    assert typed(page) == HELPLINE
    assert 'value="A national helpline"' in page
    assert changed(before) == []


def test_a_file_takes_the_place_of_what_was_typed(world: World) -> None:
    page = sent(signed_in(world.dora), "half a plan", b"\xef\xbb\xbf" + HELPLINE.replace("\n", "\r\n").encode())
    assert "People to hire" in page
    assert typed(page) == HELPLINE


MORE = "".join(f"  {key}: {{name: A, people: 10, women: 5}}\n" for key in "ab")
NOT_UTF8 = HELPLINE.replace("A national helpline", "Une ligne d\u2019\u00e9coute \u00e9", 1).encode("cp1252")


@pytest.mark.parametrize(
    ("given", "where", "message"),
    [
        (
            HELPLINE.encode("utf-16"),
            "line 1",
            "The file is UTF-16 text. Save it again as UTF-8.",
        ),
        (
            HELPLINE.encode("utf-16-be"),
            "line 1",
            "The file is UTF-16 text. Save it again as UTF-8.",
        ),
        (NOT_UTF8, "line 3", "This line is not UTF-8 text. Save the file again as UTF-8."),
        (
            HELPLINE.encode() + b"#" * 200_000,
            "The whole plan",
            "The plan is larger than 200 KB. Leave out what is no plan, or use `concerted plan FILE`.",
        ),
        (
            b"title: x\nabout: \x07\n",
            "line 2",
            "A character stands here that no text has (U+0007). Take it out.",
        ),
        (
            b"title: x\nservices:\n\thelpline: {}\n",
            "line 3",
            "This line is indented with a tab. Put spaces in its place.",
        ),
        (b"title: x\nstart: 2027-01\ntitle: y\n", "line 3", "“title” stands here twice. Take one out."),
        (b"a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n", "line 2", "Anchors (*) are not read. Write the values out."),
        (b"a: &a [1, 1]\n<<: *a\n", "line 2", "Anchors (*) are not read. Write the values out."),
        (b"[" * 100_000, "line 1", "Brackets or indents go too deep here for a plan. Take some out."),
        (b"", "line 1", "This is no plan: it has no `title:`, `territories:` and `services:`."),
        (
            b"a: !!python/object/apply:os.system [ls]\n",
            "line 1",
            "This is not YAML: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/object/apply:os.system'. "
            "Check the indent, colons and quotes of this line and the one above.",
        ),
        (
            HELPLINE.replace(TERRITORIES, TABLE + "\n\n").encode(),
            f"line {line_of('territories:')}",
            "Here no data file stands beside the plan. Write the territories into the plan, or use "
            "`concerted plan FILE`.",
        ),
        (
            HELPLINE.replace("minutes: 25", "minuts: 25", 1).encode(),
            f"line {line_of('minutes: 25')}",
            "“minuts” is not known here. Did you mean “minutes”?",
        ),
        (
            HELPLINE.replace("months: 24", "months: 120", 1)
            .replace("draws: 500", "draws: 5000", 1)
            .replace("territories:\n", f"territories:\n{MORE}", 1)
            .encode(),
            "The whole plan",
            "5 territories, 4 services, 120 months and 5,000 draws take too long to wait for. Take fewer, or use "
            "`concerted plan FILE`.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_not_stored(world: World, given: bytes, where: str, message: str) -> None:
    client = signed_in(world.dora)
    before = stored()
    for do in ("check", "keep"):
        page = sent(client, "", given, do=do, title="Ours")
        assert (where, message) in told(page), told(page)
        assert "Keep this plan" not in page
    assert changed(before) == []


def test_a_number_too_long_to_be_said_is_a_fault(world: World) -> None:
    client = signed_in(world.dora)
    for number in ("0x" + "f" * 5000, "9" * 5000, "1e999", ".inf", "-0x" + "f" * 5000):
        assert told(sent(client, HELPLINE.replace("people: 3840000", f"people: {number}", 1))), number
        assert told(sent(client, HELPLINE.replace("per_10000: 3.0", f"per_10000: {number}", 1))), number


def test_faults_stand_beside_the_line_and_what_she_wrote_is_kept(world: World) -> None:
    text = HELPLINE.replace("minutes: 25", "minuts: <b>25</b>", 1)
    page = sent(signed_in(world.dora), text)
    assert typed(page) == text
    line = html.unescape(page[page.index('<bdi dir="ltr">') : page.index("</bdi>", page.index('<bdi dir="ltr">'))])
    assert "minuts" in line
    assert "<b>25" not in page


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        (
            "minutes: 25",
            "minuts: 25",
            "ligne 24",
            "«\xa0minuts\xa0» n’est pas connu ici. Vouliez-vous dire «\xa0minutes\xa0»\u202f?",
        ),
        ("people: 3840000", "people: 30000000000", "ligne 13", "Écrivez un nombre d’au plus 20\xa0000\xa0000\xa0000."),
        (
            "of: helpline, people",
            "of: helplin, people",
            "ligne 58",
            "Il n’y a pas de service «\xa0helplin\xa0» dans ce plan. Vouliez-vous dire «\xa0helpline\xa0»\u202f?",
        ),
        ("title: A national", "title: A: national", "ligne 3", "il y a deux-points là où il ne peut pas y en avoir"),
        ("per: once", "per: 7", "ligne 67", "7 n’est pas connu ici. Écrivez l’un de\xa0: post, contact, case, place,"),
        (
            "away: 0.25",
            "away: 0.97",
            "Tout le plan",
            "un poste est présent 5 heures par mois, dont le soin des équipes prend 7.",
        ),
    ],
)
def test_faults_are_told_in_french(world: World, old: str, new: str, where: str, message: str) -> None:
    assert old in HELPLINE
    client = signed_in(world.dora)
    client.cookies["django_language"] = "fr"
    page = sent(client, HELPLINE.replace(old, new, 1))
    assert any(place == where and message in said for place, said in told(page)), told(page)
    assert '<span lang="fr" dir="ltr">' in page


def test_neither_a_file_nor_text_is_told(world: World) -> None:
    page = sent(signed_in(world.dora), " \n")
    assert "Choose a file, or write the plan as text." in page


def test_a_plan_is_kept_with_its_text(world: World) -> None:
    client, entries = signed_in(world.mona), Entry.objects.filter(verb="plan kept")
    assert 'name="agency"' in sent(client, HELPLINE)
    said = {"do": "keep", "text": HELPLINE.replace("\n", "\r\n"), "title": "Ours", "agency": world.clinic.pk}
    answer = client.post(PATH, said)
    kept = KeptPlan.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/plans/kept/{kept.public}/"
    assert (kept.base, kept.file, kept.inputs, kept.agency, kept.by) == (OWN, HELPLINE, {}, world.clinic, world.mona)
    assert plan_kept(kept).title == "A national helpline"
    assert entries.count() == 1
    assert "Ours" in shown(client, f"/plans/kept/{kept.public}/")


def test_a_name_is_asked_for_and_an_agency_of_others_refused(world: World) -> None:
    client = signed_in(world.mona)
    before = stored()
    for said in ({"title": "", "agency": world.clinic.pk}, {"title": "Ours", "agency": world.court.pk}):
        page = sent(client, HELPLINE, do="keep", **said)
        assert "errors" in page or "error" in page
        assert typed(page) == HELPLINE
    assert changed(before) == []


def test_who_may_not_plan_finds_nothing(world: World) -> None:
    amal = make_person("Amal")
    make_position(amal, world.clinic)
    for person, status in ((amal, 404), (world.bela, 404), (world.lina, 200), (world.chiara, 200), (world.dora, 200)):
        client = signed_in(person)
        assert client.get(PATH).status_code == status, person.name
        assert client.post(PATH, {"do": "check", "text": HELPLINE}).status_code == status, person.name
    assert not KeptPlan.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for _row in range(rows):
        world.keep()
        make_agency(territory=world.lakes)
    client = signed_in(world.mona)
    sent(client, HELPLINE)
    with django_assert_num_queries(5):
        sent(client, HELPLINE)


def test_a_value_of_the_plan_itself_is_not_told_to_be_too_small(world: World) -> None:
    """The page refuses typing slips such as 0.05 minutes; a plan whose text says so stands."""
    facts: dict[str, Any] = {"agency": world.clinic, "by": world.mona, "at": timezone.now()}
    text = HELPLINE.replace("minutes: 25", "minutes: 0.05", 1)
    kept = services.keep_plan("Short", OWN, {}, file=text, **facts)
    client = signed_in(world.mona)
    page = shown(client, f"/plans/example/kept-{kept.public}/")
    assert 'value="0.05"' in page
    assert 'aria-invalid="true"' not in page
    page = shown(client, f"/plans/example/kept-{kept.public}/", **{"services.helpline.queue.minutes": "0.01"})
    assert 'aria-invalid="true"' in page
