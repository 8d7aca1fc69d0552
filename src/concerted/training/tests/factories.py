"""A small module with every kind of question, in English, with one unit in Arabic too."""

from typing import Any

from django.utils import timezone

from concerted.practice.models import Bank, Exam, Scenario
from concerted.practice.rules import BankText, ExamText, Pool, QuestionText, ScenarioText
from concerted.practice.scenario.story import Band, Block, Choice, Passage, Story, Variable, Way
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


def publish_small_scenario(code: str = "corridor", minutes: int = 10) -> Scenario:
    """Two passages and two endings; the first sentence holds a local slot."""
    heads = {"title": "The corridor", "summary": "Two minutes.", "you": "You are a nurse.", "note": "A hard topic."}
    words = {
        "aim-1": "make a private moment",
        "variable.safety": "Her safety",
        "variable.safety.b1": "Low",
        "variable.safety.b2": "Better",
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
    text = ScenarioText(code, tuple(sections), STORY, minutes)
    return publish_scenario(text, at=timezone.now()).scenario


def publish_small_bank(code: str = "danger") -> Bank:
    """Four questions, one of each kind; `a` is right, or the order and pairs as written."""
    parts = {"a": "First", "b": "Second"}
    questions = (
        QuestionText("one", "single", 1, {"right": "a", "tags": {"b": "low"}}),
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
