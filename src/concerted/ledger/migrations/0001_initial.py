import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
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
                ("at", models.DateTimeField(db_index=True)),
                ("by_id", models.PositiveBigIntegerField(null=True)),
                ("verb", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                (
                    "about_person_id",
                    models.PositiveBigIntegerField(db_index=True, null=True),
                ),
                ("digest", models.CharField(max_length=64)),
                ("seal", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EntryWords",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                ("words", models.JSONField()),
            ],
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["object_kind", "object_id"], name="entry_by_object"),
        ),
    ]
