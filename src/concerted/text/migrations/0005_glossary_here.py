import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def give_keys(apps, schema_editor):
    """Each entry that a pack brought before gets a key of its own."""
    for entry in apps.get_model("text", "GlossaryEntry").objects.filter(key=""):
        entry.key = uuid.uuid4().hex
        entry.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("text", "0004_offers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="glossaryentry",
            name="key",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.CreateModel(
            name="GlossaryWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32)),
                ("avoid", models.JSONField(default=list)),
                ("prefer", models.CharField(max_length=300)),
                ("why", models.CharField(max_length=300)),
                ("terms", models.JSONField(blank=True, default=list)),
                ("idea", models.CharField(blank=True, max_length=60)),
                ("no", models.PositiveIntegerField()),
                ("gone", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="text.contentlanguage"
                    ),
                ),
            ],
            options={
                "ordering": ["language", "key", "no"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "key", "no"),
                        name="glossary_wording_once",
                        violation_error_message="Somebody else changed this entry at the same time.",
                    )
                ],
            },
        ),
    ]
