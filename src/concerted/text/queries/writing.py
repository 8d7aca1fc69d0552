"""What authors see: published texts, the drafts over them, and what a draft changes."""

from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from concerted.text.kinds import name_of
from concerted.text.models import Document, Section, SectionDraft, TextProposal, Version
from concerted.text.queries.bench import Piece, compare

#: So many earlier wordings are told of on the page of a text.
SAID_MOST = 10


@dataclass(frozen=True)
class EditRow:
    """A section of a published text, and another wording of it where there is one."""

    section: Section
    draft: SectionDraft | None

    @property
    def kind(self) -> str:
        """What the part is to a reader."""
        return name_of(self.section.kind)

    @property
    def words(self) -> Section | SectionDraft:
        return self.draft or self.section

    @property
    def changed_title(self) -> list[Piece]:
        return compare(self.section.title, self.words.title)

    @property
    def changed(self) -> list[Piece]:
        return compare(self.section.markdown, self.words.markdown)


def rows_to_edit(document: Document) -> list[EditRow]:
    """Every section with words of the published version, in order. Two queries."""
    drafts = {draft.key: draft for draft in SectionDraft.objects.filter(document=document).select_related("by")}
    held = Section.objects.filter(version=document.published_id).exclude(title="", markdown="").order_by("place")
    return [EditRow(section, drafts.get(section.key)) for section in held]


def said_of(document: Document) -> list[Version]:
    """The latest versions of a text whose authors said what they change, newest first. One query."""
    return list(Version.objects.filter(document=document).exclude(summary="").order_by("-no")[:SAID_MOST])


def proposals_waiting() -> QuerySet[TextProposal]:
    """Wordings that wait for a second person; those given back wait no longer."""
    return TextProposal.objects.filter(remark="")


def texts_to_edit(words: str = "", *, only_open: bool = False) -> QuerySet[Document]:
    """Published texts with their `title`, those with a proposal (`waits`) and with drafts (`open`) first; `words` of
    the title narrow them.
    """
    title = Section.objects.filter(version=OuterRef("published"), key="title").order_by().values("markdown")[:1]
    waits = proposals_waiting().filter(document=OuterRef("pk"))
    texts = Document.objects.filter(published__isnull=False).annotate(
        open=Count("drafts"), waits=Exists(waits), title=Coalesce(Subquery(title), "key", output_field=CharField())
    )
    if only_open:
        texts = texts.filter(open__gt=0)
    for word in words.replace("\0", "").split():
        texts = texts.filter(title__icontains=word)
    return texts.order_by("-waits", "-open", "room", "key")
