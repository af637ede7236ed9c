"""Reading incidents: what is open, by harm, with how each tag was heard last; what to do, and who may take over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl
from django.db.models import Q

from throughcare.casework.access.models import Account, Holding
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.pilot_tagging import Call
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.queries import Shown, shown
from throughcare.strands.tagging.checks.words import KINDS
from throughcare.strands.tagging.incidents.words import HARMS
from throughcare.strands.tagging.queries import in_force, orders_at, tags_of, whole
from throughcare.strands.tagging.stored import heard

BACK = timedelta(hours=26)
BATTERY = {"battery_low": "low", "battery_dead": "empty", "charged": "charging began"}
ROLE = "monitoring_officer"


@dataclass(frozen=True, kw_only=True)
class LastHeard:
    """How a tag was heard last: None where nothing was in the last 26 hours. `battery`: what it reported last, "" nothing."""

    tag: str
    at: datetime | None
    mechanism: str
    battery: str
    battery_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Open:
    """An incident as the board shows it."""

    incident: m.Incident
    person: Named
    findings: list[Shown]
    heard: list[LastHeard]
    minutes: int

    @property
    def words(self) -> str:
        return KINDS[self.incident.kind].words

    @property
    def harm(self) -> str:
        return HARMS[self.incident.harm]

    @property
    def since(self) -> str:
        """How long ago it was raised, as it is said."""
        hours, minutes = divmod(self.minutes, 60)
        said = f"{minutes} minute{'' if minutes == 1 else 's'}"
        return said if not hours else f"{hours} hour{'' if hours == 1 else 's'} {said}"

    @property
    def late(self) -> bool:
        """Whether nobody took it in time."""
        return self.incident.taken_by_id is None and self.minutes >= current_pilot().tagging.take_within[self.incident.harm - 1]


def last_heard(orders: Sequence[m.Order], at: datetime) -> dict[int, list[LastHeard]]:
    """By order, the tags on its person now, with how each was heard last."""
    worn = {order.pk: [each.tag for each in tags_of(order, at - timedelta(minutes=1), at)] for order in orders}
    tags = {tag for each in worn.values() for tag in each}
    known = heard(tags, at - BACK, at, at)
    latest = known.usable.sort("time").group_by("tag").agg(pl.last("time"), pl.last("mechanism"))
    fixes = {tag: (time, mechanism or "") for tag, time, mechanism in latest.iter_rows()}
    charges = known.events.filter(pl.col("kind").is_in(list(BATTERY))).sort("time")
    told = charges.group_by("tag").agg(pl.last("time"), pl.last("kind"))
    batteries = {tag: (time, BATTERY[kind]) for tag, time, kind in told.iter_rows()}
    return {
        order: [
            LastHeard(tag=tag, at=fixes.get(tag, (None, ""))[0], mechanism=fixes.get(tag, (None, ""))[1],
                      battery=batteries.get(tag, (None, ""))[1], battery_at=batteries.get(tag, (None, ""))[0])
            for tag in each
        ]
        for order, each in worn.items()
    }  # fmt: skip


def board(reader: Reader, at: datetime) -> list[Open]:
    """The open incidents of people in the reader's reach, the worst first, then the oldest."""
    theirs = m.Incident.objects.filter(order__person__in=reader.people("tag_positions").values("pk"))
    told = theirs.filter(closed_at=None, raised_at__lte=at)
    return opened(list(told.select_related("order", "taken_by").order_by("harm", "raised_at", "pk")), reader, at)


def opened(incidents: Sequence[m.Incident], reader: Reader, at: datetime) -> list[Open]:
    people = {each.order.person_id for each in incidents}
    names = named(people, known=reader.allowed("identity", people))
    orders = {order.pk: order for order in whole(m.Order.objects.filter(pk__in=[each.order_id for each in incidents]))}
    known = last_heard(list(orders.values()), at)
    found: dict[int | None, list[Shown]] = {}
    rows = m.Finding.objects.filter(incident__in=incidents, gone_at=None).select_related("condition").order_by("starts_at", "pk")
    for each in shown(rows):
        found.setdefault(each.finding.incident_id, []).append(each)
    return [
        Open(incident=each, person=names[each.order.person_id], findings=found.get(each.pk, []), heard=known[each.order_id],
             minutes=int((at - each.raised_at).total_seconds() // 60))
        for each in incidents
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FeedState:
    """Whether positions come at all. `orders`: running now; `tags`: on somebody; `last`: the latest fix of any; `quiet`: tags
    that were silent for longer than the pilot file's minutes.
    """

    orders: int
    tags: int
    last: datetime | None
    stopped: bool
    quiet: int


def feed_state(reader: Reader, at: datetime) -> FeedState:
    """How the feed of positions stands, by the orders in the reader's reach. It has stopped where tags are worn and none was
    heard for the pilot file's minutes.
    """
    begun = orders_at(london_date(at))
    known = reader.allowed("tag_positions", [order.person_id for order in begun])
    running = [order for order in begun if order.person_id in known and in_force(order, at - timedelta(minutes=1), at)]
    told = [each for tags in last_heard(running, at).values() for each in tags]
    limit = at - timedelta(minutes=current_pilot().tagging.silent_minutes)
    last = max((each.at for each in told if each.at), default=None)
    return FeedState(
        orders=len(running), tags=len(told), last=last, stopped=bool(told) and (last is None or last < limit),
        quiet=sum(each.at is None or each.at < limit for each in told),
    )  # fmt: skip


def steps_for(kind: str) -> tuple[str, ...]:
    """What is to be done about an alert of this kind, by the pilot file."""
    told = current_pilot().tagging.steps
    return next((each.steps for each in told if kind in each.kinds), next((each.steps for each in told if not each.kinds), ()))


def calls() -> tuple[Call, ...]:
    return current_pilot().tagging.calls


def officers(at: datetime) -> list[Account]:
    """Who holds a monitoring officer's post now, by name."""
    day = london_date(at)
    held = Holding.objects.filter(post__role=ROLE, start__lte=day).filter(Q(end=None) | Q(end__gt=day))
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("username"))


def incident_of(number: int) -> m.Incident:
    """The incident; KeyError where there is none."""
    found = m.Incident.objects.filter(pk=number).select_related("order", "taken_by").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_incident(incident: int, **_: object) -> int:
    return incident_of(incident).order.person_id
