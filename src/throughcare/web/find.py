"""Finding a person among those whom the reader's post may see; a number of somebody outside it can be opened for a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.asked import understand
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.queries import person_of
from throughcare.casework.people.search import Found, find
from throughcare.core.pages import Page

MOST = 20


def find_a_person(request: HttpRequest) -> HttpResponse:
    """What was typed, who fits it, and why. Says nothing, not even how many, of people whom the reader may not see."""
    reader: Reader = request.reader
    words = request.GET.get("q", "").strip()
    shown: dict[str, object] = {"words": words}
    if words:
        found, hits = found_for(reader, words)
        shown |= {
            "hits": hits, "more": found.more, "understood": found.understood,
            "outside": _outside(reader, words) if not found.hits else [],
        }  # fmt: skip
    part = "web/found.html" if request.headers.get("HX-Request") else "web/find.html"
    return render(request, part, shown)


def found_for(reader: Reader, words: str) -> tuple[Found, list[tuple[Named, str]]]:
    """Those who fit, among whom the reader may see: what the search says of itself, and each person with why."""
    found = find(words, among=reader.people("identity"), limit=MOST)
    names = named([hit.person for hit in found.hits])
    return found, [(names[hit.person], hit.why) for hit in found.hits]


def _outside(reader: Reader, words: str) -> list[int]:
    """Somebody outside the reader's work whose number was typed in full, whom it may open for a reason; barred people never."""
    if not reader.may_give_a_reason:
        return []
    known = [
        person
        for number in understand(words).numbers
        for person in person_of(number.kind, [number.value]).values()
    ]
    return sorted(set(known) - reader.barred_among(known))


PAGES = (Page(name="find", route="find/", view=find_a_person, needs="identity", menu="Find a person", place=3),)
