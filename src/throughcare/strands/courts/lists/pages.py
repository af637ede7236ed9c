"""Whether the lists have come, and pasting or typing one that has not: paste, check what was read, keep."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.working_days import add_working_days
from throughcare.design.check import changing, checked
from throughcare.design.forms import refused
from throughcare.strands.courts.lists import actions
from throughcare.strands.courts.lists.arrival import arrival, courts
from throughcare.strands.courts.lists.forms import PasteForm
from throughcare.strands.courts.lists.pasted import Pasted, read_pasted
from throughcare.strands.courts.lists.queries import as_it_stands, counts, shown
from throughcare.strands.courts.lists.typed.actions import say_nobody_listed, set_aside
from throughcare.strands.courts.models import ListReceived, UnreadLine

LATELY = timedelta(days=7)


def courts_of(reader: Reader) -> list[str]:
    """The courts whose lists the reader may work on: those of the posts held, and of those in a senior's charge."""
    found = {post.place for post in reader.held("court_officer")}
    offices = [post.office for post in reader.held("senior_officer") if post.office]
    if offices:
        charges = Post.objects.filter(role="court_officer", office__in=offices, closed_on=None)
        found |= set(charges.values_list("place", flat=True))
    return sorted(found - {""})


def lists(request: HttpRequest) -> HttpResponse:
    """Today's lists and the next day's, court by court; a form for what came on paper; what waits to be corrected."""
    reader: Reader = request.reader
    mine = courts_of(reader)
    if not mine or not reader.may("court_cases", "edit"):
        if request.method == "POST":
            raise Http404
        return render(request, "courts/lists.html", _shown(reader, list(courts()), None))
    form = _form(request, mine)
    if request.method == "POST":
        done = _do(request, form, mine)
        if done is not None:
            return done
    return render(request, "courts/lists.html", _shown(reader, mine, form))


def _form(request: HttpRequest, mine: list[str]) -> PasteForm:
    waiting = _waiting(mine).filter(pk=request.GET.get("line", "")) if request.GET.get("line", "").isdigit() else []
    first = next(iter(waiting), None)
    initial: dict[str, Any] = {"court": mine[0], "day": request.reader.day}
    if first is not None:
        same = _waiting([first.court]).filter(sits_on=first.sits_on)
        initial = {"court": first.court, "day": first.sits_on, "text": "\n".join(line.text for line in same),
                   "corrects": ",".join(str(line.pk) for line in same)}  # fmt: skip
    sent = request.method == "POST" and "text" in request.POST
    form = PasteForm(request.POST if sent else None, initial=initial)
    form.fields["court"].choices = [(court, court) for court in mine]
    return form


def _do(request: HttpRequest, form: PasteForm, mine: list[str]) -> HttpResponse | None:
    """What was sent, done; None where the page is to be shown again."""
    by = request.reader.by
    try:
        if (came := request.POST.get("undo", "")).isdigit():
            found = ListReceived.objects.filter(pk=came, court__in=mine).first()
            gone = actions.take_back(by=by, came=found.pk if found else 0)
            messages.success(request, f"The list of {gone.court} for {weekday_in_words(gone.sits_on)} is taken back.")
        elif (line := request.POST.get("aside", "")).isdigit():
            found = _waiting(mine).filter(pk=line).first()
            set_aside(by=by, line=found.pk if found else 0)
            messages.success(request, "The line is set aside.")
        elif (court := request.POST.get("nobody", "")) in mine:
            say_nobody_listed(by=by, court=court, sits_on=request.reader.day)
            messages.success(request, f"Nobody is listed at {court} today, as you say. You can undo it below.")
        else:
            return _paste(request, form) if form.is_valid() and not changing(request) else None
    except UserError as error:
        messages.error(request, f"{str(error.what).rstrip('.')}. To mend it, {error.mend}.")
    return redirect("court-lists")


def _paste(request: HttpRequest, form: PasteForm) -> HttpResponse | None:
    """Shows what was read; sent once more, keeps it."""
    told = form.cleaned_data
    if not checked(request):
        found = read_pasted(told["text"])
        if found.read:
            return render(request, "courts/list_check.html", {"found": found, "form": form, "told": told})
        form.add_error("text", _unreadable(found))
        return None
    try:
        found = actions.paste_list(
            by=request.reader.by, court=told["court"], sits_on=told["day"], text=told["text"],
            issued_at=form.issued_at(instant_on(request.reader.day)),
        )  # fmt: skip
    except UserError as error:
        refused(form, error, "text")
        return None
    for line in _waiting([told["court"]]).filter(pk__in=form.lines_corrected()):
        set_aside(by=request.reader.by, line=line.pk)
    messages.success(request, _kept(request.reader, told, found))
    return redirect("court-lists")


def _unreadable(found: Pasted) -> str:
    first = next(iter(found.unread), None)
    return f"No line could be read. Line {first.line}: {first.why}" if first else "There is no name in it"


def _kept(reader: Reader, told: dict[str, Any], found: Pasted) -> str:
    """What came of it, in a sentence."""
    number = counts(shown(as_it_stands(told["court"], told["day"]), reader))
    names = "1 name" if len(found.read) == 1 else f"{len(found.read)} names"
    looked = "Not all are matched yet." if number.not_looked_for else (
        f"On the list now: {number.names}, of whom {number.known} known here and {number.to_confirm} to confirm.")
    left = f" {len(found.unread)} could not be read and wait below." if found.unread else ""
    return f"Kept {names} for {told['court']}, {weekday_in_words(told['day'])}. {looked}{left} You can undo it below."


def _waiting(mine: list[str]) -> Any:
    return UnreadLine.objects.filter(court__in=mine, done_at=None).order_by("sits_on", "court", "pk")


def _shown(reader: Reader, mine: list[str], form: PasteForm | None) -> dict[str, Any]:
    at = instant_on(reader.day)
    days = (reader.day, add_working_days(reader.day, 1))
    own = ListReceived.objects.filter(court__in=mine, load=None, received_at__gte=at - LATELY).order_by("-received_at", "-pk")
    return {
        "arrivals": [(day, [arrival(court, day, at) for court in mine]) for day in days], "form": form,
        "errors": form.errors if form is not None and form.is_bound else None,
        "unread": list(_waiting(mine)) if form is not None else [], "own": list(own[:20]) if form is not None else [],
    }  # fmt: skip


PAGES = (
    Page(name="court-lists", route="courts/lists/", view=lists, needs="court_cases", changes="court_cases", menu="Court lists",
         place=35),
)  # fmt: skip
