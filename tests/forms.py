"""What every form promises when something is wrong, proved on the page that the user gets."""

import html5lib

CONTROLS = ("input", "textarea", "select")


def assert_error_summary(response, *messages):
    """The summary says exactly `messages`, each links to the control that it is about, where it is said again.

    The title warns of the errors, so that they are the first thing heard.
    """
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    summary = next(each for each in page.iter("div") if _has_class(each, "govuk-error-summary"))
    links = list(summary.iter("a"))
    controls = {
        each.get("id") for each in page.iter() if each.tag in CONTROLS and each.get("type") != "hidden"
    }

    assert [_text(link) for link in links] == list(messages)
    assert {link.get("href")[1:] for link in links} <= controls
    assert page.find(".//title").text.startswith("Error: ")
    beside = [_text(each) for each in page.iter("p") if _has_class(each, "govuk-error-message")]
    assert [text.removeprefix("Error: ") for text in beside] == list(messages)


def typed(response):
    """What stands in the page's form: texts by name, and the values of the boxes and radios that are chosen."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(each for each in page.iter("form") if each.get("action") is None)
    found = {each.get("name"): each.text or "" for each in form.iter("textarea")}
    for each in form.iter("input"):
        is_box = each.get("type") in ("radio", "checkbox")
        if not is_box or each.get("checked") is not None:
            found[each.get("name")] = each.get("value", "on" if is_box else "")
    return found


def _has_class(element, name):
    return name in element.get("class", "").split()


def _text(element):
    return " ".join("".join(element.itertext()).split())
