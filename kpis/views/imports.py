"""Figures from a file, page by page: the file, what its columns mean, names nobody knows, and the last look."""

from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from kpis.forms.import_layout import LayoutForm, PlaceForm
from kpis.forms.imports import Choices, ConfirmForm, FileForm, NamesForm
from kpis.imports import files
from kpis.imports.apply import Moved, take_upload
from kpis.imports.names import known_names
from kpis.imports.preview import compare
from kpis.imports.sheet import names_in, read_sheet
from kpis.imports.start import first_sheet, start
from kpis.imports.terms import choose, keep, layout_before, layout_of, terms_of
from kpis.imports.words import shown, taken_words
from kpis.models import Upload
from kpis.permissions import can_enter_figures

NOT_YOURS = "Figures are imported by the improvement team."


def choose_file(request):
    """Upload a file and say where it comes from. Nothing of it is taken yet."""
    if not can_enter_figures(request.user):
        raise PermissionDenied(NOT_YOURS)
    form = (
        FileForm(request.POST, request.FILES, too_big=_too_big(request))
        if request.method == "POST"
        else FileForm()
    )
    if form.is_bound and form.is_valid():
        upload = keep(file_name=form.file_name, content=form.content, terms=form.terms, by=request.user)
        return redirect("kpis:import_layout", upload.pk)
    return TemplateResponse(request, "kpis/import.html", {"form": form})


def of_own_file(view):
    """A page about a file that the person uploaded and that is still there; on every one it can be given up.

    403 for those who import nothing. 404 says the same of somebody else’s file as of one that was taken or replaced.
    """

    @wraps(view)
    def page(request, upload):
        if not can_enter_figures(request.user):
            raise PermissionDenied(NOT_YOURS)
        try:
            found = Upload.objects.get(pk=upload, made_by=request.user)
            if request.method == "POST" and request.POST.get("do") == "give up":
                return _give_up(request, found)
            return view(request, found)
        except Upload.DoesNotExist:
            return TemplateResponse(request, "kpis/import_gone.html", status=404)

    return page


@of_own_file
def layout(request, upload):
    """Say which sheet it is, which rows are headings, and what each column means."""
    names, terms, chosen = known_names(), terms_of(upload), layout_of(upload)
    before = chosen or layout_before(upload)
    try:
        sheets = files.sheets(upload.content, upload.file_name)
        place = PlaceForm(_place_of(request), sheets=sheets)
        if place.is_valid():
            sheet, rows = place.cleaned_data["sheet"], place.rows
        else:
            sheet = first_sheet(sheets, before).name
            rows = chosen.heading_rows if chosen and chosen.sheet == sheet else None
        begun = start(upload.content, upload.file_name, sheet, names=names, before=before, at=rows)
    except files.Refused as why:
        return TemplateResponse(request, "kpis/import_unread.html", {"upload": upload, "why": str(why)})
    form = LayoutForm(
        request.POST if request.method == "POST" else None,
        layout=begun.layout,
        terms=terms,
        choices=Choices.of(names),
        head=begun.head,
    )
    if form.is_valid() and place.is_valid():
        return _go_on(upload, form.chosen, form.chosen_terms, "kpis:import_names")
    if not place.errors:
        first, last = begun.layout.heading_rows
        place = PlaceForm(
            sheets=sheets, initial={"sheet": sheet, "first": first, "last": last, "shown": sheet}
        )
    context = {
        "upload": upload,
        "terms": terms,
        "place": place,
        "form": form,
        "begun": begun,
        "columns_left": len(begun.layout.columns) - len(form.shown),
        "remembered": "" if chosen else begun.remembered,
    }
    return TemplateResponse(request, "kpis/import_layout.html", context)


@of_own_file
def names(request, upload):
    """Say which of ours each unknown name is, or leave it out. Passed over when none is, unless `all` are asked for."""
    chosen = layout_of(upload)
    if chosen is None:
        return redirect("kpis:import_layout", upload.pk)
    known = known_names()
    try:
        indicators, areas = names_in(upload.content, upload.file_name, chosen, known)
    except files.Refused:
        return redirect("kpis:import_check", upload.pk)  # which says why
    form = NamesForm(
        request.POST if request.method == "POST" else None,
        indicators=indicators,
        areas=areas,
        layout=chosen,
        names=known,
    )
    if form.is_valid():
        return _go_on(upload, form.chosen, terms_of(upload), "kpis:import_check")
    if not form.has_questions and not form.errors and "all" not in request.GET:
        return redirect("kpis:import_check", upload.pk)
    return TemplateResponse(request, "kpis/import_names.html", {"upload": upload, "form": form})


@of_own_file
def check(request, upload):
    """Show what would be new, revised, the same and refused; take all of it, or nothing."""
    chosen, terms = layout_of(upload), terms_of(upload)
    if chosen is None:
        return redirect("kpis:import_layout", upload.pk)
    if request.method == "POST" and request.POST.get("do") == "past only":
        return _go_on(upload, chosen, replace(terms, past_only=True), "kpis:import_check")
    context = {"upload": upload, "terms": terms}
    try:
        sheet = read_sheet(upload.content, upload.file_name, chosen, terms)
    except files.Refused as why:
        return TemplateResponse(request, "kpis/import_unread.html", context | {"why": str(why)})
    preview = compare(sheet, terms)
    if request.method != "POST":
        return _last_look(request, context, preview, ConfirmForm(preview=preview))
    if request.POST.get("seen") != preview.digest:
        return _look_again(request, context, preview)
    form = ConfirmForm(request.POST, preview=preview)
    if not preview.can_be_taken or not form.is_valid():
        return _last_look(request, context, preview, form)
    try:
        taken = take_upload(upload, sheet, terms, chosen, by=request.user, **form.agreed)
    except Moved as moved:
        return _look_again(request, context, moved.preview)
    messages.success(request, taken_words(taken, terms))
    return redirect("kpis:indicators")


def _last_look(request, context, preview, form, **more):
    context = context | {"preview": preview, "shown": shown(preview), "form": form} | more
    return TemplateResponse(
        request, "kpis/import_check.html", context, status=409 if "moved" in more else 200
    )


def _look_again(request, context, preview):
    """Other figures are known than those that were agreed to; what was typed stays."""
    form = ConfirmForm(preview=preview, typed=request.POST)
    return _last_look(request, context, preview, form, moved=True)


def _go_on(upload, layout, terms, page):
    """Keep what was said of the file, for the page that comes next."""
    choose(upload, layout=layout, terms=terms)
    return redirect(page, upload.pk)


def _give_up(request, upload):
    upload.delete()
    messages.info(request, f"{upload.file_name} was given up. Nothing of it was taken.")
    return redirect("kpis:import")


def _too_big(request):
    """A request that is larger than may be received: its file was passed over unread."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def _place_of(request):
    """What was said of the sheet and its heading rows: beside the columns, or before them in the address."""
    said = request.POST if request.method == "POST" else request.GET
    return said if "sheet" in said else None
