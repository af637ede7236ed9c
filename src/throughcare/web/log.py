"""Who saw and did what: the log, for the auditor and the data-protection officer; it names people by number alone."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.models import Entry
from throughcare.casework.people.queries import ids_of
from throughcare.core.pages import Page

A_PAGE = 50
LARGEST = 2**63 - 1


def _known_to(reader: Reader) -> QuerySet[Entry]:
    """The whole log, for whose work it is; else the entries about the people whom an open request covers."""
    if any(cell.scope == "log" for _, cell in reader.cells("view", "audit")):
        return Entry.objects.all()
    return Entry.objects.filter(person_id__in=reader.people("audit").values("pk"))


def log(request: HttpRequest) -> HttpResponse:
    """The entries, newest first; of one person, one account or one kind of deed where asked. Filters stay in the address."""
    asked = {name: request.GET.get(name, "").strip() for name in ("person", "who", "what")}
    found = _known_to(request.reader).order_by("-pk")
    if asked["person"].isdecimal():
        found = found.filter(person_id__in=ids_of(min(int(asked["person"]), LARGEST)))
    if asked["who"]:
        found = found.filter(actor__startswith=asked["who"])
    if asked["what"]:
        found = found.filter(verb__startswith=asked["what"])
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    query = "".join(f"{urlencode({name: value})}&" for name, value in asked.items() if value)
    return render(request, "web/log.html", {"page": page, "asked": asked, "query": query})


PAGES = (Page(name="log", route="log/", view=log, needs="audit", menu="Who saw what", place=85),)
