"""Crawling the service as a reader: every address that a page leads to and every one that can be guessed, and what they tell."""

import re
from html import unescape

from tests.web.access.asking import Answer, ask
from tests.web.access.world import NUMBER, PEOPLE, World, numbers_of, traces_of
from tests.web.access.world_crimes import CRIME_ROUTES, guesses_of_crimes
from tests.web.access.world_employment import guesses_of_employment
from tests.web.access.world_evaluation import guesses_of_evaluation
from tests.web.access.world_health import HEALTH_ROUTES, HEALTH_TABS
from tests.web.access.world_policing import guesses_of_policing
from tests.web.access.world_publication import guesses_of_publications
from tests.web.access.world_tagging import TAGGING_ROUTES, guesses_of_tagging
from tests.web.access.world_voices import VOICES_OF_NOBODY, VOICES_ROUTES
from throughcare.casework.access.reader import Reader

LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*|\?[^"#]*)')
PUBLIC = ("/static/", "/sign-in/", "/who-sees-what/", "/help/", "/still-here/")
"""What is the same for everybody, and tells nothing of anybody."""

TABS = ("", "services/", "court/", "custody/", "timeline/", "score/", "notes/", "held/", "log/", "limits/", "why/", "says/",
        "notes/new/", "letters/joined/", "letters/left/",
        "put-forward/", "joined-by-mistake/", "rag/", "panel/", "risks/new/",
        "appointments/new/", "appointments/book/", "release-plan/", "release-plan/plain/", "prison/notify_manager/",
        "suggestions/", "plan/request/", "taskings/new/", "picture/", "picture/say/",
        "contact/", "tag/", "tag/new/", "employment/", "reminders/", "refer/", "refer/?to=tiger",
        "refer/?service=right_track&to=right_track",
        "services/mentoring/not-now/", "services/mental_health/not-now/", *HEALTH_TABS)  # fmt: skip


ROUTES = {
    "note": "", "said": "", "concern": "worries/", "proposal": "cohort/proposals/", "load": "imports/",
    "upload": "imports/uploads/", "row": "imports/quarantine/", "record": "", "verdict": "same-person/decisions/",
    "match": "court-desk/matches/",
    "case": "cases/", "missed": "", "panel": "panels/", "action": "panels/actions/", "item": "", "letter": "letters/",
    "request": "subject-access/", "written-case": "cases/", "text": "", "enquiry": "enquiries/", "sampled": "reports/quality/",
    "alert": "alerts/",
    "meeting": "meetings/", "group": "groups/", "running": "groups/", "check": "groups/checks/", "group-day": "groups/days/",
    "clearance": "clearances/", "appointment": "",
    "question": "referrals/questions/", "goal": "referrals/goals/", "purchase": "purchases/", "place": "budgets/",
    "vacancy": "employment/vacancies/", "work-need": "employment/needs/", "work-limit": "employment/limits/",
    "application": "employment/applications/", "employer-letter": "employment/letters/", "placement": "",
    "training": "training/", "gathering": "partner-meetings/", "gathered": "partner-meetings/actions/", "family": "family/",
    "plan": "policing/plans/", "asked": "policing/plans/", "intel": "policing/items/", "suggestion": "",
    "done": "policing/taskings/", "tasking": "policing/taskings/", "mate": "",
    **HEALTH_ROUTES, **TAGGING_ROUTES, **CRIME_ROUTES, **VOICES_ROUTES,
}  # fmt: skip
"""By the kind of thing planted, where its page is; "": it has none of its own. Of what is not named, a referral."""

FIGURES = ("referrals", "health.consultations", "health.confidence", "idp.requested")
"""Measures whose pages are looked at: every one has a page, and all are one page."""


BEHIND = ("referrals/people/?group=Mentoring", "referrals/people/?group=Mental+health", "referrals/people/?group=Employment",
          "cohort.size/people/?group=total", "psr.within_5_days_rate/people/", "service.accessing/people/?group=Mental+health",
          "service.accessing/people/?group=Intelligence+plan", "referrals/people/?group=Mentoring&borough=Camden",
          "psr.within_5_days_rate/reason/")  # fmt: skip
"""Lists of those behind a figure, and where a reason for its gap is written."""


def guesses(world: World) -> list[str]:
    """Addresses that nobody need be told: pages of numbers, filters, what others have."""
    found = ["/", "/today/all/", "/find/", "/people/", "/panels/", "/handovers/", "/to-be-entered/", "/rights/",
             "/same-person/", "/same-person/?show=resting", "/same-person/?show=decided", "/imports/", "/imports/quarantine/",
             "/notices/", "/account/emails/", "/emails/", "/prison/", "/prison/people.csv", "/prison/wings/",
             "/cohort/", "/cohort/?as-at=2016-11-02", "/cohort/members.csv",
             "/cohort/changes/", "/cohort/changes/?from=2016-10-01", "/cohort/changes.csv?from=2016-10-01", "/cohort/proposals/",
             "/imports/quarantine/?aside=yes", "/log/", "/report/", "/worried/", "/account/", "/account/post/",
             "/contact/", "/contact/list.csv", "/meetings/", "/clearances/", "/reminders/", "/services/", "/services/caseload/",
             "/services/overlap/?service=mentoring&service=tiger", "/services/overlap/?service=mentoring&service=mental_health",
             "/services/overlap/figures.csv?service=mentoring&service=tiger", "/services/unreferred/?service=Mentoring",
             "/services/unreferred/?team=NPS+Hackney", "/provider/where-from/", "/provider/where-from/figures.csv",
             "/provider/", "/provider/?service=mentoring", "/provider/?whose=mine", "/provider/?whose=nobody", "/groups/",
             "/dashboard/", "/dashboard/figures.csv", "/measures/", "/pack/", "/score/calibration/",
             "/mental-health/sessions/"]  # fmt: skip
    found += [f"/dashboard/{slug}/{file}" for slug in ("cohort", "mentoring", "mental_health", "intelligence_plan")
              for file in ("", "figures.csv", "way.csv", "?borough=Hackney", "?borough=Camden")]
    found += [f"/measures/{each}" for each in BEHIND]
    found += [f"/measures/{slug}/{file}" for slug in FIGURES for file in ("", "figures.csv")]
    found += [f"/today/all/?group={group}" for group in ("now", "week", "waiting")]
    found += [f"/people/{person}/{tab}" for person in world.people.values() for tab in TABS]
    found += list(VOICES_OF_NOBODY.values())
    found += ["/court-desk/", "/court-desk/?on=2016-12-06", "/courts/lists/"]
    found += [f"/court-desk/{person}/{kind}/?court={court}&on=2016-12-07" for person in world.people.values()
              for kind in ("note", "plea", "adjourned", "take") for court in ("Thames", "Highbury+Corner")]
    found += [f"/people/{person}/missed/appointment/{world.ids[f'appointment:{who}']}/" for who, person in world.people.items()]
    found += [f"/meetings/{number}/{page}/" for name, number in world.ids.items() if name.startswith("meeting:")
              for page in ("move", "cancel", "visit")]
    found += [f"/referrals/{number}/{page}/" for name, number in world.ids.items() if name.startswith("mentoring:")
              for page in ("meetings/new", "meetings/met", "family", "family/new", "ask", "clock", "worker", "goals", "report")]
    found += ["/street-crime/", "/picture/outlines.json"]
    found += [f"/people/{one}/picture/links/{other}/" for one in world.people.values() for other in world.people.values()]
    found += [f"/worried/?person={person}" for person in world.people.values()]
    found += [f"/caseloads/{post.slug}/" for post in world.posts.values()]
    for name, number in world.ids.items():
        kind = name.partition(":")[0]
        route = ROUTES.get(kind, "referrals/")
        found += [f"/{route}{number}/"] if route else []
    cases = {name.partition(":")[2]: number for name, number in world.ids.items() if name.startswith("written-case:")}
    found += [f"/cases/{number}/{tail}" for number in cases.values() for tail in ("report/", "report/oral/", "enquiries/")]
    found += [f"/cases/{number}/report/versions/{world.ids[f'text:{who}']}/" for who, number in cases.items()]
    found += ["/reports/quality/"]
    records = [number for name, number in world.ids.items() if name.startswith("record:")]
    found += [f"/same-person/{left}/{right}/" for left in records for right in records]
    found += [f"/panels/{world.ids[meeting]}/packs/{post.slug}/"
              for meeting in ("panel:in", "panel:out") for post in world.posts.values()]
    found += [f"/panels/{world.ids[meeting]}/{page}/{number}/" for meeting in ("panel:in", "panel:out")
              for name, number in world.ids.items() if name.startswith("item:") for page in ("record", "screen")]
    found += [*guesses_of_employment(world.ids), *guesses_of_evaluation(), *guesses_of_publications()]
    found += ["/subject-access/", "/subject-access/new/", f"/subject-access/{world.ids['request:in']}/match/"]
    deeds = ("plea", "ask", "not-needed", "event", "assessment", "sentence")
    for name, number in world.ids.items():
        kind = name.partition(":")[0]
        found += [f"/cases/{number}/{deed}/" for deed in deeds if kind == "case"]
        found += [f"/cases/reports/{number}/miss/"] if kind == "missed" else []
    found += [f"/mental-health/letters/{number}/letter.pdf" for name, number in world.ids.items() if name.startswith("step:")]
    found += ["/cases/", "/cases/?waits=Clock+runs", "/cases/cases.csv"]
    found += [f"/log/?person={person}" for person in world.people.values()]
    return found + guesses_of_policing(world.ids) + guesses_of_tagging(world.ids) + guesses_of_crimes(world.ids)


FIGURES_OF = ("/measures/", "/dashboard/", "/services/overlap/", "/report/drafts/", "/pack/", "/data-quality/")
"""Pages of figures, of which there are hundreds: those alone that are guessed."""


def crawl(world: World, reader: Reader) -> dict[str, Answer]:
    """Every page that is shown to the reader, by address. Finding is apart."""
    waiting, seen, pages = guesses(world), set(), {}
    guessed = {to for to in waiting if to.startswith(FIGURES_OF)}
    while waiting:
        to = waiting.pop()
        if to in seen or (to.startswith((*PUBLIC, *FIGURES_OF)) and to not in guessed) or to.startswith("/find/?"):
            continue
        seen.add(to)
        answer = ask(reader, to)
        if answer.outcome != "shown":
            continue
        pages[to] = answer
        base = to.split("?")[0]
        waiting += [unescape(link) if link.startswith("/") else base + unescape(link) for link in LINK.findall(answer.text)]
    return pages


def questions(who: str) -> list[str]:
    """What somebody might type to find a person."""
    forename, surname = PEOPLE[who]
    return [surname, f"{forename} {surname}", f"{surname[:5].lower()} 199{NUMBER[who]}", *numbers_of(who).values()]


def trace(text: str, who: str, person: int) -> list[str]:
    """The words and addresses in a page by which it tells of a person."""
    found = [word for word in traces_of(who) if word in text]
    return found + re.findall(rf"/people/{person}\b[^\"]*|person={person}\b", text)
