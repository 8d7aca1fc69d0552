from django.db import models


class Pack(models.Model):
    """A content pack as it was last loaded. What it brought stands in text and training."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    licence = models.CharField(max_length=60)
    notice = models.CharField(max_length=600)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
