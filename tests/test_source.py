"""What holds for every file of the source: which way imports point, who writes, what a template may say."""

import ast
import re
from pathlib import Path

import crispy_forms
import django
import pytest
import simple_history
from django.conf import settings

ROOT = settings.BASE_DIR
DJANGO = Path(django.__file__).parent
PACKAGES = ["actionplan", "havering_ofsted", "kpis"]
SOURCES = sorted(
    path.relative_to(ROOT)
    for name in PACKAGES
    for path in (ROOT / name).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted(
    path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*") if path.is_file()
)
LONGEST = 400

# A lower layer, and what it may not know of. `havering_ofsted` stands on top of both apps.
NEVER_IMPORTS = {
    "kpis": ["actionplan", "havering_ofsted"],
    "kpis/models": ["kpis.forms", "kpis.views", "kpis.readings"],
    "actionplan": ["havering_ofsted"],
    "actionplan/enums.py": ["actionplan.models", "actionplan.changes"],
    "actionplan/models": ["actionplan.changes", "actionplan.forms", "actionplan.reports", "actionplan.views"],
    "actionplan/changes": ["actionplan.forms", "actionplan.reports", "actionplan.views"],
    "actionplan/forms": ["actionplan.reports", "actionplan.views"],
    "actionplan/reports": ["actionplan.forms", "actionplan.views"],
}

# Writes that pass by the history of a row, and SQL that passes by the models.
PAST_HISTORY = {
    "bulk_update",
    "abulk_update",
    "bulk_create",
    "abulk_create",
    "aupdate",
    "raw",
    "cursor",
    "extra",
}
ALLOWED_PAST_HISTORY = {
    ("actionplan/changes/freezing.py", "cursor"),  # asks PostgreSQL for one picture, changes no row
    ("actionplan/unchangeable.py", "cursor"),  # puts triggers in place, changes no row
    ("havering_ofsted/views.py", "cursor"),  # the health page asks for SELECT 1
    ("kpis/recording.py", "bulk_create"),  # measurements have no history: each is a new row
    ("kpis/imports/apply.py", "bulk_create"),  # and so have benchmarks
}


def tree(path):
    return ast.parse((ROOT / path).read_text())


def imports(code, package):
    """The dotted names a module imports; relative ones are spelt out from `package`, where the module lives."""
    found = set()
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(("layer", "above"), NEVER_IMPORTS.items(), ids=NEVER_IMPORTS)
def test_imports_point_one_way(layer, above):
    inside = [path for path in SOURCES if path.is_relative_to(layer)]

    wrong = {
        (str(path), name)
        for path in inside
        for name in imports(tree(path), ".".join(path.parent.parts))
        if any(f"{name}.".startswith(f"{other}.") for other in above)
    }

    assert wrong == set()
    assert inside != []


def test_import_is_found_however_it_is_written():
    code = ast.parse("import a.b\nfrom c import d\nfrom . import e\nfrom ..f import g")

    assert imports(code, "x.y") == {"a.b", "c", "c.d", "x.y", "x.y.e", "x.f", "x.f.g"}


def past_history(code):
    """Names of the calls that change rows behind their history’s back; a queryset’s update() has keywords only."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in PAST_HISTORY or (name == "update" and node.keywords and not node.args):
                yield name


def test_nothing_writes_past_the_history():
    found = {(str(path), name) for path in SOURCES for name in past_history(tree(path))}

    assert found == ALLOWED_PAST_HISTORY


def test_write_past_the_history_is_found():
    code = ast.parse("Action.objects.filter(pk=1).update(title='')\n{}.update(words)\nx.bulk_create(rows)")

    assert sorted(past_history(code)) == ["bulk_create", "update"]


def test_no_file_is_two_things():
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in SOURCES}
    lengths |= {str(path): len((ROOT / "templates" / path).read_text().splitlines()) for path in TEMPLATES}

    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_template_is_unused():
    lent = [
        DJANGO / "contrib" / "admin" / "templates",
        Path(simple_history.__file__).parent / "templates",
    ]
    overridden = {str(path.relative_to(folder)) for folder in lent for path in folder.rglob("*.html")}
    asked = _quoted(ROOT / "templates" / path for path in TEMPLATES)
    asked |= _quoted(ROOT / path for path in SOURCES) | set(_named_by_a_part())
    asked |= _quoted([*DJANGO.glob("contrib/auth/*.py"), *DJANGO.glob("views/*.py")])
    asked |= {f"typst/{name}" for name in _quoted((ROOT / "templates" / "typst").iterdir())}
    asked |= {
        f"govuk/{name.removeprefix('/')}"
        for name in _quoted(Path(crispy_forms.__file__).parent.rglob("*.py"))
    }

    assert {str(path) for path in TEMPLATES} - overridden - asked == set()


def _quoted(paths):
    """Everything in quotes that could name a template; crispy-forms puts %s for the name of the pack."""
    text = "".join(path.read_text() for path in paths)
    return {name.removeprefix("%s") for name in re.findall(r"""["']([\w%/]+\.(?:html|txt|typ))["']""", text)}


def _named_by_a_part():
    """Names put together as f"folder/{key}.html", for every key that stands in quotes in the same file."""
    for path in SOURCES:
        text = (ROOT / path).read_text()
        for folder in re.findall(r"""f["']([\w/]+/)\{[\w.]+\}\.html["']""", text):
            yield from (f"{folder}{key}.html" for key in re.findall(r"""["'](\w+)["']""", text))


def test_nothing_is_fetched_from_elsewhere():
    pages = [ROOT / "templates" / path for path in TEMPLATES]
    assets = [path for path in (ROOT / "static").rglob("*") if path.suffix in (".css", ".js")]

    addresses = {
        (path.name, found)
        for path in [*pages, *assets]
        for found in re.findall(
            r"""https?://[^\s"')]+|(?:src|href|url)[=(]["']?//[^\s"')]+""", path.read_text()
        )
    }

    assert addresses == set()
    assert assets != []


def test_no_template_has_inline_style_or_script():
    inline = {
        (str(path), found)
        for path in TEMPLATES
        for found in re.findall(
            r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|<style[^>]*>|\son[a-z]+=",
            (ROOT / "templates" / path).read_text(),
        )
    }

    assert inline == set()


def test_no_message_says_invalid():
    """A word on its own is a code; a sentence is read by somebody."""
    said = {
        (str(path), node.value)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        if re.search(r"\binvalid\b|rag-rated|going forward", node.value, re.IGNORECASE)
    }
    said |= {
        (str(path), found)
        for path in TEMPLATES
        for found in re.findall(
            r"(?<!aria-)\binvalid\b|rag-rated|going forward",
            (ROOT / "templates" / path).read_text(),
            re.IGNORECASE,
        )
    }

    assert said == set()
