"""My people: everybody whom the reader's posts reach, by name."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.standing import ratings_of
from throughcare.casework.people.names import named
from throughcare.core.pages import Page

A_PAGE = 50


def my_people(request: HttpRequest) -> HttpResponse:
    """The people of the reader's posts, a page at a time, by surname; with what it may see of each."""
    reader: Reader = request.reader
    people = reader.people("contact").order_by("surname", "forenames", "pk").values_list("pk", flat=True)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    numbers = list(page)
    names = named(numbers, known=reader.allowed("identity", numbers))
    rated = ratings_of(reader.allowed("rag", numbers), reader.day)
    shown = {"page": page, "people": [(names[n], rated.get(n, "")) for n in numbers if n in names], "rated": reader.may("rag"),
             "known": reader.may("identity")}  # fmt: skip
    return render(request, "web/people.html", shown)


PAGES = (Page(name="people", route="people/", view=my_people, needs="contact", menu="My people", place=2),)
