from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0006_remove_old_texts")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="added_on",
                field=models.DateField(blank=True, editable=False, null=True, verbose_name="added"),
            )
            for model in ("dependency", "historicaldependency")
        ),
        *(
            migrations.AddField(
                model_name=model,
                name="removed_on",
                field=models.DateField(blank=True, null=True, verbose_name="no longer needed since"),
            )
            for model in ("dependency", "historicaldependency")
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=Q(removed_on=None) | Q(added_on=None) | Q(removed_on__gte=F("added_on")),
                name="actionplan_dependency_removed_after_added",
                violation_error_message="The day it was removed must be the day it was added, or later",
            ),
        ),
    ]
