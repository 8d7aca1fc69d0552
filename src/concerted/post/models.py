from django.conf import settings
from django.db import models


class Notice(models.Model):
    """A line in a person's inbox. `kind` names a wording of `post.wordings`; `facts` fills its gaps."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    dedupe = models.CharField(max_length=120, null=True, unique=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class Letter(models.Model):
    """The outbox: a mail composed once, in the transaction of the change, and handed over at least once.

    Its Message-ID never changes, so a mail server can drop a second copy; once `sent_at` is set it is never sent again,
    and its words are gone. `optional` letters can be switched off by their reader and tell her mail program where.
    """

    to = models.EmailField()
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    optional = models.BooleanField(default=False)
    at = models.DateTimeField()
    #: Of no use afterwards: a code that runs out. Not sent any more then.
    until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"letter {self.id}"


class MailChoice(models.Model):
    """Whether a person wants mail when there is something new. Without a row she does."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_choice"
    )
    wanted = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"mail for {self.person_id}: {self.wanted}"
