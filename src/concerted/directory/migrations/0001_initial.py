import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Audience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("names", models.JSONField(default=dict)),
                ("place", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["place", "code"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "public",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, null=True, verbose_name="e-mail"),
                ),
                ("password", models.CharField(blank=True, default="", max_length=128)),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "language",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="language"),
                ),
                (
                    "hidden",
                    models.BooleanField(default=False, verbose_name="not shown to colleagues"),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "person",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email__isnull", False)),
                        name="person_email_unique",
                        violation_error_message="Another person uses this e-mail address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="person_email_not_blank",
                        violation_error_message="Leave the e-mail out altogether when there is none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Profession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("names", models.JSONField(default=dict)),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="professions",
                        to="directory.sector",
                    ),
                ),
            ],
            options={
                "ordering": ["sector__place", "code"],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "public",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("name", models.CharField(max_length=160)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agencies",
                        to="directory.sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "agency",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("level", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(blank=True, max_length=40)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "territory",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("pre", "Before qualifying"), ("in", "In service")],
                        default="in",
                        max_length=3,
                    ),
                ),
                (
                    "share",
                    models.DecimalField(decimal_places=2, default=1, max_digits=3),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="directory.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="directory.profession",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="directory.territory",
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "id"],
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("women", "Women"),
                            ("men", "Men"),
                            ("persons", "Persons"),
                        ],
                        max_length=8,
                    ),
                ),
                ("age_band", models.CharField(default="all", max_length=12)),
                ("persons", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=200)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="populations",
                        to="directory.territory",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "sex"],
            },
        ),
        migrations.CreateModel(
            name="Establishment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("as_of", models.DateField()),
                ("posts", models.DecimalField(decimal_places=2, max_digits=8)),
                ("source", models.CharField(max_length=200)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="establishments",
                        to="directory.agency",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="establishments",
                        to="directory.profession",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="establishments",
                        to="directory.territory",
                    ),
                ),
            ],
            options={
                "ordering": ["-as_of", "id"],
            },
        ),
        migrations.AddField(
            model_name="agency",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agencies",
                to="directory.territory",
            ),
        ),
        migrations.CreateModel(
            name="TerritoryLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField()),
                (
                    "ancestor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="below",
                        to="directory.territory",
                    ),
                ),
                (
                    "descendant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="above",
                        to="directory.territory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AudienceVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("no", models.PositiveIntegerField()),
                ("rule", models.JSONField()),
                ("from_day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="directory.audience",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["audience", "-no"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("audience", "no"),
                        name="audience_version_once",
                        violation_error_message="This version of the audience is already there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supervisor", "Supervisor"),
                            ("manager", "Agency manager"),
                            ("trainer", "Trainer"),
                            ("author", "Author"),
                            ("translator", "Translator"),
                            ("local_coordinator", "Local coordinator"),
                            ("national_coordinator", "National coordinator"),
                            ("wellbeing_lead", "Wellbeing lead"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "scope_kind",
                    models.CharField(
                        choices=[
                            ("agency", "an agency"),
                            ("territory", "a territory and all below it"),
                            ("everywhere", "everywhere"),
                        ],
                        max_length=12,
                    ),
                ),
                ("scope_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["role", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("person")), _negated=True),
                        name="role_not_granted_to_oneself",
                        violation_error_message="Nobody can give herself a role.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("person")), _negated=True),
                        name="role_not_confirmed_by_its_holder",
                        violation_error_message="Nobody can confirm her own role.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope_id", None), ("scope_kind", "everywhere")),
                            models.Q(
                                models.Q(("scope_kind", "everywhere"), _negated=True),
                                ("scope_id__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="role_scope_named",
                        violation_error_message="Say for which agency or territory the role is.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.UniqueConstraint(
                models.F("parent"),
                models.F("name"),
                name="territory_name_unique_under_parent",
                violation_error_message="Another territory with this name stands under the same parent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.UniqueConstraint(
                models.F("name"),
                condition=models.Q(("parent", None)),
                name="territory_name_unique_at_top",
                violation_error_message="Another territory with this name stands at the top.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None),
                    models.Q(("parent", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="territory_not_its_own_parent",
                violation_error_message="A territory cannot stand under itself.",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["agency", "since"], name="position_by_agency"),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["profession", "territory"],
                include=("since", "until"),
                name="position_by_profession",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                name="position_ends_after_it_starts",
                violation_error_message="A position must end after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gt", 0), ("share__lte", 1)),
                name="position_share_between_0_and_1",
                violation_error_message="The share of a full post must be above 0 and at most 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                fields=("person", "agency", "profession", "since"),
                name="position_once",
                violation_error_message="This position is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="population",
            constraint=models.UniqueConstraint(
                fields=("territory", "year", "sex", "age_band"),
                name="population_once_per_year",
                violation_error_message="This population is already there for that year.",
            ),
        ),
        migrations.AddConstraint(
            model_name="establishment",
            constraint=models.UniqueConstraint(
                fields=("agency", "profession", "territory", "as_of"),
                name="establishment_once_per_day",
                violation_error_message="The establishment of that day is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="establishment",
            constraint=models.CheckConstraint(
                condition=models.Q(("posts__gte", 0)),
                name="establishment_not_negative",
                violation_error_message="Posts cannot be fewer than none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                fields=("territory", "name"),
                name="agency_name_unique_in_territory",
                violation_error_message="Another agency with this name works in the same territory.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territorylink",
            constraint=models.UniqueConstraint(fields=("ancestor", "descendant"), name="territory_link_once"),
        ),
    ]
