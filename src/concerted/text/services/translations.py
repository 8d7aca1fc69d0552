from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.access import TRANSLATION
from concerted.text.models import Document, Section, Translation
from concerted.text.rules import READABLE, marks_lost, normal
from concerted.text.services.counting import count_document

State = Translation.State


class TranslationRefused(Exception):
    """The translation cannot be taken like this; the message says why and what to do."""


class Moved(TranslationRefused):
    """Somebody else wrote here, or the source moved on, since the page was opened. Nothing was stored."""


def next_revision(
    last: Translation | None, document: Document, key: str, source_hash: str, language: str, **words: Any
) -> Translation:
    """A revision that follows `last` for the same wording, not stored yet; `words` are its other fields."""
    return Translation(
        document=document,
        key=key,
        source_hash=source_hash,
        language=language,
        revision=last.revision + 1 if last else 1,
        **words,
    )


@transaction.atomic
def save_translation(
    document: Document,
    key: str,
    source_hash: str,
    language: str,
    *,
    title: str = "",
    markdown: str = "",
    state: str = State.DRAFT,
    by: Any,
    reviewed_by: Any = None,
    at: datetime,
) -> Translation:
    """Store a section's words in another language, for this exact wording. The same words again change nothing.

    For what comes in whole, from a pack or a file; the counts of the document are the caller's to renew.
    """
    of = Translation.objects.filter(document=document, key=key, source_hash=source_hash, language=language)
    last = of.order_by("-revision").first()
    title, markdown = normal(title), normal(markdown)
    if last and (last.title, last.markdown, last.state) == (title, markdown, state):
        return last
    words = {"title": title, "markdown": markdown, "state": state, "by": by, "reviewed_by": reviewed_by, "at": at}
    made = next_revision(last, document, key, source_hash, language, **words)
    made.save()
    return made


def seen_of(last: Translation | None) -> str:
    """What a page remembers of the latest revision it showed, so that two people, or two tabs, are told apart."""
    return f"{last.pk}.{last.state}.{last.ready:d}@{last.at.isoformat()}" if last else ""


def _locked_section(document: Document, key: str, source_hash: str) -> Section:
    """The published section, its document locked; Moved when it is no longer the wording she translated."""
    Document.objects.select_for_update().get(pk=document.pk)
    section = Section.objects.filter(version__document=document, version=_published(document), key=key).first()
    if section is None:
        raise Moved(_("This part is no longer in the text. Your words were not stored: copy them if you need them."))
    if section.hash != source_hash:
        raise Moved(_("The source has changed while you wrote. Look at what changed, mend your words and save again."))
    return section


def _published(document: Document) -> int | None:
    return Document.objects.values_list("published", flat=True).get(pk=document.pk)


@transaction.atomic
def write_draft(
    document: Document,
    key: str,
    language: str,
    *,
    source_hash: str,
    title: str = "",
    markdown: str,
    ready: bool,
    seen: str,
    page: str = "",
    by: Any,
    at: datetime,
) -> Translation:
    """Keep a translator's words for the wording she saw; `ready` hands them to a second person.

    `seen`: `seen_of` the latest revision she was shown; `page`: the name of the page she writes on. Raises Moved when
    the source or a draft moved on meanwhile, TranslationRefused when a finished draft is empty or lost a mark.
    """
    access.allow(by, "C", TRANSLATION, language)
    section = _locked_section(document, key, source_hash)
    last = _latest(document, key, source_hash, language)
    title, markdown = normal(title), normal(markdown)
    if _sent_again(last, (title, markdown, ready), page, by):
        return cast(Translation, last)
    _refuse_moved(last, seen, page, by)
    if ready:
        _refuse_unfinished(section, title, markdown)
    draft = _revision_for(last, document, key, source_hash, language, by)
    draft.title, draft.markdown, draft.at, draft.remark, draft.page = title, markdown, at, "", page
    draft.state, draft.ready = State.DRAFT, ready
    draft.save()
    count_document(document, [language])
    return draft


@transaction.atomic
def keep_draft(
    document: Document,
    key: str,
    language: str,
    *,
    source_hash: str,
    title: str = "",
    markdown: str,
    seen: str,
    page: str,
    by: Any,
    at: datetime,
) -> Translation | None:
    """Keep what a translator has typed so far, without her pressing anything. The same words again write nothing.

    It never makes a draft ready, takes none back from a second person and leaves a remark standing. Arguments and
    Moved as in `write_draft`; raises TranslationRefused while a draft waits, or where a box was emptied.
    """
    access.allow(by, "C", TRANSLATION, language)
    _locked_section(document, key, source_hash)
    last = _latest(document, key, source_hash, language)
    title, markdown = normal(title), normal(markdown)
    if (last.title, last.markdown) == (title, markdown) if last else not title and not markdown:
        return last
    if last and last.ready:
        raise TranslationRefused(
            _("What stands here waits for a second person. Press “Keep as a draft” if you want to change it.")
        )
    _refuse_moved(last, seen, page, by)
    if (last and last.title and not title) or (last and last.markdown and not markdown):
        raise TranslationRefused(_("It is empty. What was kept before stays."))
    draft = _revision_for(last, document, key, source_hash, language, by)
    fresh = draft.pk is None or draft.state != State.DRAFT
    draft.title, draft.markdown, draft.at, draft.page, draft.state = title, markdown, at, page, State.DRAFT
    draft.save()
    if fresh:  # otherwise the section stands as before
        count_document(document, [language])
    return draft


def _latest(document: Document, key: str, source_hash: str, language: str) -> Translation | None:
    of = Translation.objects.filter(document=document, key=key, source_hash=source_hash, language=language)
    return of.order_by("-revision").first()


def _revision_for(
    last: Translation | None, document: Document, key: str, source_hash: str, language: str, by: Any
) -> Translation:
    """Her own draft to write into, or the revision that follows; what was reviewed is never written into."""
    if last and last.state in (State.DRAFT, State.MACHINE) and last.by_id == by.pk:
        return last
    return next_revision(last, document, key, source_hash, language, by=by)


def _sent_again(last: Translation | None, words: tuple[str, str, bool], page: str, by: Any) -> bool:
    """Whether this page has said the very same before, and the answer was lost on the way."""
    if last is None or not page or (last.page, last.by_id, last.state) != (page, by.pk, State.DRAFT):
        return False
    return not last.remark and (last.title, last.markdown, last.ready) == words


def _refuse_moved(last: Translation | None, seen: str, page: str, by: Any) -> None:
    if last is None or seen_of(last) == seen:
        return
    if last.by_id != by.pk:
        raise Moved(_("Somebody else saved this part while you wrote. Her words are below yours; put them together."))
    if last.state in READABLE:
        raise Moved(_("Readers are shown what you wrote here before. Look at it below, then save again to change it."))
    # Its own words, kept while the answer was still on its way or got lost: nothing that she has not seen.
    if not page or last.page != page or last.ready:
        raise Moved(
            _("You saved this part in another window while you wrote here. Those words are below; put them together.")
        )


def _refuse_unfinished(section: Section, title: str, markdown: str) -> None:
    if (section.title and not title) or (section.markdown and not markdown):
        raise TranslationRefused(_("Something is still empty. Fill it in, or keep the draft and finish it later."))
    lost = marks_lost(f"{section.title}\n{section.markdown}", f"{title}\n{markdown}")
    if lost:
        raise TranslationRefused(
            _("This stands in the source and is missing in the translation: %(marks)s. Put it in as it is.")
            % {"marks": ", ".join(lost)}
        )


@transaction.atomic
def review(translation: Translation, *, accept: bool, remark: str = "", by: Any, at: datetime) -> Translation:
    """Let readers see a finished draft, or give it back with a remark. By another person than who wrote it.

    Raises TranslationRefused when it is one's own, when it does not wait, or when it is given back without a word;
    Moved when the source has changed since.
    """
    access.allow(by, "U", TRANSLATION, translation.language)
    translation = Translation.objects.select_for_update(of=("self",)).select_related("document").get(pk=translation.pk)
    _locked_section(translation.document, translation.key, translation.source_hash)
    if not translation.ready:
        raise TranslationRefused(_("This draft does not wait for a review. Somebody was faster, or took it back."))
    if translation.by_id == by.pk:
        raise TranslationRefused(_("You wrote this. A second person reviews it."))
    if not accept and not remark.strip():
        raise TranslationRefused(_("Say in a few words what should be changed."))
    translation.ready = False
    translation.remark = "" if accept else remark.strip()
    if accept:
        translation.state, translation.reviewed_by = State.REVIEWED, by
    translation.save()
    count_document(translation.document, [translation.language])
    verb = "translation reviewed" if accept else "translation given back"
    record(verb, by=by, object_kind="translation", object_id=translation.pk, about=translation.by)
    return translation


@transaction.atomic
def mark_tested(document: Document, language: str, *, by: Any, at: datetime) -> int:
    """Say that readers have tried out what is reviewed of a document. Returns how many sections that was."""
    access.allow(by, "U", TRANSLATION, language)
    Document.objects.select_for_update().get(pk=document.pk)
    wordings = Section.objects.filter(version=_published(document)).order_by().values("hash")
    held = Translation.objects.filter(document=document, language=language, state=State.REVIEWED)
    number = held.filter(source_hash__in=wordings).update(state=State.TESTED)
    count_document(document, [language])
    record("translation tested", by=by, object_kind="document", object_id=document.pk, words={"language": language})
    return number


__all__ = [
    "READABLE",
    "Moved",
    "TranslationRefused",
    "keep_draft",
    "mark_tested",
    "review",
    "save_translation",
    "seen_of",
    "write_draft",
]
