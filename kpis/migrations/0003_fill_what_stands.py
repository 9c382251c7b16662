from django.db import migrations

from kpis.periods import months_later


def know_benchmarks_from_publication(apps, schema_editor):
    """DfE publishes about eight months after a year has ended; until now that was worked out on every read."""
    benchmarks = apps.get_model("kpis", "Benchmark").objects
    for end in benchmarks.order_by().values_list("end", flat=True).distinct():
        benchmarks.filter(end=end).update(recorded_on=months_later(end, 8))


def say_what_figures_cover(apps, schema_editor):
    """From the newest figure that each indicator has."""
    measurements = apps.get_model("kpis", "Measurement").objects
    for indicator in apps.get_model("kpis", "Indicator").objects.all():
        newest = measurements.filter(indicator=indicator).order_by("end", "start").last()
        if newest and newest.start == newest.end:
            indicator.covers = "last_day"
            indicator.save(update_fields=["covers"])
        elif (
            newest
            and indicator.frequency != "annual"
            and months_later(newest.start, 12) > newest.end > months_later(newest.start, 11)
        ):
            indicator.covers = "year"
            indicator.save(update_fields=["covers"])


class Migration(migrations.Migration):
    dependencies = [("kpis", "0002_targets_rules_and_imports")]

    operations = [
        migrations.RunPython(know_benchmarks_from_publication, migrations.RunPython.noop),
        migrations.RunPython(say_what_figures_cover, migrations.RunPython.noop),
    ]
