"""What people do in a journey, one deed a function. A `person` is the browser page they sit before."""

import re

from playwright.sync_api import expect

PASSWORD = "sunflowers in the hall"


def sign_in(person, name):
    """Sign in through the login page as one of the five accounts, and land on My work."""
    person.goto("/")
    person.get_by_label("E-mail address").fill(f"{name}@havering.example")
    person.get_by_label("Password", exact=True).fill(PASSWORD)
    person.get_by_role("button", name="Sign in").click()
    expect(person.get_by_role("heading", level=1)).to_have_text(re.compile("^My work: "))
    return person


def follow(person, name):
    person.get_by_role("link", name=name, exact=True).first.click()


def press(person, name):
    person.get_by_role("button", name=name, exact=True).click()


def line(person, name):
    """One figure on the monthly page, unfolded where it stands already."""
    group = person.get_by_role("group", name=name, exact=True)
    folded = group.locator("details:not([open]) > summary", has_text="Correct or validate")
    if folded.count():
        folded.click()
    return group


def read_june(person):
    """Go to the report by the navigation, which leads to the month that the Board meets on next."""
    follow(person, "Monthly report")
    expect(person.get_by_role("heading", level=1)).to_have_text("Monthly progress: June 2017")


def fact(person, name):
    """What stands beside a name in the facts at the head of the page."""
    return person.locator(".app-facts > div", has=person.get_by_text(name, exact=True)).locator("dd")


def expect_errors(person, *messages):
    """The summary says exactly these, the title warns of them, and each link puts the cursor into its question."""
    expect(person).to_have_title(re.compile("^Error: "))
    links = person.locator(".govuk-error-summary a")
    expect(links).to_have_text(list(messages))
    for link in links.all():
        link.click()
        expect(person.locator(link.get_attribute("href"))).to_be_focused()
