from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0008_date_decision_made_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalprogramme",
            name="source",
            field=models.CharField(
                blank=True, max_length=250, verbose_name="where its summary and funder were published"
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="source",
            field=models.CharField(
                blank=True, max_length=250, verbose_name="where its summary and funder were published"
            ),
        ),
        migrations.AlterField(
            model_name="historicalprogramme",
            name="summary",
            field=models.TextField(blank=True, verbose_name="what is known of it"),
        ),
        migrations.AlterField(
            model_name="programme",
            name="summary",
            field=models.TextField(blank=True, verbose_name="what is known of it"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="actionplan_programme_starts_before_ends",
                violation_error_message="The end must be on the day it starts, or later",
            ),
        ),
    ]
