import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def name_among(names: dict[str, str], code: str, language: str | None = None) -> str:
    """The name in a language (default: the active one), else in English, else the code."""
    return names.get(language or get_language() or "en") or names.get("en") or code


class Named(models.Model):
    """Something named in several languages: `names` maps a language code to a name; English is the fallback."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return name_among(self.names, self.code)

    @property
    def named_in(self) -> str:
        """The language `name` stands in: that of the pages, or English where there is no other."""
        language = get_language() or "en"
        return language if self.names.get(language) else "en"

    def name_in(self, language: str) -> str:
        return name_among(self.names, self.code, language)


class Sector(Named):
    """Health, police, justice, social services, education, specialist women's services, helpline ..."""

    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]


class Profession(Named):
    """What somebody works as, within a sector: midwife, patrol officer, prosecutor ..."""

    sector = models.ForeignKey(Sector, models.PROTECT, related_name="professions")

    class Meta:
        ordering = ["sector__place", "code"]


class Agency(models.Model):
    """A body that answers: a hospital, a police station, a court, a women's centre."""

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="agencies")
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="agencies")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("agency")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="agency_name_unique_in_territory",
                violation_error_message=_("Another agency with this name works in the same territory."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
