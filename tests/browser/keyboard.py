"""Going through a page by keyboard alone, watching at each step that the focus is seen."""

from pathlib import Path

FOCUS_FAULT = (Path(__file__).parent / "keyboard.js").read_text(encoding="utf-8")
FARTHEST = 120  # presses; more than any page has before its main part ends


def tab_to(person, wanted, *, back=False):
    """Press Tab until `wanted` has the focus. The focus shows itself, and nothing covers it, all the way."""
    for _ in range(FARTHEST):
        person.keyboard.press("Shift+Tab" if back else "Tab")
        fault = person.evaluate(FOCUS_FAULT)
        assert fault is None, fault
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def type_into(person, wanted, text):
    """Replace what stands in a field."""
    tab_to(person, wanted)
    person.keyboard.press("ControlOrMeta+a")
    person.keyboard.type(text)
