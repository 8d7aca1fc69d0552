import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                ("room", models.CharField(max_length=24)),
                ("key", models.CharField(max_length=120)),
                ("language", models.CharField(default="en", max_length=12)),
            ],
            options={
                "ordering": ["room", "key"],
            },
        ),
        migrations.CreateModel(
            name="Version",
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
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="text.document",
                    ),
                ),
            ],
            options={
                "ordering": ["document", "-no"],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                ("place", models.PositiveIntegerField()),
                ("kind", models.CharField(default="text", max_length=12)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("markdown", models.TextField(blank=True)),
                ("data", models.JSONField(blank=True, default=dict)),
                ("hash", models.CharField(db_index=True, max_length=64)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="text.version",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "place"],
            },
        ),
        migrations.AddField(
            model_name="document",
            name="published",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="text.version",
            ),
        ),
        migrations.CreateModel(
            name="Translation",
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
                ("source_hash", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=12)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("markdown", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("reviewed", "Reviewed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="text.document",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["document", "key", "language", "-revision"],
                "indexes": [models.Index(fields=["document", "language"], name="translation_by_language")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "document",
                            "key",
                            "source_hash",
                            "language",
                            "revision",
                        ),
                        name="translation_once",
                        violation_error_message="This revision of the translation is already there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by", None),
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="translation_reviewed_by_another",
                        violation_error_message="A second person reviews a translation.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("document", "no"),
                name="version_once",
                violation_error_message="This version is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(
                        ("published_at__isnull", False),
                        models.Q(("hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="version_published_has_hash_and_time",
                violation_error_message="A published version has a hash and a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("version", "key"),
                name="section_key_once",
                violation_error_message="Each section needs a key of its own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("room", "key"),
                name="document_once_per_room",
                violation_error_message="A document with this key is already there.",
            ),
        ),
    ]
