"""A small module with every kind of question, in English, with one unit in Arabic too."""

from django.utils import timezone

from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import save_translation
from concerted.training.models import Module
from concerted.training.rules import ModuleText, QuestionText, UnitText
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


def publish_small_module(code: str = "core", pass_mark: int = 0) -> Module:
    """Two units, four questions; any answers pass unless `pass_mark` says otherwise."""
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
    module = publish_module(ModuleText(code, (title,), units, pass_mark=pass_mark), at=now).module
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
