"""What is done in the browser to reach the pages of a new inspection and of the plan that answers it."""

from actionplan.models import Action, Framework, Inspection, Recommendation
from tests.browser.steps import press


def start(page):
    """An inspection was published a week ago, and nobody has started its plan."""
    inspection = Inspection.objects.create(
        key="next",
        framework=Framework.objects.get(code="ilacs-2018"),
        name="Inspection of children’s services",
        start="2017-05-01",
        published_on="2017-06-20",
        source="Made up for a test",
    )
    for number, title in enumerate(("Management oversight", "Children’s plans"), 1):
        Recommendation.objects.create(
            inspection=inspection,
            number=number,
            short_title=title,
            wording="Improve it.",
            source="Made up for a test",
        )
    page.goto("/inspections/next/start-plan/")


def wrongly_filled_in(page):
    start(page)
    page.get_by_label("Where action 4.2 goes").select_option("left")
    press(page, "Start the plan")


def overtaken(page):
    """Somebody changes an action while the form is open."""
    start(page)
    action = Action.objects.get(ref="4.2")
    action.version += 1
    action.save(update_fields=["version"])
    press(page, "Start the plan")


def started(page):
    """Every open action is carried over but one."""
    start(page)
    for question in page.locator("select[name^=to_]").all():
        question.select_option(index=1)
    page.get_by_label("Where action 7.2 goes").select_option("left")
    page.get_by_label("Why action 7.2 is not carried over").fill("The money is spent.")
    press(page, "Start the plan")


def closed(address):
    def reach(page):
        started(page)
        page.goto(address)

    return reach
