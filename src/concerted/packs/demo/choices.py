"""What many people left behind in the demonstration: choices by sector in one situation, answers inside one module."""

import random
from collections import Counter, defaultdict

from concerted.practice.models import ChoiceCount, ItemCount, OptionCount, QuestionVersion, Scenario
from concerted.practice.rules import Sums
from concerted.practice.services import story_of
from concerted.training.models import Module

_SITUATION, _MODULE = "five-days-later", "supporting-survivors"
#: Sector -> people who played the situation, and how far along the choices of a passage it leans.
_PLAYED = {"police": (46, 0), "health": (58, 1), "social": (27, 1), "justice": (22, 0), "women": (17, 2)}
#: Of a hundred people of a sector, by how far a choice lies from the one it leans to.
_LEANS = (55, 30, 15)
_LEARNED = {"health": 34, "police": 28, "social": 16}


def write_choices(chance: random.Random) -> None:
    """Counters of people, and nobody's attempt. Nothing where the pack brings no such situation or module."""
    scenario = Scenario.objects.filter(code=_SITUATION, published__isnull=False).first()
    if scenario is not None:
        _count_choices(scenario, chance)
    module = Module.objects.filter(code=_MODULE, published__isnull=False).first()
    if module is not None:
        _count_answers(module, chance)


def _count_choices(scenario: Scenario, chance: random.Random) -> None:
    version, rows = scenario.published_id or 0, []
    for passage in story_of(version).passages:
        keys = [choice.key for choice in passage.choices]
        for sector, (people, lean) in _PLAYED.items() if len(keys) > 1 else ():
            # Not everybody comes to every passage, and in every other one all lean the same way.
            came = max(people - chance.randint(0, people // 3), 6)
            most = lean if chance.randint(0, 1) else 1
            shares = [_LEANS[min(abs(place - most), len(_LEANS) - 1)] for place in range(len(keys))]
            rows += [
                ChoiceCount(
                    version_id=version,
                    passage=passage.key,
                    choice=key,
                    sector=sector,
                    people=round(came * share / sum(shares)),
                )
                for key, share in zip(keys, shares, strict=True)
            ]
    ChoiceCount.objects.bulk_create(rows)


def _count_answers(module: Module, chance: random.Random) -> None:
    assert module.published is not None
    versions = module.published.units.values_list("version", flat=True)
    asked = list(QuestionVersion.objects.filter(version__in=versions, kind="single").order_by("pk"))
    sums: dict[tuple[int, str], Sums] = defaultdict(Sums)
    options: Counter[tuple[int, str]] = Counter()
    for sector, people in _LEARNED.items():
        for _person in range(people):
            _answered(asked, sector, chance, sums, options)
    where = {"what_kind": "module", "what": module.pk}
    ItemCount.objects.bulk_create(
        ItemCount(
            question_id=number,
            language="en",
            sector=sector,
            people=one.people,
            right=one.right,
            rest=one.rest,
            rest_squared=one.rest_squared,
            rest_right=one.rest_right,
            **where,
        )
        for (number, sector), one in sums.items()
    )
    OptionCount.objects.bulk_create(
        OptionCount(question_id=number, option=option, people=people, **where)
        for (number, option), people in options.items()
    )


def _answered(
    asked: list[QuestionVersion],
    sector: str,
    chance: random.Random,
    sums: dict[tuple[int, str], Sums],
    options: Counter[tuple[int, str]],
) -> None:
    """The first answers of one person; who knows more is right more often, and every seventh question is hard."""
    knows = chance.randint(-25, 25)
    fits = [chance.randint(1, 100) <= (45 if place % 7 == 3 else 75) + knows for place in range(len(asked))]
    for one, right in zip(asked, fits, strict=True):
        rest = round(100 * (sum(fits) - right) / max(len(asked) - 1, 1))
        sums[one.pk, sector] += Sums(1, int(right), rest, rest**2, rest * right)
        wrong = sorted(one.marking.get("tags", {})) or [str(one.marking["right"])]
        options[one.pk, str(one.marking["right"]) if right else chance.choice(wrong)] += 1
