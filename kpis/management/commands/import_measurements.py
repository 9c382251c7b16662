"""The import without its pages: the same preview, and then all of it or nothing."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from kpis.enums import Status
from kpis.imports import files
from kpis.imports.apply import take
from kpis.imports.groups import faults
from kpis.imports.layout import Layout, YearMeans
from kpis.imports.limits import MAX_BYTES, TOO_BIG
from kpis.imports.names import known_names
from kpis.imports.preview import compare
from kpis.imports.sheet import names_in, read_sheet
from kpis.imports.start import COLUMNS, first_sheet, start
from kpis.imports.terms import Terms, remembered
from kpis.imports.words import shown, taken_words
from kpis.models import SourceMap
from kpis.periods import day_words, today
from kpis.permissions import can_enter_figures


class Command(BaseCommand):
    help = (
        "Import figures from a CSV, TSV, XLSX or ODS file. Everything is taken or nothing; a refused cell is printed "
        "on the error stream. Without a map, the one that is remembered of the source is used."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="where the file comes from")
        parser.add_argument("--sheet", help="its name; else the one that was read last time, or the first")
        parser.add_argument(
            "--map", help="the name of another source, or a JSON file that says what columns mean"
        )
        parser.add_argument(
            "--year-means", choices=YearMeans.values, help="what 2016 alone means, where nothing else says"
        )
        parser.add_argument(
            "--percentages",
            choices=["parts", "printed"],
            help="whether 0.609 is 60.9 % or 0.609 %, where nothing says",
        )
        parser.add_argument("--known-from", type=_day, help="the day from which reports count the figures")
        parser.add_argument("--vintage", type=_day, help="the day of the edition that printed them")
        parser.add_argument("--status", choices=Status.values, default=Status.PROVISIONAL)
        parser.add_argument("--reason", default="", help="why figures are revised")
        parser.add_argument("--answer", default="", help="why unusual values are right")
        parser.add_argument("--by", help="the e-mail address of somebody in the improvement team")
        parser.add_argument("--past-only", action="store_true", help="leave out periods that are not over")
        parser.add_argument("--leave-out-unknown", action="store_true", help="leave out names nobody knows")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be taken")

    def handle(self, *args, **options):
        terms = _terms(options)
        by = None if options["dry_run"] and not options["by"] else _person(options["by"])
        content = _content(options["file"])
        try:
            layout = _layout(content, options, terms)
            sheet = read_sheet(content, options["file"].name, layout, terms)
        except files.Refused as why:
            raise CommandError(f"Nothing was taken. {why}") from None
        preview = compare(sheet, terms)
        self._print(preview)
        if preview.refused.count:
            raise CommandError("Nothing was taken: every refused cell must be put right first.")
        if preview.needs_reason and not options["reason"] and not options["dry_run"]:
            raise CommandError("Nothing was taken. Say with --reason why figures are revised.")
        if preview.unusual.count and not options["answer"] and not options["dry_run"]:
            raise CommandError("Nothing was taken. Say with --answer why the unusual values are right.")
        if options["dry_run"]:
            self.stdout.write("Nothing was taken: this was a dry run.")
        elif not preview.changes:
            self.stdout.write("Nothing was taken: there is nothing new.")
        else:
            agreed = {name: options[name] for name in ("reason", "answer")}
            taken = take(sheet, terms, layout, seen=preview.digest, by=by, **agreed)
            self.stdout.write(taken_words(taken, terms))

    def _print(self, preview):
        counts = (
            f"{preview.new.count} new, {preview.revised.count} revised, {preview.same} the same, "
            f"{preview.refused.count} refused, {preview.sheet.left_out} left out"
        )
        self.stdout.write(counts)
        lines = shown(preview)
        for line in lines["revised"]:
            self.stdout.write(f"revised  {line.cell}  {line.about}: {line.was} -> {line.said}")
        for line in lines["unusual"]:
            self.stdout.write(f"unusual  {line.cell}  {line.about}: {line.said}, before it {line.usual}")
        for cell, why in lines["refused"]:
            self.stderr.write(f"{cell}  {why}")
        if (more := preview.refused.count - len(lines["refused"])) > 0:
            self.stderr.write(f"and {more} more")


def _day(text):
    with suppress(ValueError):
        return date.fromisoformat(text)
    raise CommandError(f"“{text}” is not a date such as 2017-06-27.")


def _terms(options):
    if not options["source"].strip() or len(options["source"]) > SourceMap._meta.get_field("name").max_length:
        raise CommandError("The name of the source must have 1 to 150 characters.")
    known_from = options["known_from"] or today()
    if known_from > today():
        raise CommandError(f"--known-from must be {day_words(today())} or earlier.")
    return Terms(
        source=options["source"],
        status=options["status"],
        known_from=known_from,
        vintage=options["vintage"],
        past_only=options["past_only"],
    )


def _person(email):
    """Who signs the figures."""
    if not email:
        raise CommandError("Say with --by whose import this is.")
    user = get_user_model().objects.filter(email=email).first()
    if user is None or not can_enter_figures(user):
        raise CommandError(f"Nobody in the improvement team has the e-mail address {email}.")
    return user


def _content(path):
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(TOO_BIG)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _layout(content, options, terms):
    """How the file is read: by the map that was named, by the one of its source, or as its headings propose."""
    names, file_name = known_names(), options["file"].name
    before = _map(options["map"]) if options["map"] else remembered(terms.source)
    found = files.sheets(content, file_name)
    sheet = options["sheet"] or first_sheet(found, before).name
    if sheet not in [each.name for each in found]:
        called = ", ".join(each.name for each in found)
        raise CommandError(f"The file has no sheet “{sheet}”. Its sheets: {called}.")
    begun = start(content, file_name, sheet, names=names, before=before)
    if before and begun.remembered != COLUMNS:
        raise CommandError("Nothing was taken. The columns of this file are not those of the map.")
    layout = begun.layout
    if options["year_means"]:
        layout = replace(layout, year_means=options["year_means"])
    if options["percentages"]:
        layout = replace(layout, shares=options["percentages"] == "parts")
    if wrong := next(faults(layout), None):
        raise CommandError(f"Nothing was taken. {wrong[1]}: a map says so.")
    if options["leave_out_unknown"]:
        layout = _without_unknown(layout, names, *names_in(content, file_name, layout, names))
    return layout


def _without_unknown(layout, names, indicators, areas):
    unknown = [name for name in indicators if names.indicator(name, layout.indicators) is None]
    elsewhere = [name for name in areas if names.area(name, layout.areas) is None]
    return replace(
        layout,
        indicators=layout.indicators | dict.fromkeys(unknown, ""),
        areas=layout.areas | dict.fromkeys(elsewhere, ""),
    )


def _map(name):
    """A file of JSON, or what is remembered of another source."""
    path = Path(name)
    if path.suffix != ".json":
        found = remembered(name)
        if found is None:
            raise CommandError(f"Nothing is remembered of a source “{name}”.")
        return found
    try:
        return Layout.from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise CommandError(f"{path} is not a map. {error}") from None
