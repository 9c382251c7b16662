"""The files that bring the pages of an import into their states."""

from kpis.models import Measurement
from tests.browser.steps import press

# Longer than a phone is wide, and nowhere a space.
OURS = "Number_of_children_re-registered_on_the_child_protection_register_in_the_year"
EXTRACT = f"""Monthly extract,,,
,,,
Indicator,Period,Value,Comment
Return home interviews within 72 hours,May 2017,71,Three were late because the children were out of London
Children in need,May 2017,13010,
{OURS},May 2017,12,
"""
REFUSED = f"{EXTRACT}Supervision held on time,May 2017,abc,\nSupervision held on time,June 2017,91,\n"


def send(text, name="extract_of_the_children’s_case_system_for_may_2017_final_version_2.csv"):
    """Upload a file."""

    def reach(page):
        content = text.encode()
        page.get_by_label("File", exact=True).set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_label("Name of a new source").fill("Monthly extract")
        page.get_by_label("Provisional").check()
        press(page, "Continue")

    return reach


def said_wrong(page):
    send(EXTRACT)(page)
    page.get_by_label("What Value means").select_option("numerator")
    page.get_by_label("Which period is the file about?").fill("last month")
    press(page, "Continue")


def asked_about_names(page):
    send(EXTRACT)(page)
    press(page, "Continue")


def looked_at(page):
    asked_about_names(page)
    press(page, "Continue")


def agreed_to_too_soon(page):
    looked_at(page)
    press(page, "Take these figures")


def refused(page):
    send(REFUSED)(page)
    page.get_by_label("What Value means").select_option("value")
    press(page, "Continue")
    press(page, "Continue")


def overtaken(page):
    """Somebody records a figure while the last page is read."""
    looked_at(page)
    row = Measurement.objects.filter(indicator__code="rhi-72", end="2017-05-31").latest("pk")
    row.pk, row.numerator = None, row.numerator - 1
    row.save()
    press(page, "Take these figures")


def without_figures(page):
    send("Indicator,Period,Value\nReturn home interviews within 72 hours,May 2017,\n")(page)
    page.get_by_label("What Value means").select_option("value")
    press(page, "Continue")
