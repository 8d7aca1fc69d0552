import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Credential",
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
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("agency", "agency"),
                            ("territory", "territory"),
                        ],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("minutes", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
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
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="MarkWeek",
            fields=[
                ("week", models.DateField(primary_key=True, serialize=False)),
                ("upto_id", models.PositiveBigIntegerField()),
            ],
            options={
                "ordering": ["week"],
            },
        ),
        migrations.CreateModel(
            name="Recount",
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
                ("asked_at", models.DateTimeField()),
                ("cursor", models.PositiveBigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recounts",
                        to="capacity.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("agency", "agency"),
                            ("territory", "territory"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_id", models.PositiveBigIntegerField()),
                ("achieved_on", models.DateField()),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("module", "completed here"),
                            ("outside", "training outside"),
                            ("import", "imported record"),
                            ("void", "taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_ref", models.CharField(max_length=160)),
                ("recorded_at", models.DateTimeField()),
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
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="capacity.credential",
                    ),
                ),
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="capacity.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "ordering": ["achieved_on", "id"],
                "indexes": [
                    models.Index(
                        fields=[
                            "subject_kind",
                            "subject_id",
                            "credential",
                            "achieved_on",
                        ],
                        name="evidence_by_subject",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "subject_kind",
                            "subject_id",
                            "credential",
                            "source_kind",
                            "source_ref",
                        ),
                        name="evidence_once",
                        violation_error_message="This is already on record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_kind", "void"), ("voids__isnull", False)),
                            models.Q(
                                models.Q(("source_kind", "void"), _negated=True),
                                ("voids", None),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_void_names_what_it_voids",
                        violation_error_message="Taking back names the record it takes back.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
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
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("agency", "agency"),
                            ("territory", "territory"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_id", models.PositiveBigIntegerField()),
                ("from_day", models.DateField()),
                ("until_day", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                ("authority", models.CharField(max_length=160)),
                ("at", models.DateTimeField()),
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
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exemptions",
                        to="capacity.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["from_day", "id"],
                "indexes": [
                    models.Index(
                        fields=["subject_kind", "subject_id"],
                        name="exemption_by_subject",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_day__gt", models.F("from_day"))),
                        name="exemption_ends_after_it_starts",
                        violation_error_message="An exemption must end after it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Episode",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("current", "In place"),
                            ("due_soon", "Due soon"),
                            ("overdue", "Overdue"),
                            ("not_yet_due", "Not yet due"),
                            ("exempt", "Exempt"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts", models.DateField()),
                ("stops", models.DateField()),
                ("why", models.CharField(max_length=24)),
                ("due_on", models.DateField(null=True)),
                ("held_on", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="episodes",
                        to="directory.position",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="episodes",
                        to="capacity.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "mandate", "starts"],
                "indexes": [
                    models.Index(
                        fields=["agency"],
                        include=("mandate", "starts", "stops", "state", "position"),
                        name="episode_by_agency",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["overdue", "due_soon"])),
                        fields=["agency", "state", "starts"],
                        include=("position", "mandate", "stops"),
                        name="episode_open_by_agency",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("position", "mandate", "starts"),
                        name="episode_once",
                        violation_error_message="A position has one state a day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stops__gt", models.F("starts"))),
                        name="episode_stops_after_it_starts",
                        violation_error_message="A state must last at least a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateVersion",
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
                (
                    "cycle",
                    models.CharField(
                        choices=[
                            ("once", "once"),
                            ("rolling", "again, counted from the day it was done"),
                            ("fixed", "again, on fixed calendar days"),
                        ],
                        max_length=8,
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(default=0)),
                ("anchor", models.DateField(blank=True, null=True)),
                ("first_due_months", models.PositiveSmallIntegerField(default=3)),
                ("warn_days", models.PositiveSmallIntegerField(default=90)),
                ("grace_days", models.PositiveSmallIntegerField(default=0)),
                ("basis", models.CharField(max_length=300)),
                ("authority", models.CharField(max_length=160)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "audience_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.audienceversion",
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
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="capacity.mandate",
                    ),
                ),
                (
                    "satisfied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="capacity.credential",
                    ),
                ),
            ],
            options={
                "ordering": ["mandate", "-no"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mandate", "no"),
                        name="mandate_version_once",
                        violation_error_message="This version of the mandate is already there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_day", None),
                            ("until_day__gt", models.F("from_day")),
                            _connector="OR",
                        ),
                        name="mandate_version_ends_after_it_starts",
                        violation_error_message="A mandate must end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("anchor", None), ("cycle", "once"), ("months", 0)),
                            models.Q(
                                ("anchor", None),
                                ("cycle", "rolling"),
                                ("months__gt", 0),
                            ),
                            models.Q(
                                ("anchor__isnull", False),
                                ("cycle", "fixed"),
                                ("months__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="mandate_version_cycle_complete",
                        violation_error_message="A repeated mandate says after how many months; a fixed one also says from which day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            ("by", None),
                            models.Q(("confirmed_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="mandate_version_confirmed_by_another",
                        violation_error_message="A second person confirms a mandate.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
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
                ("current", models.IntegerField(default=0)),
                ("due_soon", models.IntegerField(default=0)),
                ("overdue", models.IntegerField(default=0)),
                ("not_yet_due", models.IntegerField(default=0)),
                ("exempt", models.IntegerField(default=0)),
                ("week", models.DateField()),
                (
                    "mandate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="capacity.mandate",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.territory",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("week", "territory", "mandate"),
                        name="mark_once",
                        violation_error_message="One mark a week, territory and mandate.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideClaim",
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
                ("achieved_on", models.DateField()),
                ("provider", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for confirmation"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="capacity.credential",
                    ),
                ),
                (
                    "decided_by",
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
                        related_name="outside_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("person", "credential", "achieved_on"),
                        name="outside_claim_once",
                        violation_error_message="This training is already on record for that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="outside_claim_decided_by_another",
                        violation_error_message="Somebody else confirms what you recorded.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
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
                ("current", models.IntegerField(default=0)),
                ("due_soon", models.IntegerField(default=0)),
                ("overdue", models.IntegerField(default=0)),
                ("not_yet_due", models.IntegerField(default=0)),
                ("exempt", models.IntegerField(default=0)),
                ("day", models.DateField()),
                (
                    "mandate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="capacity.mandate",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.territory",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "territory"], name="tally_by_day")],
            },
        ),
    ]
