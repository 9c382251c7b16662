"""What is said of a file as a whole, and where a file stands between the pages of its import."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kpis.enums import Status
from kpis.models import SourceMap, Upload
from kpis.periods import today

from .layout import Layout
from .period_words import found

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """Where the figures come from, how sure they are, and from which day reports count them."""

    source: str = "Imported file"
    status: str = Status.PROVISIONAL
    known_from: date = field(default_factory=today)
    vintage: date | None = None  # the day of the edition that printed them
    past_only: bool = False  # periods that are not over by then are left out, not refused

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "status": str(self.status),
            "known_from": self.known_from.isoformat(),
            "vintage": self.vintage and self.vintage.isoformat(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Terms":
        days = {name: date.fromisoformat(data[name]) for name in ("known_from", "vintage") if data.get(name)}
        return cls(**data | days) if data else cls()


@transaction.atomic
def keep(*, file_name: str, content: bytes, terms: Terms, by: Any) -> Upload:
    """Keep a file for the next page. It takes the place of this person’s older ones; nobody’s is kept for long.

    The corrected file comes after one that was refused: what was said of that one’s columns and names is not lost.
    """
    layout = {"terms": terms.to_json()}
    older = Upload.objects.filter(made_by=by)
    said = older.values_list("layout", flat=True).first() or {}
    map_before = said.get("map") or said.get("before")
    if map_before and said["terms"]["source"] == terms.source:
        layout["before"] = map_before
    older.delete()
    Upload.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return Upload.objects.create(file_name=file_name, content=content, layout=layout, made_by=by)


def terms_of(upload: Upload) -> Terms:
    return Terms.from_json(upload.layout.get("terms", {}))


def layout_of(upload: Upload) -> Layout | None:
    """The layout that was chosen for this file; None before anybody has."""
    data = upload.layout.get("map")
    return Layout.from_json(data) if data else None


def layout_before(upload: Upload) -> Layout | None:
    """How the file before this one was read: the one that this takes the place of, else the last of its source."""
    data = upload.layout.get("before")
    return without_said_periods(Layout.from_json(data)) if data else remembered(terms_of(upload).source)


@transaction.atomic
def choose(upload: Upload, *, layout: Layout, terms: Terms) -> None:
    """Raises Upload.DoesNotExist when the file was given up or replaced in the meantime."""
    Upload.objects.select_for_update(of=("self",)).only("pk").get(pk=upload.pk)
    upload.layout = {"terms": terms.to_json(), "map": layout.to_json()}
    upload.save(update_fields=["layout"])


def remembered(source: str) -> Layout | None:
    """How the last file of this source was read."""
    found = SourceMap.objects.filter(name=source).first()
    return Layout.from_json(found.layout) if found else None


def without_said_periods(layout: Layout) -> Layout:
    """A period that stands in no heading is of one file only: the next would be taken for a revision of it."""
    columns = [
        column if column.period == found(column.heading)[0] else replace(column, period="")
        for column in layout.columns
    ]
    return replace(layout, period="", columns=tuple(columns))


def remember(source: str, layout: Layout, *, by: Any) -> None:
    """The names of earlier files are kept beside those of this one."""
    before = remembered(source) or Layout()
    kept = replace(
        without_said_periods(layout),
        indicators=before.indicators | layout.indicators,
        areas=before.areas | layout.areas,
    )
    SourceMap.objects.update_or_create(name=source, defaults={"layout": kept.to_json(), "used_by": by})
