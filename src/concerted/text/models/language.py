from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentLanguage(models.Model):
    """A language that texts are translated into. Added at run time; the interface need not exist in it."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60, help_text=_("The language's own name for itself."))
    right_to_left = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name


class Translator(models.Model):
    """That a person translates into a language and reviews what others translated into it. Her role opens the door."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="translates")
    language = models.ForeignKey(ContentLanguage, models.CASCADE, related_name="translators")

    class Meta:
        ordering = ["language", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"],
                name="translator_once_per_language",
                violation_error_message=_("She already translates into this language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} into {self.language_id}"


class TranslationCount(models.Model):
    """Derived: how many sections of a published document stand in which state in a language.

    Kept in step by whatever publishes or translates, so that the queue of a language never reads its sections.
    """

    document = models.ForeignKey("text.Document", models.CASCADE, related_name="counts")
    language = models.ForeignKey(ContentLanguage, models.CASCADE, related_name="+")
    missing = models.PositiveIntegerField(default=0)
    draft = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    reviewed = models.PositiveIntegerField(default=0)
    tested = models.PositiveIntegerField(default=0)
    outdated = models.PositiveIntegerField(default=0)
    #: Of all of these, how many wait for a second person.
    waiting = models.PositiveIntegerField(default=0)
    #: Raised with every count: what a process remembers of the document in this language, it keeps under this number.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["language", "document"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "document"],
                name="translation_count_once",
                violation_error_message=_("One count a document and language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.language_id}: {self.missing} missing, {self.outdated} outdated"
