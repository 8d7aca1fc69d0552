"""A small module with every kind of question, in English, with one unit in Arabic too."""

import json
from typing import Any

from django.utils import timezone

from concerted.practice.models import Bank, Exam, Scenario
from concerted.practice.rules import BankText, ExamText, Pool, QuestionText, ScenarioText
from concerted.practice.scenario.story import Band, Block, Choice, Passage, Story, Variable, Way, as_plain, from_plain
from concerted.practice.services import publish_bank, publish_exam, publish_scenario
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import save_translation
from concerted.training.models import Module
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services import publish_module

_ARABIC = {"title": "خطة آمنة", "why": "اسألوا أولاً."}


def _ask(key: str, kind: str, parts: dict[str, str], verdicts: bool = False) -> list[SectionText]:
    sections = [SectionText(key, f"Question {key}?", kind="question", data={"kind": kind})]
    for name, words in parts.items():
        part = "left" if kind == "matching" else "option"
        sections.append(SectionText(f"{key}.{name}", words, kind=part))
        if not verdicts:
            sections.append(SectionText(f"{key}.{name}.why", f"Why {words}.", kind="feedback"))
    if kind == "matching":
        sections += [
            SectionText(f"{key}.{name}-reply", f"Reply to {words}", kind="reply", data={"id": name})
            for name, words in parts.items()
        ]
    if verdicts:
        sections += [
            SectionText(f"{key}.right", "All in place.", kind="feedback"),
            SectionText(f"{key}.not-quite", "Look again.", kind="feedback"),
        ]
    return sections


def publish_small_module(code: str = "core", pass_mark: int = 0, **facts: Any) -> Module:
    """Two units, four questions; any answers pass unless `pass_mark` says otherwise. `facts`: more of `ModuleText`."""
    title = SectionText("title", "A safe plan", kind="title")
    first = (
        title,
        SectionText("why", "Ask first.", title="Why"),
        *_ask("q1", "single", {"a": "One", "b": "Two"}),
        *_ask("q2", "multiple", {"a": "One", "b": "Two", "c": "Three"}),
    )
    second = (
        title,
        SectionText("how", "Then plan.", title="How"),
        *_ask("q1", "ordering", {"a": "First", "b": "Second"}, verdicts=True),
        *_ask("q2", "matching", {"a": "Fact", "b": "Other fact"}, verdicts=True),
        SectionText("end", "That was all.", title="End"),
    )
    units = (
        UnitText(
            "C1",
            5,
            first,
            (
                QuestionText("q1", "single", 1, {"right": "a"}),
                QuestionText("q2", "multiple", 1, {"right": ["a", "b"]}),
            ),
        ),
        UnitText(
            "C2",
            5,
            second,
            (
                QuestionText("q1", "ordering", 1, {"order": ["a", "b"]}),
                QuestionText("q2", "matching", 1, {"pairs": {"a": "a", "b": "b"}}),
            ),
        ),
    )
    now = timezone.now()
    module = publish_module(ModuleText(code, (title,), units, pass_mark=pass_mark, **facts), at=now).module
    document = Document.objects.get(key=f"unit:{code}:C1")
    for section in first:
        if section.key in _ARABIC:
            save_translation(
                document,
                section.key,
                hash_of(section),
                "ar",
                title=section.title,
                markdown=_ARABIC[section.key],
                state="reviewed",
                by=None,
                at=now,
            )
    return module


STORY = Story(
    (
        Variable("safety", 4, 0, 10, "always", (Band("b1", 0, 3), Band("b2", 4, 10))),
        Variable("consent", 0, 0, 10, "debrief", (Band("b1", 0, 10),)),
    ),
    (
        Passage(
            "room",
            (
                Choice("a", (Way("hall"),), effects="safety -2"),
                Choice("b", (Way("hall"),), effects="safety +2"),
                Choice("c", (Way("end"),), when="safety > 8"),
            ),
            skip="hall",
        ),
        Passage("hall", (Choice("a", (Way("end", "safety > 3"), Way("worse"))),), (Block("late", "safety < 3"),)),
        Passage("end", ending=True),
        Passage("worse", ending=True),
    ),
)


def publish_small_scenario(code: str = "corridor", minutes: int = 10, named: str = "safety") -> Scenario:
    """Two passages and two endings; the first sentence holds a local slot. `named`: what its first number is called."""
    heads = {"title": "The corridor", "summary": "Two minutes.", "you": "You are a nurse.", "note": "A hard topic."}
    words = {
        "aim-1": "make a private moment",
        f"variable.{named}": "Her safety",
        f"variable.{named}.b1": "Low",
        f"variable.{named}.b2": "Better",
        "variable.consent": "What she decides",
        "variable.consent.b1": "Little",
        "room": "He stays. Call {svc.helpline}.",
        "room.a": "Ask with him there.",
        "room.a.why": "She looks at him.",
        "room.b": "Ask him to wait outside.",
        "room.b.why": "He frowns and goes.",
        "room.b.basis": "Privacy is a rule for all.",
        "room.c": "Go home.",
        "hall": "She tells you.",
        "hall.late": "She has little time.",
        "hall.a": "Listen.",
        "end": "She comes back.",
        "worse": "She does not come back.",
        "debrief": "",
        "debrief.her": "I needed time.",
        "debrief.protocol": "Ask alone.",
        "debrief.sectors": "Police can wait.",
    }
    kinds = {"aim-1": "aim", "room": "passage", "hall": "passage", "end": "ending", "worse": "ending"}
    titles = {"room": "The room", "hall": "The hall", "end": "Thursday", "worse": "Gone", "debrief": "Looking back"}
    sections = [SectionText(key, text, key) for key, text in heads.items()]
    sections += [SectionText(key, text, kinds.get(key, "choice"), titles.get(key, "")) for key, text in words.items()]
    story = from_plain(json.loads(json.dumps(as_plain(STORY)).replace("safety", named)))
    text = ScenarioText(code, tuple(sections), story, minutes)
    return publish_scenario(text, at=timezone.now()).scenario


def publish_small_bank(code: str = "danger", right: str = "a") -> Bank:
    """Four questions, one of each kind; `right` is right in the first, or the order and pairs as written."""
    parts = {"a": "First", "b": "Second"}
    questions = (
        QuestionText("one", "single", 1, {"right": right, "tags": {"b": "low"}}),
        QuestionText("many", "multiple", 1, {"right": ["a", "b"], "tags": {}}),
        QuestionText("order", "ordering", 2, {"order": ["a", "b"], "tag": "form"}),
        QuestionText("match", "matching", 2, {"pairs": {"a": "a", "b": "b"}, "tag": "form"}),
    )
    sections = [
        SectionText("title", f"Signs of {code}", "title"),
        SectionText("summary", "Four questions.", "summary"),
        SectionText("note", "A hard topic.", "note"),
        SectionText("aim-1", "see what is urgent", "aim"),
        SectionText("aim-2", "say in which order", "aim"),
    ]
    for question in questions:
        verdicts = question.kind in ("ordering", "matching")
        sections += _ask(question.key, question.kind, parts, verdicts)
    return publish_bank(BankText(code, tuple(sections), questions, 5), at=timezone.now()).bank


def publish_small_exam(code: str = "final", **facts: Any) -> Exam:
    """Two questions drawn from the small bank; half right is enough."""
    publish_small_bank()
    heads = {"title": "The test", "summary": "Two questions.", "note": "A hard topic."}
    sections = tuple(SectionText(key, words, key) for key, words in heads.items())
    text = ExamText(code, sections, (Pool("danger", 2),), **({"pass_mark": 50} | facts))
    return publish_exam(text, at=timezone.now()).exam


def _typed(key: str, kind: str, parts: dict[str, tuple[str, str]]) -> list[SectionText]:
    """A question answered in words. `parts`: end of the key -> kind and words of the section."""
    sections = [SectionText(key, f"Question {key}?", kind="question", data={"kind": kind})]
    parts = parts | {"a.why": ("feedback", "That is a slip."), "right": ("feedback", "Well said.")}
    parts |= {"not-quite": ("feedback", "Think of her.")}
    return sections + [SectionText(f"{key}.{end}", words, of) for end, (of, words) in parts.items()]


def _thought_over() -> tuple[tuple[SectionText, ...], tuple[QuestionText, ...]]:
    """A question for herself alone, and one with an answer."""
    sections = (
        SectionText("rest", "What gives you rest?", "question", data={"kind": "reflection"}),
        SectionText("rest.after", "Others name a walk.", "feedback"),
        *_ask("one", "single", {"a": "First", "b": "Second"}),
    )
    return sections, (QuestionText("rest", "reflection", 0, {}), QuestionText("one", "single", 1, {"right": "a"}))


def publish_reflections(code: str = "think") -> Bank:
    """A bank with a question for herself alone."""
    sections, questions = _thought_over()
    heads = (SectionText("title", "Think it over", "title"), SectionText("summary", "For yourself.", "summary"))
    text = BankText(code, (*heads, SectionText("aim-1", "rest", "aim"), *sections), questions, 5)
    return publish_bank(text, at=timezone.now()).bank


def publish_reflecting_module(code: str = "calm") -> Module:
    """A unit with a question for herself alone."""
    title = SectionText("title", "Calm", "title")
    sections, questions = _thought_over()
    unit = UnitText("K1", 5, (title, *sections), questions)
    return publish_module(ModuleText(code, (title,), (unit,), pass_mark=100), at=timezone.now()).module


def publish_typed_bank(code: str = "typed") -> Bank:
    """A short answer and a number, each with one slip."""
    questions = (
        QuestionText("plan", "short", 1, {"tags": {"a": "leave"}, "tag": "form"}),
        QuestionText(
            "hours",
            "numeric",
            1,
            {"value": "72", "tolerance": "2", "slips": {"a": ["24", "0"]}, "tags": {"a": "delay"}, "tag": "form"},
        ),
    )
    sections = [
        SectionText("title", "In your words", "title"),
        SectionText("summary", "Questions to type.", "summary"),
        SectionText("aim-1", "say it", "aim"),
        *_typed("plan", "short", {"accepted": ("accepted", "safety plan*"), "a": ("slip", "leave*\ngo away")}),
        *_typed("hours", "numeric", {"unit": ("unit", "hours")}),
    ]
    return publish_bank(BankText(code, tuple(sections), questions, 5), at=timezone.now()).bank


def publish_picture_bank(code: str = "places") -> Bank:
    """A question about a picture with two areas."""
    sections = (
        SectionText("title", "Places", "title"),
        SectionText("summary", "One picture.", "summary"),
        SectionText("aim-1", "choose a seat", "aim"),
        SectionText("room", "Where?", "question", data={"kind": "hotspot", "file": "room.svg", "size": [1600, 400]}),
        SectionText("room.a", "Beside her", "option", data={"area": [20, 30, 100, 80]}),
        SectionText("room.a.why", "Yes.", "feedback"),
        SectionText("room.b", "Behind the desk", "option", data={"area": [300, 200, 200, 150]}),
        SectionText("room.b.why", "It parts you.", "feedback"),
    )
    questions = (QuestionText("room", "hotspot", 1, {"right": "a", "tags": {"b": "cold"}}),)
    return publish_bank(BankText(code, sections, questions, 5, pack="starter"), at=timezone.now()).bank
