"""Badges: another's verifier finds them good, changed, revoked or expired, without a network."""

import base64
import hashlib
import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from concerted.capacity.models import Evidence
from concerted.capacity.services.evidence import decide_taking_back, propose_taking_back
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person, make_position
from concerted.training import services
from concerted.training.badge.keys import UnknownKey, did_of, issuer_key, key_file, public_of
from concerted.training.badge.status import SIZE, BadList, is_set, pack
from concerted.training.badge.verifying import BadBadge, check
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_module
from concerted.training.tests.test_taking import device, take_all

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _home(settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME, settings.SITE_URL = tmp_path, "https://learn.example"


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal", email="amal@clinic.example")
    make_position(person)
    return person


@pytest.fixture
def held(amal: Person) -> Certificate:
    publish_small_module(months=24)
    take_all(device(amal))
    return Certificate.objects.get()


def badge_of(held: Certificate) -> str:
    return device(held.person).get(f"/learn/record/{held.code}.jwt").content.decode()


def verifier() -> OB3Verifier:
    """Somebody else's, which knows of the issuer nothing but what its public page says."""
    profile = Client().get("/learn/issuer/").json()
    return OB3Verifier.for_issuer_did(profile["id"], download=_no_network)


def _no_network(address: str) -> bytes:
    raise AssertionError(f"asked the network for {address}")


def served(address: str) -> bytes:
    """The list of revoked badges, as a verifier's download gives it."""
    assert address.startswith("https://learn.example/")
    answer = Client().get(address.removeprefix("https://learn.example"))
    assert answer.status_code == 200
    return answer.content


def test_another_verifier_finds_it_good(held: Certificate) -> None:
    token = badge_of(held)
    found = verifier().verify(token, check_status=True, download=served)
    assert found.achievement.name == "A safe plan"
    assert found.id == f"https://learn.example/learn/check/{held.code}/"
    assert found.expiration_date is not None
    assert timezone.localdate(found.expiration_date) == held.expires_on
    assert "10 minutes" in str(found.achievement.criteria_narrative)


def test_it_is_checked_without_a_network(held: Certificate) -> None:
    token = badge_of(held)
    assert verifier().verify(token).achievement.name == "A safe plan"
    assert check(token, at=NOW + timedelta(minutes=1)).state == "good"


def test_it_holds_neither_name_nor_address(held: Certificate) -> None:
    token = badge_of(held)
    payload = base64.urlsafe_b64decode(token.split(".")[1] + "==").decode()
    assert "Amal" not in payload
    assert "clinic.example" not in payload
    said = json.loads(payload)["credentialSubject"]["identifier"][0]
    hashed = hashlib.sha256(f"amal@clinic.example{said['salt']}".encode()).hexdigest()
    assert said["identityHash"] == f"sha256${hashed}"


def test_who_has_no_address_has_a_badge_too(held: Certificate) -> None:
    Person.objects.filter(pk=held.person_id).update(email=None)
    token = badge_of(held)
    said = verifier().verify(token).identifiers[0]
    assert (said.identity_type, said.hashed) == ("name", True)
    assert said.identity_hash == f"sha256${hashlib.sha256(f'Amal{said.salt}'.encode()).hexdigest()}"


def changed(token: str, **facts: Any) -> str:
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | facts
    packed = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{packed}.{signature}"


def test_a_changed_one_is_refused_by_both(held: Certificate) -> None:
    token = changed(badge_of(held), name="Another")
    with pytest.raises(OB3VerificationError, match="signature"):
        verifier().verify(token)
    with pytest.raises(BadBadge, match="signature does not fit"):
        check(token, at=NOW)


def test_one_signed_by_another_key_in_our_name_is_refused(held: Certificate) -> None:
    claims = jwt.decode(badge_of(held), options={"verify_signature": False})
    forged = jwt.encode(claims, Ed25519PrivateKey.generate(), algorithm="EdDSA")
    with pytest.raises(OB3VerificationError, match="signature"):
        verifier().verify(forged)
    with pytest.raises(BadBadge, match="signature does not fit"):
        check(forged, at=NOW)


def test_an_expired_one(held: Certificate) -> None:
    token = badge_of(held)
    later = NOW + timedelta(days=800)
    with time_machine.travel(later, tick=False), pytest.raises(OB3VerificationError, match="expired"):
        verifier().verify(token)
    assert check(token, at=later).state == "expired"
    assert check(token, at=NOW - timedelta(days=3)).state == "early"


def test_a_revoked_one_is_told_by_the_list(held: Certificate) -> None:
    token, dora = badge_of(held), grant_role(make_person("Dora"), "national_coordinator").person
    before = served("https://learn.example/learn/issuer/revoked/0/").decode()
    services.revoke_certificate(held, reason="Another took it.", by=dora, at=NOW)
    with pytest.raises(OB3VerificationError, match="revocation"):
        verifier().verify(token, check_status=True, download=served)
    listed = served("https://learn.example/learn/issuer/revoked/0/").decode()
    at = timezone.now()
    assert (check(token, at=at, status_list=before).state, check(token, at=at, status_list=listed).state) == (
        "good",
        "revoked",
    )
    with pytest.raises(BadBadge, match="too old"):
        check(token, at=at + timedelta(days=2), status_list=before)
    assert device(held.person).get(f"/learn/record/{held.code}.jwt").status_code == 302
    services.restore_certificate(held, by=dora, at=NOW)
    verifier().verify(token, check_status=True, download=served)


def test_one_whose_record_was_taken_back_is_revoked(held: Certificate) -> None:
    token = badge_of(held)
    one, two = (grant_role(make_person(name), "administrator").person for name in ("Ada", "Ida"))
    asked = propose_taking_back(Evidence.objects.get(), reason="x", by=one, at=NOW)
    decide_taking_back(asked.pk, accept=True, by=two, at=NOW)
    with pytest.raises(OB3VerificationError, match="revocation"):
        verifier().verify(token, check_status=True, download=served)


def test_a_list_of_another_issuer_is_refused(held: Certificate) -> None:
    token = badge_of(held)
    key_file().unlink()
    with pytest.raises(BadBadge, match="not the one that the badge names"):
        check(token, at=timezone.now(), status_list=served("https://learn.example/learn/issuer/revoked/0/").decode())


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "....", "\x00.\x00.\x00", "e30.e30.e30", "é.é.é", "a" * 300_000])
def test_what_is_no_badge(text: str) -> None:
    with pytest.raises(BadBadge):
        check(text, at=NOW)


def test_claims_of_wrong_kinds_are_refused(held: Certificate) -> None:
    key, claims = issuer_key(), jwt.decode(badge_of(held), options={"verify_signature": False})
    wrong: list[dict[str, Any]] = [{"iss": 3}, {"iss": "did:key:z0"}, {"issuer": []}, {"validFrom": "x"}]
    wrong += [{"credentialSubject": 1}, {"type": "Other"}, {"jti": "other"}, {"validFrom": None}, {"type": None}]
    for facts in wrong:
        with pytest.raises(BadBadge):
            check(jwt.PyJWS().encode(json.dumps(claims | facts).encode(), key, algorithm="EdDSA"), at=NOW)


def test_the_key_is_made_once_and_for_its_owner_only() -> None:
    assert not key_file().exists()
    first = did_of(issuer_key().public_key())
    assert did_of(issuer_key().public_key()) == first
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert [file.name for file in key_file().parent.iterdir() if "issuer" in file.name] == ["issuer.pem"]
    assert did_of(public_of(first)) == first
    for did in ("", "did:web:x", "did:key:zzz", f"{first}l", first[:-1] + "0", "did:key:z" + "2" * 500):
        with pytest.raises(UnknownKey):
            public_of(did)


def test_what_is_published_fits_the_signature(held: Certificate) -> None:
    answer = Client().get("/learn/issuer/keys/")
    assert answer["Content-Type"] == "application/jwk-set+json"
    key = jwt.PyJWKSet.from_dict(answer.json()).keys[0]
    assert jwt.decode(badge_of(held), key, algorithms=["EdDSA"])["jti"].endswith(f"{held.code}/")
    assert jwt.get_unverified_header(badge_of(held))["jwk"]["x"] == answer.json()["keys"][0]["x"]
    assert "d" not in answer.json()["keys"][0], "the secret half is not published"


def test_lists() -> None:
    assert Client().get("/learn/issuer/revoked/0/").status_code == 200
    assert Client().get("/learn/issuer/revoked/1/").status_code == 404
    packed = pack([0, SIZE - 1])
    assert [is_set(packed, place) for place in (0, 1, SIZE - 1)] == [True, False, True]
    for text, place in (("u", 0), ("uAAAA", 0), (packed[:40], 0), (packed, -1), (packed, SIZE)):
        with pytest.raises(BadList):
            is_set(text, place)


def test_nobody_elses(held: Certificate) -> None:
    assert device(make_person("Bela")).get(f"/learn/record/{held.code}.jwt").status_code == 404
    assert Client().get(f"/learn/record/{held.code}.jwt").status_code == 302


def verified(*arguments: str) -> str:
    out = StringIO()
    call_command("badge", "verify", *arguments, stdout=out)
    return out.getvalue()


def test_the_command(held: Certificate, tmp_path: Path) -> None:
    file, listed = tmp_path / "a.jwt", tmp_path / "list.jwt"
    file.write_text(badge_of(held) + "\n")
    assert "this installation" in verified(str(file))
    assert "not asked" in verified(str(file))
    listed.write_bytes(served("https://learn.example/learn/issuer/revoked/0/"))
    assert json.loads(verified(str(file), "--list", str(listed), "--format", "json"))["state"] == "good"
    dora = grant_role(make_person("Dora"), "national_coordinator").person
    services.revoke_certificate(held, reason="x", by=dora, at=NOW)
    listed.write_bytes(served("https://learn.example/learn/issuer/revoked/0/"))
    with pytest.raises(CommandError, match="not good: revoked"):
        verified(str(file), "--list", str(listed))
    file.write_text(changed(file.read_text().strip(), name="x"))
    with pytest.raises(CommandError, match="signature"):
        verified(str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        verified(str(tmp_path / "none.jwt"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(held: Certificate, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_module(f"more-{number}")
    client = device(held.person)
    pages = ((client, f"/learn/record/{held.code}.jwt", 4), (Client(), "/learn/issuer/", 1))
    for who, page, queries in (*pages, (Client(), "/learn/issuer/revoked/0/", 3), (Client(), "/learn/issuer/keys/", 0)):
        who.get(page)
        with django_assert_num_queries(queries, info=page):
            who.get(page)
