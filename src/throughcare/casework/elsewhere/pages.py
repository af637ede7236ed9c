"""What was typed here and belongs in another system: copied out in one press, listed until it is entered there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.elsewhere.actions import mark_entered, not_entered
from throughcare.casework.elsewhere.errors import NotEntered
from throughcare.casework.elsewhere.models import Owed
from throughcare.casework.elsewhere.queries import owed
from throughcare.casework.people.names import named
from throughcare.core.errors import UserError
from throughcare.core.pages import Page

ROW = "supervision"


def to_be_entered(request: HttpRequest) -> HttpResponse:
    """The list of what is owed about the people whom the reader may change, oldest first; ticked, it is entered."""
    reader = request.reader
    mine = owed(people=reader.people(ROW, "edit").values("pk"))
    if request.method == "POST":
        return _entered(request, {each.pk for each in mine})
    people = {each.person_id for each in mine}
    names = named(people, known=reader.allowed("identity", people))
    return render(request, "elsewhere/owed.html", {"owed": mine, "names": names, "undo": request.session.pop("entered", None)})


def _entered(request: HttpRequest, mine: set[int]) -> HttpResponse:
    """Marks what was ticked; or takes one back that was ticked by mistake."""
    try:
        if back := request.POST.get("back", ""):
            _taken_back(request.reader, int(back))
            messages.success(request, "It is to be entered again.")
        elif chosen := [int(n) for n in request.POST.getlist("owed") if n.isdigit() and int(n) in mine]:
            mark_entered(by=request.reader.by, ids=chosen, reference=request.POST.get("reference", ""))
            request.session["entered"] = chosen
            messages.success(request, f"{len(chosen)} marked as entered.")
        else:
            messages.warning(request, "Choose what you have entered.")
    except (UserError, ValueError) as error:
        messages.warning(request, str(error))
    return redirect("to-be-entered")


def _taken_back(reader: Any, number: int) -> None:
    """Ticked by mistake: it waits again, where it is about somebody whom the reader may change."""
    found = Owed.objects.filter(pk=number, person__in=reader.people(ROW, "edit").values("pk")).first()
    if found is None:
        raise NotEntered(what="There is nothing of this number", record=str(number), expected="one that was entered",
                         mend="look at the list")  # fmt: skip
    not_entered(by=reader.by, id=found.pk)


PAGES = (
    Page(name="to-be-entered", route="to-be-entered/", view=to_be_entered, needs=ROW, changes=ROW, form=True,
         menu="To be entered elsewhere", place=60),
)  # fmt: skip
