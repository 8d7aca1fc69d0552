import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import concerted.training.models.certificate


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("capacity", "0001_initial"),
        ("directory", "0001_initial"),
        ("practice", "0001_initial"),
        ("text", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True)),
                ("pack", models.SlugField(blank=True, max_length=60)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="capacity.credential"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="text.document"
                    ),
                ),
                ("prerequisites", models.ManyToManyField(blank=True, related_name="opens", to="training.module")),
                ("sectors", models.ManyToManyField(blank=True, related_name="+", to="directory.sector")),
            ],
            options={
                "ordering": ["place", "code"],
            },
        ),
        migrations.CreateModel(
            name="ModuleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("no", models.PositiveIntegerField()),
                ("pass_mark", models.PositiveSmallIntegerField(default=70)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("minutes", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="training.module"
                    ),
                ),
            ],
            options={
                "ordering": ["module", "-no"],
            },
        ),
        migrations.AddField(
            model_name="module",
            name="published",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.moduleversion"
            ),
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=concerted.training.models.certificate.new_code, max_length=40, unique=True
                    ),
                ),
                ("achieved_on", models.DateField()),
                ("shown", models.BooleanField(default=True)),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certificate", to="practice.attempt"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "module_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.moduleversion"
                    ),
                ),
            ],
            options={
                "ordering": ["-achieved_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True)),
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="capacity.credential"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="text.document"
                    ),
                ),
                ("modules", models.ManyToManyField(related_name="programmes", to="training.module")),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="text.document"
                    ),
                ),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="training.module"
                    ),
                ),
            ],
            options={
                "ordering": ["module", "code"],
            },
        ),
        migrations.CreateModel(
            name="UnitInVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("steps", models.JSONField(default=list)),
                (
                    "module_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="training.moduleversion"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.unit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="text.version"),
                ),
            ],
            options={
                "ordering": ["module_version", "place"],
            },
        ),
        migrations.AddConstraint(
            model_name="moduleversion",
            constraint=models.UniqueConstraint(
                fields=("module", "no"),
                name="module_version_once",
                violation_error_message="This version of the module is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="moduleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("pass_mark__lte", 100)),
                name="module_version_pass_mark_per_cent",
                violation_error_message="The pass mark is between 0 and 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("module", "code"),
                name="unit_once_per_module",
                violation_error_message="This unit is already in the module.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitinversion",
            constraint=models.UniqueConstraint(
                fields=("module_version", "unit"),
                name="unit_once_per_version",
                violation_error_message="A unit stands once in a version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitinversion",
            constraint=models.UniqueConstraint(
                fields=("module_version", "place"),
                name="unit_place_once",
                violation_error_message="Two units cannot stand in the same place.",
            ),
        ),
    ]
