"""The pages of indicators: their figures, what is entered and imported, what was agreed about them."""

from datetime import date
from decimal import Decimal

from havering_ofsted.models import User
from kpis.models import Indicator, Measurement
from kpis.periods import Period
from kpis.recording import record
from tests.browser import import_pages as imports
from tests.browser.page import Page, submit
from tests.browser.steps import line, press


def _revised_to_few(page):
    """A month of eight children turns out to have had five; the value was asked about."""
    Measurement.objects.create(
        indicator=Indicator.objects.get(code="iha-28"),
        start="2017-05-01",
        end="2017-05-31",
        numerator=4,
        denominator=5,
        recorded_on="2017-06-26",
        reason="Three children had moved on.",
        answer="The register was read again.",
        made_by=User.objects.get(email="manager@havering.example"),
        source="Entered by a test",
    )
    page.reload()


def _odd_figures(page):
    """One that cannot be, one that misses its target without a comment, one far outside its history."""
    line(page, "Return home interviews").get_by_label("Episodes with").fill("28")
    line(page, "Conferences within 15 days").get_by_label("So what?").fill("")
    line(page, "Independent visitors").get_by_label("Children matched").fill("120")
    press(page, "Save figures")


def _stale_figure(page):
    """Somebody enters another figure while the page is open."""
    record(
        indicator=Indicator.objects.get(code="iv-matched"),
        period=Period.month(date(2017, 5, 1)),
        value=Decimal(13),
        source="Entered by the Head of Leaving Care",
        reason="One match more",
        by=User.objects.get(email="officer@havering.example"),
    )
    line(page, "Independent visitors").get_by_label("Children matched").fill("14")
    press(page, "Save figures")


INDICATOR_PAGES = [
    Page("kpis:indicators", "default", "/kpis/"),
    Page("kpis:indicators", "of the improvement team, by service", "/kpis/?group=service", "manager"),
    Page("kpis:indicators", "filtered", "/kpis/?show=worse"),
    Page("kpis:indicators", "nothing found", "/kpis/?show=worsening"),
    Page("kpis:indicators", "error", "/kpis/?show=blue"),
    Page("kpis:charts", "default", "/kpis/charts/", "board"),
    Page("kpis:indicator", "of the council, shifted", "/kpis/cl-contact/"),
    Page("kpis:indicator", "of the improvement team", "/kpis/rhi-72/", "manager"),
    Page("kpis:indicator", "revised to few cases", "/kpis/iha-28/", reach=_revised_to_few),
    Page("kpis:indicator", "of the DfE", "/kpis/place-stability-dfe/"),
    Page("kpis:indicator", "never judged", "/kpis/cp-plans/"),
]

MAY = "/kpis/entry/2017-05/"
ENTRY_PAGES = [
    Page("kpis:entry_month", "all in", MAY, "manager"),
    Page("kpis:entry_month", "hardly any in", "/kpis/entry/2016-03/", "manager"),
    Page("kpis:entry_month", "error and question", MAY, "manager", reach=_odd_figures),
    Page("kpis:entry_month", "conflict", MAY, "manager", 409, _stale_figure),
    Page("kpis:entry_month", "not over", "/kpis/entry/2017-06/", "manager"),
    Page("kpis:entry_month", "not one’s own", MAY, "board", 403),
]

LINE = "target=92&by_day=31&by_month=3&by_year=2019&step=quarter&tolerance=5"
AGREEMENT_PAGES = [
    Page("kpis:trajectory", "default", "/kpis/rhi-72/trajectory/", "manager"),
    Page("kpis:trajectory", "of a printed target", "/kpis/cl-eet/trajectory/", "manager"),
    Page("kpis:trajectory", "line error", "/kpis/rhi-72/trajectory/?target=ninety", "manager"),
    Page("kpis:trajectory", "line", f"/kpis/rhi-72/trajectory/?{LINE}", "manager"),
    Page(
        *("kpis:trajectory", "agreement error", f"/kpis/rhi-72/trajectory/?{LINE}", "manager"),
        reach=submit("Save what was agreed"),
    ),
    Page("kpis:trajectory", "never judged", "/kpis/cp-plans/trajectory/", "manager"),
    Page("kpis:trajectory", "not one’s own", "/kpis/rhi-72/trajectory/", "board", 403),
    Page("kpis:limits", "default", "/kpis/rhi-72/limits/", "manager"),
    Page("kpis:limits", "error", "/kpis/rhi-72/limits/", "manager", reach=submit("Save")),
]

IMPORT = "/kpis/import/"
IMPORT_PAGES = [
    Page("kpis:import", "default", IMPORT, "manager"),
    Page("kpis:import", "error", IMPORT, "manager", reach=submit("Continue")),
    Page("kpis:import", "refused file", IMPORT, "manager", reach=imports.send("%PDF-1.4", "plan.pdf")),
    Page("kpis:import", "not one’s own", IMPORT, "board", 403),
    Page("kpis:import_layout", "default", IMPORT, "manager", reach=imports.send(imports.EXTRACT)),
    Page("kpis:import_layout", "error", IMPORT, "manager", reach=imports.said_wrong),
    Page("kpis:import_names", "default", IMPORT, "manager", reach=imports.asked_about_names),
    Page("kpis:import_check", "default", IMPORT, "manager", reach=imports.looked_at),
    Page("kpis:import_check", "error", IMPORT, "manager", reach=imports.agreed_to_too_soon),
    Page("kpis:import_check", "refused cells", IMPORT, "manager", reach=imports.refused),
    Page("kpis:import_check", "conflict", IMPORT, "manager", 409, imports.overtaken),
    Page("kpis:import_check", "gone", f"{IMPORT}1/check/", "manager", 404),
    Page("kpis:import_check", "nothing in it", IMPORT, "manager", reach=imports.without_figures),
]

PAGES = INDICATOR_PAGES + ENTRY_PAGES + IMPORT_PAGES + AGREEMENT_PAGES
