"""What many answers and choices leave behind: counters, however many people there were. For `bench.scene`."""

from concerted.directory.models import Sector
from concerted.practice.models import Bank, ChoiceCount, ItemCount, OptionCount, QuestionVersion, ScenarioVersion
from concerted.practice.queries import marks_of
from concerted.practice.scenario.story import from_plain


def make_choice_counts(version: ScenarioVersion, steps: int) -> None:
    """What `steps` recorded choices leave behind: a number for every choice and sector, however many took it."""
    sectors = list(Sector.objects.values_list("code", flat=True))
    passages = from_plain(version.story).passages
    counts = [
        ChoiceCount(version=version, passage=passage.key, choice=choice.key, sector=sector, people=1 + place)
        for passage in passages
        for choice in passage.choices
        for place, sector in enumerate(sectors)
    ]
    factor = steps // sum(count.people for count in counts)
    for count in counts:
        count.people *= factor
    ChoiceCount.objects.bulk_create(counts)


def make_item_counts(bank: Bank, answers: int) -> None:
    """What `answers` answers to the questions of a bank leave behind, by sector, in three languages, then and later."""
    sectors = list(Sector.objects.values_list("code", flat=True))
    questions = list(QuestionVersion.objects.filter(version=bank.document.published_id).select_related("question"))
    places = [(sector, language, months) for sector in sectors for language in ("en", "fr", "ar") for months in (0, 3)]
    people = answers // (len(questions) * len(places))
    where = {"what_kind": "bank", "what": bank.pk}
    ItemCount.objects.bulk_create(
        ItemCount(
            question=question,
            **where,
            months=months,
            language=language,
            sector=sector,
            people=people,
            right=people * (60 + place % 30) // 100,
            rest=60 * people,
            rest_squared=4000 * people,
            rest_right=40 * people,
        )
        for question in questions
        for place, (sector, language, months) in enumerate(places)
    )
    OptionCount.objects.bulk_create(
        OptionCount(question=question, **where, option=option, people=people)
        for question in questions
        for option in marks_of(question.version_id, question.question.key).options
    )
