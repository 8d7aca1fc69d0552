from django.db import models


class Bank(models.Model):
    """Questions on one subject, to practise one by one and to draw tests from. Its words are sections of `document`;
    the questions are those of the document's published version (`QuestionVersion`).
    """

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField()
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    sectors: models.ManyToManyField = models.ManyToManyField("directory.Sector", blank=True, related_name="+")

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code
