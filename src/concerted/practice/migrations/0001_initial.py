import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("text", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
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
                ("what_kind", models.CharField(max_length=12)),
                ("what", models.PositiveBigIntegerField()),
                ("version", models.PositiveBigIntegerField()),
                ("no", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=12)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("passed", models.BooleanField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                ("key", models.CharField(max_length=60)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="text.document",
                    ),
                ),
            ],
            options={
                "ordering": ["document", "key"],
            },
        ),
        migrations.CreateModel(
            name="QuestionVersion",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one answer"),
                            ("multiple", "all that fit"),
                            ("ordering", "put in order"),
                            ("matching", "match"),
                        ],
                        max_length=10,
                    ),
                ),
                ("aim", models.PositiveSmallIntegerField(default=0)),
                ("marking", models.JSONField()),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="practice.question",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="text.version",
                    ),
                ),
            ],
            options={
                "ordering": ["question", "version"],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                ("client_key", models.UUIDField()),
                ("seq", models.PositiveIntegerField()),
                ("part", models.CharField(max_length=120)),
                ("answer", models.JSONField(blank=True, null=True)),
                ("right", models.BooleanField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="practice.attempt",
                    ),
                ),
            ],
            options={
                "ordering": ["attempt", "seq"],
            },
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                fields=("person", "what_kind", "what", "no"),
                name="attempt_numbered_once",
                violation_error_message="This attempt is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)),
                fields=("person", "what_kind", "what"),
                name="attempt_one_open",
                violation_error_message="Finish the attempt you began first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score", None),
                    models.Q(("score__gte", 0), ("score__lte", 100)),
                    _connector="OR",
                ),
                name="attempt_score_per_cent",
                violation_error_message="A score is between 0 and 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("passed", None)),
                    models.Q(("finished_at__isnull", False), ("passed__isnull", False)),
                    _connector="OR",
                ),
                name="attempt_finished_has_result",
                violation_error_message="A finished attempt has a result.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("document", "key"),
                name="question_once",
                violation_error_message="This question is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.UniqueConstraint(
                fields=("question", "version"),
                name="question_version_once",
                violation_error_message="This question stands once in a version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["single", "multiple", "ordering", "matching"])),
                name="question_version_kind_known",
                violation_error_message="A question is single, multiple, ordering or matching.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("attempt", "client_key"),
                name="step_sent_once",
                violation_error_message="This answer is already saved.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("attempt", "seq"),
                name="step_numbered_once",
                violation_error_message="Another answer was saved at the same moment. Send yours again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", None), ("right", None)),
                    models.Q(("answer__isnull", False), ("right__isnull", False)),
                    _connector="OR",
                ),
                name="step_answer_is_marked",
                violation_error_message="An answer is marked when it is saved.",
            ),
        ),
    ]
