from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0005_keep_what_was_said")]

    operations = [
        migrations.RemoveField(model_name="datechange", name="agreed_at"),
        migrations.RemoveField(model_name="programme", name="strands_text"),
        migrations.RemoveField(model_name="historicalprogramme", name="strands_text"),
    ]
