import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.kit.tests.stored import changed, stored
from concerted.packs.reading.packs import read_pack
from concerted.packs.services import PackRefused, load_pack
from concerted.packs.stamping import stamp
from concerted.packs.tests.bad_packs import BAD, FOLLOWING, FRENCH, SOUND, BadPack, F, M, P, U
from concerted.packs.tests.good_packs import Write
from concerted.text.models import Section, Translation, Version
from concerted.text.queries import read_sections
from concerted.training.models import Module, ModuleVersion
from concerted.training.tests.factories import publish_small_exam

NOW = timezone.now()


@pytest.mark.django_db
@pytest.mark.parametrize("row", BAD, ids=lambda row: f"{row.kind}: {row.what}")
def test_a_bad_pack_is_refused_and_changes_nothing(row: BadPack, write: Write) -> None:
    folder = write(row.files)
    found = [(fault.path, fault.line, fault.message, fault.remedy) for fault in read_pack(folder).faults]
    assert (row.path, row.line, row.message, row.remedy) in found
    assert {message for _path, _line, message, _remedy in found} <= {row.message, *FOLLOWING}
    before = stored()
    with pytest.raises(PackRefused):
        load_pack(folder, by=None, at=NOW)
    assert changed(before) == []


@pytest.mark.django_db
def test_a_module_names_its_test_or_one_that_is_not_there(write: Write) -> None:
    folder = write({M: SOUND[M].replace("attempts: 0", "test: final")})
    with pytest.raises(PackRefused, match=r"module\.yaml:8: The module asks for the test final"):
        load_pack(folder, by=None, at=NOW)
    publish_small_exam()
    load_pack(folder, by=None, at=NOW)
    version = ModuleVersion.objects.get()
    assert version.test is not None
    assert (version.test.code, version.test_alone) == ("final", False)


@pytest.mark.django_db
def test_a_sound_pack_is_loaded_once(write: Write) -> None:
    folder = write({})
    assert read_pack(folder).faults == ()
    assert load_pack(folder, by=None, at=NOW).changed == ("test-module",)
    module = Module.objects.get()
    assert [unit.steps for unit in module.published.units.all()] == [["q1", "q2"]]  # type: ignore[union-attr]
    stored = {
        section.key: section.markdown for section in Section.objects.filter(version__document__key__endswith="T1.1")
    }
    assert stored["q1"] == "What now?"
    assert stored["q1.a.why"] == "Waiting costs her time."
    again = load_pack(folder, by=None, at=timezone.now())
    assert (again.changed, again.unchanged, again.translated) == ((), ("test-module",), 0)
    assert ModuleVersion.objects.count() == 1


@pytest.mark.django_db
def test_an_upgrade_keeps_what_was_taken(write: Write) -> None:
    load_pack(write({}), by=None, at=NOW)
    newer = {U: SOUND[U].replace("Ask first.", "Ask first, alone."), P: SOUND[P].replace("version: 1", "version: 2")}
    assert load_pack(write(newer), by=None, at=NOW).changed == ("test-module",)
    assert [version.no for version in ModuleVersion.objects.order_by("no")] == [1, 2]
    with pytest.raises(PackRefused, match="version 2 is loaded"):
        load_pack(write(SOUND), by=None, at=NOW)


@pytest.mark.django_db
def test_another_text_under_the_same_version_is_refused(write: Write) -> None:
    load_pack(write({}), by=None, at=NOW)
    with pytest.raises(PackRefused) as refused:
        load_pack(write({U: SOUND[U].replace("Ask first.", "Ask first, alone.")}), by=None, at=timezone.now())
    assert str(refused.value) == (
        "pack.yaml:1: test-module differs from what version 1 brought. Raise `version` in pack.yaml from 1 to 2."
    )
    assert ModuleVersion.objects.count() == 1
    assert load_pack(write({}), by=None, at=timezone.now()).unchanged == ("test-module",)


@pytest.mark.django_db
def test_a_translation_is_shown_once_stamped_and_never_when_behind(write: Write) -> None:
    folder = write({F: FRENCH})
    assert [fault.message for fault in read_pack(folder).faults] == ["The translation carries no marks."]
    assert load_pack(folder, by=None, at=NOW).translated == 0
    pack = read_pack(folder).pack
    assert pack is not None
    assert [path.name for path in stamp(pack)] == ["01-first.fr.md"]
    assert stamp(pack) == []
    assert read_pack(folder).faults == ()
    assert load_pack(folder, by=None, at=timezone.now()).translated == Translation.objects.count() > 0
    version = Version.objects.get(document__key="unit:test-module:T1.1")
    shown = {section.key: section for section in read_sections([version.pk], "fr")[version.pk]}
    assert (shown["why"].language, shown["why"].missing) == ("fr", False)
    assert shown["why"].markdown.startswith("Demandez")
    raised = SOUND[P].replace("version: 1", "version: 2")
    write({U: SOUND[U].replace("Ask first.", "Ask first, alone."), F: (folder / F).read_text(), P: raised})
    assert [fault.message for fault in read_pack(folder).faults] == ["“why” is behind: its source has changed."]
    load_pack(folder, by=None, at=timezone.now())
    newer = Version.objects.filter(document__key="unit:test-module:T1.1").latest("no")
    shown = {section.key: section for section in read_sections([newer.pk], "fr")[newer.pk]}
    assert (shown["why"].language, shown["why"].behind) == ("en", True)
    assert shown["q1"].language == "fr"


def test_the_pack_we_ship_is_sound() -> None:
    shipped = sorted(Path(django_settings.CONTENT_ROOT).glob("*/pack.yaml"))
    assert shipped
    for folder in shipped:
        assert [str(fault) for fault in read_pack(folder.parent).faults] == []


@pytest.mark.django_db
def test_the_command_tells_faults_as_text_and_as_json(write: Write) -> None:
    folder, out = write({M: SOUND[M].replace("pass_mark: 70", "pass_mark: 170")}), StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "check", str(folder), stdout=out)
    assert f"{M}:7: “pass_mark” must be a whole number from 0 to 100." in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "check", str(folder), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["faults"][0]["line"] == 7
    out = StringIO()
    call_command("pack", "load", str(write({})), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["changed"] == ["test-module"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_is_for_those_who_teach(write: Write, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        changes = {
            U: SOUND[U].replace("T1.1", f"T{n}.1"),
            M: SOUND[M].replace("test-module", f"module-{n}"),
            P: SOUND[P].replace("test-pack", f"pack-{n}"),
        }
        load_pack(write(changes), by=None, at=NOW)
    amal, bela, chiara, dora, ada = (make_person(name) for name in ("Amal", "Bela", "Chiara", "Dora", "Ada"))
    agency = make_agency()
    for person in (amal, bela, ada):
        make_position(person, agency)
    make_position(chiara)
    grant_role(dora, "local_coordinator", agency.territory)
    grant_role(ada, "author")
    answers = {}
    for person in (amal, bela, chiara, dora, ada):
        client = Client()
        client.force_login(person)
        answers[person.name] = client.get("/packs/").status_code
    assert answers == {"Amal": 404, "Bela": 404, "Chiara": 404, "Dora": 404, "Ada": 200}
    with django_assert_num_queries(8):
        page = client.get("/packs/").content.decode()
    assert "review locally" in page
