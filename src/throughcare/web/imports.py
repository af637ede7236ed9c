"""What came in, what is late, what could not be loaded: upload, correct it here and load it, or set it aside with a reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import keep_up
from throughcare.casework.events.actions import handle_pending
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.imports.corrections import actions as corrections
from throughcare.casework.imports.corrections.queries import RowToMend, row_to_mend, rows_still_wrong, rows_to_mend
from throughcare.casework.imports.corrections.reasons import REASONS
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.imports.queries import FeedState, feed_states
from throughcare.casework.linking.actions import link
from throughcare.casework.people.actions import resolve
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Feed
from throughcare.core.errors import UserError
from throughcare.core.pages import Page, Task
from throughcare.design.environment import count
from throughcare.design.forms import ChoiceField, TextField, refused
from throughcare.registry.parts import feeds, handlers
from throughcare.web.clock import now
from throughcare.web.late import late_feeds
from throughcare.web.provider_rows import AGENCY, own_rows

A_PAGE = 25
AGENCIES = {
    "health_practitioner": ("health",),
    "employment_broker": ("employment", AGENCY),
    "police_researcher": ("police",),
    "provider_admin": (AGENCY,),
    "monitoring_officer": ("tagging",),
}
"""By role, the agencies whose extracts are its own, beside its post's."""


def feeds_of(reader: Reader) -> dict[str, Feed]:
    """The feeds that the reader may see and load: an agency's own; for who looks after the whole pilot, all."""
    if any(cell.scope in ("pilot", "accounts") for _, cell in reader.cells("view", "imports")):
        return dict(feeds())
    posts = [post for post, _ in reader.cells("view", "imports")]
    agencies = {agency for post in posts for agency in (post.agency, *AGENCIES.get(post.role, ())) if agency}
    return {slug: feed for slug, feed in feeds().items() if feed.agency in agencies}


def rows_of(reader: Reader, mine: dict[str, Feed], *, feed: str = "", set_aside: bool = False) -> list[RowToMend]:
    """The rows of these feeds that wait, or were set aside, as far as they are the reader's organisation's."""
    shared = [slug for slug, each in mine.items() if each.agency == AGENCY]
    return own_rows(reader, rows_to_mend(mine, feed=feed, set_aside=set_aside), shared)


def states_of(mine: dict[str, Feed]) -> list[FeedState]:
    """How each of these feeds stands now, those that want attention first."""
    states = [s for s in feed_states(now=now(), pilot=current_pilot(), known=mine) if s.slug in mine]
    return sorted(states, key=lambda s: (not s.wants_attention, s.slug))


class UploadForm(forms.Form):
    """An extract, named after its feed."""

    extract = forms.FileField(
        label="Extract (CSV)", help_text="Named after its feed, such as nps-people.csv or nps-people-2016-06.csv",
        error_messages={"required": "Choose a file"},
    )  # fmt: skip


def imports(request: HttpRequest) -> HttpResponse:
    """How each feed stands, what came lately, how much waits; and a place to send an extract."""
    mine = feeds_of(request.reader)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _load(request, form.cleaned_data["extract"], mine)
        except UserError as error:
            refused(form, error, "extract")
        else:
            return redirect("import", load=outcome)
    loads = FileLoad.objects.filter(feed__in=list(mine)).order_by("-pk")
    shown = {
        "states": states_of(mine),
        "titles": {slug: f.title for slug, f in mine.items()},
        "page": Paginator(loads, A_PAGE).get_page(request.GET.get("page")), "form": form, "errors": form.errors or None,
        "waiting": len(rows_of(request.reader, mine)), "aside": len(rows_of(request.reader, mine, set_aside=True)),
    }  # fmt: skip
    return render(request, "imports/imports.html", shown)


def _load(request: HttpRequest, upload: Any, mine: dict[str, Feed]) -> int:
    """Loads an uploaded extract through the same import as the command line's; gives the number of the load."""
    folder = Path(upload.temporary_file_path()).parent / f"upload-{request.session.session_key}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / Path(upload.name).name
    try:
        Path(upload.temporary_file_path()).replace(path)
        (outcome,) = import_extracts(by=request.reader.by, paths=[path], feeds=mine, resolve=resolve)
    finally:
        path.unlink(missing_ok=True)
        folder.rmdir()
    _after(request)
    return outcome.load


def _after(request: HttpRequest) -> None:
    """What follows an import wherever it is started: who is who, who should join or leave, and who waits for it is told."""
    link(by=request.reader.by)
    keep_up(by=request.reader.by, on=request.reader.day)
    handle_pending(by=request.reader.by, handlers=handlers())


def one_import(request: HttpRequest, load: int) -> HttpResponse:
    """What one file brought, and what of it waits."""
    mine = feeds_of(request.reader)
    found = FileLoad.objects.filter(pk=load, feed__in=list(mine)).first()
    if found is None:
        raise Http404
    rows = [row for row in rows_of(request.reader, mine, feed=found.feed) if row.file.pk == load]
    return render(request, "imports/import.html", {"load": found, "feed": mine[found.feed], "rows": rows[:A_PAGE]})


def quarantine(request: HttpRequest) -> HttpResponse:
    """The rows that could not be loaded, or those that were set aside; of one feed or of all."""
    mine, chosen = feeds_of(request.reader), request.GET.get("feed", "")
    aside = request.GET.get("aside") == "yes"
    feed = chosen if chosen in mine else ""
    rows = rows_of(request.reader, mine, feed=feed, set_aside=aside)
    shown = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "aside": aside, "feed": feed,
        "feeds": sorted({row.feed for row in rows_of(request.reader, mine, set_aside=aside)}), "reasons": REASONS,
    }  # fmt: skip
    return render(request, "imports/quarantine.html", shown)


class AsideForm(forms.Form):
    """Why a row will never be loaded."""

    reason = ChoiceField(label="Why will it never be loaded?", choices=REASONS)
    note = TextField(label="Note", required=False, longest=300)


def mend(request: HttpRequest, row: int) -> HttpResponse:
    """One row with its faults: correct it and load it, set it aside, or take it back. What was typed is kept."""
    mine = feeds_of(request.reader)
    found = row_to_mend(row, mine)
    if found is None:
        raise Http404
    aside = AsideForm(request.POST if request.POST.get("do") == "aside" else None)
    typed = {c.name: request.POST.get(f"cell-{c.name}", found.cells[c.name]) for c in found.columns}
    both, shared = [found, replace(found, cells=typed)], [slug for slug, each in mine.items() if each.agency == AGENCY]
    if len(own_rows(request.reader, both, shared)) < len(both):  # nor is one's own row made another organisation's
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            answer = _mended(request, row, typed, aside, mine)
        except UserError as error:
            refusal = str(error)
        else:
            if answer is not None:
                return answer
    shown = {"row": found, "typed": typed, "aside": aside, "refusal": refusal, "wrong": {f.column: f for f in found.faults},
             "set_aside": any(f.set_aside for f in found.faults), "errors": aside.errors or refusal or None}  # fmt: skip
    return render(request, "imports/mend.html", shown)


def _mended(
    request: HttpRequest, row: int, typed: dict[str, str], aside: AsideForm, mine: dict[str, Feed]
) -> HttpResponse | None:
    by, do = request.reader.by, request.POST.get("do")
    if do == "back":
        corrections.take_back(by=by, row=row)
        messages.success(request, "The row waits again.")
        return redirect("mend", row=row)
    if do == "aside":
        if not aside.is_valid():
            return None
        corrections.dismiss(by=by, row=row, reason=aside.cleaned_data["reason"], note=aside.cleaned_data["note"])
        messages.success(request, "The row is set aside. It is kept, and can be taken back.")
        return redirect("quarantine")
    outcome = corrections.correct(by=by, row=row, values=typed, feeds=mine, resolve=resolve)
    _after(request)
    wrong = rows_still_wrong(outcome.load, mine)
    if wrong:
        messages.warning(request, "The row is still not right. What you typed is kept.")
        return redirect("mend", row=wrong[0].id)
    messages.success(request, "The row is loaded.")
    return redirect("quarantine")


def tasks(reader: Reader) -> Iterator[Task]:
    """Of each feed in the reader's charge, the rows that wait to be corrected, and that it is late."""
    if not reader.may("imports", "edit"):
        return
    mine = feeds_of(reader)
    waiting = Counter(row.feed for row in rows_to_mend(mine))
    for feed, number in sorted(waiting.items()):
        yield Task(
            key=f"imports.mend:{feed}:{number}", kind="Rows to correct", harm=3, row="imports", elsewhere=False,
            words=f"{mine[feed].title}: {count(number, 'row')} could not be loaded",
            act=("Correct", f"{reverse('quarantine')}?feed={feed}"),
        )  # fmt: skip
    for slug, words in late_feeds():
        if slug in mine:
            yield Task(key=f"imports.late:{slug}:{reader.day}", kind="Sources late or short", harm=3, row="imports", words=words,
                       act=("Open imports", reverse("imports")))  # fmt: skip


PAGES = (
    Page(name="imports", route="imports/", view=imports, needs="imports", changes="imports", menu="Imports", place=70),
    Page(name="import", route="imports/<int:load>/", view=one_import, needs="imports"),
    Page(name="quarantine", route="imports/quarantine/", view=quarantine, needs="imports"),
    Page(name="mend", route="imports/quarantine/<int:row>/", view=mend, needs="imports", changes="imports"),
)
