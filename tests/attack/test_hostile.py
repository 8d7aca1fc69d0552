"""Bytes nobody meant: an import tells at least one fault or takes in what is sound; a page never fails."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.directory.models import Person, Territory
from concerted.directory.services.import_people import import_people
from concerted.directory.services.import_territories import import_territories
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_profession

pytestmark = [pytest.mark.attack, pytest.mark.django_db]
_cells = st.text(max_size=12) | st.sampled_from(
    ['"', "=1+1", "\x00", "Clinic", "nurse", "a@b.co", "2026-01-01", "\u202e"]
)
_rows = st.lists(st.lists(_cells, max_size=6), max_size=6)
_LENIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _bytes(header: bytes, rows: list[list[str]]) -> bytes:
    return header + b"\n" + "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")


@_LENIENT
@given(st.binary(max_size=600))
def test_any_bytes_as_territories(content: bytes) -> None:
    before = Territory.objects.count()
    result = import_territories(BytesIO(content), dry_run=True, by=None, at=timezone.now())
    assert result.faults or result.create + result.change + result.skip
    assert Territory.objects.count() == before


@_LENIENT
@given(_rows)
def test_any_cells_as_people(rows: list[list[str]]) -> None:
    make_agency()
    make_profession("nurse")
    before = Person.objects.count()
    content = _bytes(b"name,email,agency,profession,since", rows)
    result = import_people(BytesIO(content), dry_run=True, by=None, at=timezone.now())
    assert result.faults or result.create + result.change + result.skip
    assert Person.objects.count() == before


@_LENIENT
@given(
    st.sampled_from(
        [
            "/capacity/?on=",
            "/capacity/?in=",
            "/capacity/?cell=",
            "/people/?q=",
            "/people/?sort=",
            "/people/territories/?in=",
            "/learn/?page=",
            "/inbox/?page=",
        ]
    ),
    st.text(max_size=20),
)
def test_any_query_is_answered(path: str, value: str) -> None:
    from urllib.parse import quote

    person = make_person()
    make_position(person)
    client = Client()
    client.force_login(person)
    assert client.get(path + quote(value, errors="replace")).status_code in (200, 302, 404)
