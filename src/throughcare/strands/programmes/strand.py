"""The programmes strand: mentoring, Building Bridges, Right Track, TIGER, and intensified contact."""

from collections.abc import Iterator

from throughcare.casework.access.reader import Reader
from throughcare.core.contracts import Strand
from throughcare.core.pages import Appointment, Task
from throughcare.strands.programmes import pages, tasks, waiting
from throughcare.strands.programmes.access import MEASURES as ACCESS
from throughcare.strands.programmes.clearances.pages import PAGES as CLEARANCES
from throughcare.strands.programmes.contacts.pages import PAGES as CONTACTS
from throughcare.strands.programmes.contacts.pages import TABS
from throughcare.strands.programmes.decisions.pages import PAGES as DECISIONS
from throughcare.strands.programmes.desk.pages import PAGES as DESK
from throughcare.strands.programmes.extracts import FEEDS
from throughcare.strands.programmes.family.measures import MEASURES as OF_FAMILIES
from throughcare.strands.programmes.family.pages import PAGES as FAMILY
from throughcare.strands.programmes.family.queries import MEMBERS, WORK
from throughcare.strands.programmes.gate import HANDLERS as AT_THE_GATE
from throughcare.strands.programmes.groups import tasks as of_groups
from throughcare.strands.programmes.groups.handlers import HANDLERS as ENDED
from throughcare.strands.programmes.groups.pages import PAGES as GROUPS
from throughcare.strands.programmes.measures import MEASURES
from throughcare.strands.programmes.meetings.handlers import HANDLERS as OF_MEETINGS
from throughcare.strands.programmes.meetings.pages import PAGES as MEETINGS
from throughcare.strands.programmes.queries import SERVICES, findings, service_use, sessions_by_service
from throughcare.strands.programmes.record import held_about, timeline
from throughcare.strands.programmes.reminders.pages import PAGES as REMINDERS
from throughcare.strands.programmes.reminders.rounds import ROUNDS
from throughcare.strands.programmes.synthetic import synthetic
from throughcare.strands.programmes.work import tasks as of_work
from throughcare.strands.programmes.work.measures import MEASURES as OF_WORK_DONE
from throughcare.strands.programmes.work.pages import PAGES as OF_WORK


def _tasks(reader: Reader) -> Iterator[Task]:
    yield from tasks.tasks(reader)
    yield from waiting.tasks(reader)
    yield from of_groups.tasks(reader)
    yield from of_work.tasks(reader)


def _diary(reader: Reader) -> Iterator[Appointment]:
    yield from tasks.diary(reader)
    yield from waiting.diary(reader)


HANDLERS = {
    kind: (*AT_THE_GATE.get(kind, ()), *OF_MEETINGS.get(kind, ()), *ENDED.get(kind, ()))
    for kind in {*AT_THE_GATE, *OF_MEETINGS, *ENDED}
}  # fmt: skip

STRAND = Strand(
    lists={
        "mentoring.*": ("service:mentoring",), "contact.*": ("sessions", "supervision"),
        "access.visits_*": ("referrals", "sessions"), "access.reached": ("referrals", "sessions"),
        "family.*": ("referrals", "sessions"), "work.*": ("referrals", "sessions"),
    },
    slug="programmes", title="Programmes for young men", measures=(*MEASURES, *ACCESS, *OF_FAMILIES, *OF_WORK_DONE), feeds=FEEDS,
    timeline=timeline, held_about=held_about, services=SERVICES, done_by="provider_worker", synthetic=synthetic,
    findings=findings, service_use=service_use, sessions=sessions_by_service, tasks=_tasks, diary=_diary,
    pages=(*pages.PAGES, *CONTACTS, *DECISIONS, *MEETINGS, *CLEARANCES, *REMINDERS, *DESK, *GROUPS, *OF_WORK, *FAMILY),
    tabs=TABS, rounds=ROUNDS,
    handlers=HANDLERS, for_decision={MEMBERS: "third_party", WORK: "third_party"},
)  # fmt: skip
