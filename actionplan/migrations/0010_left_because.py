from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0009_programme_source"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="left_because",
            field=models.TextField(blank=True, verbose_name="why it was not carried over"),
        )
        for model in ("action", "historicalaction")
    ]
