from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0004_crossings"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptplan",
            name="file",
            field=models.TextField(blank=True),
        ),
    ]
