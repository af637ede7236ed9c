"""The prison co-ordinator's desk, its file, the wing lists on paper, and one duty: done today, or put off with the reason."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Limit
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import exported
from throughcare.casework.cohort.csv_file import csv_file
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.people.names import named
from throughcare.casework.people.queries import on_the_day
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import DayField, TextField, refused
from throughcare.strands.prison.actions import put_off, record_task
from throughcare.strands.prison.desk.age import age
from throughcare.strands.prison.desk.lines import SERVED, UNSERVED, Desk, Line, desk
from throughcare.strands.prison.movements.words import place
from throughcare.strands.prison.owed import due_before, held
from throughcare.strands.prison.words import task_words

Column = tuple[str, str, Callable[[Line], Any]]
COLUMNS: tuple[Column, ...] = (
    ("name", "Person", lambda line: line.shown),
    ("prison", "Prison", lambda line: line.held.prison),
    ("wing", "Wing", lambda line: line.held.wing),
    ("since", "Since", lambda line: line.held.received_on),
    ("release", "Release planned", lambda line: line.held.planned_on),
    ("due", "Owed by", lambda line: line.next_due),
)
REMAND, SENTENCED = "On remand", "Sentenced"


def prison_desk(request: HttpRequest) -> HttpResponse:
    """Who is where; what is owed; who came, moved and left in the last week; who is to be released this week and next."""
    reader: Reader = request.reader
    found = desk(reader)
    asked = _asked(request, found)
    rows = asked.kept(found.rows)
    shown = {
        "desk": found, "asked": asked, "rows": rows, "age": age(reader.day), "errors": asked.form.errors or None,
        **_owed(reader, rows), "columns": [(words, *asked.heading(key)) for key, words, _ in COLUMNS if _told(key, reader)],
        "edits": reader.may("custody", "edit"), "place": place, "to_come": [row for row in found.to_come if row in rows],
        "happened": found.happened,
    }  # fmt: skip
    return render(request, "prison/desk.html", shown)


def _told(key: str, reader: Reader) -> bool:
    return key != "due" or reader.may("custody", "edit")


def _asked(request: HttpRequest, found: Desk) -> Asked:
    prisons = sorted({row.held.prison for row in found.rows})
    wings = sorted({row.wing for row in found.rows})
    filters = [
        Filter(name="prison", label="Prison", values=prisons, of=lambda row: row.held.prison),
        Filter(name="wing", label="Wing", values=wings, of=lambda row: row.wing),
        Filter(name="held", label="Held", values=(SENTENCED, REMAND), of=lambda row: REMAND if row.held.remand else SENTENCED),
    ]
    if "referrals" in found.may and found.of_cohort:
        filters.append(Filter(name="served", label="Served", values=(UNSERVED, SERVED), of=lambda row: row.served))
    return Asked(request.GET, filters, sorts={key: by for key, _, by in COLUMNS}, first="name")


def _owed(reader: Reader, rows: list[Line]) -> dict[str, list[tuple[Line, Any, str, bool]]]:
    """What waits of the people whom the reader's prisons hold, by due date; each with its words, and whether it is late. `old`:
    what was due so long ago that Today tells it no more.
    """
    mine = {post.place for post, _ in reader.cells("edit", "custody")}
    owed = [
        (row, duty, task_words(duty.kind), duty.late(reader.day))
        for row in rows
        if row.held.prison in mine
        for duty in row.held.waiting(reader.day)
    ]
    owed.sort(key=lambda each: (each[1].due_on, each[0].shown))
    since = due_before(reader.day)
    return {"owed": [e for e in owed if e[1].due_on >= since], "old": [e for e in owed if e[1].due_on < since]}


def desk_file(request: HttpRequest) -> HttpResponse:
    """The same people as a file; that it was taken is kept."""
    reader: Reader = request.reader
    found = desk(reader)
    asked = _asked(request, found)
    rows = asked.kept(found.rows)
    header = ["person", "surname", "forenames", "prison_number", "prison", "wing", "cell", "since", "held", "release_planned_on"]
    header += ["release_plan"] * ("release_plan" in found.may)
    exported(by=reader.by, what="prison-desk", people=[row.person for row in rows], asked=asked.chosen)
    return csv_file(f"prison-{reader.day}.csv", header, [_line(row, found) for row in rows])


def _line(row: Line, found: Desk) -> list[Any]:
    name = row.name if row.name and row.name.known else None
    who = [name.surname, name.forenames, name.prison_number] if name else ["", "", ""]
    cells = [row.person, *who, row.held.prison, row.held.wing, row.held.cell, row.held.received_on]
    cells += [REMAND if row.held.remand else SENTENCED, row.held.planned_on]
    return cells + [row.plan or "none"] * ("release_plan" in found.may)


def wing_lists(request: HttpRequest) -> HttpResponse:
    """A sheet a wing, to be carried. Nobody with limited access is on paper, whoever asks; that it was made is kept."""
    reader: Reader = request.reader
    mine = {post.place for post, _ in reader.cells("edit", "custody")}
    if not mine:
        raise Http404
    rows = [row for row in desk(reader).rows if row.held.prison in mine and row.name and row.name.known]
    limited = Limit.objects.filter(on_the_day(reader.day), person__in=[row.person for row in rows]).values("person")
    kept_off = set(limited.values_list("person", flat=True))
    rows = sorted((row for row in rows if row.person not in kept_off), key=lambda row: (row.held.prison, row.wing, row.shown))
    sheets = [(where, list(those)) for where, those in groupby(rows, key=lambda row: (row.held.prison, row.wing))]
    exported(by=reader.by, what="wing-lists", people=[row.person for row in rows], asked={"prisons": ", ".join(sorted(mine))})
    waiting = {row.person: [task_words(duty.kind) for duty in row.held.waiting(reader.day)] for row in rows}
    return render(request, "prison/wings.html", {"sheets": sheets, "age": age(reader.day), "waiting": waiting, "day": reader.day})


class DutyForm(forms.Form):
    """Until when a duty is put off, and why."""

    fact = "prison_tasks"
    until = DayField(label="Ask again on")
    reason = TextField(label="Why is it put off?", help_text="Kept with it. The person may ask to see it", lines=2,
                       asks="Write why")  # fmt: skip


def duty(request: HttpRequest, person: int, kind: str) -> HttpResponse:
    """One thing owed to a person in prison. Done: the task of today is recorded, and the duty closes by itself."""
    reader: Reader = request.reader
    inside = held([request.person], reader.day).get(request.person)
    owed = next((each for each in inside.duties if each.kind == kind), None) if inside else None
    if inside is None or owed is None:
        raise Http404
    do = request.POST.get("do", "")
    form = DutyForm(request.POST if do == "off" else None)
    try:
        if do == "done":
            record_task(by=reader.by, person_id=request.person, kind=kind, done_on=reader.day, prison=inside.prison)
            messages.success(request, f"Recorded as done today: {task_words(kind).lower()}.")
            return redirect("prison-desk")
        if do == "off" and form.is_valid():
            told = form.cleaned_data
            put_off(reader=reader, person=request.person, kind=kind, anchor=owed.anchor, **told)
            messages.success(request, "It is put off, with your reason, and comes back on the day.")
            return redirect("prison-desk")
    except UserError as error:
        if form.is_bound:
            refused(form, error, "until")
        else:
            messages.warning(request, f"{error.what}: {error.mend}.")
    whole = [request.person] if "identity" in request.rows else []
    shown = {
        "person": named([request.person], known=whole)[request.person], "inside": inside, "duty": owed, "form": form,
        "words": task_words(kind), "rests": inside.rests(owed, reader.day), "overdue": owed.late(reader.day),
        "errors": form.errors if form.is_bound else None,
    }  # fmt: skip
    return render(request, "prison/duty.html", shown)


PAGES = (
    Page(name="prison-desk", route="prison/", view=prison_desk, needs="custody", menu="Prison", place=12),
    Page(name="prison-file", route="prison/people.csv", view=desk_file, needs="custody"),
    Page(name="wing-lists", route="prison/wings/", view=wing_lists, needs="custody"),
    Page(name="prison-duty", route="people/<int:person>/prison/<slug:kind>/", view=duty, needs="custody", changes="custody",
         form=True),
)  # fmt: skip
