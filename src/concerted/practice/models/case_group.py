import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CaseGroup(models.Model):
    """Those who work on one case study together, and how far its documents are out.

    Led by a trainer or coordinator; or of one person who works alone, and then nobody leads it. What is written in it
    is read by its members and by who leads it, never by a manager.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("practice.Case", models.CASCADE, related_name="groups")
    #: The version it began with: published anew, the case study stays as it was for those under way.
    version = models.ForeignKey("practice.CaseVersion", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    #: Who works alone; empty where somebody leads.
    alone = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    #: The group of the directory it was opened for.
    group = models.ForeignKey("directory.Group", models.SET_NULL, null=True, blank=True, related_name="+")
    #: How many steps are out; one more than there are once the last is through.
    step = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(leader=None, alone__isnull=False) | Q(leader__isnull=False, alone=None),
                name="case_group_led_or_alone",
                violation_error_message=_("Somebody leads a group, or one person works alone."),
            ),
            models.UniqueConstraint(
                fields=["case", "alone"],
                condition=Q(finished_at=None),
                name="case_group_one_open_alone",
                violation_error_message=_("Finish what you began first."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("opened_at")),
                name="case_group_ends_after_it_opens",
                violation_error_message=_("A group cannot end before it is opened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name or self.alone_id}"


class CaseMember(models.Model):
    """Somebody in a group, and the sector she answers for: her own, or another to see with its eyes."""

    group = models.ForeignKey(CaseGroup, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="case_seats")
    #: Empty: she answers what all are asked.
    sector = models.ForeignKey("directory.Sector", models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["group", "joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                name="case_member_once",
                violation_error_message=_("She is in this group already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class CaseAnswer(models.Model):
    """What a group answers to one question: kept while it is written, handed in once.

    Those of a sector write one answer together, and all of them the shared one. `revision` counts how often it was
    saved, so that two people at once are told apart and neither loses a word.
    """

    group = models.ForeignKey(CaseGroup, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=120)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    #: The page that wrote it last: it knows its own words again when the answer to them was lost.
    page = models.CharField(max_length=32, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "question"],
                name="case_answer_once",
                violation_error_message=_("This question has an answer already."),
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | ~Q(text=""),
                name="case_answer_handed_in_has_words",
                violation_error_message=_("Write your answer first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.question}"


class CaseComment(models.Model):
    """What who leads a group says of an answer. `client_key` comes with the form: sent twice, it is one comment."""

    answer = models.ForeignKey(CaseAnswer, models.CASCADE, related_name="comments")
    client_key = models.UUIDField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["answer", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "client_key"],
                name="case_comment_sent_once",
                violation_error_message=_("This comment is already saved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.at:%Y-%m-%d}"
