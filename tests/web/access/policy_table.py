"""What each page shows and takes, by the rows of the access policy: written by hand, so that a page's own declaration is tested.

A line a page: its name, the row it shows, the row that a form sent to it changes ("-": it takes none), and whom it is about:
nobody in particular, a person, or a thing (a post, a load) that is the reader's or not. "signed-in" discloses nothing of
anybody, "form" in place of the row shown means that it is nothing but its form.
"""

from collections.abc import Mapping

from tests.web.access.world import World

TABLE = """
today            signed-in          -                  nobody
tasks            signed-in          -                  nobody
answer           signed-in          signed-in          nobody
today-undo       signed-in          signed-in          thing
account          signed-in          -                  nobody
switch           signed-in          signed-in          nobody
still-here       signed-in          -                  nobody
who-sees-what    signed-in          -                  nobody
help             signed-in          -                  nobody
notices          signed-in          signed-in          nobody
handovers        signed-in          signed-in          nobody
worried          signed-in          signed-in          nobody
concern          signed-in          signed-in          thing
why              signed-in          signed-in          thing
find             identity           -                  nobody
people           contact            -                  nobody
person           contact            -                  person
person-services  contact            -                  person
person-court     supervision        -                  person
person-custody   custody            -                  person
person-timeline  contact            -                  person
person-score     score              -                  person
person-notes     notes              -                  person
person-held      letters            -                  person
letter-new       form               letters            person
letter           letters            letters            person
letter-file      letters            -                  person
person-log       audit              -                  person
note             form               notes              person
take-back        form               notes              person
said             form               notes              person
settle           form               notes              person
risk             form               risks              person
avoid            form               avoid              person
appointment      form               supervision        person
book             form               supervision        person
person-contact   sessions           -                  person
missed           form               supervision        person
channel          form               supervision        person
contact          sessions           -                  nobody
contact-file     sessions           -                  nobody
meetings         sessions           -                  nobody
meeting-new      form               sessions           person
meeting          sessions           sessions           person
meeting-move     form               sessions           person
meeting-cancel   form               sessions           person
meeting-visit    form               sessions           person
clearances       signed-in          signed-in          nobody
clearance        signed-in          signed-in          thing
reminders        sessions           sessions           nobody
limits           limited_access     limited_access     person
cohort           cohort_membership  -                  nobody
cohort-file      cohort_membership  -                  nobody
cohort-changes   cohort_membership  -                  nobody
cohort-changes-file  cohort_membership  -              nobody
cohort-proposals cohort_membership  cohort_membership  nobody
proposal         cohort_membership  cohort_membership  person
put-forward      form               cohort_membership  person
joined-by-mistake  form             cohort_membership  person
rag              form               rag                person
referral         referrals          referrals          person
referral-health  mental_health_pathway  mental_health_pathway  person
referral-work    employment         employment         person
referral-budget  budget             budget             person
panels           panel_actions      panel              nobody
panel            panel              panel              thing
panel-screen     panel              panel              person
panel-record     panel              panel              person
panel-pack       panel_actions      -                  thing
panel-action     panel_actions      panel_actions      person
panel-ask        form               panel_actions      person
to-be-entered    form               supervision        nobody
my-limits        limited_access     limited_access     nobody
caseload         caseload           caseload           thing
imports          imports            imports            nobody
upload           imports            imports            thing
import           imports            -                  thing
quarantine       imports            -                  nobody
mend             imports            imports            thing
rights           accounts           -                  nobody
new-post         form               accounts           nobody
post             accounts           accounts           thing
new-account      form               accounts           nobody
person-account   accounts           accounts           thing
log              audit              -                  nobody
same-person      same_person        -                  nobody
same-person-question  same_person   same_person        thing
same-person-decision  same_person   same_person        thing
dashboard        measures_own       -                  nobody
dashboard-file   measures_own       -                  nobody
measure          measures_own       -                  nobody
measure-file     measures_own       -                  nobody
calibration      measures_governance  -                nobody
requests         subject_access     -                  nobody
request-new      form               subject_access     nobody
request-match    form               subject_access     thing
request          subject_access     subject_access     thing
request-items    subject_access     subject_access     thing
request-file     subject_access     -                  thing
request-again    form               subject_access     thing
report           report             -                  nobody
report-file      report             -                  nobody
"""
REASON = {"iom_coordinator", "senior_officer", "offender_manager", "court_officer", "prison_coordinator"}
OPENED = {"identity", "supervision", "risks", "contact"}
LINKERS = {"iom_coordinator", "court_officer", "prison_coordinator"}
ACTION_READ = {
    "iom_coordinator", "senior_officer", "offender_manager", "prison_coordinator", "health_practitioner", "employment_broker",
    "police_researcher", "tasking_officer",
}  # fmt: skip
"""Who may see the panel of the person, whose owner, their manager, tells of nothing more."""
PROVIDERS = {"provider_admin", "provider_worker", "volunteer"}
"""Who plans meetings: others with a hand in sessions see them."""
REFERRERS = {"offender_manager", "iom_coordinator", "prison_coordinator", "senior_officer"}
OF_REFERRALS = {"pilot_manager", "analyst", "evaluator", *REFERRERS, "provider_admin", "provider_worker", "health_practitioner",
                "employment_broker"}  # fmt: skip
NARROWER = {
    # Beyond the table a page may be narrower. (page, method, of whom): the roles to whom alone it is there.
    ("today-undo", "get", "in"): "everybody",
    ("today-undo", "post", "in"): set(),
    ("today-undo", "get", "out"): "everybody",
    ("today-undo", "post", "out"): set(),
    ("concern", "get", "in"): {"offender_manager", "senior_officer"},
    ("concern", "post", "in"): {"offender_manager", "senior_officer"},
    ("concern", "get", "out"): set(),
    ("concern", "post", "out"): set(),
    ("why", "get", "in"): REASON,
    ("why", "post", "in"): REASON,
    ("why", "get", "out"): REASON,
    ("why", "post", "out"): REASON,
    ("caseload", "get", "in"): {"offender_manager", "senior_officer"},
    ("caseload", "post", "in"): {"offender_manager", "senior_officer"},
    ("caseload", "get", "out"): set(),
    ("caseload", "post", "out"): set(),
    ("take-back", "get", "in"): {"offender_manager"},  # who wrote the note
    ("take-back", "post", "in"): {"offender_manager"},
    ("settle", "get", "in"): REFERRERS,  # a court officer may not see what it is said of
    ("settle", "post", "in"): REFERRERS,
    ("proposal", "post", "in"): {"iom_coordinator"},
    ("referral", "post", "in"): {*REFERRERS, "provider_admin", "provider_worker"},  # the broker works its own pathway's alone
    ("referral-budget", "get", "in"): {"iom_coordinator", "senior_officer", "offender_manager"},  # it went to another provider
    ("panel", "get", "in"): {"iom_coordinator"},
    ("panel", "post", "in"): {"iom_coordinator"},
    ("panel", "get", "out"): set(),
    ("panel", "post", "out"): set(),
    ("panel-screen", "get", "in"): {"iom_coordinator"},
    ("panel-pack", "get", "in"): {"iom_coordinator", "offender_manager"},
    ("panel-pack", "get", "out"): set(),
    ("panel-action", "get", "in"): ACTION_READ,
    ("panel-action", "post", "in"): {"offender_manager"},  # whose action it is
    **{(page, method, "in"): PROVIDERS for page in ("meeting-new", "meeting-move", "meeting-cancel", "meeting-visit")
       for method in ("get", "post")},
    ("meeting", "post", "in"): PROVIDERS,
    ("clearances", "get", ""): {*PROVIDERS, "prison_coordinator"},
    ("clearances", "post", ""): {*PROVIDERS, "prison_coordinator"},
    ("clearance", "get", "in"): {*PROVIDERS, "prison_coordinator"},
    ("clearance", "post", "in"): {*PROVIDERS, "prison_coordinator"},
    ("clearance", "get", "out"): set(),
    ("clearance", "post", "out"): set(),
    ("new-post", "get", ""): {"provider_admin", "system_admin"},
    ("new-post", "post", ""): {"provider_admin", "system_admin"},
    ("import", "get", "in"): {"analyst", "senior_officer", "system_admin"},
    ("import", "get", "out"): {"analyst", "police_researcher", "system_admin"},
    ("upload", "get", "in"): {"analyst", "senior_officer", "system_admin"},
    ("upload", "get", "out"): {"analyst", "police_researcher", "system_admin"},
    ("upload", "post", "in"): {"analyst", "senior_officer", "system_admin"},
    ("upload", "post", "out"): {"analyst", "police_researcher", "system_admin"},
    ("mend", "get", "in"): {"analyst", "senior_officer"},
    ("mend", "get", "out"): {"analyst", "police_researcher"},
    ("mend", "post", "in"): {"analyst", "senior_officer"},
    ("mend", "post", "out"): {"analyst", "police_researcher"},
    ("post", "get", "in"): {"senior_officer", "provider_admin", "system_admin", "auditor"},
    ("post", "post", "in"): {"senior_officer", "provider_admin", "system_admin"},
    ("post", "get", "out"): {"system_admin", "auditor"},
    ("post", "post", "out"): {"system_admin"},
    ("person-account", "get", "in"): {"senior_officer", "provider_admin", "system_admin", "auditor"},
    ("person-account", "post", "in"): {"senior_officer", "provider_admin", "system_admin"},
    ("person-account", "get", "out"): {"system_admin", "auditor"},
    ("person-account", "post", "out"): {"system_admin"},
    ("same-person-question", "get", "in"): LINKERS,
    ("same-person-question", "post", "in"): set(),  # the other side is kept from them
    ("same-person-question", "get", "out"): set(),
    ("same-person-question", "post", "out"): set(),
    ("same-person-decision", "get", "in"): LINKERS,
    ("same-person-decision", "post", "in"): LINKERS,
    ("same-person-decision", "get", "out"): set(),
    ("same-person-decision", "post", "out"): set(),
    ("measure", "get", ""): OF_REFERRALS,  # others have no figures of referrals of their own
    ("measure-file", "get", ""): OF_REFERRALS,
    ("request-match", "get", "in"): {"data_protection_officer"},  # of a request of which nobody knows yet who asks
    ("request-match", "post", "in"): {"data_protection_officer"},
    ("report-file", "get", ""): set(),  # there is no report in a new home
}  # fmt: skip
SERVICES = {"referral-health": "mental_health", "referral-work": "employment", "referral-budget": "personalised_budget"}


def lines() -> list[tuple[str, str, str, str]]:
    return [(a, b, c, d) for a, b, c, d in (line.split() for line in TABLE.strip().splitlines())]


def address(world: World, page: str, role: str, who: str) -> str:
    """The page's address, about that person or thing; of what is there for each role apart, what is the role's."""
    person, ids = world.people.get(who, 0), world.ids
    mine = "volunteer" if role == "provider_admin" else "offender_manager"
    other = mine if who == "in" else "camden-manager"
    feed = "nps-people" if who == "in" else "police-people"
    simple = {
        "today": "/", "tasks": "/today/all/", "answer": "/today/answer/", "today-undo": "/today/undo/", "find": "/find/",
        "people": "/people/", "my-limits": "/limits/", "notices": "/notices/",
        "cohort": "/cohort/", "cohort-file": "/cohort/members.csv", "cohort-changes": "/cohort/changes/",
        "cohort-changes-file": "/cohort/changes.csv", "cohort-proposals": "/cohort/proposals/",
        "account": "/account/", "switch": "/account/post/", "still-here": "/still-here/", "who-sees-what": "/who-sees-what/",
        "help": "/help/", "handovers": "/handovers/", "worried": "/worried/", "to-be-entered": "/to-be-entered/",
        "imports": "/imports/", "quarantine": "/imports/quarantine/", "rights": "/rights/", "new-post": "/rights/posts/new/",
        "new-account": "/rights/accounts/new/", "log": "/log/", "calibration": "/score/calibration/",
        "dashboard": "/dashboard/", "dashboard-file": "/dashboard/figures.csv", "measure": "/measures/referrals/",
        "measure-file": "/measures/referrals/figures.csv", "report": "/report/", "report-file": "/report/no.html",
        "same-person": "/same-person/", "panels": "/panels/", "contact": "/contact/", "contact-file": "/contact/list.csv",
        "meetings": "/meetings/", "clearances": "/clearances/", "reminders": "/reminders/", "requests": "/subject-access/",
        "request-new": "/subject-access/new/",
    }  # fmt: skip
    if page in simple:
        return simple[page]
    tabs = ("services", "contact", "court", "custody", "timeline", "score", "notes", "held", "log")
    if page in ("person", *(f"person-{tab}" for tab in tabs)):
        return f"/people/{person}/{page.removeprefix('person').removeprefix('-') or '.'}/".replace("./", "")
    if page == "same-person-question":
        pair = ("in", "bar") if who == "in" else ("out", "nobody")
        return f"/same-person/{ids[f'record:{pair[0]}']}/{ids[f'record:{pair[1]}']}/"
    if page == "same-person-decision":
        return f"/same-person/decisions/{ids[f'verdict:{who}']}/"
    if page in ("put-forward", "joined-by-mistake", "rag"):
        return f"/people/{person}/{page}/"
    if page.startswith("request"):
        tail = {"request-match": "match/", "request-items": "items/", "request-again": "again/"}.get(page, "")
        tail = "pack-plain.txt" if page == "request-file" else tail
        return f"/subject-access/{ids['request:in'] if who == 'in' else 0}/{tail}"
    if page.startswith("referral"):
        service = SERVICES.get(page, "mentoring")
        return f"/referrals/{ids.get(f'{service}:{who}') or ids['building_bridges:out']}/"
    panel = f"/panels/{ids['panel:out' if who == 'out' else 'panel:in']}"
    if page.startswith(("meeting", "missed", "channel", "clearance")):
        return _of_contact(page, person, ids, who)
    return {
        "panel": f"{panel}/", "panel-screen": f"{panel}/screen/{ids.get(f'item:{who}')}/",
        "panel-record": f"{panel}/record/{ids.get(f'item:{who}')}/", "panel-ask": f"/people/{person}/panel/",
        "panel-pack": f"{panel}/packs/{other.replace('_', '-')}/", "panel-action": f"/panels/actions/{ids.get(f'action:{who}')}/",
        "concern": f"/worries/{ids.get(f'concern:{who}')}/", "why": f"/people/{person}/why/",
        "letter-new": f"/people/{person}/letters/joined/", "letter": f"/letters/{ids.get(f'letter:{who}')}/",
        "letter-file": f"/letters/{ids.get(f'letter:{who}')}/easy.txt",
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


def _of_contact(page: str, person: int, ids: Mapping[str, int], who: str) -> str:
    """The pages of contact after release about that person or thing."""
    tail = page.removeprefix("meeting").removeprefix("-")
    referral = ids.get(f"mentoring:{who}") or ids["building_bridges:out"]
    return {
        "missed": f"/people/{person}/missed/appointment/{ids.get(f'appointment:{who}')}/",
        "channel": f"/people/{person}/reminders/", "clearance": f"/clearances/{ids.get(f'clearance:{who}', 0)}/",
        "meeting-new": f"/referrals/{referral}/meetings/new/",
    }.get(page, f"/meetings/{ids.get(f'meeting:{who}', 0)}/{tail}/".replace("//", "/"))  # fmt: skip


def form(page: str, role: str) -> dict[str, str]:
    """What is sent to the page: as little as it takes to be answered by it."""
    if page == "person-account":
        return {"do": "second-step"}
    if page == "panel-action":
        return {"to": "done"}
    if page == "mend":
        return {"do": "aside"}
    if page.startswith("referral"):
        answer = "accepted" if page == "referral-health" else "completed"
        return {"to": "withdrawn" if role in REFERRERS else answer}
    return {}
