"""One person, and finding one: what their pages show, by the functions that fill the pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import resolve

from throughcare.api import asked, given
from throughcare.api.guard import Operation, the_person
from throughcare.casework.cohort.standing import score_over_time
from throughcare.casework.notes.actions import write_note
from throughcare.casework.people.where import where
from throughcare.web import person as page
from throughcare.web.find import found_for


def find(request: HttpRequest, q: asked.Words) -> given.Found:
    """Finds people among those whom the post may see: by names in any order and spelling, date or year of birth, any number."""
    found, hits = found_for(request.reader, q.strip())
    return given.Found(understood=found.understood, more=found.more, people=[
        given.FoundPerson(number=who.number, shown=who.shown, date_of_birth=who.date_of_birth, crn=who.crn, pnc=who.pnc, why=why)
        for who, why in hits
    ])  # fmt: skip


def person(request: HttpRequest, number: asked.Number) -> given.Person:
    """Who this is and how they are, as far as the post may know: what stands at the head of the person's page."""
    told = page.frame_of(request, "person")
    who, cohort, day = told["person"], told["cohort"], request.reader.day
    return given.Person(
        number=who.number, shown=who.shown, known=who.known, age=who.age(day),
        date_of_birth=who.date_of_birth if who.known else None,
        crn=who.crn or None, pnc=who.pnc or None, prison_number=who.prison_number or None,
        cohort=given.Cohort(member=cohort.member, borough=cohort.borough if cohort.member else "", left_on=cohort.left_on,
                            since=cohort.since if cohort.member else None, proposed=cohort.proposed) if cohort else None,
        rag=told["rag"] or None, risks=[*told["risks"], *told["avoids"]], limited_access=told["limited"],
        says=[given.Says(row=said.row, text=said.text, on=said.on) for about in told["said"].values() for said in about],
        **_whereabouts(told["place"], request.rows),
    )  # fmt: skip


def _whereabouts(place: Any, rows: frozenset[str]) -> dict[str, Any]:
    """Supervision, prison and home as the identity bar has them: home only where no prison is told."""
    custody = home = None
    if "custody" in rows and place.prison:
        custody = given.Custody(prison=place.prison, since=place.prison_since, on_remand=place.on_remand,
                                release_planned_on=place.release_planned_on)  # fmt: skip
    elif "address" in rows and place.borough:
        home = given.Home(borough=place.borough, postcode=place.postcode)
    told = "supervision" in rows and place.status
    return {
        "supervision": given.Supervision(status=place.status, agency=place.agency, until=place.until) if told else None,
        "custody": custody, "home": home,
    }  # fmt: skip


def services(request: HttpRequest, number: asked.Number) -> given.Services:
    """Every referral with its state, what the person is eligible for, and why not for the rest."""
    told = page.services_of(request)
    return given.Services(**{key: [_service(line) for line in told[key]] for key in ("have", "fit", "not_fit")})


def _service(line: page.ServiceLine) -> given.Service:
    return given.Service(
        name=line.name, referral=resolve(line.address).kwargs["referral"] if line.address else None, state=line.state or None,
        since=line.since, closed=line.closed, reasons=list(line.reasons),
    )  # fmt: skip


def timeline(
    request: HttpRequest, number: asked.Number, kind: asked.Kinds = (), limit: asked.Limit = 50, offset: asked.Offset = 0
) -> given.Timeline:
    """Everything that happened, from every part, newest first. `kind` may be given more than once."""
    entries = [e for e in page.entries_of(request) if e.on <= request.reader.day]
    kept = [e for e in reversed(entries) if not kind or e.kind in kind]
    return given.Timeline(
        total=len(kept), limit=limit, offset=offset, kinds=sorted({e.kind for e in entries}),
        items=[given.Happened(on=e.on, kind=e.kind, words=e.words) for e in kept[offset : offset + limit]],
    )  # fmt: skip


def score(request: HttpRequest, number: asked.Number) -> given.Score:
    """The risk score now, how it moved and why."""
    points = score_over_time(request.person, request.reader.day)
    return given.Score(
        score=points[0].score if points else None,
        points=[given.Point(on=p.on, score=p.score, because=p.because) for p in points],
    )


def contacts(request: HttpRequest, number: asked.Number) -> given.Contacts:
    """Who works with the person, by their posts, with a number to ring."""
    return given.Contacts(contacts=[
        given.Contact(what=c["what"], post=c["post"].title, who=c["who"], telephone=c["post"].telephone)
        for c in page.contacts_of(request, where(request.person, request.reader.day))
    ])  # fmt: skip


def note(request: HttpRequest, number: asked.Number, told: asked.NoteTold) -> given.NoteKept:
    """Writes a note of today on a person."""
    kept = write_note(reader=request.reader, person=request.person, text=told.text)
    return given.NoteKept(person=request.person, on=kept.on, text=kept.text)


def _of_a_person(name: str, path: str, view: Any, gives: type, needs: str) -> Operation:
    return Operation(
        name=name, method="GET", path=path, view=view, gives=gives, needs=needs, group="People", person_of=the_person
    )


OPERATIONS = (
    Operation(name="find", method="GET", path="/people", view=find, gives=given.Found, needs="identity", group="People"),
    _of_a_person("person", "/people/{number}", person, given.Person, "contact"),
    _of_a_person("person-services", "/people/{number}/services", services, given.Services, "contact"),
    _of_a_person("person-timeline", "/people/{number}/timeline", timeline, given.Timeline, "contact"),
    _of_a_person("person-score", "/people/{number}/score", score, given.Score, "score"),
    _of_a_person("person-contacts", "/people/{number}/contacts", contacts, given.Contacts, "contact"),
    Operation(name="note", method="POST", path="/people/{number}/notes", view=note, gives=given.NoteKept, needs="notes",
              group="People", person_of=the_person, status=201),
)  # fmt: skip
