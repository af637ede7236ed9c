"""What waits by what the web itself knows, and what Today says to each role where nothing waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.core.pages import Task
from throughcare.registry.parts import feeds
from throughcare.web.imports import tasks as of_imports
from throughcare.web.late import late_feeds
from throughcare.web.sign_in.tasks import tasks as of_sign_in

NAMED = 3


def tasks(reader: Reader) -> Iterator[Task]:
    """Imports, signing in, and for who runs the pilot what its figures rest on that has not come."""
    yield from of_imports(reader)
    yield from of_sign_in(reader)
    if reader.held("pilot_manager") and (late := [feeds()[slug].title for slug, _ in late_feeds()]):
        more = f" and {len(late) - NAMED} more" if len(late) > NAMED else ""
        yield Task(
            key=f"pilot.late:{reader.day}", kind="Sources late or short", harm=3, row="measures_governance", waiting=True,
            words=f"Figures rest on sources that are late or short: {', '.join(late[:NAMED])}{more}. Their owners are told",
            act=("Open report", reverse("report")),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Why nothing waits for a role and what it can do: a sentence, and the page that it leads to."""

    words: str
    link: str
    page: str


NOTHING: Mapping[str, Nothing] = {
    "pilot_manager": Nothing(
        words="No post with people is vacant, no purchase waits and no source is late. How each service stands against its "
        "target is on the dashboard.", link="Dashboard", page="dashboard"),
    "analyst": Nothing(
        words="No source is late and no row waits to be corrected. The figures rest on what is loaded.",
        link="Dashboard", page="dashboard"),
    "evaluator": Nothing(
        words="No outcomes of a study are to be matched for the last time, and no copy is to be destroyed. Where each study "
        "stands, and what it waits for, is under Studies.", link="Studies", page="studies"),
    "iom_coordinator": Nothing(
        words="Nobody in your borough is proposed to join or leave, and nobody waits to be told apart. Look at who is in the "
        "cohort.", link="Cohort", page="cohort"),
    "senior_officer": Nothing(
        words="Every post of your office is held, and nothing waits for your word. Look at the posts in your charge.",
        link="People and rights", page="rights"),
    "court_officer": Nothing(
        words="No report is owed to your court and nobody on its lists waits for you. New names come with the court's next list.",
        link="My people", page="people"),
    "offender_manager": Nothing(
        words="Nobody on your caseload waits for you: all are seen, booked and answered. New work appears here by itself.",
        link="My people", page="people"),
    "prison_coordinator": Nothing(
        words="Nobody of your prisons is about to be released or has moved, and nothing is owed to anybody there. New work "
        "comes with the prison's next data.", link="Prison", page="prison-desk"),
    "provider_admin": Nothing(
        words="No referral waits for your organisation's answer. New ones appear here on the day they are sent.",
        link="People and rights", page="rights"),
    "provider_worker": Nothing(
        words="No referral waits for your answer or to be started. New ones appear here on the day they are sent.",
        link="My people", page="people"),
    "volunteer": Nothing(
        words="You have met everybody you are matched with lately, and nobody is about to move or be released. If you are "
        "worried about somebody, say so at the foot of the page.", link="My people", page="people"),
    "health_practitioner": Nothing(
        words="No referral or question waits for an answer, no review is due, and nobody waits to be seen again. What is new "
        "appears here by itself.", link="Sessions", page="health-calendar"),
    "employment_broker": Nothing(
        words="No referral to your pathway waits for an answer, and no week of a job is to be looked at. New ones appear here.",
        link="Employment", page="employment"),
    "police_researcher": Nothing(
        words="Every plan that was asked for has been returned. New requests appear here on the day they are made.",
        link="My people", page="people"),
    "tasking_officer": Nothing(
        words="No plan is owed to your borough, and each that came lately led to a tasking. Look at who is in your work.",
        link="My people", page="people"),
    "monitoring_officer": Nothing(
        words="No incident is without somebody, every finding is decided of, every requirement has its order and every order its "
        "tag. Whether positions come at all, the incidents' page says.", link="Incidents", page="incidents"),
    "data_protection_officer": Nothing(
        words="Nobody disagrees with what is held, every limit has somebody to answer for it, and no record was opened from "
        "outside lately. Requests to see what is held stand by themselves.", link="Subject access", page="requests"),
    "auditor": Nothing(
        words="No record was opened from outside lately, nobody is locked out, and no leaver can still sign in. The whole log is "
        "there to be read.", link="Who saw what", page="log"),
    "system_admin": Nothing(
        words="Every post is held, and every account is used and has its second step. Look at posts and accounts when somebody "
        "comes or leaves.", link="People and rights", page="rights"),
}  # fmt: skip
"""By role. Each page is one that the role may open, and what the words deny is what the role's tasks would tell."""
