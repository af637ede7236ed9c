"""Who saw and did what: the log, for the auditor and the data-protection officer; it names people by number alone."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.audit.models import Entry
from throughcare.casework.people.queries import ids_of
from throughcare.core.pages import Page

A_PAGE = 50


def log(request: HttpRequest) -> HttpResponse:
    """The entries, newest first; of one person, one account or one kind of deed where asked. Filters stay in the address."""
    asked = {name: request.GET.get(name, "").strip() for name in ("person", "who", "what")}
    found = Entry.objects.order_by("-pk")
    if asked["person"].isdigit():
        found = found.filter(person_id__in=ids_of(int(asked["person"])))
    if asked["who"]:
        found = found.filter(actor__startswith=asked["who"])
    if asked["what"]:
        found = found.filter(verb__startswith=asked["what"])
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    query = "".join(f"{name}={value}&" for name, value in asked.items() if value)
    return render(request, "web/log.html", {"page": page, "asked": asked, "query": query})


PAGES = (Page(name="log", route="log/", view=log, needs="audit", menu="Who saw what", place=85),)
