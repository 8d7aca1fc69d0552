"""What stands beside the words somebody writes: whether they are kept, how they read, and what the glossary says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from concerted.kit.guards import Request
from concerted.kit.markdown import render
from concerted.text.forms import WordsForm
from concerted.text.marking import Hint, Note, hints_for, mark_words
from concerted.text.wording import WordEntry


@dataclass(frozen=True)
class Shown:
    """A section as it is read, with the words of the glossary marked, and the notes the marks lead to."""

    title: SafeString
    body: SafeString
    notes: tuple[Note, ...]


def is_typing(request: Request) -> bool:
    """Whether this is what the page sends by itself, a moment after she stopped typing."""
    return request.method == "POST" and "HX-Request" in request.headers and request.POST.get("do") == "keep"


def faults_of(form: WordsForm) -> str:
    """What keeps a form from being kept, on one line."""
    return " ".join(f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors)


def shown_with_marks(
    title: str, markdown: str, language: str, entries: Sequence[WordEntry], name: str, **more: Any
) -> Shown:
    """Heading and words, marked; `name` begins the ids of the notes, `more` as in `mark_words`."""
    # One look at both, so that a note stands once; a rule cannot come out of an escaped heading.
    shown, notes = mark_words(f"{escape(title)}<hr>{render(markdown)}", language, entries, name, **more)
    head, _, body = shown.partition("<hr>")
    return Shown(mark_safe(head), mark_safe(body), notes)


def beside(
    *,
    source: tuple[str, str],
    source_language: str,
    written: tuple[str, str],
    language: str,
    entries: Sequence[WordEntry],
    kept_at: datetime | None,
    unkept: str = "",
) -> dict[str, Any]:
    """What the templates `_kept.html` and `_notes.html` show. `kept_at`: when the server last kept these words;
    `unkept`: why it did not now.
    """
    translating = language != source_language
    hints: tuple[Hint, ...] = ()
    if translating:
        hints = hints_for("\n".join(source), "\n".join(written), source_language, language, entries)
    into = language if translating else ""
    return {
        "source": shown_with_marks(*source, source_language, entries, "source", terms=True, into=into),
        "written": shown_with_marks(*written, language, entries, "written"),
        "hints": hints,
        "kept_at": kept_at,
        "unkept": unkept,
    }
