"""Importing a file in a test: straight, from rows of cells, or through the pages as a person does."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpis.enums import Status
from kpis.imports.apply import take
from kpis.imports.layout import Column, Layout, Role
from kpis.imports.preview import compare
from kpis.imports.sheet import read_sheet
from kpis.imports.terms import Terms
from kpis.imports.words import shown
from tests.factories import UserFactory

IMPORT = reverse("kpis:import")
TERMS = Terms(source="Monthly extract", status=Status.VALIDATED, known_from=date(2017, 6, 27))
LONG = ["Indicator", "Period", "Value"]


def layout_of(*headings, **more):
    """Each column means what its heading says."""
    columns = tuple(
        Column(heading, Role(heading.lower()) if heading.lower() in Role.values else Role.IGNORE)
        for heading in headings
    )
    return Layout(**{"heading_rows": (1, 1), "columns": columns} | more)


def preview_of(*rows, layout=None, terms=TERMS):
    """The preview of a text file with these rows of cells; the first is the heading."""
    content = "\n".join(";".join(row) for row in rows).encode()
    return compare(read_sheet(content, "june.csv", layout or layout_of(*rows[0]), terms), terms)


def take_all(preview, terms=TERMS, **said):
    layout = layout_of(*LONG)
    return take(preview.sheet, terms, layout, seen=preview.digest, by=UserFactory(), **said)


def why(preview):
    return shown(preview)["refused"]


# Through the pages: what a page proposes is sent back, with changes


FIGURES = b"Indicator,Period,Value\nseen,May 2017,70\n"
FILE = {
    "new_source": "Monthly extract",
    "status": "validated",
    "known_from_day": "27",
    "known_from_month": "6",
    "known_from_year": "2017",
}


def post_file(client, name, content, **said):
    """Send the first page."""
    if "known_from" in said:
        parts = [f"known_from_{part}" for part in ("day", "month", "year")]
        said |= dict(zip(parts, said.pop("known_from").split(), strict=True))
    return client.post(IMPORT, FILE | {"file": SimpleUploadedFile(name, content)} | said)


def as_shown(response):
    """What the form of a page sends when nothing is changed."""
    form = response.context["form"]
    found = {name: form[name].value() for name in form.fields}
    if "place" in response.context:
        place = response.context["place"]
        found |= {name: place[name].value() for name in place.fields}
    return {name: value for name, value in found.items() if value not in (None, False)}


def go_through(client, name, content, *, columns=None, names=None, **said):
    """From the file to the page that shows what would be taken; `columns` and `names` are changes on the way."""
    response = post_file(client, name, content, **said)
    assert response.status_code == 302, response.context["form"].errors
    address = response.url
    response = client.post(address, as_shown(client.get(address)) | (columns or {}))
    assert response.status_code == 302, response.context["form"].errors
    response = client.get(response.url)
    if response.status_code == 200:
        chosen = {
            field: (names or {}).get(name, value)
            for field, (_, name, _) in response.context["form"].asked.items()
            if (value := as_shown(response).get(field, "")) is not None
        }
        response = client.post(response.wsgi_request.path, chosen)
    return client.get(response.url)


def confirm(client, response, **said):
    """Confirm what the last page shows."""
    return client.post(response.wsgi_request.path, as_shown(response) | said)
