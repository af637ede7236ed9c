"""Whether a service is for a person on a day. Whom each service is for is data of the pilot file, not code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from throughcare.core.contracts import Decision
from throughcare.core.pilot import Pilot, Service
from throughcare.rules.eligibility.words import STATUSES, day, one_of

SEXES = {"M": "men", "F": "women"}
WHERE = {**STATUSES, "custody": "in custody"}
"""A service inside prison is for people on remand too, so custody is said without a sentence."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a person stands on the day. Empty text and None: not known, or (court) not asked about.

    `age` in completed years; `member` of the cohort; `eligible` by its rule; `rag` the panel's rating; `statuses` (custody,
    on remand or sentenced, and then nothing else; licence, pss, community, suspended); `requirement`: under an activity
    requirement, as far as is known; `borough` of residence; `agency` NPS or CRC; `court` of the case.
    """

    sex: str = ""
    age: int | None = None
    member: bool = False
    eligible: bool = False
    rag: str = ""
    statuses: tuple[str, ...] = ()
    requirement: bool = False
    borough: str = ""
    agency: str = ""
    court: str = ""


def fits(service: Service, standing: Standing, *, as_at: date, pilot: Pilot) -> Decision:
    """Whether the service runs on the day and is for this person: all its conditions hold; what is not known fails one.

    The reasons are those against where there are any, else those for. Places are not looked at: a full service still
    fits, and the person waits.
    """
    answers = [*_running(service, as_at, pilot), *_conditions(service, standing, pilot)]
    against = tuple(reason for met, reason in answers if not met)
    met = not against
    return Decision(met=met, reasons=against or tuple(r for _, r in answers), next_change_on=_next(service, as_at, pilot, met))


def suits(service: Service, standing: Standing, *, pilot: Pilot) -> bool:
    """Whether the service is for somebody who stands so, on any day on which it runs."""
    return all(met for met, _ in _conditions(service, standing, pilot))


def runs(service: Service, as_at: date, *, pilot: Pilot) -> bool:
    """Whether the service runs on the day: from its start, to its end or the pilot's."""
    return service.start <= as_at < (service.end or pilot.life.end)


def _next(service: Service, as_at: date, pilot: Pilot, met: bool) -> date | None:
    end = service.end or pilot.life.end
    if met:
        return end
    return service.start if as_at < service.start else None


def _running(service: Service, as_at: date, pilot: Pilot) -> Iterator[tuple[bool, str]]:
    end = service.end or pilot.life.end
    if runs(service, as_at, pilot=pilot):
        yield True, f"{service.name} runs since {day(service.start)}"
    elif as_at < service.start:
        yield False, f"{service.name} starts on {day(service.start)}"
    else:
        yield False, f"{service.name} ended on {day(end)}"


def _conditions(service: Service, standing: Standing, pilot: Pilot) -> Iterator[tuple[bool, str]]:
    yield from _cohort(service, standing)
    yield from _person(service, standing, pilot)
    yield from _place(service, standing, pilot)


def _cohort(service: Service, standing: Standing) -> Iterator[tuple[bool, str]]:
    if service.members:
        yield standing.member, "a member of the cohort" if standing.member else "not a member of the cohort"
    else:
        met = standing.member or standing.eligible
        yield met, "in the cohort, or eligible for it" if met else "neither in the cohort nor eligible for it"


def _person(service: Service, standing: Standing, pilot: Pilot) -> Iterator[tuple[bool, str]]:
    if service.sex is not None:
        yield standing.sex == service.sex, f"for {SEXES[service.sex]} only"
    if service.ages is not None:
        youngest, oldest = service.ages
        age = "not known" if standing.age is None else str(standing.age)
        met = standing.age is not None and youngest <= standing.age <= oldest
        yield met, f"for those of {youngest} to {oldest}, and the age is {age}"
    if service.agency is not None:
        yield standing.agency == service.agency, f"for those managed by {service.agency}"
    if service.rag is not None:
        yield standing.rag == service.rag, f"for those rated {service.rag}, and the rating is {standing.rag or 'not set'}"


def _place(service: Service, standing: Standing, pilot: Pilot) -> Iterator[tuple[bool, str]]:
    if service.statuses or service.under_requirement:
        met = bool(set(service.statuses) & set(standing.statuses))
        met = met or (standing.requirement and bool(set(service.under_requirement) & set(standing.statuses)))
        yield met, f"for those {_one_of_the_statuses(service)}"
    if service.resident:
        where = standing.borough or "not known"
        yield standing.borough in pilot.boroughs, f"for those living in the area, and the borough is {where}"
    if service.courts and standing.court:
        yield standing.court in service.courts, f"for cases at {one_of(service.courts)}, and the court is {standing.court}"


def _one_of_the_statuses(service: Service) -> str:
    """on licence or, under an activity requirement, on a community order"""
    told = [WHERE[status] for status in service.statuses]
    if not service.under_requirement:
        return one_of(told)
    ordered = f"under an activity requirement, {one_of([WHERE[status] for status in service.under_requirement])}"
    return f"{', '.join(told)} or, {ordered}" if told else ordered
