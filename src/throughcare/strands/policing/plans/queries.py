"""Reading plans: their state and clock, the items that a reader may be shown, the versions, the suggestions for who plans."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.working_days import add_working_days, working_days_between
from throughcare.rules import intelligence_plan as rule
from throughcare.rules.intelligence_items import SECTIONS, SUGGESTIONS, Grading, may_be_shown
from throughcare.strands.policing import models as m


def is_used(plan: m.Plan) -> bool:
    """Whether a tasking came from it, or a plan for the person rests on an item of it or on such a tasking."""
    return plan.taskings.exclude(standing="cancelled").exists() or m.Use.objects.filter(item__request=plan).exists()


def state_of(plan: m.Plan, *, used: bool | None = None) -> rule.State:
    """The plan's state. `used`: where it is known already."""
    found = plan.received_on is not None and (is_used(plan) if used is None else used)
    return rule.state_of(standing=plan.standing, actioned_on=plan.actioned_on, received_on=plan.received_on, used=found)


def used_among(plans: Collection[m.Plan]) -> set[int]:
    """Those of these plans that are used. Two queries."""
    numbers = [plan.pk for plan in plans]
    tasked = m.Tasking.objects.filter(plan__in=numbers).exclude(standing="cancelled").values_list("plan", flat=True)
    return {*tasked, *m.Use.objects.filter(item__request__in=numbers).values_list("item__request", flat=True)}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A request and how it stands. days: working days since it was asked for, to its return where it is back; None where no
    request is on record. late: past `due_on` and still with the hub.
    """

    plan: m.Plan
    state: rule.State
    days: int | None
    due_on: date | None
    late: bool


def shown(plans: Iterable[m.Plan], day: date) -> list[Shown]:
    """These plans as they stand on the day, in their order."""
    plans = list(plans)
    used = used_among(plans)
    return [_shown(plan, state_of(plan, used=plan.pk in used), day) for plan in plans]


def plans_for(reader: Reader) -> list[Shown]:
    """Plans about people of whom the reader may see them, asked for by the reader's day; the longest waiting first."""
    people = reader.people("plan").values("pk")
    found = m.Plan.objects.filter(person__in=people).exclude(requested_on__gt=reader.day).select_related("asked_post", "adds_to")
    return sorted(shown(found.order_by("pk"), reader.day), key=lambda each: (str(each.plan.requested_on or ""), each.plan.pk))


def _shown(plan: m.Plan, state: rule.State, day: date) -> Shown:
    if plan.requested_on is None:
        return Shown(plan=plan, state=state, days=None, due_on=None, late=False)
    due = add_working_days(plan.requested_on, current_pilot().policing.return_within)
    until = plan.received_on or day
    return Shown(plan=plan, state=state, days=working_days_between(plan.requested_on, until), due_on=due,
                 late=state.waits_for == rule.HUB and day > due)  # fmt: skip


def plan_to_add_to(person: int) -> m.Plan | None:
    """The plan that an addition continues: the last that was sent, by its first request. None where none was."""
    sent = m.Plan.objects.filter(person=person, adds_to=None, received_on__isnull=False).exclude(standing__in=rule.ENDED)
    return sent.order_by("-received_on", "-pk").first()


def requests_of(plan: m.Plan) -> list[m.Plan]:
    """The plan's own request and its additions, the oldest first."""
    return list(m.Plan.objects.filter(Q(pk=plan.pk) | Q(adds_to=plan)).order_by("pk"))


def steps_of(plans: Collection[m.Plan]) -> dict[int, list[m.Step]]:
    """By request the steps that were taken, in their order."""
    found: dict[int, list[m.Step]] = {}
    for step in m.Step.objects.filter(plan__in=[plan.pk for plan in plans]).order_by("pk"):
        found.setdefault(step.plan_id, []).append(step)
    return found


def open_request(plan: m.Plan) -> m.Plan | None:
    """The request that new items answer: the one not sent yet; where all are sent, the last one not ended. None: all ended."""
    live = [each for each in requests_of(plan) if each.standing not in rule.ENDED]
    waiting = [each for each in live if each.received_on is None]
    return (waiting or live or [None])[-1]


def grading(item: m.Item) -> Grading:
    return Grading(source=item.source_grade, assessment=item.assessment, handling=item.handling, shown_to=item.shown_to)


def roles_reaching(reader: Reader, row: str, person: int) -> frozenset[str]:
    """The roles through which the reader reaches the person for this row: each post asked alone.

    One account may hold posts of several roles and reach a person through one of them only; handling goes by that one.
    """
    alone = (replace(reader, post=post, posts=(post,), _asked={}) for post in reader.acting)
    return frozenset(each.post.role for each in alone if each.post and each.sees(row, person))


def standing_items(plan: m.Plan, version: m.Version | None = None) -> list[m.Item]:
    """The items that stand now; of a version, those that stood when it was sent. In the order of sections, then as added."""
    found = m.Item.objects.filter(plan=plan).select_related("request", "replaces")
    if version is None:
        found = found.filter(ended_at=None)
    else:
        found = found.filter(added_at__lte=version.sent_at).filter(Q(ended_at=None) | Q(ended_at__gt=version.sent_at))
    places = {section: place for place, section in enumerate(SECTIONS)}
    return sorted(found, key=lambda item: (places.get(item.section, len(places)), item.pk))


def for_roles(items: Iterable[m.Item], roles: Collection[str]) -> list[m.Item]:
    """Those of the items that these roles may be shown."""
    return [item for item in items if may_be_shown(grading(item), roles)]


def suggestions(person: int) -> list[m.Item]:
    """Sanitised suggestions of plans that are sent, and that still stand: not one that was added since the last sending.

    A suggestion that was replaced or withdrawn after it was sent is gone at once; what stands in its place comes with the next
    sending. So nothing that was found wrong or too open is read on.
    """
    sent = dict(m.Version.objects.filter(plan__person=person).order_by("number").values_list("plan", "sent_at"))
    standing = m.Item.objects.filter(plan__in=list(sent), section__in=SUGGESTIONS, ended_at=None)
    told = [item for item in standing.select_related("plan", "request", "replaces") if item.added_at <= sent[item.plan_id]]
    return sorted(told, key=lambda item: (item.plan_id, SUGGESTIONS.index(item.section), item.pk))


def suggestions_for(reader: Reader, person: int) -> list[m.Item]:
    """Those that the reader may be shown: of the others not even that there are any."""
    found = suggestions(person)
    return for_roles(found, roles_reaching(reader, "plan_suggestions", person)) if found else []


def suggestion(reader: Reader, number: int) -> m.Item:
    """One of them; KeyError where there is none, or none that the reader may be shown."""
    item = m.Item.objects.filter(pk=number).select_related("plan").first()
    if item is None or item not in suggestions_for(reader, item.plan.person_id):
        raise KeyError(number)
    return item


def uses_of(items: Sequence[m.Item]) -> dict[int, list[m.Use]]:
    """By item, the plans that rest on it."""
    found: dict[int, list[m.Use]] = {}
    for use in m.Use.objects.filter(item__in=[item.pk for item in items]).order_by("pk"):
        found.setdefault(use.item_id, []).append(use)
    return found


def release_plans(person: int) -> dict[int, date]:
    """The release plans kept here of the person: by number, the day on which each was begun."""
    return dict(m.ReleasePlan.objects.filter(person=person).order_by("-begun_on").values_list("number", "begun_on"))
