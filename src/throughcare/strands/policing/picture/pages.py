"""The picture of a person: its section of the record, what is done about a link, the outlines, and a month of street crime."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.outlines import outlines
from throughcare.casework.people.models import Identifier
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.identifiers import IdentifierError, canonical
from throughcare.core.pages import Page, Tab
from throughcare.design.forms import refused
from throughcare.design.paper import as_pdf
from throughcare.strands.policing.picture import actions, forms, queries
from throughcare.strands.policing.picture.links import links_of, pair
from throughcare.strands.policing.picture.models import LEFT_OUT, LinkDeed
from throughcare.strands.policing.picture.network import KINDS, how, may_name
from throughcare.strands.policing.picture.paper import paper
from throughcare.strands.policing.picture.street_crime import counted, months_kept

NUMBERS = ("pnc", "cro", "crn", "prison_number")
DEEDS = {"said": "Said in a plan", "renewed": "Renewed", "left_out": "Left out"}


def told(request: Any) -> dict[str, Any]:
    """The section of the record."""
    found = queries.picture(request.person, request.reader)
    return {
        "picture": found, "figures": current_pilot().picture, "why_left_out": LEFT_OUT, "kinds": KINDS,
        "day": request.reader.day, "has_outlines": bool(current_pilot().picture.outlines),
    }  # fmt: skip


def one_link(request: HttpRequest, person: int, other: int) -> HttpResponse:
    """One link with somebody the reader may name: renew it, leave it out, take back what was done about it."""
    reader: Reader = request.reader
    if person == other or len(may_name(reader, {person, other})) < 2:
        raise Http404
    do = request.POST.get("do", "")
    renewing = forms.RenewForm(request.POST if do == "renew" else None)
    leaving = forms.LeaveOutForm(request.POST if do == "leave-out" else None)
    if request.method == "POST" and _done(request, person, other, {"renew": renewing, "leave-out": leaving}.get(do)):
        return redirect("picture-link", person=person, other=other)
    names = named([person, other])
    link = links_of([person], reader.day).get(pair(person, other))
    deeds = LinkDeed.objects.filter(one__in=[person, other], other__in=[person, other]).order_by("-on", "-pk")
    shown = {
        "person": names[person], "other": names[other], "link": link, "renewing": renewing, "leaving": leaving,
        "how": how(link.known, named=True) if link else (), "deeds": deeds, "words": DEEDS, "why": LEFT_OUT,
        "left_out": any(deed.deed == "left_out" and not deed.taken_back for deed in deeds),
        "errors": renewing.errors or leaving.errors or None, "lasts": current_pilot().picture.link_days,
    }  # fmt: skip
    return render(request, "policing/link.html", shown)


def _done(request: HttpRequest, person: int, other: int, form: Any) -> bool:
    """Does what was asked; False where it was refused, with the reason at the form or in a message."""
    reader: Reader = request.reader
    try:
        if request.POST.get("do") == "take-back":
            number = request.POST.get("deed", "")
            pairs = LinkDeed.objects.filter(one__in=[person, other], other__in=[person, other])
            deed = pairs.filter(pk=int(number)).first() if number.isdigit() else None
            if deed is None:
                raise Http404
            actions.take_back(reader=reader, deed=deed)
            messages.success(request, "Taken back: it does nothing any more, and stays on record.")
        elif form is None or not form.is_valid():
            return False
        elif request.POST.get("do") == "renew":
            actions.renew(reader=reader, person=person, other=other, **form.cleaned_data)
            messages.success(request, "The link is renewed. If it was a mistake, take it back on this page.")
        else:
            typed = form.cleaned_data
            actions.leave_out(reader=reader, person=person, other=other, why=typed["why"], reason=typed["known"])
            messages.success(request, "The link is left out. If it was a mistake, take it back on this page.")
    except UserError as error:
        if form is None:
            messages.error(request, f"{error.what}.")
        else:
            refused(form, error)
        return False
    return True


def say(request: HttpRequest, person: int) -> HttpResponse:
    """An item of a plan says that the person is linked with somebody."""
    reader: Reader = request.reader
    form = forms.SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        other = _of_number(typed.pop("number"), reader)
        if other is None or other == person:
            form.add_error("number", "Nobody else in your work has this number. Check it, or ask somebody who may see both")
        else:
            try:
                actions.say(reader=reader, person=person, other=other, **typed)
            except UserError as error:
                refused(form, error)
            else:
                messages.success(request, "The link is kept. If it was a mistake, take it back on this page.")
                return redirect("picture-link", person=person, other=other)
    who = named([person], known=[person] if "identity" in request.rows else [])[person]
    return render(request, "policing/say.html", {"form": form, "errors": form.errors or None, "person": who})


def _of_number(typed: str, reader: Reader) -> int | None:
    """Whose number it is, if the reader may name them; None alike for nobody and for somebody else's work."""
    found: set[int] = set()
    for kind in NUMBERS:
        try:
            value = canonical(kind, typed)
        except IdentifierError:
            continue
        found |= set(Identifier.objects.filter(kind=kind, value=value).values_list("person_id", flat=True))
    theirs = may_name(reader, found)
    return next(iter(theirs)) if len(theirs) == 1 else None


def pdf(request: HttpRequest, person: int) -> HttpResponse:
    """The picture on paper, as the reader may see it."""
    who = named([person], known=[person] if "identity" in request.rows else [])[person]
    answer = HttpResponse(as_pdf(paper(person, request.reader, shown=who.shown)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="picture-{person}.pdf"'
    return answer


def shapes(request: HttpRequest) -> HttpResponse:
    """The boroughs' outlines for the map; none where the pilot brings none or its file cannot be read."""
    try:
        return JsonResponse(outlines())
    except UserError as error:
        return JsonResponse({"type": "FeatureCollection", "features": [], "refused": str(error.mend)})


def street_crime(request: HttpRequest) -> HttpResponse:
    """Which months are kept; for the research hub, a place to send another."""
    kinds, may = current_pilot().picture.street_crime, bool(request.reader.held("police_researcher"))
    if request.method == "POST" and not may:
        raise Http404
    form = forms.StreetCrimeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            found = counted(sent.name, sent.read(), kinds)
        except UserError as error:
            refused(form, error, "file")
        else:
            areas = actions.load_street_crime(by=request.reader.by, counted=found)
            kept = f"{found.crimes:,} crimes ({', '.join(found.kinds).lower()}) in {areas:,} small areas"
            messages.success(
                request,
                f"{found.month:%B %Y} is kept: {kept}. {found.nowhere:,} had no area. {found.others:,} of other types were left. "
                "To undo it, send the right file of that month.",
            )
            return redirect("street-crime")
    shown = {"form": form, "errors": form.errors or None, "months": months_kept(), "kinds": kinds, "may": may}
    return render(request, "policing/street_crime.html", shown)


TABS = (
    Tab(name="person-picture", route="picture/", words="Picture", needs="plan", told=told, template="policing/picture.html"),
)
PAGES = (
    Page(name="picture-say", route="people/<int:person>/picture/say/", view=say, needs="plan", changes="plan", form=True),
    Page(name="picture-link", route="people/<int:person>/picture/links/<int:other>/", view=one_link, needs="plan",
         changes="plan", form=True),
    Page(name="picture-pdf", route="people/<int:person>/picture/picture.pdf", view=pdf, needs="plan"),
    Page(name="picture-outlines", route="picture/outlines.json", view=shapes, needs="plan"),
    Page(name="street-crime", route="street-crime/", view=street_crime, needs="plan", changes="plan"),
)  # fmt: skip
