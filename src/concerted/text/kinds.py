"""What a part of a text is, for whoever writes or translates it without the page around it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Kind of a section, as packs and rooms write it -> what it is to a reader.
_NAMES: dict[str, str | Promise] = {
    "title": _("The title of the text"),
    "summary": _("The summary, which stands in lists"),
    "note": _("The content note, which readers see first"),
    "aim": _("What people can do afterwards"),
    "text": _("A passage"),
    "image": _("A picture, and its description for whoever cannot see it"),
    "audio": _("A sound, and all that is said in it"),
    "link": _("A link, and what is behind it"),
    "download": _("A file to take along, and what it is"),
    "question": _("A question"),
    "option": _("An answer to choose from"),
    "left": _("Something that is matched with a reply, or put in order"),
    "reply": _("A reply that is matched"),
    "accepted": _("Answers in words that are right; a star stands for any ending"),
    "slip": _("Wrong answers in words that are foreseen; a star stands for any ending"),
    "unit": _("The unit of a number"),
    "feedback": _("What is said after an answer"),
    "you": _("Who the reader is in this situation"),
    "passage": _("A moment of a situation"),
    "block": _("Words that stand here only after certain choices"),
    "choice": _("Something the reader can do"),
    "why": _("What follows from a choice"),
    "basis": _("The rule behind a choice"),
    "variable": _("Something that rises and falls, such as trust"),
    "band": _("How high or low it stands, in words"),
    "ending": _("An ending"),
    "debrief": _("Looking back at the end"),
    "seat": _("One of the people at the table"),
    "fact": _("Something only some of them know"),
    "ask": _("A question one of them can put"),
    "moment": _("A moment at the table"),
    "model": _("An answer to compare one's own with"),
    "item": _("Something that is rated"),
    "level": _("A level of the rating"),
    "evidence": _("What counts as evidence"),
}


def name_of(kind: str) -> str:
    """What a part of this kind is; nothing for a kind that its words explain."""
    return str(_NAMES.get(kind, ""))
