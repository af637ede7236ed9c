"""What each page shows and takes, by the rows of the access policy: written by hand, so that a page's own declaration is tested.

A line a page: its name, the row it shows, the row that a form sent to it changes ("-": it takes none), and whom it is about:
nobody in particular, a person, or a thing (a post, a load) that is the reader's or not. "signed-in" discloses nothing of
anybody, "form" in place of the row shown means that it is nothing but its form.
"""

from tests.web.access.world_awareness import AWARENESS, NARROWER_AWARENESS
from tests.web.access.world_crimes import CRIMES, NARROWER_CRIMES
from tests.web.access.world_employment import EMPLOYMENT, NARROWER_EMPLOYMENT
from tests.web.access.world_evaluation import EVALUATION, NARROWER_EVALUATION
from tests.web.access.world_gates import OF_CUSTODY
from tests.web.access.world_health import HEALTH, NARROWER_HEALTH
from tests.web.access.world_picture import NARROWER_PICTURES
from tests.web.access.world_picture import PAGES as OF_PICTURES
from tests.web.access.world_policing import NARROWER_POLICING, POLICING
from tests.web.access.world_publication import PUBLICATION
from tests.web.access.world_tagging import NARROWER_TAGGING, TAGGING, TAGGING_FORMS
from tests.web.access.world_voices import NARROWER_VOICES, VOICES

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
my-emails        signed-in          signed-in          nobody
emails           accounts           -                  nobody
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
alert            custody            signed-in          person
prison-desk      custody            -                  nobody
prison-file      custody            -                  nobody
wing-lists       custody            -                  nobody
prison-duty      form               custody            person
release-plan     release_plan       release_plan       person
release-sheet    release_plan       -                  person
person-contact   sessions           -                  person
missed           form               supervision        person
channel          form               supervision        person
contact          sessions           -                  nobody
contact-file     sessions           -                  nobody
meetings         sessions           -                  nobody
meeting-new      form               sessions           person
meeting-met      form               sessions           person
meeting          sessions           sessions           person
meeting-move     form               sessions           person
meeting-cancel   form               sessions           person
meeting-visit    form               sessions           person
provider-desk    referrals          -                  nobody
family           referrals          -                  person
family-new       form               referrals          person
family-member    referrals          referrals          person
groups           sessions           sessions           nobody
group            sessions           sessions           thing
group-attendance  sessions          sessions           thing
group-finish     sessions           sessions           thing
group-check      avoid              avoid              thing
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
refer            form               referrals          person
services-directory  signed-in       -                  nobody
service          signed-in          -                  nobody
services-caseload  referrals        -                  nobody
overlap          measures_own       -                  nobody
overlap-file     measures_own       -                  nobody
where-from       measures_own       -                  nobody
where-from-file  measures_own       -                  nobody
unreferred       referrals          -                  nobody
not-now          form               referrals          person
not-now-health   form               mental_health_pathway  person
referral         referrals          referrals          person
referral-ask     form               referrals          person
referral-question  form             referrals          person
referral-clock   form               referrals          person
referral-worker  form               referrals          person
referral-goals   sessions           sessions           person
referral-goal    form               sessions           person
end-report       sessions           sessions           person
referral-health  mental_health_pathway  mental_health_pathway  person
referral-work    employment         employment         person
referral-budget  budget             budget             person
report-write     court_report_text  court_report_text  person
report-sign      form               court_report_text  person
report-version   court_report_text  -                  person
report-pdf       court_report_text  -                  person
report-oral      court_report_text  court_report_text  person
enquiries        court_report_text  court_report_text  person
enquiry          court_report_text  court_report_text  person
report-quality   court_report_text  -                  nobody
report-check     court_report_text  court_cases        person
cases            court_cases        -                  nobody
cases-file       court_cases        -                  nobody
case             court_cases        court_cases        person
case-change      form               court_cases        person
report-miss      form               court_cases        person
budgets          budget             -                  nobody
budget           budget             -                  person
budget-open      form               budget             person
budget-ask       form               budget             person
purchase         form               budget             person
purchase-result  form               budget             person
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
court-lists      court_cases        court_cases        nobody
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
measures         measures_own       -                  nobody
packs            report             report             nobody
pack-file        report             -                  nobody
measure          measures_own       -                  nobody
measure-file     measures_own       -                  nobody
measure-chart    measures_own       -                  nobody
dashboard-service  measures_own     -                  nobody
dashboard-service-file  measures_own  -                nobody
service-way      measures_own       -                  nobody
behind           measures_own       -                  nobody
gap-reason       form               gap_reasons        nobody
calibration      measures_governance  -                nobody
data-quality     measures_own       -                  nobody
data-quality-feed measures_own      -                  nobody
contradictions-file  measures_own   -                  nobody
contradictions-records-file  imports  -                nobody
fields-file      measures_own       -                  nobody
requests         subject_access     -                  nobody
request-new      form               subject_access     nobody
request-match    form               subject_access     thing
request          subject_access     subject_access     thing
request-items    subject_access     subject_access     thing
request-file     subject_access     -                  thing
request-again    form               subject_access     thing
report           report             -                  nobody
court-desk       form               court_cases        nobody
court-desk-note  form               notes              person
court-desk-plea  form               court_cases        person
court-desk-adjourned  form          court_cases        person
court-desk-take  form               court_cases        person
court-desk-match  form              same_person        thing
court-desk-ready  signed-in         -                  nobody
court-desk-frame  signed-in         -                  nobody
court-desk-worker  signed-in        -                  nobody
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
OF_A_DESK = {"provider_admin", "provider_worker"}
REFERRERS = {"offender_manager", "iom_coordinator", "prison_coordinator", "senior_officer"}
OF_REFERRALS = {"pilot_manager", "analyst", "evaluator", *REFERRERS, "provider_admin", "provider_worker", "health_practitioner",
                "employment_broker"}  # fmt: skip
OF_TALK = ("referral-ask", "referral-question", "referral-clock")
OF_GOVERNANCE = {"pilot_manager", "analyst", "evaluator", "iom_coordinator", "senior_officer"}
OF_QUALITY = {*OF_GOVERNANCE, "provider_admin", "health_practitioner", "employment_broker", "police_researcher",
              "monitoring_officer"}  # fmt: skip
NARROWER = {
    # Beyond the table a page may be narrower. (page, method, of whom): the roles to whom alone it is there.
    **{(page, "get", ""): OF_QUALITY for page in ("data-quality", "contradictions-file", "fields-file")},
    ("contradictions-records-file", "get", ""): {"analyst"},
    ("data-quality-feed", "get", ""): OF_GOVERNANCE,  # an NPS feed
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
    ("alert", "post", "in"): OF_CUSTODY,
    ("alert", "post", "out"): set(),
    ("wing-lists", "get", ""): {"prison_coordinator"},
    ("proposal", "post", "in"): {"iom_coordinator"},
    ("refer", "get", "in"): REFERRERS,  # for whom a service is tells of the cohort
    ("refer", "post", "in"): REFERRERS,
    ("services-caseload", "get", ""): REFERRERS,
    **{(page, "get", ""): {*REFERRERS, "pilot_manager", "analyst"} for page in ("overlap", "overlap-file")},
    **{(page, "get", ""): {"provider_admin", "provider_worker"} for page in ("where-from", "where-from-file")},
    ("unreferred", "get", ""): {"senior_officer", "iom_coordinator"},
    **{("not-now", method, "in"): REFERRERS for method in ("get", "post")},  # who refers; a provider does not
    **{("not-now-health", method, "in"): {"senior_officer", "offender_manager"} for method in ("get", "post")},
    ("referral", "post", "in"): {*REFERRERS, "provider_admin", "provider_worker"},  # the broker works its own pathway's alone
    **{(page, method, "in"): {*REFERRERS, "provider_admin", "provider_worker"} for page in OF_TALK for method in ("get", "post")},
    ("referral-question", "post", "in"): REFERRERS,  # the provider asked, and neither of its two posts that try here
    **{("referral-worker", method, "in"): OF_A_DESK for method in ("get", "post")},
    ("referral-goals", "get", "in"): {*REFERRERS, *OF_A_DESK},  # a volunteer's mentoring is not its provider's desk
    ("referral-goals", "post", "in"): OF_A_DESK,
    **{("referral-goal", method, "in"): OF_A_DESK for method in ("get", "post")},
    ("end-report", "get", "in"): {*REFERRERS, *OF_A_DESK},
    ("end-report", "post", "in"): {"offender_manager"},  # who says that it was read; the work goes on, so none is to be written
    ("referral-budget", "get", "in"): {"iom_coordinator", "senior_officer", "offender_manager"},  # it went to another provider
    ("budget", "get", "in"): {"iom_coordinator", "senior_officer", "offender_manager"},  # another provider's
    ("panel", "get", "in"): {"iom_coordinator"},
    ("panel", "post", "in"): {"iom_coordinator"},
    ("panel", "get", "out"): set(),
    ("panel", "post", "out"): set(),
    ("panel-screen", "get", "in"): {"iom_coordinator"},
    ("panel-pack", "get", "in"): {"iom_coordinator", "offender_manager"},
    ("panel-pack", "get", "out"): set(),
    ("panel-action", "get", "in"): ACTION_READ,
    ("panel-action", "post", "in"): {"offender_manager"},  # whose action it is
    ("report-quality", "get", ""): {"senior_officer"},
    ("report-check", "get", "in"): {"senior_officer"},
    ("report-check", "post", "in"): {"senior_officer"},
    **{(f"meeting-{page}", method, "in"): PROVIDERS
       for page in ("new", "met", "move", "cancel", "visit") for method in ("get", "post")},
    ("meeting", "post", "in"): PROVIDERS,
    **{("family-new", method, "in"): OF_A_DESK for method in ("get", "post")},
    ("family-member", "post", "in"): OF_A_DESK,
    **{(page, method, ""): OF_A_DESK for page in ("provider-desk", "groups") for method in ("get", "post")},
    **{(page, method, "in"): OF_A_DESK for page in ("group", "group-attendance", "group-finish") for method in ("get", "post")},
    **{("group-check", method, "in"): REFERRERS for method in ("get", "post")},
    **{(page, method, "out"): set() for page in ("group", "group-attendance", "group-finish", "group-check")
       for method in ("get", "post")},
    ("clearances", "get", ""): {*PROVIDERS, "prison_coordinator"},
    ("clearances", "post", ""): {*PROVIDERS, "prison_coordinator"},
    ("clearance", "get", "in"): {*PROVIDERS, "prison_coordinator"},
    ("clearance", "post", "in"): {*PROVIDERS, "prison_coordinator"},
    ("clearance", "get", "out"): set(),
    ("clearance", "post", "out"): set(),
    ("emails", "get", ""): {"system_admin"},
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
    ("measure-chart", "get", ""): {"pilot_manager", "analyst", "iom_coordinator", "senior_officer"},  # divided by month
    ("dashboard-service", "get", ""): OF_REFERRALS | {"court_officer"},  # whose part has none of that service: the page says so
    **{(page, "get", ""): OF_REFERRALS - {"evaluator"} for page in ("dashboard-service-file", "service-way")},
    ("behind", "get", ""): OF_REFERRALS - {"pilot_manager", "analyst", "evaluator"},  # who may see these people
    **{("gap-reason", method, ""): set() for method in ("get", "post")},  # no figure has a gap here: see test_gap_reasons
    ("request-match", "get", "in"): {"data_protection_officer"},  # of a request of which nobody knows yet who asks
    ("request-match", "post", "in"): {"data_protection_officer"},
    ("report-file", "get", ""): set(),  # there is no report in a new home
    ("pack-file", "get", ""): set(),  # nor a pack
    # A desk is a court's: the senior of these tests has no court officer in the office.
    **{(f"court-desk-{kind}", method, "in"): {"court_officer"} for kind in ("note", "plea", "adjourned", "take", "match")
       for method in ("get", "post")},
    **{("court-desk-match", method, "out"): set() for method in ("get", "post")},
    **NARROWER_AWARENESS, **NARROWER_EVALUATION, **NARROWER_EMPLOYMENT, **NARROWER_HEALTH, **NARROWER_POLICING,
    **NARROWER_PICTURES, **NARROWER_TAGGING, **NARROWER_CRIMES, **NARROWER_VOICES,
}  # fmt: skip


TABLES = (TABLE, AWARENESS, EVALUATION, EMPLOYMENT, HEALTH, POLICING, OF_PICTURES, TAGGING, CRIMES, VOICES, PUBLICATION)
TOGETHER = "".join(table.lstrip() for table in TABLES)


def lines() -> list[tuple[str, str, str, str]]:
    return [(a, b, c, d) for a, b, c, d in (line.split() for line in TOGETHER.strip().splitlines())]


ONE_DEED = {
    "study-data": {"do": "freeze"}, "person-account": {"do": "second-step"}, "group": {"do": "check"},
    "panel-action": {"to": "done"}, "case": {"do": "needed"}, "mend": {"do": "aside"}, "end-report": {"do": "read"},
    **TAGGING_FORMS,
}  # fmt: skip
"""What is sent where one thing in particular is done."""


def form(page: str, role: str) -> dict[str, str]:
    """What is sent to the page: as little as it takes to be answered by it."""
    if page.startswith("court-desk-"):
        return {"court": "Thames", "on": "2016-12-07"}
    if page in ONE_DEED:
        return ONE_DEED[page]
    if page in (*OF_TALK, "referral-worker", "referral-goals", "referral-goal"):
        return {}
    if page.startswith("referral"):
        answer = "accepted" if page == "referral-health" else "completed"
        return {"to": "withdrawn" if role in REFERRERS else answer}
    return {}
