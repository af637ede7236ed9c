"""For whom a service is, of many people at once: how each stands on a day, and which of them a service is intended for."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef, QuerySet

from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer
from throughcare.casework.cohort.queries import fitting, memberships, ratings
from throughcare.casework.cohort.standing import InCohort, in_cohort
from throughcare.casework.frames import about, about_each, held, only, read
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Address as AddressRow
from throughcare.casework.people.models import CustodySpell, Person
from throughcare.casework.people.models import Supervision as SupervisionRow
from throughcare.casework.people.queries import NOT_KNOWN, custody, latest, supervision, with_breakdowns
from throughcare.casework.referrals.models import Referral, ReferralEvent
from throughcare.core.dates import completed_years
from throughcare.core.pilot import Pilot, Service
from throughcare.core.spans import Span
from throughcare.rules.eligibility.facts import Address, Facts, Supervision, residence, supervised_by
from throughcare.rules.eligibility.services import Standing, life, suits

KEY = ["person", "on"]
REQUIREMENT = "activity_requirement"
ORDERS = ("community", "suspended")
STANDS = ["sex", "age", "member", "eligible", "rag", "statuses", "requirement", "borough", "agency"]
_NOBODY = pl.DataFrame(schema={"person": pl.Int64, "on": pl.Date})


def intended_for(services: Sequence[Service], days: pl.DataFrame, *, pilot: Pilot) -> pl.DataFrame:
    """person, on, service (slug): a row a service that is intended for that person on that day, as the pilot file says.

    `days` has person and on, each pair once. Every service is for members, or for them and whom the rule would take.
    """
    beyond = any(not service.members for service in services)
    members, fitting = _members(days), _fitting_the_rule(days, pilot) if beyond else _NOBODY
    reached = days.join(pl.concat([members.select(KEY), fitting]), on=KEY, how="semi", maintain_order="left")
    told = _told(reached, fitting).with_columns(age=_as_far_as_asked(services))
    alike = told.select(STANDS).unique(maintain_order=True)
    schema = {**alike.schema, "place": pl.Int64}
    suiting = [
        (*row, place) for row in alike.iter_rows() for place, service in enumerate(services)
        if suits(service, _standing(*row), pilot=pilot)
    ]  # fmt: skip
    found = told.join(pl.DataFrame(suiting, schema=schema, orient="row"), on=STANDS, nulls_equal=True)
    lives = pl.DataFrame(
        [(place, service.slug, *life(service, pilot=pilot)) for place, service in enumerate(services)],
        schema={"place": pl.Int64, "service": pl.String, "begins": pl.Date, "ends": pl.Date}, orient="row",
    )  # fmt: skip
    found = found.join(lives, on="place").filter(pl.col("begins") <= pl.col("on"), pl.col("on") < pl.col("ends"))
    return found.sort("on", "person", "place").select(*KEY, "service")


def _as_far_as_asked(services: Sequence[Service]) -> pl.Expr:
    """The age, as the least age that is alike to all the services: so that few stand differently."""
    turns = {year for service in services if service.ages for year in (service.ages[0], service.ages[1] + 1)}
    least = pl.when(pl.col("age").is_not_null()).then(0)
    for year in sorted(turns):
        least = pl.when(pl.col("age") >= year).then(year).otherwise(least)
    return least


def standings(days: pl.DataFrame, *, pilot: Pilot, beyond: bool) -> list[Standing]:
    """How each person of the frame (person, on) stands on the day, in its order.

    `beyond`: whether eligibility for the cohort of those who are not in it is worked out; else it is left at not eligible.
    """
    days = days.select(KEY)
    return _standings(days, _fitting_the_rule(days, pilot) if beyond else _NOBODY)


def _standings(days: pl.DataFrame, fitting: pl.DataFrame) -> list[Standing]:
    return [_standing(*row) for row in _told(days, fitting).select(STANDS).iter_rows()]


def _told(days: pl.DataFrame, fitting: pl.DataFrame) -> pl.DataFrame:
    """person, on and what makes a standing, in the order of `days`; statuses with a comma between.

    `fitting`: the pairs of those who are no members and whom the rule would take.
    """
    told = held(OfPairs, _on_record).of(days)
    eligible = fitting.with_columns(eligible=pl.lit(value=True))
    return told.join(eligible, on=KEY, how="left", maintain_order="left").with_columns(pl.col("eligible").fill_null(value=False))


def _on_record(days: pl.DataFrame) -> pl.DataFrame:
    """The pairs in their order, with all that makes a standing but whether the cohort's rule holds."""
    told = with_breakdowns(days)
    for facts in (_where(days), _members(days), _ratings(days), _under_requirement(days)):
        told = told.join(facts, on=KEY, how="left", maintain_order="left")
    return told.with_columns(
        pl.col("member", "requirement").fill_null(value=False), pl.col("rag").fill_null(""),
        statuses=pl.col("statuses").list.join(",").fill_null(""),
    )  # fmt: skip


def _standing(
    sex: str, age: int | None, member: bool, eligible: bool, rag: str, statuses: str, requirement: bool, borough: str, agency: str
) -> Standing:
    return Standing(
        sex=sex, age=age, member=member, eligible=eligible, rag=rag, statuses=tuple(filter(None, statuses.split(","))),
        requirement=requirement, borough=borough, agency=agency,
    )  # fmt: skip


def standing_of(
    person: int, on: date, *, pilot: Pilot, cohort: InCohort | None = None, beyond: bool = False
) -> Standing:
    """How one person stands on the day, without a frame of everybody: it says what `standings` says, of one.

    `beyond`: as there. `cohort`: their place in it, where that is known already.
    """
    who = Person.objects.get(pk=person)
    sent = list(_requiring().filter(person=person).values_list("sent_on", flat=True))
    standing = _stands(who, on, sent=sent, member=(cohort or in_cohort(person, on)).member)
    return replace(standing, eligible=beyond and not standing.member and bool(_fitting([person], on, pilot)))


def standings_of(people: Collection[int], on: date, *, pilot: Pilot, beyond: bool) -> dict[int, Standing]:
    """How each of these people stands on one day, in the order of their numbers: it says what `standings` says, of a caseload
    or a court's list, at a question a table; a frame costs more than so few people are worth.
    """
    sent: dict[int, list[date]] = defaultdict(list)
    for person, day in _requiring().filter(person__in=list(people)).values_list("person", "sent_on"):
        sent[person].append(day)
    with about_each(people, AddressRow, SupervisionRow, CustodySpell, Membership, Transfer, Rating, Proposal):
        found = {
            who.pk: _stands(who, on, sent=sent[who.pk], member=in_cohort(who.pk, on).member)
            for who in Person.objects.filter(pk__in=list(people)).order_by("pk")
        }
    outside = [person for person, standing in found.items() if not standing.member] if beyond else []
    fitting = _fitting(outside, on, pilot)
    return {person: replace(standing, eligible=person in fitting) for person, standing in found.items()}


def _stands(who: Person, on: date, *, sent: Collection[date], member: bool) -> Standing:
    """By what is on record of one person. `sent`: when referrals were sent that tell of an order with a requirement."""
    known = facts_of_one(who.pk)
    home, managed = residence(known, on), supervised_by(known, on)
    begun = [s for s in reversed(known.supervision) if s.span.start <= on]
    last = max(begun, key=lambda s: s.span.start, default=None)  # of two begun on one day the one told last
    inside = any(span.contains(on) for span in known.custody)
    statuses = {each.kind for each in known.supervision if each.span.contains(on)}
    statuses = {"custody"} if inside or "custody" in statuses else statuses
    orders = [s.span for s in known.supervision if s.kind in ORDERS and s.span.contains(on)]
    born = who.date_of_birth
    agency = managed.agency if managed else (last.agency if last else NOT_KNOWN)
    return Standing(
        sex=who.sex or NOT_KNOWN, age=completed_years(born, on) if born and born <= on else None, member=member, eligible=False,
        rag=_rag(who.pk, on), statuses=tuple(sorted(statuses)),
        requirement=any(span.contains(day) for span in orders for day in sent),
        borough=home.borough if home and home.borough else NOT_KNOWN, agency=agency or NOT_KNOWN,
    )  # fmt: skip


def _fitting(people: Collection[int], on: date, pilot: Pilot) -> set[int]:
    """Those of these people for whom the cohort's rule holds on the day."""
    if not people:
        return set()
    with only(*people):
        return set(_eligible(pl.DataFrame({"person": list(people), "on": [on] * len(people)}), pilot)["person"])


def _rag(person: int, on: date) -> str:
    rated = latest(about(Rating, person), on)
    return rated.rag if rated else ""


def _requiring() -> QuerySet[Referral]:
    """The referrals that tell of an order with an activity requirement, less those made in error."""
    gone = ReferralEvent.objects.filter(referral=OuterRef("pk"), state="made_in_error", replaced_by=None).exclude(on=None)
    return Referral.objects.filter(~Exists(gone), route=REQUIREMENT).order_by("sent_on", "pk")


def facts_of_one(person: int) -> Facts:
    """Where one person lived, was held and was managed: spans without a day in them tell nothing and are left out."""
    homes = _spans(AddressRow, person)
    managed = _spans(SupervisionRow, person)
    return Facts(
        person=person,
        addresses=tuple(Address(borough=a.borough, span=Span(start=a.start, end=a.end)) for a in homes),
        supervision=tuple(
            Supervision(kind=s.kind, agency=s.agency, office_borough=s.office_borough, span=Span(start=s.start, end=s.end))
            for s in managed
        ),
        custody=tuple(Span(start=c.start, end=c.end) for c in _spans(CustodySpell, person)),
    )


def _spans(model: type[Fact], person: int) -> list[Any]:
    rows = [row for row in about(model, person) if row.end is None or row.end > row.start]
    return sorted(rows, key=lambda row: (row.start, row.pk))


def _on_the_day(days: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans [start, end) that hold the day."""
    ends_later = pl.col("end").is_null() | (pl.col("on") < pl.col("end"))
    return days.join(spans, on="person").filter((pl.col("start") <= pl.col("on")) & ends_later)


def _where(days: pl.DataFrame) -> pl.DataFrame:
    """statuses: the kinds of supervision running; who is in prison, on remand too, is in custody and nothing else."""
    spells = custody().select("person", "start", "end", kind=pl.lit("custody"))
    spans = pl.concat([supervision().select("person", "start", "end", "kind"), spells])
    found = _on_the_day(days, spans).group_by(KEY).agg(statuses=pl.col("kind").unique().sort())
    inside = pl.col("statuses").list.contains("custody")
    return found.with_columns(statuses=pl.when(inside).then(pl.lit(["custody"])).otherwise("statuses"))


def _members(days: pl.DataFrame) -> pl.DataFrame:
    found = _on_the_day(days, memberships().select("person", "start", "end")).select(KEY).unique()
    return found.with_columns(member=pl.lit(value=True))


def _ratings(days: pl.DataFrame) -> pl.DataFrame:
    return _on_the_day(days, ratings()).select(*KEY, "rag")


def _under_requirement(days: pl.DataFrame) -> pl.DataFrame:
    """requirement: on an order of which a referral tells that it has an activity requirement, whenever it was sent."""
    told = read(_requiring(), person="person", sent_on="sent_on")
    orders = supervision().filter(pl.col("kind").is_in(ORDERS)).select("person", "start", "end").join(told, on="person")
    goes_on = pl.col("end").is_null() | (pl.col("sent_on") < pl.col("end"))
    orders = orders.filter((pl.col("start") <= pl.col("sent_on")) & goes_on)
    return _on_the_day(days, orders).select(KEY).unique().with_columns(requirement=pl.lit(value=True))


def _fitting_the_rule(days: pl.DataFrame, pilot: Pilot) -> pl.DataFrame:
    """The pairs of person and day on which the cohort's rule holds of somebody who is no member."""
    return _eligible(days.select(KEY).join(_members(days), on=KEY, how="anti", maintain_order="left"), pilot)


def _eligible(days: pl.DataFrame, pilot: Pilot) -> pl.DataFrame:
    """The pairs of person and day on which the cohort's rule holds."""
    by_rule = held(partial, fitting, pilot=pilot)  # the same function each time, so that what it told is found again
    return held(OfPairs, by_rule).of(days).select(KEY)


@dataclass
class OfPairs:
    """What is told of pairs of person and day, worked out once for each pair that is asked about."""

    made: Callable[[pl.DataFrame], pl.DataFrame]
    asked: pl.DataFrame = field(default_factory=_NOBODY.clear)
    found: pl.DataFrame | None = None

    def of(self, days: pl.DataFrame) -> pl.DataFrame:
        """The rows that are told of these pairs, in their order."""
        days = days.select(KEY)
        new = days.join(self.asked, on=KEY, how="anti", maintain_order="left")
        if new.height or self.found is None:
            told = self.made(new)
            self.asked = pl.concat([self.asked, new])
            self.found = told if self.found is None else pl.concat([self.found, told])
        return days.join(self.found, on=KEY, maintain_order="left")
