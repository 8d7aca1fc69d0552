"""A scenario as a device keeps it: the map, the words ready to be shown, and where she stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.html import escape

from concerted.directory.models import Person
from concerted.kit.templatetags.kit import mark_lang
from concerted.practice.models import Attempt, KeptCopy
from concerted.practice.rules.queue import Queue
from concerted.practice.scenario.playing import as_plain
from concerted.practice.scenario.portable import WHOLE, packed
from concerted.practice.services import hash_of_device, place_of, story_of
from concerted.text.queries import ReadingLanguage
from concerted.text.rules import SectionShown
from concerted.training.queries.scenarios import words_of
from concerted.training.slots import fill, fill_inline


def mark_of(person: Person) -> str:
    """What a device calls the person it keeps something for: always the same, and no name or number of hers."""
    return salted_hmac("concerted.kept", str(person.pk), algorithm="sha256").hexdigest()[:32]


def copy_sent_by(person: Person, queue: Queue) -> KeptCopy | None:
    """The copy a device sends steps for; None unless it is hers and the device holds its key. One query."""
    if queue.person != mark_of(person):
        return None
    held = KeptCopy.objects.filter(public=queue.copy, device=hash_of_device(queue.device), attempt__person=person)
    return held.select_related("attempt").first()


def standing(attempt: Attempt) -> dict[str, Any]:
    """Where she stands, what led there, and what she chose before. Three queries at most."""
    _story, place, after = place_of(attempt)
    parts = attempt.steps.order_by("seq").values_list("part", flat=True)
    return {
        "place": as_plain(place),
        "followed": _choice(after) if after else None,
        "path": [_choice(part) for part in parts],
        "finished": attempt.finished_at is not None,
    }


def _choice(part: str) -> dict[str, str]:
    at, _dot, key = part.partition(".")
    return {"at": at, "key": key}


def package(copy: KeptCopy, code: str, key: str, reading: ReadingLanguage) -> dict[str, Any]:
    """All that a device needs to go on with this attempt, on its own version, and the key that opens it for sending."""
    attempt = copy.attempt
    return {
        "code": code,
        "copy": str(copy.public),
        "device": key,
        "person": mark_of(attempt.person),
        "head": str(copy.head),
        "packed": packed(story_of(attempt.version)),
        "words": "".join(_drawn(words_of(attempt.version, reading))),
        **standing(attempt),
    }


def _drawn(words: Mapping[str, SectionShown]) -> Iterator[str]:
    """Every section under its key, safe and marked with its language."""
    for key, section in words.items():
        mark = mark_lang(section.language)
        tag, draw = ("div", fill) if section.kind in WHOLE else ("span", fill_inline)
        yield f'<{tag} data-key="{escape(key)}"{mark}>{draw(section.markdown, section.language)}</{tag}>'
        if section.title:
            yield f'<span data-key="title:{escape(key)}"{mark}>{escape(section.title)}</span>'
