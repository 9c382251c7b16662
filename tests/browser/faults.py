"""What is wrong with a page, each fault as a sentence. Nothing found is an empty list."""

import re
from collections import Counter
from pathlib import Path

import html5lib
from django.conf import settings

AXE = (settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
REFERENCES = (
    "for",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "headers",
    "list",
    "form",
)
MARKS = {"app-tag", "app-impact", "app-dir"}


def of_axe(page, *, leave_out=()):
    """What axe finds, without looking into the elements to `leave_out`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    result = page.evaluate(
        "([context, options]) => axe.run(context, options)",
        [
            {"exclude": [[each] for each in leave_out]},
            {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False},
        ],
    )
    width = page.viewport_size["width"]
    return [
        f"axe at {width} px: {each['id']}, {each['help']}: {node['html'][:160]} ({' '.join(map(str, node['target']))})"
        for each in result["violations"]
        for node in each["nodes"]
    ]


def of_layout(page, when):
    """Sideways scrolling, words that are cut off or run out of their box, letters that do not grow."""
    return [f"{when}: {fault}" for fault in page.evaluate(LAYOUT)]


def of_references(html):
    """Links within the page, labels and descriptions that point at nothing, and names given twice."""
    return _of_references(html5lib.parse(html, namespaceHTMLElements=False))


def _of_references(document):
    found = [each.get("id") for each in document.iter() if each.get("id")]
    ids = Counter(found)
    faults = [f"id {name} is used {count} times" for name, count in ids.items() if count > 1]
    for each in document.iter():
        if not isinstance(each.tag, str):
            continue
        wanted = [(name, target) for name in REFERENCES for target in each.get(name, "").split()]
        link = each.get("href") or each.get("{http://www.w3.org/1999/xlink}href") or ""
        if link.startswith("#"):
            wanted.append(("href", link[1:]))
        faults += [
            f'{each.tag} {name}="{target}" leads nowhere' for name, target in wanted if target not in ids
        ]
    return faults


def of_source(html):
    """What the server sent: broken HTML, links to nothing, a title that is not the heading, what the policy forbids."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    lines = html.splitlines()
    faults = [
        f"HTML: {code} {what} at {lines[line - 1].strip()[:120]}" for (line, _), code, what in parser.errors
    ]
    faults += _of_references(document) + _of_headings(document)
    for each in document.iter():
        if not isinstance(each.tag, str):
            continue
        name = each.tag.rpartition("}")[2]
        faults += [f"{name} has {key}" for key in each.attrib if key == "style" or key.startswith("on")]
        if name == "style" or (name == "script" and not each.get("nonce")):
            faults.append(f"{name} without a nonce: {each.attrib}")
        if name == "form" and not _can_be_sent(each):
            faults.append(f"form {each.attrib} has no button that sends it")
        if name == "button" and each.get("type") == "button" and each.get("hidden") is None:
            faults.append(f"button {_words(each)} does nothing without a script")
        if MARKS & set(each.get("class", "").split()) and not _has_word_and_shape(each):
            faults.append(f"a mark speaks by colour alone: {each.get('class')} {_words(each)}")
    return faults


def _of_headings(document):
    headings, title = list(document.iter("h1")), _words(document.find(".//title"))
    if len(headings) != 1:
        return [f"{len(headings)} main headings"]
    heading = _words(headings[0])
    return [] if heading and heading in title else [f"the title “{title}” does not say “{heading}”"]


def _can_be_sent(form):
    return any(
        each.get("type", "submit" if each.tag == "button" else "text") == "submit"
        for each in form.iter()
        if each.tag in ("button", "input")
    )


def _has_word_and_shape(mark):
    return bool(_words(mark)) and any(str(each.tag).endswith("use") for each in mark.iter())


def _words(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
