"""Whether a service is for a person on a day. Whom each service is for is data of the pilot file, not code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from throughcare.core.contracts import Decision
from throughcare.core.pilot import Pilot, Service
from throughcare.rules.eligibility.words import STATUSES, day, one_of

SEXES = {"M": "men", "F": "women"}
WHERE = {**STATUSES, "custody": "in custody"}
"""A service inside prison is for people on remand too, so custody is said without a sentence."""
ANY_COURT = "any"


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


class Condition(NamedTuple):
    """One condition of a service on somebody. `words`: how they stand to it; `asks`: whom it lets in, of whoever it is.

    `when`: when somebody who fails it would meet it, where that can come; "" where it never will, or it is met.
    """

    met: bool
    words: str
    asks: str
    when: str = ""


def fits(service: Service, standing: Standing, *, as_at: date, pilot: Pilot) -> Decision:
    """Whether the service runs on the day and is for this person: all its conditions hold; what is not known fails one.

    The reasons are those against where there are any, else those for. Places are not looked at: a full service still
    fits, and the person waits.
    """
    answers = [*_running(service, as_at, pilot), *_conditions(service, standing, pilot)]
    against = tuple(each.words for each in answers if not each.met)
    met = not against
    reasons = against or tuple(each.words for each in answers)
    return Decision(met=met, reasons=reasons, next_change_on=_next(service, as_at, pilot, met))


def for_whom(service: Service, *, pilot: Pilot) -> tuple[str, ...]:
    """For whom the service is, a condition each, as the pilot file says; of nobody in particular."""
    return tuple(each.asks for each in _conditions(service, Standing(court=ANY_COURT), pilot))


def almost(service: Service, standing: Standing, *, as_at: date, pilot: Pilot) -> str:
    """When the service would be for them, where one condition alone stands in the way, and one that can come; else ""."""
    failed = [each for each in (*_running(service, as_at, pilot), *_conditions(service, standing, pilot)) if not each.met]
    return failed[0].when if len(failed) == 1 else ""


def suits(service: Service, standing: Standing, *, pilot: Pilot) -> bool:
    """Whether the service is for somebody who stands so, on any day on which it runs."""
    return all(each.met for each in _conditions(service, standing, pilot))


def runs(service: Service, as_at: date, *, pilot: Pilot) -> bool:
    """Whether the service runs on the day."""
    start, end = life(service, pilot=pilot)
    return start <= as_at < end


def life(service: Service, *, pilot: Pilot) -> tuple[date, date]:
    """When it runs: from its start, to its end or the pilot's, a day on which it runs no more."""
    return service.start, service.end or pilot.life.end


def _next(service: Service, as_at: date, pilot: Pilot, met: bool) -> date | None:
    _, end = life(service, pilot=pilot)
    if met:
        return end
    return service.start if as_at < service.start else None


def _running(service: Service, as_at: date, pilot: Pilot) -> Iterator[Condition]:
    _, end = life(service, pilot=pilot)
    if runs(service, as_at, pilot=pilot):
        yield Condition(True, f"{service.name} runs since {day(service.start)}", "")
    elif as_at < service.start:
        yield Condition(False, f"{service.name} starts on {day(service.start)}", "", f"from {day(service.start)}")
    else:
        yield Condition(False, f"{service.name} ended on {day(end)}", "")


def _conditions(service: Service, standing: Standing, pilot: Pilot) -> Iterator[Condition]:
    yield from _cohort(service, standing)
    yield from _person(service, standing)
    yield from _place(service, standing, pilot)


def _cohort(service: Service, standing: Standing) -> Iterator[Condition]:
    if service.members:
        words = "a member of the cohort" if standing.member else "not a member of the cohort"
        yield Condition(standing.member, words, "for members of the cohort", "when they are a member of the cohort")
    else:
        met = standing.member or standing.eligible
        asks, when = "for members of the cohort, and people eligible for it", "when they are eligible for the cohort"
        yield Condition(
            met, "in the cohort, or eligible for it" if met else "neither in the cohort nor eligible for it", asks, when
        )


def _person(service: Service, standing: Standing) -> Iterator[Condition]:
    if service.sex is not None:
        asks = f"for {SEXES[service.sex]} only"
        yield Condition(standing.sex == service.sex, asks, asks)
    if service.ages is not None:
        (youngest, oldest), age = service.ages, standing.age
        asks = f"for those of {youngest} to {oldest}"
        met = age is not None and youngest <= age <= oldest
        when = f"when they are {youngest}" if age is not None and age < youngest else ""
        yield Condition(met, f"{asks}, and the age is {'not known' if age is None else age}", asks, when)
    if service.agency is not None:
        asks = f"for those managed by {service.agency}"
        yield Condition(standing.agency == service.agency, asks, asks, f"when they are managed by {service.agency}")
    if service.rag is not None:
        asks, rating = f"for those rated {service.rag}", standing.rag or "not set"
        yield Condition(standing.rag == service.rag, f"{asks}, and the rating is {rating}", asks, f"when rated {service.rag}")


def _place(service: Service, standing: Standing, pilot: Pilot) -> Iterator[Condition]:
    if service.statuses or service.under_requirement:
        met = bool(set(service.statuses) & set(standing.statuses))
        met = met or (standing.requirement and bool(set(service.under_requirement) & set(standing.statuses)))
        told = _one_of_the_statuses(service)
        yield Condition(met, f"for those {told}", f"for those {told}", f"when they are {told}")
    where = standing.borough or "not known"
    if service.resident:
        asks = "for those living in the area"
        words = f"{asks}, and the borough is {where}"
        yield Condition(standing.borough in pilot.boroughs, words, asks, "when they live in the area")
    if service.boroughs:
        asks = f"for those living in {one_of(service.boroughs)}"
        words, when = f"{asks}, and the borough is {where}", f"when they live in {one_of(service.boroughs)}"
        yield Condition(standing.borough in service.boroughs, words, asks, when)
    if service.courts and standing.court:
        asks = f"for cases at {one_of(service.courts)}"
        yield Condition(standing.court in service.courts, f"{asks}, and the court is {standing.court}", asks)


def _one_of_the_statuses(service: Service) -> str:
    """on licence or, under an activity requirement, on a community order"""
    told = [WHERE[status] for status in service.statuses]
    if not service.under_requirement:
        return one_of(told)
    ordered = f"under an activity requirement, {one_of([WHERE[status] for status in service.under_requirement])}"
    return f"{', '.join(told)} or, {ordered}" if told else ordered
