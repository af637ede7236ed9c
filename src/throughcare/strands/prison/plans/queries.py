"""Reading release plans: how each stands on a day, whose they are, and who might be named."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_day
from throughcare.rules import release_plan as rule
from throughcare.rules.movements import RELEASE, Movement, Stay, movements, place_on
from throughcare.strands.prison import models as m
from throughcare.strands.prison.movements.queries import Told, told
from throughcare.strands.prison.owed import EVER


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A plan with the day of release that holds, the prison, and how it stands.

    from_extract: the prison told the day. out: the person has left on it.
    """

    plan: m.ReleasePlan
    release_on: date | None
    prison: str
    from_extract: bool
    out: bool
    standing: rule.Standing


def shown(plans: Iterable[m.ReleasePlan], day: date, *, known: Mapping[int, Told] | None = None) -> list[Shown]:
    """The plans as they stand on the day, by the day of release. Eight queries; three where what is told is `known` already."""
    plans = list(plans)
    if not plans:
        return []
    known = told({plan.person_id for plan in plans}, since=EVER, day=day) if known is None else known
    checked: dict[int, list[str]] = {}
    for plan, item in m.PlanCheck.objects.filter(plan__in=plans, undone=False).values_list("plan", "item"):
        checked.setdefault(plan, []).append(item)
    found = []
    for plan in plans:
        stays = known[plan.person_id].stays if plan.person_id in known else ()
        out, inside = released_on(stays, plan.stay_start, day), place_on(stays, day)
        on = out.on if out else inside.planned_on if inside else None
        prison = out.from_prison if out else inside.prison if inside else ""
        found.append(
            Shown(plan=plan, release_on=on or plan.release_on, prison=prison, from_extract=on is not None, out=out is not None,
                  standing=_standing(plan, on or plan.release_on, checked.get(plan.pk, ()), day))
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.release_on or date.max, each.plan.pk))


def released_on(stays: Collection[Stay], stay_start: date, day: date) -> Movement | None:
    """The release that ended the stay begun on a day; None while it goes on. Leave for a time (ROTL) ends no stay."""
    out = (m for m in movements(stays, day=day) if m.kind == RELEASE and m.how != "rotl" and m.on > stay_start)
    return min(out, key=lambda m: m.on, default=None)


def _standing(plan: m.ReleasePlan, release_on: date | None, checked: Collection[str], day: date) -> rule.Standing:
    figures = current_pilot().prison
    facts = rule.Plan(
        release_on=release_on, gate_time=plan.gate_time, collected_by=plan.collected_by, address=plan.address,
        owners={rule.PRISON: str(plan.prison_post_id or ""), rule.COMMUNITY: str(plan.community_post_id or "")},
        accepted_for={rule.PRISON: plan.prison_accepted_for, rule.COMMUNITY: plan.community_accepted_for},
        first_appointment_on=plan.first_appointment_on, checked=checked,
    )  # fmt: skip
    return rule.standing(facts, day=day, items=[item.slug for item in figures.items], alert_within=figures.plans_alert_within)


def running(day: date) -> list[m.ReleasePlan]:
    """The plans made in the last year: of those, who is not out yet may still need something."""
    made = m.ReleasePlan.objects.filter(made_at__gt=london_day(day - timedelta(days=365))[0]).order_by("pk")
    return list(made.select_related("prison_post", "community_post"))


def plan_of(person: int, day: date) -> m.ReleasePlan | None:
    """The plan of the present stay; of somebody who is out, of the last one."""
    plans = m.ReleasePlan.objects.filter(person=person, stay_start__lte=day).select_related("prison_post", "community_post")
    return plans.order_by("-stay_start").first()


def prison_ends(prison: str) -> list[Post]:
    """Who may be the prison's end: the co-ordinators of that prison; where it has none, of any."""
    here = Post.objects.filter(role="prison_coordinator", closed_on=None).order_by("title", "pk")
    return list(here.filter(place=prison)) or list(here)


def community_ends(person: int, day: date) -> list[Post]:
    """Who may be the community's end: the person's manager first, then the others of that office; without one, the seniors."""
    manager = manager_of(person, day)
    posts = Post.objects.filter(closed_on=None, role__in=("offender_manager", "senior_officer")).order_by("title", "pk")
    if manager is None:
        return list(posts.filter(role="senior_officer"))
    return [manager, *(post for post in posts.filter(office=manager.office) if post.pk != manager.pk)]
