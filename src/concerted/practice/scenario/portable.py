"""A story for a program that has no reader of conditions: as JSON, every condition and effect taken apart. Pure.

Its twin in JavaScript is `practice/static/practice/playing.js`; one file of vectors holds both to the same steps.
"""

from typing import Any

from concerted.practice.scenario.conditions import Compare, Condition, Effect, Not
from concerted.practice.scenario.story import DEBRIEF, Passage, Story

#: Kinds of sections that are whole paragraphs; the others stand within a line.
WHOLE = ("passage", "ending", "block", "why", "debrief")


def portable(story: Story) -> dict[str, Any]:
    """The story as its twin plays it.

    >>> from concerted.practice.scenario.story import Choice, Passage, Variable, Way
    >>> room = Passage("room", (Choice("a", (Way("end"),), "told", "told"),))
    >>> portable(Story((Variable("told"),), (room, Passage("end", ending=True))))["passages"]["room"]["choices"]
    [{'key': 'a', 'when': ['>=', [[1, 'told']], [[1, 1]]], 'effects': [['told', '=', 1]], 'ways': [['end', None]]}]
    """
    return {
        "start": story.start,
        "variables": [[one.name, one.start, one.low, one.high] for one in story.variables],
        "passages": {one.key: _passage(one) for one in story.passages},
        "interrupts": [[_condition(one.condition), one.to] for one in story.interrupts],
    }


def packed(story: Story) -> dict[str, Any]:
    """What `practice/static/practice/scene.js` needs to draw it, but for the words. What is never shown is absent."""
    bands = [
        {"name": one.name, "shown": one.shown, "ends": [[band.code, band.low, band.high] for band in one.bands]}
        for one in story.variables
        if one.shown != "never"
    ]
    return {"story": portable(story), "bands": bands, "parts": list(DEBRIEF)}


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "ending": passage.ending,
        "skip": passage.skip,
        "blocks": [[one.key, _condition(one.condition), _effects(one.changes)] for one in passage.blocks],
        "choices": [
            {
                "key": one.key,
                "when": _condition(one.condition),
                "effects": _effects(one.changes),
                "ways": [[way.to, _condition(way.condition)] for way in one.ways],
            }
            for one in passage.choices
        ],
    }


def _condition(condition: Condition | None) -> list[Any] | None:
    if condition is None:
        return None
    if isinstance(condition, Compare):
        return [condition.op, [list(part) for part in condition.left.parts], [list(p) for p in condition.right.parts]]
    if isinstance(condition, Not):
        return ["not", _condition(condition.inner)]
    return ["and" if condition.every else "or", *(_condition(part) for part in condition.parts)]


def _effects(effects: tuple[Effect, ...]) -> list[list[Any]]:
    return [[one.name, one.how, one.amount] for one in effects]
