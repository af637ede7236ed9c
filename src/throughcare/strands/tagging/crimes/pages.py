"""Crimes and their matches: what came, what the match said, what a person makes of it."""

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions, forms, queries
from throughcare.strands.tagging.crimes.kept import in_words, parameters_of
from throughcare.strands.tagging.crimes.seen import around
from throughcare.strands.tagging.crimes.words import AGAIN, CAUSES, FAILED, NOT_PROOF, STATUSES
from throughcare.strands.tagging.tracks.pages import shown_picture
from throughcare.strands.tagging.tracks.paint import span_in_words

ROW = "tag_positions"
A_PAGE = 25
SHOWS = {"waiting": "With a match to review", "not-run": "Not run", "since": "Positions came since", "all": "All"}
REFUSAL = ("row", "crime_reference", "column", "value", "rule", "what_to_do")


def crimes(request: HttpRequest) -> HttpResponse:
    """The crimes that were asked about, the latest window first: those with a match to review, those not run, those for which
    positions came after they were matched, which can be matched again from here, or all.
    """
    show = request.GET.get("show", "all") if request.GET.get("show") in SHOWS else "all"
    numbers = list(m.Crime.objects.order_by("-pk").values_list("pk", flat=True))
    found, again = queries.shown(numbers, request.reader), queries.to_match_again(request.reader.day)
    late = [each for each in found if each.crime.pk in again]
    if request.method == "POST":
        return _run(request, [each.asked for each in late], redirect("crimes"))
    listed = {
        "waiting": [c for c in found if c.waiting], "not-run": [c for c in found if not c.was_run], "since": late, "all": found,
    }  # fmt: skip
    shown = {
        "page": Paginator(listed[show], A_PAGE).get_page(request.GET.get("page")), "show": show, "shows": SHOWS,
        "numbers": {slug: len(crimes) for slug, crimes in listed.items()},
        "batches": queries.batches()[:10], "statuses": STATUSES, "span": span_in_words,
        "may_send": request.reader.may(ROW, "edit"),
    }  # fmt: skip
    return render(request, "tagging/crimes.html", shown)


def send(request: HttpRequest) -> HttpResponse:
    """A place to send a force's file; it is matched at once."""
    form = forms.CrimesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            batch, run = actions.take_and_run(
                by=request.reader.by, name=sent.name, content=sent.read(), at=instant_on(request.reader.day),
                force=form.cleaned_data["force"],
            )  # fmt: skip
        except UserError as error:
            refused(form, error, "file")
        else:
            _say(request, batch, run)
            return redirect("crime-batch", batch=batch.pk)
    return render(request, "tagging/crimes_send.html", {"form": form, "errors": form.errors or None})


def _say(request: HttpRequest, batch: m.CrimeBatch, run: m.MatchRun | None) -> None:
    if run is not None and run.outcome == FAILED:
        messages.warning(request, f"{batch.rows} crimes are in. They could not be matched: {run.fault}. Match them again here.")
    elif run is not None:
        messages.success(request, f"{batch.rows} crimes are in and were matched.")
    else:
        messages.success(request, f"{batch.rows} crimes are in. None is new, and none has another window or place.")


def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """A file: what came of it, what the force should do about its refused rows, and its crimes."""
    found = get_object_or_404(queries.batches(), pk=batch)
    if request.method == "POST":
        due = [each.asked for each in queries.shown(queries.crimes_of(found), request.reader) if not each.was_run]
        return _run(request, due, redirect("crime-batch", batch=found.pk))
    shown = {
        "batch": found, "statuses": STATUSES, "refusals": found.refusals.order_by("row", "pk"), "span": span_in_words,
        "crimes": queries.shown(queries.crimes_of(found), request.reader), "may": request.reader.may(ROW, "edit"),
    }  # fmt: skip
    return render(request, "tagging/crime_batch.html", shown)


def _run(request: HttpRequest, versions: list[m.CrimeVersion], to: HttpResponse) -> HttpResponse:
    if not versions:
        messages.success(request, "Nothing waits to be matched.")
        return to
    run = actions.run(by=request.reader.by, versions=versions, cause=AGAIN, at=instant_on(request.reader.day))
    if run.outcome == FAILED:
        messages.error(request, f"The match failed: {run.fault}. What it said before stands.")
    else:
        messages.success(request, "Matched again. Matches of this run are to be reviewed.")
    return to


def refusals(request: HttpRequest, batch: int) -> HttpResponse:
    """The refused rows as CSV, to be sent to the force."""
    found = get_object_or_404(queries.batches(), pk=batch)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(REFUSAL)
    rows.writerows(
        map(_harmless, (row.row, row.reference, row.column, row.value, row.rule, row.mend))
        for row in found.refusals.order_by("row", "pk")
    )
    return _file(out.getvalue().encode(), f"refused-rows-{found.pk}.csv")


def _harmless(cell: object) -> str:
    """A cell that a spreadsheet takes for words, not for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_it_came(request: HttpRequest, batch: int) -> HttpResponse:
    """The very bytes that the force sent."""
    found = get_object_or_404(m.CrimeBatch, pk=batch)
    return _file(bytes(found.content), f"crimes-{found.pk}.csv")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def crime(request: HttpRequest, crime: int) -> HttpResponse:
    """One crime: its versions and what changed, what the match said, who could not have been seen; a place to match it again."""
    reader: Reader = request.reader
    found = _crime(crime, reader)
    if request.method == "POST":
        return _run(request, [found.asked], redirect("crime", crime=crime))
    result = found.result
    shown = {
        "crime": found, "versions": queries.versions_of(found.crime), "not_proof": NOT_PROOF, "span": span_in_words,
        "unseen": queries.unseen_of(result, reader) if result else [], "failed": queries.failed_run(found),
        "since": result is not None and queries.positions_came_since(result),
        "parameters": in_words(parameters_of(result.run)) if result else [], "causes": CAUSES,
        "may": reader.may(ROW, "edit"),
    }  # fmt: skip
    return render(request, "tagging/crime.html", shown)


def crime_map(request: HttpRequest, crime: int) -> HttpResponse:
    """The tracks of everybody who was matched with a crime, around its window, apart by colour and letter."""
    found = _crime(crime, request.reader)
    if not found.matches:
        raise Http404
    picture = around(found.asked, [each.match for each in found.matches], request.reader)
    shown = {**shown_picture(request, picture), "crime": found, "not_proof": NOT_PROOF, "span": span_in_words}
    return render(request, "tagging/crime_map.html", shown)


def _crime(number: int, reader: Reader) -> queries.CrimeShown:
    found = queries.shown([number], reader)
    if not found:
        raise Http404
    return found[0]


def sent_to_police(request: HttpRequest) -> HttpResponse:
    """The matches that were sent to the police, for them: in words, without positions."""
    found = queries.sent_to_police(request.reader)
    shown = {
        "page": Paginator(found[::-1], A_PAGE).get_page(request.GET.get("page")), "not_proof": NOT_PROOF, "span": span_in_words,
    }  # fmt: skip
    return render(request, "tagging/matches_sent.html", shown)


PAGES = (
    Page(name="crimes", route="tags/crimes/", view=crimes, needs=ROW, changes=ROW, menu="Crimes", place=46),
    Page(name="crimes-send", route="tags/crimes/send/", view=send, needs=ROW, changes=ROW, form=True),
    Page(name="crime-batch", route="tags/crimes/files/<int:batch>/", view=batch, needs=ROW, changes=ROW),
    Page(name="crime-refusals", route="tags/crimes/files/<int:batch>/refused.csv", view=refusals, needs=ROW),
    Page(name="crime-file", route="tags/crimes/files/<int:batch>/as-it-came.csv", view=as_it_came, needs=ROW),
    Page(name="crime", route="tags/crimes/<int:crime>/", view=crime, needs=ROW, changes=ROW),
    Page(name="crime-map", route="tags/crimes/<int:crime>/map/", view=crime_map, needs=ROW),
    Page(name="matches-sent", route="tags/matches/", view=sent_to_police, needs="crime_matches", menu="Crime matches", place=47),
)  # fmt: skip
