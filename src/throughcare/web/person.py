"""One person: who they are, how they are, what comes next. What the reader's post may not see is not there."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import holders, manager_of
from throughcare.casework.access.reader import Reader, limits_of
from throughcare.casework.audit.queries import about_person
from throughcare.casework.cohort.standing import InCohort, in_cohort, score_over_time
from throughcare.casework.frames import reading_once
from throughcare.casework.letters.models import HOW
from throughcare.casework.letters.queries import letters_of
from throughcare.casework.notes.models import Said
from throughcare.casework.notes.queries import avoids_of, notes_of, risks_of, said_of
from throughcare.casework.people.names import Named, aliases_of, named
from throughcare.casework.people.queries import ids_of
from throughcare.casework.people.where import Whereabouts, where
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload.queries import put_off
from throughcare.casework.referrals.hands.queries import workers_of
from throughcare.casework.referrals.queries import AMONG_COLLEAGUES
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.reasons import words_of
from throughcare.casework.referrals.standing import standing_of
from throughcare.casework.referrals.transitions import CLOSED, REFERRERS, TABLE
from throughcare.casework.subject_access.queries import requests_of
from throughcare.core.contracts import TimelineEntry
from throughcare.core.pages import Page, Tab
from throughcare.registry import parts
from throughcare.rules.eligibility.services import almost, fits
from throughcare.web.late import late_for
from throughcare.web.services import in_short

LAST = 3
TABS = (
    ("person", "Overview", "contact"), ("person-services", "Services", "contact"),
    ("person-court", "Court and orders", "supervision"),
    ("person-custody", "Custody", "custody"), ("person-timeline", "Timeline", "contact"),
    ("person-score", "About the score", "score"),
    ("person-notes", "Notes", "notes"), ("person-held", "What we hold", "letters"), ("person-log", "Who has looked", "audit"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """A service and this person: how a referral stands, or whether it is for them and why; `almost`: when it would be, where one
    thing alone stands in the way; `until`: put off to that day.
    """

    name: str
    state: str = ""
    since: date | None = None
    address: str = ""
    closed: bool = False
    reasons: tuple[str, ...] = ()
    slug: str = ""
    almost: str = ""
    until: date | None = None
    may_put_off: bool = False


def frame_of(request: HttpRequest, tab: str) -> dict[str, Any]:
    """What stands on every tab: the identity bar with what may be seen of it, and the tabs that there are."""
    reader: Reader = request.reader
    number, rows, day = request.person, request.rows, reader.day
    who: Named = named([number], known=[number] if "identity" in rows else [])[number]
    place: Whereabouts = where(number, day)
    cohort = in_cohort(number, day) if "cohort_membership" in rows else None
    return {
        "late": late_for(reader),
        "aliases": aliases_of(number) if "identity" in rows else [],
        "person": who, "rows": rows, "edits": request.edits, "place": place, "cohort": cohort, "age": who.age(day),
        "rag": cohort.rag if cohort and "rag" in rows else "",
        "risks": risks_of(number, day) if "risks" in rows else [],
        "avoids": _avoids(reader, number) if "avoid" in rows else [],
        "limited": bool(limits_of(number, day)) if "limited_access" in rows else False,
        "said": _said(number) if "notes" in rows else {},
        "tabs": [
            {"text": words, "href": reverse(name, kwargs={"person": number}), "active": name == tab}
            for name, words, row in all_tabs()
            if row in rows
        ],
    }  # fmt: skip


@cache
def all_tabs() -> tuple[tuple[str, str, str], ...]:
    """Name, words and row of each tab: the web's own, and before the timeline those that the parts add."""
    added = tuple((tab.name, tab.words, tab.needs) for tab in parts.tabs())
    place = [name for name, *_ in TABS].index("person-timeline")
    return (*TABS[:place], *added, *TABS[place:])


def _said(person: int) -> dict[str, list[Said]]:
    """What the person says of what is held, by the row of the policy that it is about."""
    found: dict[str, list[Said]] = {}
    for said in said_of(person):
        found.setdefault(said.row, []).append(said)
    return found


def _avoids(reader: Reader, person: int) -> list[str]:
    """Whom and what to avoid, in words; the name of the other person only where the reader may know it."""
    told = avoids_of(person, reader.day)
    others = {(a.other_id if a.person_id == person else a.person_id) for a in told if a.other_id}
    names = named(others, known=reader.allowed("identity", others))
    words = []
    for a in told:
        other = (a.other_id if a.person_id == person else a.person_id) if a.other_id else None
        seen = names[other].shown if other in names and names[other].known else "another person: ring the co-ordinator"
        words.append(f"Must not meet {seen}" if other else f"Keep away from {a.place}")
    return words


@reading_once()
def overview(request: HttpRequest, person: int) -> HttpResponse:
    """The minute's understanding: who, risks, who works with them, services, what comes next, what happened last."""
    entries, day = entries_of(request), request.reader.day
    coming = [e for e in entries if e.on > day or (e.on == day and e.planned)]
    shown = frame_of(request, "person")
    shown |= {
        "contacts": contacts_of(request, shown["place"]),
        "next": sorted(coming, key=lambda e: e.on)[:LAST],
        "last": [e for e in reversed(entries) if e not in coming][:LAST],
        "meetings_apart": bool(request.reader.held("volunteer")),  # who is told of its own alone, on their own page
    }  # fmt: skip
    shown |= services_of(request, shown["cohort"])
    if "score" in request.rows:
        shown["score"] = score_over_time(request.person, day, moves=1)
    return render(request, "web/person.html", shown)


@reading_once()
def services(request: HttpRequest, person: int) -> HttpResponse:
    """Every referral with its state, what the person is eligible for, and why not for the rest."""
    shown = frame_of(request, "person-services") | services_of(request)
    return render(request, "web/person_services.html", shown | (in_short(request.reader) if shown["fit"] else {}))


def services_of(request: HttpRequest, cohort: InCohort | None = None) -> dict[str, list[ServiceLine]]:
    """The services that the reader may know of: those with a referral, that fit, that are put off, that do not and why."""
    reader, pilot = request.reader, current_pilot()
    may_know = {s.slug for s in pilot.services if reader.row_of(f"service:{s.slug}") in request.rows}
    names = {service.slug: service.name for service in pilot.services}
    sent = [r for r in referrals_of(request) if r.service in may_know and r.state != "made_in_error"]
    have = []
    for referral in sent:
        state = TABLE[referral.state or "sent"]
        have.append(ServiceLine(
            name=names[referral.service], slug=referral.service, state=state.shown,
            since=referral.state_on or referral.sent_on, closed=state.closed,
            address=reverse("referral", kwargs={"referral": referral.pk}),
        ))  # fmt: skip
    open_with = {referral.service for referral in sent if (referral.state or "sent") not in CLOSED}
    told: dict[str, list[ServiceLine]] = {"have": have, "fit": [], "later": [], "not_fit": []}
    if "cohort_membership" not in request.rows or "referrals" not in request.rows:
        return told
    standing = standing_of(request.person, reader.day, pilot=pilot, cohort=cohort)
    later = put_off([request.person], reader.day) if AMONG_COLLEAGUES in request.rows else {}
    for service in pilot.services:
        if service.slug in may_know and service.slug not in open_with and service.by_referral:
            decision = fits(service, standing, as_at=reader.day, pilot=pilot)
            put = later.get((request.person, service.slug)) if decision.met else None
            where = "later" if put else "fit" if decision.met else "not_fit"
            told[where].append(ServiceLine(
                name=service.name, slug=service.slug, until=put.until if put else None,
                reasons=(words_of(put.reason), *filter(None, [put.note])) if put else decision.reasons,
                may_put_off=bool(reader.held(*REFERRERS)) and reader.row_of(f"service:{service.slug}") in request.edits,
                almost="" if decision.met else almost(service, standing, as_at=reader.day, pilot=pilot),
            ))  # fmt: skip
    return told


def referrals_of(request: HttpRequest) -> list[Any]:
    """The person's referrals that the reader may look into, with their state, newest first. Asked once a request."""
    if not hasattr(request, "referrals"):
        request.referrals = list(known_to(request.reader).filter(person=request.person).order_by("-sent_on", "-pk"))
    return request.referrals


def contacts_of(request: HttpRequest, place: Whereabouts) -> list[dict[str, Any]]:
    """Who works with the person, by their posts, with a number to ring: only the services that the reader may know of."""
    reader, day, pilot = request.reader, request.reader.day, current_pilot()
    posts: dict[int, tuple[Post, str]] = {}
    if "caseload" in request.rows and (manager := manager_of(request.person, day)):
        posts[manager.pk] = (manager, "Offender manager")
    if place.prison and "custody" in request.rows:
        for post in Post.objects.filter(role="prison_coordinator", place=place.prison, closed_on=None):
            posts[post.pk] = (post, "Prison co-ordinator")
    sent = [referral for referral in referrals_of(request) if referral.state not in CLOSED]
    names = {service.slug: service.name for service in pilot.services}
    wanted = {r.service: r.provider for r in sent if reader.row_of(f"service:{r.service}") in request.rows}
    desks = Post.objects.filter(role="provider_worker", place__in=[p for p in wanted.values() if p], closed_on=None)
    for post in desks:
        service = next((s for s, p in wanted.items() if p == post.place and post.team in ("", s)), "")
        if service:
            posts[post.pk] = (post, names[service])
    posts = _in_hands(posts, [r for r in sent if r.service in wanted], names)
    held = holders([post for post, _ in posts.values()], day)
    return [
        {"post": post, "what": what, "who": [h.account.shown + (" (covering)" if h.cover else "") for h in held.get(post.pk, ())]}
        for post, what in posts.values()
    ]


def _in_hands(posts: dict[int, tuple[Post, str]], sent: list[Any], names: dict[str, str]) -> dict[int, tuple[Post, str]]:
    """Where a referral was given to one post of its provider, that one stands in place of all the provider's desks."""
    workers = workers_of([referral.pk for referral in sent])
    given = {names[r.service]: workers[r.pk] for r in sent if r.pk in workers}
    kept = {pk: told for pk, told in posts.items() if told[1] not in given}
    return kept | {post.pk: (post, name) for name, post in given.items()}


def entries_of(request: HttpRequest) -> list[TimelineEntry]:
    """The timeline that the reader may see, oldest first; what is not planned and dated later is not known yet."""
    reader = request.reader
    told = [e for e in parts.timeline(request.person) if reader.row_of(e.row) in request.rows]
    told = [e for e in told if not e.also or e.also in request.rows]
    mine = {referral.pk for referral in referrals_of(request)}
    return [e for e in told if (e.planned or e.on <= reader.day) and (e.referral is None or e.referral in mine)]


@reading_once()
def timeline(request: HttpRequest, person: int) -> HttpResponse:
    """Everything that happened, from every part, newest first; filters by kind are kept in the address."""
    entries = [e for e in entries_of(request) if e.on <= request.reader.day]
    kinds = Counter(e.kind for e in entries)
    chosen = [kind for kind in request.GET.getlist("kind") if kind in kinds]
    kept = [e for e in reversed(entries) if not chosen or e.kind in chosen]
    shown = {
        "entries": kept, "kinds": sorted(kinds.items()), "chosen": chosen, "total": len(entries),
        "without": {kind: "&".join(f"kind={other}" for other in chosen if other != kind) for kind in chosen},
    }  # fmt: skip
    return render(request, "web/person_timeline.html", frame_of(request, "person-timeline") | shown)


@reading_once()
def court(request: HttpRequest, person: int) -> HttpResponse:
    """Supervision and orders; court cases for those who may see them."""
    return _told(request, "person-court", "Court and orders", {
        "Supervision and orders": ("supervision", {"supervision", "sentence"}),
        "Court": ("court_cases", {"court case", "plea", "report", "sentence", "assessment"}),
        "Sentences": ("offence_history", {"sentence"}),
    })  # fmt: skip


@reading_once()
def custody(request: HttpRequest, person: int) -> HttpResponse:
    """Time in prison, moves, release."""
    return _told(
        request,
        "person-custody",
        "Custody",
        {"Prison": ("custody", {"prison"}), "Prison co-ordination": ("custody", {"prison co-ordination"})},
    )


def _told(request: HttpRequest, tab: str, title: str, sections: dict[str, tuple[str, set[str]]]) -> HttpResponse:
    """Tabs that are a part of the timeline, in sections, each of one row of the policy."""
    entries = entries_of(request)
    shown = [
        (heading, [e for e in reversed(entries) if e.kind in kinds and e.row == row])
        for heading, (row, kinds) in sections.items()
        if row in request.rows
    ]
    return render(request, "web/person_told.html", frame_of(request, tab) | {"title": title, "sections": shown})


@reading_once()
def notes(request: HttpRequest, person: int) -> HttpResponse:
    """Notes, newest first."""
    return render(request, "web/person_notes.html", frame_of(request, "person-notes") | {"notes": notes_of(request.person)})


def held(request: HttpRequest, person: int) -> HttpResponse:
    """Letters to the person, and how they were given; open requests to see what is held, for who answers them."""
    told: dict[str, Any] = {"letters": letters_of(request.person, rows=request.rows), "how": HOW}
    told["requests"] = requests_of(request.person) if "subject_access" in request.rows else []
    return render(request, "web/person_held.html", frame_of(request, "person-held") | told)


def log(request: HttpRequest, person: int) -> HttpResponse:
    """Who looked at or changed the record, newest first: for the data-protection officer."""
    entries = about_person(*ids_of(request.person))[::-1]
    return render(
        request, "web/person_log.html", frame_of(request, "person-log") | {"entries": entries[:200], "total": len(entries)}
    )


def added(tab: Tab) -> Page:
    """The page of a tab that a part adds, within the person's frame: no word of the tab stands in place of one of the frame."""

    @reading_once()
    def view(request: HttpRequest, person: int) -> HttpResponse:
        shown = tab.told(request) | frame_of(request, tab.name)
        return render(request, tab.template, shown | {"frame": "web/person_frame.html"})

    return Page(name=tab.name, route=f"people/<int:person>/{tab.route}", view=view, needs=tab.needs)


PAGES = (
    Page(name="person", route="people/<int:person>/", view=overview, needs="contact"),
    Page(name="person-services", route="people/<int:person>/services/", view=services, needs="contact"),
    Page(name="person-court", route="people/<int:person>/court/", view=court, needs="supervision"),
    Page(name="person-custody", route="people/<int:person>/custody/", view=custody, needs="custody"),
    Page(name="person-timeline", route="people/<int:person>/timeline/", view=timeline, needs="contact"),
    Page(name="person-notes", route="people/<int:person>/notes/", view=notes, needs="notes"),
    Page(name="person-held", route="people/<int:person>/held/", view=held, needs="letters"),
    Page(name="person-log", route="people/<int:person>/log/", view=log, needs="audit"),
)
