"""Today: what needs the reader, the most harmful first; each thing once, each with the one action that it wants."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.queries import covered_by
from throughcare.casework.access.reader import Reader, whom_to_ring
from throughcare.casework.notices.queries import new
from throughcare.casework.people.names import Named, named
from throughcare.casework.today import actions
from throughcare.casework.today.queries import answered, lately
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Appointment, Page, Task
from throughcare.design.forms import DayField
from throughcare.registry import parts
from throughcare.web.late import late_for
from throughcare.web.waiting import NOTHING
from throughcare.web.waiting import tasks as web_tasks

FITS = 8
COUNTED = "waited"
GROUPS = {"now": "Now", "week": "This week and after", "waiting": "Waiting for others"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A task or appointment with its person, as the reader may see them. `ring`: for a barred person, whom to ring."""

    task: Task | Appointment
    person: Named | None
    ring: str = ""


def today(request: HttpRequest) -> HttpResponse:
    """The home page."""
    reader: Reader = request.reader
    if reader.post is None:
        return render(request, "web/account.html")
    open_tasks = waiting_for(reader)
    request.new_notices = new(reader)
    groups = {slug: [task for task in open_tasks if group_of(task) == slug] for slug in GROUPS}
    _keep_count(request, total=len(open_tasks), now=len(groups["now"]))
    cut = {slug: tasks[:FITS] for slug, tasks in groups.items()}
    meetings = [m for m in parts.diary(reader) if reader.may(m.row)]
    about = people_of(reader, [*open_tasks, *meetings])
    raised = Counter(task.person for task in open_tasks if task.person)
    shown = {
        "off": [each for each in request.new_notices if each.off_on and each.off_on >= reader.day],
        "covering": covered_by(reader.account, reader.day),
        "late": late_for(reader),
        "groups": [(slug, words, [about(task) for task in cut[slug]], len(groups[slug])) for slug, words in GROUPS.items()],
        "meetings": [(about(meeting), raised[meeting.person]) for meeting in meetings],
        "kinds": sorted(Counter(task.kind for task in open_tasks).items()),
        "answered": lately(reader.acting, reader.day - timedelta(days=7))[:5],
        "tomorrow": reader.day + timedelta(days=1), "next_week": reader.day + timedelta(days=7), "total": len(open_tasks),
        "nothing": NOTHING[reader.post.role],
    }  # fmt: skip
    return render(request, "web/today.html", shown)


def _keep_count(request: HttpRequest, **counts: int) -> None:
    """Keeps how many things waited, for pages that tell the number and not the things: to count them is half such a page."""
    told = {"for": _whose(request.reader), **counts}
    if request.session.get(COUNTED) != told:
        request.session[COUNTED] = told


def last_count(request: HttpRequest) -> dict[str, int] | None:
    """How many things waited (`total`), how many of them for now, when who is signed in last opened Today on this day in these
    posts; None where it was not opened.
    """
    told = request.session.get(COUNTED)
    return {"total": told["total"], "now": told["now"]} if told and told["for"] == _whose(request.reader) else None


def _whose(reader: Reader) -> list[Any]:
    """The day and the posts that a count holds for, as a session can keep them."""
    return [f"{reader.day}", *(post.pk for post in reader.acting)]


def group_of(task: Task) -> str:
    if task.waiting:
        return "waiting"
    return "now" if task.harm <= 2 else "week"


def waiting_for(reader: Reader) -> list[Task]:
    """The tasks of the reader that nobody has answered, by harm, then by day. What it may not know of is not among them."""
    held = answered(reader.acting, reader.day)
    told = (*parts.tasks(reader), *web_tasks(reader))
    once = {task.key: task for task in told if task.key not in held and reader.may(task.row)}
    return sorted(_of_whom_it_may(reader, once.values()), key=lambda task: (task.harm, task.due_on or date.max, task.key))


def _of_whom_it_may(reader: Reader, tasks: Collection[Task]) -> list[Task]:
    """The tasks whose words may be told of their person. A barred person's stay: they are shown as whom to ring."""
    about: dict[str, set[int]] = {}
    for task in tasks:
        if task.person is not None and not task.sent:
            about.setdefault(task.row, set()).add(task.person)
    everybody = {person for people in about.values() for person in people}
    allowed = {row: reader.allowed(row, everybody) for row in about}
    barred = reader.barred_among(everybody)
    return [
        task for task in tasks
        if task.person is None or task.sent or task.person in allowed[task.row] or task.person in barred
    ]  # fmt: skip


def people_of(reader: Reader, things: Sequence[Task | Appointment]) -> Any:
    """A function that shows a thing with its person: one question for all of them, not one each."""
    numbers: Collection[int] = {thing.person for thing in things if thing.person is not None}
    barred = reader.barred_among(numbers)
    ring = whom_to_ring(barred, reader.day)
    names = named(reader.allowed("contact", numbers), known=reader.allowed("identity", numbers))

    def about(thing: Task | Appointment) -> Shown:
        if thing.person in barred:
            return Shown(task=thing, person=None, ring=ring.get(thing.person, "the duty officer"))
        return Shown(task=thing, person=names.get(thing.person))

    return about


def all_of(request: HttpRequest) -> HttpResponse:
    """A whole list: of a group or of one kind, to which the counts lead."""
    reader: Reader = request.reader
    group, kind = request.GET.get("group", ""), request.GET.get("kind", "")
    tasks = [t for t in waiting_for(reader) if (not group or group_of(t) == group) and (not kind or t.kind == kind)]
    about = people_of(reader, tasks)
    shown = {
        "title": kind or GROUPS.get(group, "All that waits"), "tasks": [about(task) for task in tasks],
        "tomorrow": reader.day + timedelta(days=1), "next_week": reader.day + timedelta(days=7),
    }  # fmt: skip
    return render(request, "web/tasks.html", shown)


class LaterForm(forms.Form):
    """When to be asked again."""

    until = DayField(label="Ask me again on")


def answer(request: HttpRequest) -> HttpResponse:
    """Takes an answer to a thing that waits: done elsewhere, or to be asked again. Nothing else takes it off the list."""
    reader: Reader = request.reader
    if request.method != "POST":
        return redirect("today")
    task = next((t for t in waiting_for(reader) if t.key == request.POST.get("key")), None)
    if task is None or (task.person is not None and reader.barred(task.person)):
        messages.info(request, "That one waits no more: somebody has dealt with it.")
        return redirect("today")
    if request.POST.get("do") == "elsewhere" and task.elsewhere:
        actions.done_elsewhere(reader=reader, task=task)
        messages.success(request, f"Done elsewhere: {task.words}. You can take this back at the foot of the page.")
        return redirect("today")
    if not task.later:
        messages.warning(request, "That cannot be put off: it is for today. Open it, and answer it there.")
        return redirect("today")
    form = LaterForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "That is no day. Choose when to be asked again.")
        return redirect("today")
    try:
        actions.ask_again(reader=reader, task=task, until=form.cleaned_data["until"])
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, f"You are asked again on {form.cleaned_data['until']:%-d %B %Y}: {task.words}.")
    return redirect("today")


def take_back(request: HttpRequest) -> HttpResponse:
    """Undoes an answer: the thing waits again."""
    if request.method == "POST":
        found = next((a for a in lately(request.reader.acting, request.reader.day - timedelta(days=7))
                      if str(a.pk) == request.POST.get("answer")), None)  # fmt: skip
        if found is None:
            raise Http404
        actions.undo(reader=request.reader, answer=found)
        messages.success(request, f"It waits again: {found.told}.")
    return redirect("today")


PAGES = (
    Page(name="today", route="", view=today, needs=SIGNED_IN, menu="Today", place=1),
    Page(name="tasks", route="today/all/", view=all_of, needs=SIGNED_IN),
    Page(name="answer", route="today/answer/", view=answer, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="today-undo", route="today/undo/", view=take_back, needs=SIGNED_IN, changes=SIGNED_IN),
)
