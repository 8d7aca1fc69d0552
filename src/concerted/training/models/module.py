from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """Several modules that belong together and give one credential when all are complete.

    Its title and summary are sections of `document`; `capacity.rules.whole_days` says when it is complete and renewed.
    """

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    credential = models.OneToOneField("capacity.Credential", models.PROTECT, related_name="+")
    modules: models.ManyToManyField = models.ManyToManyField(
        "training.Module", through="training.ModuleInProgramme", related_name="programmes"
    )

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


class ModuleInProgramme(models.Model):
    """Where a module stands in a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="places")
    module = models.ForeignKey("training.Module", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["programme", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "module"],
                name="module_once_per_programme",
                violation_error_message=_("A module stands once in a programme."),
            ),
            models.UniqueConstraint(
                fields=["programme", "place"],
                name="module_place_once",
                violation_error_message=_("Two modules cannot stand in the same place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}.{self.place}"


class Module(models.Model):
    """Something to learn, in units. Its title, summary and aims are sections of `document`."""

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    credential = models.OneToOneField("capacity.Credential", models.PROTECT, related_name="+")
    published = models.ForeignKey("training.ModuleVersion", models.PROTECT, null=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    sectors: models.ManyToManyField = models.ManyToManyField("directory.Sector", blank=True, related_name="+")
    prerequisites: models.ManyToManyField = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="opens"
    )

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


class ModuleVersion(models.Model):
    """One published state of a module: which version of which unit, pass mark, attempts. Whoever starts stays on it.

    `test`: its gate. The certificate comes when the parts are done and this test is passed; with `test_alone` the test
    passed is evidence already, without a certificate.
    """

    module = models.ForeignKey(Module, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    pass_mark = models.PositiveSmallIntegerField(default=70)
    attempts = models.PositiveSmallIntegerField(default=0)
    test = models.ForeignKey("practice.Exam", models.PROTECT, null=True, blank=True, related_name="+")
    test_alone = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["module", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "no"],
                name="module_version_once",
                violation_error_message=_("This version of the module is already there."),
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__lte=100),
                name="module_version_pass_mark_per_cent",
                violation_error_message=_("The pass mark is between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(test_alone=False) | Q(test__isnull=False),
                name="module_version_test_alone_names_one",
                violation_error_message=_("Name the test that is enough alone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} v{self.no}"


class Unit(models.Model):
    """A part of a module that takes one sitting. Its words are sections of `document`."""

    module = models.ForeignKey(Module, models.CASCADE, related_name="units")
    code = models.SlugField(max_length=60)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["module", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "code"],
                name="unit_once_per_module",
                violation_error_message=_("This unit is already in the module."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class UnitInVersion(models.Model):
    """The wording of a unit that a version of a module uses, and where it stands."""

    module_version = models.ForeignKey(ModuleVersion, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.ForeignKey("text.Version", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    #: Names of its steps in order (`rules.steps_of`), so that progress is known without reading the words.
    steps = models.JSONField(default=list)

    class Meta:
        ordering = ["module_version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["module_version", "unit"],
                name="unit_once_per_version",
                violation_error_message=_("A unit stands once in a version."),
            ),
            models.UniqueConstraint(
                fields=["module_version", "place"],
                name="unit_place_once",
                violation_error_message=_("Two units cannot stand in the same place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_version_id}.{self.place}"
