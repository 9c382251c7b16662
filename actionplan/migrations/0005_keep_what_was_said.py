"""What stood as text becomes rows: the strands of a programme, the meeting that agreed a date, which check it was."""

from django.db import migrations

BODIES = {
    "board": "Transformation and Improvement Board",
    "scrutiny": "Overview and Scrutiny Sub-Committee",
    "safeguarding_board": "Havering Safeguarding Children Board",
    "parenting_board": "Corporate Parenting Board",
    "ofsted": "Ofsted",
}


def keep_strands(apps, schema_editor):
    """A line each, as in “Fostering: recruit carers”."""
    programme_model, strand_model = (apps.get_model("actionplan", name) for name in ("Programme", "Strand"))
    for programme in programme_model.objects.exclude(strands_text=""):
        lines = dict.fromkeys(line.strip() for line in programme.strands_text.splitlines() if line.strip())
        for order, line in enumerate(lines, 1):
            name, _, what = line.partition(":")
            fits = len(name) <= 100
            strand_model.objects.get_or_create(
                programme=programme,
                name=name.strip() if fits else f"Strand {order}",
                defaults={
                    "order": order,
                    "what": what.strip() if fits else line,
                    "is_sample": programme.is_sample,
                },
            )


def keep_meetings(apps, schema_editor):
    """Where no such meeting is recorded, the words stay as part of the reason."""
    changes, meetings = (apps.get_model("actionplan", name).objects for name in ("DateChange", "Meeting"))
    for change in changes.exclude(agreed_at="").select_related("action__plan"):
        plan = change.action.plan
        of_plan = meetings.filter(plan__in=[plan.pk, plan.parent_id or plan.pk])
        named = {f"{BODIES[each.body]}, {each.held_on.day} {each.held_on:%B %Y}": each for each in of_plan}
        if change.agreed_at in named:
            change.meeting = named[change.agreed_at]
        else:
            change.reason += f" (Agreed at: {change.agreed_at})"
        change.save(update_fields=["meeting", "reason"])


def keep_stages(apps, schema_editor):
    """All but the first check of an action were re-checks; what was due when is not known, so they count as early."""
    assurances, seen = apps.get_model("actionplan", "Assurance").objects, set()
    for each in assurances.order_by("made_on", "pk"):
        if each.action_id in seen:
            each.stage = "early"
            each.save(update_fields=["stage"])
        seen.add(each.action_id)


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0004_assurance_and_control")]

    operations = [
        migrations.RunPython(keep_strands, migrations.RunPython.noop),
        migrations.RunPython(keep_meetings, migrations.RunPython.noop),
        migrations.RunPython(keep_stages, migrations.RunPython.noop),
    ]
