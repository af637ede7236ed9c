"""What changed in the cohort since yesterday, last week or last month, or between any two days; and why."""

from collections import Counter
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import exported
from throughcare.casework.cohort.changes import KINDS, Changes, changes
from throughcare.casework.cohort.csv_file import csv_file
from throughcare.casework.cohort.filters import Asked, Filter, past_day
from throughcare.casework.frames import reading_once
from throughcare.core.dates import months_before
from throughcare.core.pages import Page

A_PAGE = 100


def changed(request: HttpRequest) -> HttpResponse:
    """The list of changes, newest first, with how many of each kind."""
    found, asked, wrong = _found(request)
    lines, day = asked.kept(found.lines), request.reader.day
    since = (("Since yesterday", day - timedelta(days=1)), ("Since last week", day - timedelta(days=7)),
             ("Since last month", months_before(day, 1)))  # fmt: skip
    told = Counter(line.kind for line in found.lines)
    shown = {
        "found": found, "asked": asked, "wrong": wrong, "errors": wrong or asked.form.errors or None,
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "kinds": [(kind, told[kind], asked.address(kind=kind)) for kind in KINDS if told[kind]],
        "since": [(words, f"?from={on}&to={day}", found.first == on and found.last == day) for words, on in since],
        "by_number": not request.reader.may("contact"),
    }  # fmt: skip
    return render(request, "cohort/changed.html", shown)


def changed_file(request: HttpRequest) -> HttpResponse:
    """The same changes as a file; that it was taken is kept."""
    found, asked, _ = _found(request)
    lines = asked.kept(found.lines)
    header = ("on", "what", "person", "surname", "forenames", "borough", "told", "why", "by")
    exported(by=request.reader.by, what="cohort-changes", people=sorted({line.person for line in lines}),
             asked={"from": f"{found.first}", "to": f"{found.last}", **asked.chosen})  # fmt: skip
    names = [(line, line.name if line.name and line.name.known else None) for line in lines]
    cells = [
        (line.on, line.kind, line.person, name.surname if name else "", name.forenames if name else "", line.borough, line.what,
         line.why, line.by)
        for line, name in names
    ]  # fmt: skip
    return csv_file(f"cohort-changes-{found.first}-{found.last}.csv", header, cells)


def _found(request: HttpRequest) -> tuple[Changes, Asked, str]:
    """The changes between the days asked, by default from yesterday to today, and what is wrong with the days, in words."""
    reader: Reader = request.reader
    days = {
        "from": past_day(reader.day, label="From the end of", help_text="What was so at the end of this day"),
        "to": past_day(reader.day, label="To", help_text="Until the end of this day"),
    }
    asked = Asked(request.GET, (), days=days)
    last: date = asked.value("to") or reader.day
    first: date = asked.value("from") or last - timedelta(days=1)
    wrong = "The first day is not before the second: from the day before is shown" if first >= last else ""
    with reading_once():
        found = changes(reader, min(first, last - timedelta(days=1)), last)
    kinds = [kind for kind in KINDS if any(line.kind == kind for line in found.lines)]
    boroughs = sorted({line.borough for line in found.lines})
    filters = (Filter(name="kind", label="What changed", values=kinds, of=lambda line: line.kind),
               Filter(name="borough", label="Borough", values=boroughs, of=lambda line: line.borough))  # fmt: skip
    return found, Asked(request.GET, filters, days=days), wrong


PAGES = (
    Page(name="cohort-changes", route="cohort/changes/", view=changed, needs="cohort_membership"),
    Page(name="cohort-changes-file", route="cohort/changes.csv", view=changed_file, needs="cohort_membership"),
)
