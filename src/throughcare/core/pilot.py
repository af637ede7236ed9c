"""A pilot as its file describes it: area, days, criteria, services, providers, courts, prisons and targets.

The types only; `rules.pilot` reads and checks the file. Another city writes another file.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Told(BaseModel):
    """Base of everything read from the file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(Told):
    """Days [start, end). `end` is exclusive."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.end < self.start:
            raise ValueError("the end is before the start")
        return self

    def cut(self, start: date | None, end: date | None) -> "Period":
        """The part of this period within [start, end); empty (start == end) where nothing is left."""
        first = max(self.start, start) if start else self.start
        last = min(self.end, end) if end else self.end
        return Period(start=first, end=max(first, last))

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end


class Service(Told):
    """One service: when it runs, whom it is for, how many places, its target.

    Eligibility is data: `sex`, `ages` (inclusive, completed years), `agency`, `rag`, `statuses` (custody, licence, pss,
    community, suspended), `under_requirement` (statuses that are enough only with an activity requirement), `resident` (must
    live in the area), `members` (must be in the cohort; false: in it, or eligible for it). Absent means no such condition.
    `by_referral`: whether people come to it by referral; false where the strand alone tells who had it.
    """

    slug: str
    name: str
    strand: str
    start: date
    end: date | None = None
    places: int | None = Field(default=None, ge=1)
    sex: Literal["M", "F"] | None = None
    ages: tuple[int, int] | None = None
    agency: Literal["NPS", "CRC"] | None = None
    rag: Literal["Red", "Amber", "Green"] | None = None
    statuses: tuple[Literal["custody", "licence", "pss", "community", "suspended"], ...] = ()
    under_requirement: tuple[Literal["community", "suspended"], ...] = ()
    resident: bool = False
    members: bool = True
    by_referral: bool = True
    courts: tuple[str, ...] = ()


class Provider(Told):
    """An organisation that delivers one or more services; its name is the one published."""

    slug: str
    name: str
    services: tuple[str, ...]


class CriterionParameters(Told):
    """One criterion of the cohort rule, by the slug of its file in `rules/eligibility`, with its parameters."""

    slug: Literal["convicted", "adult", "resident", "supervised", "risk"]
    minimum_age: int | None = Field(default=None, ge=10, le=100)
    at_or_above: int | None = Field(default=None, ge=1, le=99)
    or_at_or_above: int | None = Field(default=None, ge=1, le=99)
    with_groups: tuple[str, ...] = ()
    committed_within_months: int | None = Field(default=None, ge=1, le=120)


class Targets(Told):
    """Targets that measures are held against, in their own unit."""

    reports_within_days: int = Field(ge=0)
    reports_within_days_percent: int = Field(ge=0, le=100)
    weekly_contact_per_week: Decimal
    weekly_contact_weeks: int = Field(ge=1)
    fortnightly_gap_days: int = Field(ge=1)


class Budgets(Told):
    """Personalised budgets: pounds allocated to a place; purchases up to `small_limit` may be approved by who asked."""

    allocation: Decimal = Field(gt=0)
    small_limit: Decimal = Field(ge=0)


class Pilot(Told):
    """The whole file. `values(known)` gives the names that an axis of a measure must always show."""

    slug: str
    name: str
    area: str
    boroughs: tuple[str, ...]
    life: Period
    reference_days: dict[str, date]
    windows: dict[str, Period]
    criteria: tuple[CriterionParameters, ...]
    services: tuple[Service, ...]
    providers: tuple[Provider, ...]
    courts: tuple[str, ...]
    prisons: tuple[str, ...]
    targets: Targets
    budgets: Budgets
    smallest_published: int = Field(ge=1)

    def values(self, known: str) -> tuple[str, ...]:
        named: dict[str, tuple[str, ...]] = {
            "boroughs": self.boroughs,
            "courts": self.courts,
            "prisons": self.prisons,
            "providers": tuple(p.name for p in self.providers),
        }
        return named[known]

    def service(self, slug: str) -> Service:
        """The service of that slug; KeyError where the pilot has none."""
        return {s.slug: s for s in self.services}[slug]

    def criterion(self, slug: str) -> CriterionParameters | None:
        return next((c for c in self.criteria if c.slug == slug), None)

    @model_validator(mode="after")
    def _consistent(self) -> "Pilot":
        slugs: list[Any] = [s.slug for s in self.services]
        if len(set(slugs)) != len(slugs):
            raise ValueError("two services have the same slug")
        unknown = {s for p in self.providers for s in p.services} - set(slugs)
        if unknown:
            raise ValueError(f"a provider names services that the file does not have: {sorted(unknown)}")
        return self
