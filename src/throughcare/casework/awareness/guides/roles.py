"""What each role does here, in steps, its figures, pages and whom it rings. No number stands here: they are of the pilot file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Guide:
    """One role's sheet. `does`: in a sentence. `figures`: slugs of `figures.FIGURES`. `pages`: by name, what they are called.

    `rings`: the roles of the posts that it rings. `services`: "all" of the pilot, those "referred" to, those of the "own"
    provider, or none.
    """

    does: str
    steps: tuple[str, ...]
    figures: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    rings: tuple[str, ...] = ("iom_coordinator",)
    services: Literal["", "all", "referred", "own"] = ""


TODAY, FIND, SERVICES = ("today", "Today"), ("find", "Find a person"), ("services-directory", "Services")
NEWS = ("whats-new", "What's new")
TRAINING, MEETINGS, CASELOAD = ("training", "Training"), ("partner-meetings", "Partners' meetings"), ("people", "My people")
RIGHTS, BESIDE = ("rights", "People and rights"), ("services-caseload", "My people and services")
POLICING = ("policing", "Policing")
DASHBOARD, REPORT, PANELS = ("dashboard", "Dashboard"), ("report", "Report"), ("panels", "Panels")
PROVIDER_STEPS = (
    "Begin with Today: new referrals first. Acknowledge each, then accept or decline it with a reason.",
    "Something is not clear: ask on the referral. While you wait for the answer the clock can stand still.",
    "Plan meetings and groups here; keep who came on the day. Write plainly: the offender manager reads it.",
    "End with the end-of-service report, or say why it ended early. After that your access ends.",
)  # fmt: skip

GUIDES: Mapping[str, Guide] = {
    "pilot_manager": Guide(
        does="You see how every service stands against its target, and hold the pilot together.",
        steps=(
            "Begin with the dashboard: what is off its target, in which borough and month. Every figure says how it is counted.",
            "See that sources come: a late one is named beside the figures that rest on it.",
            "Plan training and the partners' meetings. See who has not had what, and which agency stays away.",
            "Post what is new in plain words; never about a person.",
            "Publish the report: every number in it is worked out, none is typed.",
        ),
        figures=("reports", "small", "late_feeds", "away"), services="all", rings=("system_admin", "analyst", "iom_coordinator"),
        pages=(DASHBOARD, REPORT, TRAINING, MEETINGS, NEWS),
    ),
    "analyst": Guide(
        does="You see that the figures are right and say what they show.",
        steps=(
            "Look at imports: load what came, and mend the rows that were put aside.",
            "Look at the dashboard; each figure has one definition, on its own page.",
            "Check the calibration of the score before it is relied on.",
            "Write the report from the figures; it takes them from the same calculator.",
        ),
        figures=("small", "late_feeds"), pages=(("imports", "Imports"), DASHBOARD, ("calibration", "Score and outcome"), REPORT),
        rings=("pilot_manager", "system_admin"),
    ),
    "evaluator": Guide(
        does="You find out whether the pilot works, without seeing anybody's record.",
        steps=(
            "Register what you will look at before you see data.",
            "Read the figures on the dashboard and in the report: both are what was worked out.",
            "Ask the analyst where a definition is not clear; it stands on each measure's page.",
        ),
        figures=("small",), pages=(DASHBOARD, REPORT), rings=("analyst", "pilot_manager"),
    ),
    "iom_coordinator": Guide(
        does="You keep your borough's cohort, run its panel, and know who is served and who is not.",
        steps=(
            "Begin with Today: proposals to join or leave wait for your word. The score proposes, you decide, with a reason.",
            "Answer \"same person?\" where two records may be one.",
            "Plan the panel: choose whom to discuss, run it from the shared screen, send each agency its own.",
            "See that an action is done: it comes back to every agenda until it is.",
            "Plan the Local Implementation Group and training; keep who came; ring the agency that stays away.",
            "Confirm a group or a venue where people must not meet.",
        ),
        figures=("panel", "letters", "not_sure", "away"), services="referred",
        rings=("senior_officer", "tasking_officer", "pilot_manager"),
        pages=(TODAY, ("cohort", "Cohort"), PANELS, SERVICES, MEETINGS, TRAINING),
    ),
    "senior_officer": Guide(
        does="You see that no person and no post of your office is without somebody.",
        steps=(
            "Begin with Today: vacant posts with people, handovers, what is overdue in your office.",
            "Reassign a caseload by handover: it passes when the receiver accepts, without a gap.",
            "Look who is eligible and not referred, by team.",
            "Approve a purchase above the small limit; never your own.",
            "Check the reports drawn for quality. Decide who may see a limited-access person.",
            "See which of your staff have not had their training.",
        ),
        figures=("allocation", "sample", "missed", "openings", "decide"), services="referred",
        rings=("iom_coordinator", "pilot_manager"),
        pages=(TODAY, RIGHTS, BESIDE, ("report-quality", "Quality of reports"), ("training-gaps", "Who has not had what")),
    ),
    "court_officer": Guide(
        does="You find people of the cohort at court on the day, and see that the report comes quickly.",
        steps=(
            "Open the court desk before the court sits: today's list, with who is of the cohort.",
            "Note plea and adjournment where they happen, with or without a connection.",
            "Take the report: oral where it will do. Its clock is on the screen.",
            "Make enquiries from the report itself; police, children's services and the offender manager answer there.",
            "Deliver it, or say why it is late. Record the sentence and whether the proposal was followed.",
        ),
        figures=("reports", "court_lists", "court_day"), services="",
        rings=("senior_officer", "iom_coordinator"),
        pages=(("court-desk", "Court desk"), ("cases", "Cases"), ("court-lists", "Court lists"), FIND),
    ),
    "offender_manager": Guide(
        does="You manage people: see them, find what helps, refer, and follow it up.",
        steps=(
            "Begin with Today: the most harmful first, each with the one thing to do.",
            "Look at \"my people and services\": who is eligible and not referred. Refer, or say not now and when to ask again.",
            "Refer from one page, filled in from what is known. Strike out what a provider need not see.",
            "Answer a provider's questions on the referral. Declined: read why, send it elsewhere.",
            "Book contact and keep what came of it. Decide of each miss.",
            "Before a release: agree the plan with the prison co-ordinator. Meet the person.",
        ),
        figures=("acknowledge", "decide", "not_now", "weekly", "missed", "failures", "no_contact", "releases"),
        services="referred",
        rings=("iom_coordinator", "senior_officer", "prison_coordinator"),
        pages=(TODAY, CASELOAD, BESIDE, SERVICES, ("contact", "Contact")),
    ),
    "prison_coordinator": Guide(
        does="You know who of the cohort is in your prison, and see that nobody leaves it unnoticed.",
        steps=(
            "Open the prison desk: who came, moved or leaves, and what is owed to each by when.",
            "Tell the offender manager and flag it; find services and refer with them.",
            "Print the wing lists for who goes round.",
            "Begin the release plan and see it whole: both owners tick it.",
            "Answer visits and clearances that providers ask for.",
        ),
        figures=("plans", "releases", "acknowledge", "decide"), services="referred",
        rings=("iom_coordinator", "offender_manager"),
        pages=(("prison-desk", "Prison desk"), ("wing-lists", "Wing lists"), ("clearances", "Clearances"), SERVICES),
    ),
    "provider_admin": Guide(
        does="You see that every referral to your organisation is answered, and that your people have the right posts.",
        steps=(*PROVIDER_STEPS, "Give your workers and volunteers their posts; take a leaver's away the same day."),
        figures=("acknowledge", "decide", "clearances", "visits", "unused"), services="own",
        rings=("iom_coordinator", "pilot_manager"),
        pages=(("provider-desk", "Desk"), ("groups", "Groups"), ("meetings", "Meetings"), ("clearances", "Clearances"),
               RIGHTS),
    ),
    "provider_worker": Guide(
        does="You work with people referred to your service, and tell who referred them how it goes.",
        steps=PROVIDER_STEPS, figures=("acknowledge", "decide", "clearances", "visits", "remind"), services="own",
        rings=("provider_admin", "iom_coordinator"),
        pages=(("provider-desk", "Desk"), ("groups", "Groups"), ("meetings", "Meetings"), ("clearances", "Clearances")),
    ),
    "volunteer": Guide(
        does="You meet the people matched with you.",
        steps=(
            "Look at Today before you set out: it says when a visit is off, and whom to ring.",
            "Read \"meeting safely\" on the person's page first.",
            "Record the session on your phone the same day, in plain words. You need not judge why somebody did not come.",
            "Worried about somebody? The link at the foot of every page reaches the right person.",
        ),
        figures=("no_meeting", "visits", "remind"), rings=("provider_admin", "provider_worker"),
        pages=(TODAY, CASELOAD, ("meetings", "Meetings"), ("worried", "Worried about someone?")),
    ),
    "health_practitioner": Guide(
        does="You advise whoever works with a person, assess, and treat. What is clinical stays with you.",
        steps=(
            "Begin with Today: what is to be responded to today, questions, referrals.",
            "Record a consultation: the advice is read by the offender manager, your note by nobody else.",
            "Ask first whether a team sees the person already. Then assess, agree the care plan, and keep what was done.",
            "Offer your hours under Sessions, and book again from the same page whoever missed one.",
            "End with what the person goes on to.",
        ),
        figures=("acknowledge", "decide"), services="own", rings=("iom_coordinator", "pilot_manager"),
        pages=(TODAY, ("health-calendar", "Sessions"), CASELOAD, SERVICES),
    ),
    "employment_broker": Guide(
        does="You find work for people, and see that it lasts.",
        steps=(
            "Begin with Today and your desk: referrals to answer, weeks to look at. Accepting a referral starts the work record.",
            "Keep the right to work that you saw, how ready the person is, and what they agreed that employers may be told.",
            "A vacancy shows whom it fits and what stands in the way. Put people forward, and keep what the employer answers.",
            "When a week comes on Today, say whether the job was kept; say why, when it is lost. Keep no health details.",
        ),
        figures=("acknowledge", "decide"), services="own", rings=("iom_coordinator", "pilot_manager"),
        pages=(TODAY, ("employment", "Employment"), ("vacancies", "Vacancies"), SERVICES),
    ),
    "police_researcher": Guide(
        does="You write intelligence plans about the people asked for, and suggest what can be told.",
        steps=(
            "Begin with Policing: plans asked for by a borough, with their clock. Take one, return it for more, or refuse it.",
            "Write the sanitised product, each item graded; the intelligence stays in the force's system under its number.",
            "Send it. Suggestions that their handling lets go reach who manages the person. See that a tasking follows.",
            "Name who must not meet and which places to avoid; others are told only \"not this group\".",
        ),
        figures=("plans_returned",), rings=("tasking_officer", "iom_coordinator"),
        pages=(TODAY, POLICING, CASELOAD, PANELS),
    ),
    "tasking_officer": Guide(
        does="You see that what a plan suggests is done on the street, and kept.",
        steps=(
            "Begin with Today: plans returned, taskings due, and actions from the panel.",
            "Ask the hub for a plan, or for an addition to one; write in it what the borough knows.",
            "Task; keep what was carried out, from where it came, and which plan for the person used it.",
            "Sit at the panel: bring arrests since the last one.",
        ),
        figures=("plans_returned", "panel"), rings=("police_researcher", "iom_coordinator"),
        pages=(TODAY, POLICING, CASELOAD, PANELS),
    ),
    "monitoring_officer": Guide(
        does="You see that orders with a tag are kept, and tell who manages the person in words.",
        steps=(
            "Keep Incidents open: take what nobody has, the victim's zone first; ring by its steps, and keep what was said.",
            "Decide of each finding: a fault, a good reason, a warning, back to court. Undo it before anybody acts on it.",
            "Make orders from the requirements that wait, vary them as the court does; keep tags fitted and taken off.",
            "Tell the offender manager of what is reviewed, in words; positions stay with you. Hand over at the end.",
        ),
        figures=("openings",), rings=("iom_coordinator", "pilot_manager"),
        pages=(TODAY, ("incidents", "Incidents"), ("tag-orders", "Tags"), FIND),
    ),
    "data_protection_officer": Guide(
        does="You answer people who ask what is held on them, and see that access is as the policy says.",
        steps=(
            "Begin with Today: requests, by the day on which each is due.",
            "Check who asks; gather; ask others about what is theirs; decide what is given.",
            "Have a second person sign it off; hand it over, and keep how.",
            "Look at the log where somebody asks who saw a record.",
        ),
        figures=("openings", "small"), rings=("pilot_manager", "auditor"),
        pages=(("requests", "Subject access"), ("log", "Log"), ("who-sees-what", "Who sees what")),
    ),
    "auditor": Guide(
        does="You look at who saw and changed what.",
        steps=(
            "Read the log by person, by account or by day. It cannot be changed unseen.",
            "Look at openings from outside somebody's work, each with its reason.",
            "Compare posts and rights with the access policy.",
        ),
        figures=("openings", "unused"), rings=("data_protection_officer", "pilot_manager"),
        pages=(("log", "Log"), RIGHTS, ("who-sees-what", "Who sees what")),
    ),
    "system_admin": Guide(
        does="You make posts and accounts, load files, and keep the service running. You see nobody's record.",
        steps=(
            "Begin with Today: who is locked out, accounts unused, files that failed.",
            "Make an account, give it its post; take a leaver's away the same day.",
            "Load extracts; what could not be loaded waits for its agency to mend.",
            "Keep the pilot file: figures, services and feeds are there, and nowhere else.",
        ),
        figures=("unused", "late_feeds"), rings=("pilot_manager", "data_protection_officer"),
        pages=(("imports", "Imports"), RIGHTS, ("who-sees-what", "Who sees what")),
    ),
}  # fmt: skip
"""By role, in the order of the access policy."""
