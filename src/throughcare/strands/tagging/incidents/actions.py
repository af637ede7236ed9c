"""Incidents: raised from what was found, taken, worked, handed over, escalated, closed.

`at` is the instant at which it is done.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.notices.actions import tell
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.actions import check_day
from throughcare.strands.tagging.checks.queries import waiting
from throughcare.strands.tagging.checks.words import KINDS, harm_of
from throughcare.strands.tagging.errors import IncidentRefused
from throughcare.strands.tagging.incidents.words import OUTCOMES, SAID
from throughcare.strands.tagging.queries import orders_at

ROLE = "monitoring_officer"
BACK = timedelta(days=1)


def watch(by: str, at: datetime) -> None:
    """Looks at today and yesterday of every order, raises incidents from what is new, and escalates what nobody took. Safe to
    repeat.
    """
    today = london_date(at)
    for day in (today - BACK, today):
        orders = orders_at(day)
        if orders:
            check_day(by=by, orders=orders, day=day, at=at)
            raise_incidents(by=by, orders=orders, at=at)
    escalate(by=by, at=at)


def raise_incidents(*, by: str, orders: Sequence[m.Order], at: datetime) -> None:
    """Gives each finding that somebody has to look at, and that is in no incident yet, to its order's open incident; where there
    is none, raises one.
    """
    fresh = [each.finding for each in waiting(orders, at) if each.finding.incident_id is None and _harm(each.finding)]
    by_order: dict[int, list[m.Finding]] = {}
    for finding in fresh:
        by_order.setdefault(finding.order_id, []).append(finding)
    for number, findings in by_order.items():
        with recording(by=by, verb="tagging.raise") as entry:
            order = m.Order.objects.select_for_update().get(pk=number)
            incident = m.Incident.objects.filter(order=order, closed_at=None).first()
            worst = min(findings, key=_harm)
            step = "joined" if incident else "raised"
            incident = incident or m.Incident(order=order, harm=_harm(worst), kind=worst.kind, raised_at=at)
            if _harm(worst) < incident.harm:
                incident.harm, incident.kind = _harm(worst), worst.kind
            incident.save()
            for finding in findings:
                finding.incident = incident
                finding.save()
            _step(incident, step, "; ".join(dict.fromkeys(KINDS[f.kind].words for f in findings)), at, by)
            entry.about(incident, person_id=order.person_id)
            entry.details = {"findings": len(findings), "harm": incident.harm}


def _harm(finding: m.Finding) -> int:
    return harm_of(finding.kind, finding.condition.protects if finding.condition else "")


def escalate(*, by: str, at: datetime) -> None:
    """Tells of incidents that nobody has taken within the pilot file's minutes: every monitoring officer, and who manages the
    person. Each once.
    """
    minutes = current_pilot().tagging.take_within
    untaken = m.Incident.objects.filter(taken_by=None, closed_at=None, escalated_at=None)
    for incident in untaken.order_by("harm", "raised_at", "pk"):
        if at - incident.raised_at < timedelta(minutes=minutes[incident.harm - 1]):
            continue
        with recording(by=by, verb="tagging.escalate") as entry:
            fresh = _fresh(incident)
            if fresh.taken_by_id or fresh.closed_at or fresh.escalated_at:
                continue
            fresh.escalated_at = at
            fresh.save()
            waits = int((at - fresh.raised_at).total_seconds() // 60)
            _step(fresh, "escalated", f"After {waits} minutes", at, by)
            entry.about(fresh, person_id=fresh.order.person_id)
            _tell(by, fresh, waits, at)


def _tell(by: str, incident: m.Incident, waits: int, at: datetime) -> None:
    officers = list(Post.objects.filter(role=ROLE, closed_on=None))
    manager = manager_of(incident.order.person_id, london_date(at))
    told = {"by": by, "at": at, "person": incident.order.person_id}
    tell(
        key=f"tagging.nobody:{incident.pk}", posts=officers, row="tag_positions", **told,
        words=f"An incident of a tag has had nobody for {waits} minutes",
        address=reverse("incident", kwargs={"incident": incident.pk}),
    )  # fmt: skip
    if manager is not None:
        tell(
            key=f"tagging.nobody_manager:{incident.pk}", posts=[manager], row="tag_compliance", **told,
            words="The monitoring centre has an incident of a tag that nobody has taken: ring it",
            address=reverse("person-tag", kwargs={"person": incident.order.person_id}),
        )  # fmt: skip


def take(*, reader: Reader, incident: m.Incident, at: datetime) -> None:
    """The reader has it. Refused: one that is closed; one that the reader has. Taken from somebody else, it is handed over."""
    with recording(by=reader.by, verb="tagging.take") as entry:
        fresh = _open(incident)
        if fresh.taken_by_id == reader.account.pk:
            raise _refused(fresh, "You have it", "one that you do not have", "go on with it")
        _give(fresh, reader.account, at, reader.by, "taken")
        entry.about(fresh, person_id=fresh.order.person_id)


def hand_over(*, reader: Reader, incidents: Iterable[m.Incident], to: Account, at: datetime) -> int:
    """Those of these that the reader has are somebody else's from now on; gives how many. Refused: to oneself."""
    if to.pk == reader.account.pk:
        raise IncidentRefused(what="You have them already", record="the incidents", expected="somebody else", mend="choose them")
    given = 0
    for each in incidents:
        with recording(by=reader.by, verb="tagging.hand_over") as entry:
            fresh = _open(each)
            if fresh.taken_by_id != reader.account.pk:
                raise _refused(fresh, "It is not yours to hand over", "one that you have", "take it first")
            _give(fresh, to, at, reader.by, "handed_over")
            entry.about(fresh, person_id=fresh.order.person_id)
            given += 1
    return given


def say(*, reader: Reader, incident: m.Incident, step: str, text: str, at: datetime) -> None:
    """What was done, in words. Refused: without words; of one that is closed."""
    if step not in SAID or not text.strip():
        raise _refused(incident, "It is not said what was done", "what, in words", "write it")
    with recording(by=reader.by, verb="tagging.incident_step") as entry:
        fresh = _open(incident)
        _step(fresh, step, text.strip(), at, reader.by)
        entry.about(fresh, person_id=fresh.order.person_id)


def close(*, reader: Reader, incident: m.Incident, outcome: str, text: str, at: datetime) -> None:
    """Nothing is left to do now. Its findings are decided of apart. Refused: while nobody has it; without what came of it."""
    with recording(by=reader.by, verb="tagging.incident_close") as entry:
        fresh = _open(incident)
        if fresh.taken_by_id is None:
            raise _refused(fresh, "Nobody has it yet", "an incident that somebody has", "take it first")
        if outcome not in OUTCOMES or not text.strip():
            raise _refused(fresh, "It is not said what came of it", "an outcome, and words", "say both")
        fresh.closed_at, fresh.outcome = at, outcome
        fresh.save()
        _step(fresh, "closed", f"{OUTCOMES[outcome]}. {text.strip()}", at, reader.by)
        entry.about(fresh, person_id=fresh.order.person_id)


def reopen(*, reader: Reader, incident: m.Incident, at: datetime) -> None:
    """A closed incident goes on, with who opens it. Refused: one that is open; where the order has another one open."""
    with recording(by=reader.by, verb="tagging.incident_reopen") as entry:
        fresh = _fresh(incident)
        if fresh.closed_at is None or m.Incident.objects.filter(order=fresh.order, closed_at=None).exists():
            raise _refused(fresh, "It cannot be opened again", "a closed one of an order without an open one", "use the open one")
        fresh.closed_at, fresh.outcome, fresh.taken_by = None, "", reader.account
        fresh.save()
        _step(fresh, "reopened", "", at, reader.by)
        entry.about(fresh, person_id=fresh.order.person_id)


def _give(incident: m.Incident, to: Account, at: datetime, by: str, step: str) -> None:
    incident.taken_by, incident.taken_at = to, incident.taken_at or at
    incident.save()
    _step(incident, step, f"{to.shown} has it", at, by)


def _step(incident: m.Incident, step: str, text: str, at: datetime, by: str) -> None:
    m.IncidentStep(incident=incident, step=step, text=text[:500], at=at, by=by).save()


def _fresh(incident: m.Incident) -> m.Incident:
    return m.Incident.objects.select_for_update(of=("self",)).select_related("order").get(pk=incident.pk)


def _open(incident: m.Incident) -> m.Incident:
    fresh = _fresh(incident)
    if fresh.closed_at is not None:
        raise _refused(fresh, "It is closed", "an incident that is open", "open it again first")
    return fresh


def _refused(incident: m.Incident, what: str, expected: str, mend: str) -> IncidentRefused:
    return IncidentRefused(what=what, record=f"incident {incident.pk}", expected=expected, mend=mend)
