"""How much of a test has stayed with a group some months later: numbers of enough people, never a person's."""

from dataclasses import dataclass
from datetime import date

from concerted.directory.models import Group, Membership
from concerted.directory.rules import FEWEST
from concerted.practice.models import FollowUp
from concerted.practice.rules import Sums, people_shown, share_shown
from concerted.text import queries as text


@dataclass(frozen=True)
class Stayed:
    """A test, and how many answers in a hundred were right: when these people passed it, and `months` later."""

    title: text.TitleShown | None
    months: int
    people: int
    then: int
    now: int


def stayed_in(group: Group, on: date, language: str) -> tuple[Stayed, ...]:
    """What has stayed with those in a group on that day, test by test, the shortest time first.

    A person counts once for a test and a number of months, by the latest time she was asked again. Fewer than `FEWEST`
    are not shown. Then and now are of the same people, so that who came along makes no difference. Two queries.
    """
    members = Membership.held_on(on).filter(group=group).order_by().values("person")
    done = FollowUp.objects.filter(person__in=members, attempt__finished_at__isnull=False)
    rows = done.order_by("attempt__finished_at", "pk").values_list(
        "exam__code", "exam__document_id", "months", "person_id", "after__score", "attempt__score"
    )
    latest = {
        (code, document, months, person): (then or 0, now or 0) for code, document, months, person, then, now in rows
    }
    scores: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
    for (code, document, months, _person), both in latest.items():
        scores.setdefault((code, document, months), []).append(both)
    enough = {key: held for key, held in sorted(scores.items()) if len(held) >= FEWEST}
    titles = text.titles_shown({document for _code, document, _months in enough}, language) if enough else {}
    return tuple(
        Stayed(
            titles.get(document),
            months,
            people_shown(Sums(people=len(held))),
            _mean_shown([then for then, _now in held]),
            _mean_shown([now for _then, now in held]),
        )
        for (_code, document, months), held in enough.items()
    )


def _mean_shown(scores: list[int]) -> int:
    return share_shown(Sums(people=100 * len(scores), right=sum(scores)))
