"""Reading vacancies, whom they fit, applications, and what a letter to an employer says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import providers_of
from throughcare.core.dates import day_in_words
from throughcare.design.paper import Block, Paper, facts, words
from throughcare.rules.work_fit import Fit, Job, fit, hours_between
from throughcare.strands.employment.models import Application, Disclosure, Vacancy
from throughcare.strands.employment.readiness.codes import LICENCES
from throughcare.strands.employment.readiness.queries import Ready, ready_of, seekers
from throughcare.strands.employment.vacancies import codes


def state_of_vacancy(vacancy: Vacancy, day: date) -> str:
    """Open, filled or closed on the day. Its last day to apply is a day to apply."""
    if len(vacancy.filled.all()) >= vacancy.places:
        return codes.FILLED
    over = vacancy.closes_on is not None and vacancy.closes_on < day
    return codes.CLOSED if over or vacancy.closed_on is not None else codes.OPEN


def vacancies() -> list[Vacancy]:
    """All of them, those that close first at the top, then those without an end by the day they were kept."""
    found = list(Vacancy.objects.prefetch_related("filled").order_by("-opened_on", "-pk"))
    return sorted(found, key=lambda v: (v.closes_on is None, v.closes_on))


def step_of(application: Application) -> str:
    """Where an application stands."""
    return application.answer or (codes.INTERVIEW if application.interview_on else codes.SENT)


def applications_of(referrals: Iterable[int]) -> list[Application]:
    """The latest first, each with its vacancy and who filled it."""
    return list(_with_vacancy().filter(referral__in=list(referrals)).order_by("-sent_on", "-pk"))


def _with_vacancy() -> QuerySet[Application]:
    return Application.objects.select_related("vacancy", "referral").prefetch_related("vacancy__filled__placement")


def applications_of_vacancy(vacancy: Vacancy) -> list[Application]:
    """The latest first."""
    return list(_with_vacancy().filter(vacancy=vacancy).order_by("-sent_on", "-pk"))


def in_hand(application: Application) -> bool:
    """Whether something is still expected of it: no refusal, not withdrawn, and it has not led to work."""
    return application.answer in ("", codes.OFFERED) and not led_to_work(application)


def led_to_work(application: Application) -> bool:
    """Whether a placement of the same referral fills, or filled, the vacancy."""
    return any(terms.placement.referral_id == application.referral_id for terms in application.vacancy.filled.all())


def job_of(vacancy: Vacancy) -> Job:
    """The vacancy as the rule knows it."""
    shift = hours_between(vacancy.shift_from, vacancy.shift_until)
    return Job(
        borough=vacancy.borough, hours_a_week=vacancy.hours_a_week, hours=shift, disclosure=vacancy.disclosure,
        licences=frozenset(filter(None, [vacancy.licence])), involves=frozenset(vacancy.involves.split()),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Match:
    """Somebody who looks for work, beside one vacancy. `ready`: the broker has said that they may be put forward."""

    referral: int
    person: int
    fit: Fit
    ready: bool


def matches(vacancy: Vacancy, referrals: Collection[Referral], day: date) -> list[Match]:
    """Those of these people who may be put forward and whom nothing bars first, then who is not ready, then who cannot."""
    standing = ready_of(referral.pk for referral in referrals)
    persons = {referral.pk: referral.person_id for referral in referrals}
    found = seekers(standing, persons, day, place=vacancy.place)
    told = [
        Match(referral=pk, person=persons[pk], ready=standing[pk].looks(day),
              fit=fit(job_of(vacancy), seeker, licence_words=LICENCES.items()))
        for pk, seeker in found.items()
    ]  # fmt: skip
    return sorted(told, key=lambda match: (bool(match.fit.cannot), not match.ready, len(match.fit.ask), match.referral))


def fit_of(referral: Referral, vacancy: Vacancy, day: date) -> Fit:
    """How one vacancy fits one person on the day."""
    return matches(vacancy, [referral], day)[0].fit


def letter_of(application: Application, day: date, telephone: str = "") -> tuple[Paper, Disclosure | None]:
    """The letter to the employer as it would be written on the day, and the agreement under which it tells what it tells.
    `telephone`: of the post that writes it.

    It names neither the pilot nor its provider, whose name alone may tell that somebody has convictions, and has no word of
    convictions, unless the person agreed to that.
    """
    vacancy, ready = application.vacancy, ready_of([application.referral_id])[application.referral_id]
    person = Person.objects.get(pk=application.referral.person_id)
    name = " ".join(filter(None, (person.forenames, person.surname))) or "The person I put forward"
    ring = f" My telephone is {telephone}." if telephone else ""
    paper = Paper(title=f"{vacancy.job}: {name}", to=vacancy.employer, day=day_in_words(day), blocks=(
        words("Hello"),
        words(f"I put forward {name} for the job of {vacancy.job} in {vacancy.borough}."),
        *_held(ready, day),
        *(words(said) for said in _agreed(ready.agreed, name, providers_of(application.referral))),
        words(f"Please tell me whether you want to meet {name}, and when.{ring}"),
        words("Kind regards"),
    ))  # fmt: skip
    return paper, ready.agreed


def _held(ready: Ready, day: date) -> list[Block]:
    held = [LICENCES[code] for code in (ready.looking.licences.split() if ready.looking else [])]
    told = [facts(("Licences and certificates", ", ".join(held)))] if held else []
    if ready.may_work(day):
        told.append(words("I have seen evidence of the right to work. The law asks you to check it too, before the first day."))
    return told


def _agreed(agreed: Disclosure | None, name: str, providers: Collection[str]) -> list[str]:
    """What may be told by agreement, and that it was agreed on that day."""
    if agreed is None:
        return []
    on, pilot = day_in_words(agreed.agreed_on), current_pilot()
    told = []
    if agreed.pilot:
        with_whom = ", ".join(each.name for each in pilot.providers if each.slug in providers)
        part = f"{pilot.letters.own_name}{f', with {with_whom}' if with_whom else ''}"
        told.append(f"I help people into work as part of {part}. {name} agreed on {on} that I tell you so.")
    if agreed.convictions:
        told.append(f"{name} has one or more convictions, and agreed on {on} that I tell you so. I tell you no more of them: "
                    f"{name} will speak with you about them.")  # fmt: skip
    return told
