"""Tables whose time for a moment is over go on by themselves, whatever is wrong with one of them."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from concerted.directory.tests.factories import make_person
from concerted.practice import services as practice
from concerted.practice.models import ConferenceTable, TableMove
from concerted.training import services
from concerted.training.tests.table_factories import make_table

pytestmark = pytest.mark.django_db


def _moves(table: ConferenceTable) -> int:
    return TableMove.objects.filter(seat__table=table, moment="opening").count()


def test_an_error_at_one_table_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken one has waited longest. It is reported, it stays as it was, and the next run tries it again."""
    now, amal = timezone.now(), make_person("Amal")
    opened = now - timedelta(days=2)
    broken, fine = (
        make_table(amal, {"police": amal}, opened_at=opened, due_at=now - timedelta(hours=hours)) for hours in (2, 1)
    )
    whole = practice.time_out

    def time_out(table: ConferenceTable, at: datetime) -> int:
        closed = whole(table, at)
        if table.pk == broken.pk:
            raise ValueError("a move that cannot be read")
        return closed

    monkeypatch.setattr(practice, "time_out", time_out)
    with pytest.raises(ExceptionGroup) as raised:
        services.look_at_tables_due(at=now)
    [error] = raised.value.exceptions
    assert error.__notes__ == [f"conference table {broken.pk}"]
    assert (_moves(broken), _moves(fine)) == (0, 3), "nothing of the broken one is half done"
    monkeypatch.undo()
    services.look_at_tables_due(at=now)
    assert _moves(broken) == 3
