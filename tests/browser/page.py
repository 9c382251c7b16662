"""A page of the site in one of its states, and the worlds that it may stand in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.browser.steps import press

DEMONSTRATION, NEW_PLAN, NOTHING = "demonstration", "new plan", "nothing"


@dataclass(frozen=True)
class Page:
    """One page in one state. `reach` is what to do in the browser after opening the address to get there.

    An address may name a number that only the database knows, such as {waiting}.
    """

    route: str
    state: str
    address: str
    who: str | None = "officer"
    status: int = 200
    reach: Callable = field(default=lambda page: None)
    world: str = DEMONSTRATION

    def __str__(self):
        return f"{self.route.rpartition(':')[2]} {self.state}"


def submit(name):
    return lambda page: press(page, name)
