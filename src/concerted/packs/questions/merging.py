"""A question of a file beside the one that a bank has under the same key.

A file takes nothing away that its format may not carry: aims, misconceptions, feedback and the marks of words stay
where the words they belong to are the same.
"""

from collections.abc import Mapping
from dataclasses import replace

from concerted.kit.markdown import plain
from concerted.packs.questions.kept import VERDICTS, QuestionKept
from concerted.packs.questions.marked import plain_words
from concerted.packs.questions.written import titled
from concerted.text.rules import SectionText, hash_of, normal


def merged(new: QuestionKept, old: QuestionKept) -> QuestionKept:
    """The new question with what the old one has besides."""
    if new.kind != old.kind:
        return replace(new, aim=old.aim)
    said = {one.key: one for one in old.sections}
    sections: list[SectionText] = []
    same: set[str] = set()
    verdicts = {f"{new.key}.{end}": said.get(f"{new.key}.{end}") for end in VERDICTS}
    there = {one.key for one in new.sections}
    for one in new.sections:
        if one.key in verdicts:
            verdicts[one.key] = one
            continue
        before = said.get(one.key)
        sections.append(_marked(one, before))
        if before is not None and normal(before.markdown) == normal(sections[-1].markdown):
            same.add(one.key)
            why = said.get(f"{one.key}.why")
            sections += [why] if why is not None and why.key not in there else []
    sections += [one for one in verdicts.values() if one is not None]
    return replace(new, aim=old.aim, marking=_tagged(new, old, same), sections=tuple(sections))


def _tagged(new: QuestionKept, old: QuestionKept, same: set[str]) -> Mapping[str, object]:
    """The marking with the misconceptions of answers that are the same, and still not right."""
    marking = dict(new.marking)
    right = marking.get("right", ())
    if "tags" in old.marking:
        slips, before = marking.get("slips", {}), old.marking.get("slips", {})
        same_slips = {f"{new.key}.{key}" for key, slip in slips.items() if before.get(key) == slip}
        still = {key: tag for key, tag in old.marking["tags"].items() if f"{new.key}.{key}" in same | same_slips}
        marking["tags"] = {key: tag for key, tag in still.items() if key not in (*right,)}
    if "tag" in old.marking:
        marking["tag"] = old.marking["tag"]
    return marking


def equal(one: QuestionKept, other: QuestionKept) -> bool:
    """Whether two questions are the same to whoever answers them."""
    return _facts(one) == _facts(other)


def _facts(question: QuestionKept) -> tuple[object, ...]:
    # Where in a file feedback stands says nothing: all orders that count are in the marking, or in the keys.
    hashes = sorted((one.key, hash_of(one)) for one in question.sections if one.markdown or one.kind != "feedback")
    return question.kind, question.aim, question.marking, hashes


def _marked(new: SectionText, old: SectionText | None) -> SectionText:
    """Words come back without marks or title from formats that have none: the old ones stay where the words do."""
    if old is None or new.kind != old.kind:
        return new
    words = plain(new.markdown)
    if words == plain(old.markdown) and new.markdown == plain_words(words):
        new = replace(new, markdown=old.markdown)
    made = old.title and new.title == titled("", new.markdown)
    return replace(new, title=old.title) if made else new
