"""Where each page of the table is, about whom it is asked: so that the table can be tried on the world."""

from tests.web.access.world import World
from tests.web.access.world_awareness import AWARENESS_OF_NOBODY, of_awareness
from tests.web.access.world_crimes import CRIMES_OF_NOBODY, of_crimes
from tests.web.access.world_employment import EMPLOYMENT_OF_NOBODY, of_employment
from tests.web.access.world_evaluation import EVALUATION_OF_NOBODY, address_of
from tests.web.access.world_gates import LISTS, at_the_gates
from tests.web.access.world_health import of_health
from tests.web.access.world_picture import OF_NOBODY as PICTURES_OF_NOBODY
from tests.web.access.world_picture import of_pictures
from tests.web.access.world_policing import POLICING_OF_NOBODY, of_policing
from tests.web.access.world_publication import PUBLICATION_OF_NOBODY, address_of_publication
from tests.web.access.world_tagging import TAGGING_OF_NOBODY, of_tagging
from tests.web.access.world_voices import VOICES_OF_NOBODY, of_voices

SERVICES = {"referral-health": "mental_health", "referral-work": "employment", "referral-budget": "personalised_budget"}


OF_NOBODY = {
    "today": "/", "tasks": "/today/all/", "answer": "/today/answer/", "today-undo": "/today/undo/", "find": "/find/",
    "people": "/people/", "my-limits": "/limits/", "notices": "/notices/", "my-emails": "/account/emails/", "emails": "/emails/",
    "cohort": "/cohort/", "cohort-file": "/cohort/members.csv", "cohort-changes": "/cohort/changes/",
    "cohort-changes-file": "/cohort/changes.csv", "cohort-proposals": "/cohort/proposals/",
    "account": "/account/", "switch": "/account/post/", "still-here": "/still-here/", "who-sees-what": "/who-sees-what/",
    "help": "/help/", "handovers": "/handovers/", "worried": "/worried/", "to-be-entered": "/to-be-entered/",
    "imports": "/imports/", "data-quality": "/data-quality/",
    "contradictions-file": "/data-quality/contradictions.csv", "contradictions-records-file": "/data-quality/records.csv",
    "fields-file": "/data-quality/fields.csv",
    "data-quality-feed": "/data-quality/nps-people/", "quarantine": "/imports/quarantine/", "rights": "/rights/",
    "new-post": "/rights/posts/new/",
    "new-account": "/rights/accounts/new/", "log": "/log/", "calibration": "/score/calibration/",
    "dashboard": "/dashboard/", "dashboard-file": "/dashboard/figures.csv", "measure": "/measures/referrals/",
    "measures": "/measures/", "packs": "/pack/", "pack-file": "/pack/1/pack.html",
    "measure-chart": "/measures/referrals/by-month.csv?group=Mentoring", "dashboard-service": "/dashboard/mentoring/",
    "dashboard-service-file": "/dashboard/mentoring/figures.csv", "service-way": "/dashboard/mentoring/way.csv",
    "behind": "/measures/referrals/people/?group=Mentoring", "gap-reason": "/measures/psr.within_5_days_rate/reason/",
    "measure-file": "/measures/referrals/figures.csv", "report": "/report/", "report-file": "/report/no.html",
    "same-person": "/same-person/",
    "panels": "/panels/", "cases": "/cases/", "cases-file": "/cases/cases.csv", **LISTS, "budgets": "/budgets/",
    "contact": "/contact/", "contact-file": "/contact/list.csv", "meetings": "/meetings/",
    "services-directory": "/services/", "service": "/services/mentoring/", "services-caseload": "/services/caseload/",
    "overlap": "/services/overlap/?service=mentoring&service=tiger", "unreferred": "/services/unreferred/",
    "overlap-file": "/services/overlap/figures.csv", "where-from": "/provider/where-from/",
    "where-from-file": "/provider/where-from/figures.csv",
    "clearances": "/clearances/", "provider-desk": "/provider/", "groups": "/groups/", "reminders": "/reminders/",
    "requests": "/subject-access/", "request-new": "/subject-access/new/", **AWARENESS_OF_NOBODY, **EMPLOYMENT_OF_NOBODY,
    **EVALUATION_OF_NOBODY, **POLICING_OF_NOBODY, **PICTURES_OF_NOBODY, **TAGGING_OF_NOBODY, **CRIMES_OF_NOBODY,
    **VOICES_OF_NOBODY, **PUBLICATION_OF_NOBODY,
}  # fmt: skip
"""The pages that are about nobody in particular."""
BY_NUMBER = {
    **dict.fromkeys(EVALUATION_OF_NOBODY, address_of),
    **dict.fromkeys(PUBLICATION_OF_NOBODY, address_of_publication),
}
"""Those whose address has a number of the world in it."""


def address(world: World, page: str, role: str, who: str) -> str:
    """The page's address, about that person or thing; of what is there for each role apart, what is the role's."""
    person, ids = world.people.get(who, 0), world.ids
    mine = "volunteer" if role == "provider_admin" else "offender_manager"
    other = mine if who == "in" else "camden-manager"
    feed = "nps-people" if who == "in" else "police-people"
    if page in OF_NOBODY:
        return BY_NUMBER[page](page) if page in BY_NUMBER else OF_NOBODY[page]
    if page.startswith("court-"):
        return _at_court(world, page, who)
    tabs = ("services", "contact", "court", "custody", "timeline", "score", "notes", "held", "log")
    if page in ("person", *(f"person-{tab}" for tab in tabs)):
        return f"/people/{person}/{page.removeprefix('person').removeprefix('-') or '.'}/".replace("./", "")
    if page == "same-person-question":
        pair = ("in", "bar") if who == "in" else ("out", "nobody")
        return f"/same-person/{ids[f'record:{pair[0]}']}/{ids[f'record:{pair[1]}']}/"
    if page == "same-person-decision":
        return f"/same-person/decisions/{ids[f'verdict:{who}']}/"
    if page.startswith(("request", "referral", "end-report")):
        return _asked(ids, page, who)
    if of_court := _of_court(ids, who).get(page):
        return of_court
    panel = f"/panels/{ids['panel:out' if who == 'out' else 'panel:in']}"
    if page in ("budget", "budget-open", "budget-ask", "purchase", "purchase-result"):
        return _of_budget(ids, page, who)
    if page.startswith(("meeting", "group", "family")):
        return {"m": _meeting, "g": _group, "f": _family}[page[0]](ids, page, who)
    return {
        **{name: f"/people/{person}/{name}/" for name in ("put-forward", "joined-by-mistake", "rag", "refer")},
        "not-now": f"/people/{person}/services/mentoring/not-now/",
        "not-now-health": f"/people/{person}/services/mental_health/not-now/",
        "missed": f"/people/{person}/missed/appointment/{ids.get(f'appointment:{who}')}/",
        "channel": f"/people/{person}/reminders/", "clearance": f"/clearances/{ids.get(f'clearance:{who}', 0)}/",
        "panel": f"{panel}/", "panel-screen": f"{panel}/screen/{ids.get(f'item:{who}')}/",
        "panel-record": f"{panel}/record/{ids.get(f'item:{who}')}/", "panel-ask": f"/people/{person}/panel/",
        "panel-pack": f"{panel}/packs/{other.replace('_', '-')}/", "panel-action": f"/panels/actions/{ids.get(f'action:{who}')}/",
        "concern": f"/worries/{ids.get(f'concern:{who}')}/", "why": f"/people/{person}/why/",
        "letter-new": f"/people/{person}/letters/joined/", "letter": f"/letters/{ids.get(f'letter:{who}')}/",
        "letter-file": f"/letters/{ids.get(f'letter:{who}')}/easy.txt",
        "person-work": f"/people/{person}/employment/", **of_employment(ids, who),
        **at_the_gates(ids, person, who, role), **of_awareness(ids, who),
        **of_policing(ids, person, who), **of_pictures(ids, person), **of_health(ids, person, who),
        **of_tagging(ids, person, who), **of_crimes(ids, who),
        **of_voices(ids, who),
        "note": f"/people/{person}/notes/new/", "take-back": f"/people/{person}/notes/{ids.get(f'note:{who}')}/take-back/",
        "said": f"/people/{person}/says/", "settle": f"/people/{person}/says/{ids.get(f'said:{who}')}/",
        "risk": f"/people/{person}/risks/new/", "avoid": f"/people/{person}/avoid/",
        "appointment": f"/people/{person}/appointments/new/", "book": f"/people/{person}/appointments/book/",
        "limits": f"/people/{person}/limits/", "proposal": f"/cohort/proposals/{ids.get(f'proposal:{who}')}/",
        "caseload": f"/caseloads/{other.replace('_', '-')}/", "import": f"/imports/{ids[f'load:{feed}']}/",
        "upload": f"/imports/uploads/{ids[f'upload:{feed}']}/",
        "mend": f"/imports/quarantine/{ids[f'row:{feed}']}/", "post": f"/rights/posts/{other.replace('_', '-')}/",
        "person-account": f"/rights/accounts/{world.accounts[other].pk}/",
    }[page]  # fmt: skip


def _asked(ids: dict[str, int], page: str, who: str) -> str:
    """The address of a referral, or of a request to see what is held."""
    if page == "referral-question":
        return f"/referrals/questions/{ids.get(f'question:{who}', 0)}/"
    if page == "referral-goal":
        return f"/referrals/goals/{ids.get(f'goal:{who}', 0)}/"
    if page.startswith(("referral", "end-report")):
        tail = {"referral-ask": "ask/", "referral-clock": "clock/", "referral-worker": "worker/", "referral-goals": "goals/",
                "end-report": "report/"}.get(page, "")  # fmt: skip
        service = SERVICES.get(page, "mentoring")
        return f"/referrals/{ids.get(f'{service}:{who}') or ids['building_bridges:out']}/{tail}"
    tail = {"request-match": "match/", "request-items": "items/", "request-again": "again/"}.get(page, "")
    tail = "pack-plain.txt" if page == "request-file" else tail
    return f"/subject-access/{ids['request:in'] if who == 'in' else 0}/{tail}"


def _group(ids: dict[str, int], page: str, who: str) -> str:
    """The address of a group that is filled, of its check; of one that runs, its day and its end."""
    return {
        "group": f"/groups/{ids.get(f'group:{who}', 0)}/", "group-check": f"/groups/checks/{ids.get(f'check:{who}', 0)}/",
        "group-attendance": f"/groups/days/{ids.get(f'group-day:{who}', 0)}/",
        "group-finish": f"/groups/{ids.get(f'running:{who}', 0)}/finish/",
    }[page]  # fmt: skip


def _family(ids: dict[str, int], page: str, who: str) -> str:
    """The address of work with the family, of a referral or of a family member."""
    if page == "family-member":
        return f"/family/{ids.get(f'family:{who}', 0)}/"
    referral = ids.get(f"mentoring:{who}") or ids["building_bridges:out"]
    return f"/referrals/{referral}/family/{'new/' if page == 'family-new' else ''}"


def _meeting(ids: dict[str, int], page: str, who: str) -> str:
    """The address of a meeting that is planned, or of planning one."""
    tail = page.removeprefix("meeting").removeprefix("-")
    if tail in ("new", "met"):
        return f"/referrals/{ids.get(f'mentoring:{who}') or ids['building_bridges:out']}/meetings/{tail}/"
    return f"/meetings/{ids.get(f'meeting:{who}', 0)}/{tail}/".replace("//", "/")


def _at_court(world: World, page: str, who: str) -> str:
    """The address of a court's lists and of its desk."""
    simple = {
        "court-lists": "/courts/lists/", "court-desk": "/court-desk/", "court-desk-ready": "/court-desk/ready/",
        "court-desk-frame": "/court-desk/frame/", "court-desk-worker": "/court-desk/worker.js",
    }  # fmt: skip
    if page == "court-desk-match":
        return f"/court-desk/matches/{world.ids[f'match:{who}']}/"
    kind = page.removeprefix("court-desk-")
    return simple.get(page) or f"/court-desk/{world.people[who]}/{kind}/?court=Thames&on=2016-12-07"


def _of_court(ids: dict[str, int], who: str) -> dict[str, str]:
    """The pages of a case, of a report that was missed, and of one that is written, signed and delivered."""
    case = f"/cases/{ids.get(f'case:{who}', 0)}/"
    written = f"/cases/{ids.get(f'written-case:{who}', 0)}/"
    version = f"{written}report/versions/{ids.get(f'text:{who}', 0)}/"
    return {
        "case": case, "case-change": f"{case}event/", "report-miss": f"/cases/reports/{ids.get(f'missed:{who}', 0)}/miss/",
        "report-quality": "/reports/quality/", "report-write": f"{written}report/",
        "report-sign": f"{written}report/sign/", "report-oral": f"{written}report/oral/",
        "report-version": version, "report-pdf": f"{version}report.pdf", "enquiries": f"{written}enquiries/",
        "enquiry": f"/enquiries/{ids.get(f'enquiry:{who}', 0)}/",
        "report-check": f"/reports/quality/{ids.get(f'sampled:{who}', 0)}/",
    }  # fmt: skip


def _of_budget(ids: dict[str, int], page: str, who: str) -> str:
    """The address of a place, of a purchase, or of giving a place."""
    place, purchase = ids.get(f"place:{who}", 0), ids.get(f"purchase:{who}", 0)
    return {
        "budget": f"/budgets/{place}/", "budget-ask": f"/budgets/{place}/ask/", "purchase": f"/purchases/{purchase}/",
        "purchase-result": f"/purchases/{purchase}/result/",
        "budget-open": f"/referrals/{ids.get(f'personalised_budget:{who}', 0)}/budget/",
    }[page]  # fmt: skip
