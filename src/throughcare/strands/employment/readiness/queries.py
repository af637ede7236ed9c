"""Reading how ready somebody is, what they look for and need, what bars, and what may be told, as on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from throughcare.casework.notes.models import Avoid
from throughcare.casework.notes.places import any_place
from throughcare.casework.people.models import CustodySpell, Person
from throughcare.casework.people.queries import on_the_day
from throughcare.core.words import small
from throughcare.rules.work_fit import Condition, Seeker, hours_between
from throughcare.strands.employment import models as m
from throughcare.strands.employment.readiness import codes


@dataclass(frozen=True, kw_only=True)
class Ready:
    """How somebody of a referral stands: the last word of each kind; None where nothing was said."""

    right: m.RightToWork | None
    readiness: m.Readiness | None
    looking: m.Looking | None
    agreed: m.Disclosure | None

    def may_work(self, day: date) -> bool:
        """Whether evidence of the right to work was seen, and holds."""
        return self.right is not None and (self.right.expires_on is None or self.right.expires_on > day)

    def looks(self, day: date) -> bool:
        """Whether they are ready to be put forward: ready themselves, and evidence of the right to work was seen."""
        return self.may_work(day) and self.readiness is not None and self.readiness.state in codes.READY


def ready_of(referrals: Iterable[int]) -> dict[int, Ready]:
    """By referral, how each stands. Four queries, however many."""
    wanted = list(referrals)
    last = [
        {row.referral_id: row for row in found}
        for found in (
            m.RightToWork.objects.filter(referral__in=wanted, taken_back=False).order_by("seen_on", "pk"),
            m.Readiness.objects.filter(referral__in=wanted).order_by("on", "pk"),
            m.Looking.objects.filter(referral__in=wanted).order_by("on", "pk"),
            m.Disclosure.objects.filter(referral__in=wanted, withdrawn_on=None).order_by("agreed_on", "pk"),
        )
    ]
    right, readiness, looking, agreed = last
    return {
        pk: Ready(right=right.get(pk), readiness=readiness.get(pk), looking=looking.get(pk), agreed=agreed.get(pk))
        for pk in wanted
    }  # fmt: skip


def needs_of(referrals: Iterable[int]) -> dict[int, list[m.Need]]:
    """By referral what waits to be arranged, then what was, the latest first. What was dropped is left out. One query."""
    told: dict[int, list[m.Need]] = {referral: [] for referral in referrals}
    found = m.Need.objects.filter(referral__in=list(told), dropped_on=None).order_by("-on", "-pk")
    for need in sorted(found, key=lambda need: need.arranged_on is not None):
        told[need.referral_id].append(need)
    return told


def limits_of(people: QuerySet | Iterable[int], day: date) -> dict[int, list[m.WorkLimit]]:
    """By person, the conditions that bar on the day, or will: of each referral of theirs. One query."""
    found = m.WorkLimit.objects.filter(referral__person__in=people).filter(Q(end=None) | Q(end__gt=day))
    told: dict[int, list[m.WorkLimit]] = defaultdict(list)
    for row in found.select_related("referral").order_by("start", "pk"):
        told[row.referral.person_id].append(row)
    return told


def condition(row: m.WorkLimit) -> Condition:
    """The condition as the rule knows it, with no more words than the broker may read."""
    hours = hours_between(row.from_time, row.until_time)
    return Condition(
        told=limit_words(row) if row.kind in codes.TOLD else "", hours=hours, borough=row.borough,
        involves=frozenset() if row.kind in (codes.CURFEW, codes.BOROUGH) else frozenset({row.kind}),
    )  # fmt: skip


def limit_words(row: m.WorkLimit) -> str:
    """A condition in words, for who may read them."""
    if hours := hours_between(row.from_time, row.until_time):
        return f"curfew {hours.words}"
    if row.kind == codes.BOROUGH:
        return f"must not be in {row.borough}"
    return small(codes.LIMITS[row.kind])


def seekers(people: Mapping[int, Ready], persons: Mapping[int, int], day: date, *, place: str = "") -> dict[int, Seeker]:
    """By referral, what is looked for and what bars. `persons`: whose each referral is. `place`: where the job is, so that it is
    said of whom it must not be there; why is not asked. A fixed number of queries.
    """
    everybody = set(persons.values())
    once = dict(Person.objects.filter(merged_into__in=everybody).values_list("pk", "merged_into"))
    limits = limits_of([*everybody, *once], day)
    for number, person in once.items():
        limits[person] = [*limits.get(person, []), *limits.get(number, [])]
    inside = set(CustodySpell.objects.filter(on_the_day(day), person__in=everybody).values_list("person", flat=True))
    away = _kept_away(everybody, place, day) if place else frozenset()
    return {
        referral: _seeker(ready, limits.get(persons[referral], []), inside=persons[referral] in inside,
                          kept_away=persons[referral] in away)
        for referral, ready in people.items()
    }  # fmt: skip


def _seeker(ready: Ready, limits: Sequence[m.WorkLimit], *, inside: bool, kept_away: bool) -> Seeker:
    looking = ready.looking
    free = hours_between(looking.free_from, looking.free_until) if looking else None
    return Seeker(
        boroughs=frozenset(filter(None, looking.boroughs.split("|"))) if looking else frozenset(),
        most_hours=looking.most_hours if looking else None, free=free,
        licences=frozenset(looking.licences.split()) if looking else frozenset(),
        conditions=tuple(condition(row) for row in limits), agreed=bool(ready.agreed and ready.agreed.convictions),
        inside=inside, kept_away=kept_away,
    )  # fmt: skip


def _kept_away(people: Iterable[int], place: str, day: date) -> frozenset[int]:
    """Those of these people for whom the place is one to keep away from."""
    kept: dict[int, list[str]] = defaultdict(list)
    found = Avoid.objects.filter(on_the_day(day), person__in=list(people)).exclude(place="").order_by("pk")
    for person, where in found.values_list("person", "place"):
        kept[person].append(where)
    return frozenset(person for person, places in kept.items() if any_place(place, places))
