"""Reading the project's own CSV files. A broken row is named by file, line and column, and stops the load."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import models


class BrokenRow(Exception):
    def __init__(self, path: Path, line: int, column: str, what: str):
        super().__init__(f"{path.name}, line {line}, column {column}: {what}")


def text(cell: str) -> str:
    return cell


def required(cell: str) -> str:
    if not cell:
        raise ValueError("is empty")
    return cell


def day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a date such as 2016-12-09") from None


def number(cell: str) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise ValueError(f"{cell!r} is not a number") from None
    if not value.is_finite():
        raise ValueError(f"{cell!r} is not a number")
    return value


def whole(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a whole number") from None


def yes_no(cell: str) -> bool:
    return one_of({"yes": True, "no": False})(cell)


def optional(parser: Callable[[str], Any]) -> Callable[[str], Any]:
    """An empty cell is None."""
    return lambda cell: parser(cell) if cell else None


def one_of(known: dict[str, Any] | Iterable[str]) -> Callable[[str], Any]:
    """The cell is one of the known words; of a dictionary, what it stands for."""
    meanings = known if isinstance(known, dict) else {word: word for word in known}

    def parse(cell: str) -> Any:
        try:
            return meanings[cell]
        except KeyError:
            raise ValueError(f"{cell!r} is not known here") from None

    return parse


def read(path: Path, columns: dict[str, Callable[[str], Any]], key: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a file, each cell parsed by its column's parser.

    The file has exactly these columns, in any order, and no two rows with the same `key`. Raises BrokenRow.
    """
    rows, seen = [], {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        heading = next(lines, [])
        for name in [*columns, *heading]:
            if (name in columns) + (name in heading) < 2:
                raise BrokenRow(
                    path, 1, name, "is not in the heading" if name in columns else "is not expected"
                )
        for cells in lines:
            row = {}
            if len(cells) != len(heading):
                raise BrokenRow(
                    path, lines.line_num, heading[-1], f"the row has {len(cells)} cells, not {len(heading)}"
                )
            for name, cell in zip(heading, cells, strict=True):
                try:
                    row[name] = columns[name](cell.strip())
                except ValueError as error:
                    raise BrokenRow(path, lines.line_num, name, str(error)) from None
            place = tuple(row[name] for name in key)
            if place in seen:
                raise BrokenRow(
                    path, lines.line_num, key[0], f"the same {' and '.join(key)} as line {seen[place]}"
                )
            seen[place] = lines.line_num
            rows.append(row)
    return rows


def keep(
    model: type[models.Model], rows: list[dict[str, Any]], key: tuple[str, ...], *, overwrite: bool = True
) -> int:
    """Store each row once, found again by its `key`; return how many were new or changed.

    With `overwrite` off an existing record is left as it is: people may have edited it. Rows are saved one by one, so
    that models with a history keep one. One query to compare, then one for each row that is new or changed.
    """
    rows = [_by_column(model, row) for row in rows]
    key = tuple(model._meta.get_field(name).attname for name in key)
    before = {tuple(getattr(each, name) for name in key): each for each in model._default_manager.all()}
    touched = 0
    for row in rows:
        existing = before.get(tuple(row[name] for name in key))
        if existing is None:
            model(**row).save(force_insert=True)
        elif overwrite and any(getattr(existing, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(existing, name, value)
            existing.save()
        else:
            continue
        touched += 1
    return touched


def _by_column(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """A related record becomes its key, so that comparing rows reads nothing more from the database."""
    return {
        model._meta.get_field(name).attname: value.pk if isinstance(value, models.Model) else value
        for name, value in row.items()
    }


def by(model: type[models.Model], name: str) -> dict[str, Any]:
    """Every record of a model by one of its fields, for cells that refer to it."""
    return {getattr(each, name): each for each in model._default_manager.all()}
