"""Monthly counts as lines of a file or of an answer to a program, with small numbers withheld."""

from collections.abc import Iterator
from datetime import date

from concerted.directory.models import Territory
from concerted.directory.queries import places_in_words
from concerted.planning.queries.counts import counts_by_part, shown_counts

#: What stands in a line. `value` is empty where `withheld` says that there were fewer than ten.
COLUMNS = ("territory", "month", "service", "counted", "to", "value", "withheld")
Row = tuple[str, str, str, str, str, int | None, bool]


def count_rows(first: date = date(2000, 1, 1), last: date = date(2200, 1, 1)) -> Iterator[Row]:
    """Every number as others see it, by territory and month. Two queries."""
    shown = shown_counts(counts_by_part(Territory.objects.all(), first, last), ())
    names = places_in_words(Territory.objects.filter(pk__in={territory for territory, _month in shown}))
    for (territory, month), counts in sorted(shown.items(), key=lambda one: (names[one[0][0]], one[0][1])):
        for of in sorted(counts):
            one = counts[of]
            yield (names[territory], f"{month:%Y-%m}", of.service, of.counted, of.to, one.value, one.few)
