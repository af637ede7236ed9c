"""Vacancies and applications: opened, closed, sent, answered; the letter that goes to the employer.

`by` is the account that acts, `today` the day on which it does, `on` the day of the fact.
"""

from dataclasses import asdict, dataclass
from datetime import date, time

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.design.paper import kept
from throughcare.strands.employment.checks import a_part_of_the_day, coded, since, takes_part
from throughcare.strands.employment.models import Application, EmployerLetter, Vacancy
from throughcare.strands.employment.readiness.codes import INVOLVES, LICENCES
from throughcare.strands.employment.vacancies import codes
from throughcare.strands.employment.vacancies.queries import (
    applications_of,
    fit_of,
    in_hand,
    led_to_work,
    letter_of,
    state_of_vacancy,
    step_of,
)


class NotAVacancy(UserError):
    """A vacancy without employer or job, that closes before it opens, of no place, or in a borough that the pilot has not."""


class NotOpen(UserError):
    """A vacancy that is filled or closed already."""


class NotApplied(UserError):
    """A second application in hand to one vacancy, or for work that something stands in the way of."""


class NotTheNextStep(UserError):
    """A step of an application that does not follow the present one, or lacks its reason."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an employer says of a vacancy; None and "": not known. `involves`, `licence`: codes."""

    employer: str
    job: str
    borough: str
    place: str = ""
    pence_an_hour: int | None = None
    hours_a_week: int | None = None
    shift_from: time | None = None
    shift_until: time | None = None
    licence: str = ""
    involves: tuple[str, ...] = ()
    disclosure: bool = False
    places: int = 1
    closes_on: date | None = None


def open_vacancy(*, by: str, told: Told, on: date) -> Vacancy:
    """An employer offers a job."""
    _whole(told, on)
    with recording(by=by, verb="employment.open_vacancy") as entry:
        row = Vacancy(**asdict(told) | {"involves": " ".join(told.involves)}, opened_on=on, by=by)
        row.save()
        entry.about(row)
    return row


def change_vacancy(*, by: str, vacancy: Vacancy, told: Told) -> Vacancy:
    """What is told of it now. Refused: of one that is closed, and fewer places than are filled."""
    _whole(told, vacancy.opened_on)
    with recording(by=by, verb="employment.change_vacancy") as entry:
        row = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if row.closed_on is not None or told.places < len(row.filled.all()):
            raise NotOpen(
                what="This vacancy cannot be changed so", record=f"vacancy {row.pk}",
                expected="one that is not closed, with as many places as are filled", mend="open another",
            )  # fmt: skip
        for name, value in (asdict(told) | {"involves": " ".join(told.involves)}).items():
            setattr(row, name, value)
        row.save()
        entry.about(row)
    return row


def _whole(told: Told, on: date) -> None:
    coded(told.involves, INVOLVES)
    coded([told.licence] if told.licence else [], LICENCES)
    a_part_of_the_day(told.shift_from, told.shift_until, record="vacancy")
    known = told.borough in current_pilot().boroughs
    if not told.employer.strip() or not told.job.strip() or not known or told.places < 1 or (told.closes_on or on) < on:
        raise NotAVacancy(
            what="The vacancy is not whole", record=f"{told.employer}: {told.job}",
            expected="an employer, a job, a borough of the pilot, a place or more, and no end before today",
            mend="correct what is missing",
        )  # fmt: skip


def close(*, by: str, vacancy: Vacancy, why: str, on: date) -> Vacancy:
    """It is offered no more. Applications in hand stay until they are answered."""
    coded([why], codes.CLOSED_WHY)
    with recording(by=by, verb="employment.close_vacancy") as entry:
        row = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if row.closed_on is not None:
            raise NotOpen(what="It is closed already", record=f"vacancy {row.pk}", expected="one that is not", mend="look again")
        row.closed_on, row.closed_why = on, why
        row.save()
        entry.about(row)
    return row


def open_again(*, by: str, vacancy: Vacancy) -> Vacancy:
    """It was closed by mistake. Refused where it is not closed."""
    with recording(by=by, verb="employment.open_vacancy_again") as entry:
        row = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if row.closed_on is None:
            raise NotOpen(what="It is not closed", record=f"vacancy {row.pk}", expected="one that is", mend="look again")
        row.closed_on, row.closed_why = None, ""
        row.save()
        entry.about(row)
    return row


def apply(*, by: str, referral: Referral, vacancy: Vacancy, on: date) -> Application:
    """Puts somebody forward. Refused: a vacancy that is not open, a second application in hand, and where something bars the job:
    nobody is sent to work that a condition keeps them from.
    """
    with recording(by=by, verb="employment.apply") as entry:
        found = takes_part(referral)
        row = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if state_of_vacancy(row, on) != codes.OPEN:
            raise NotOpen(
                what="This vacancy is not open", record=f"vacancy {row.pk}", expected="an open one", mend="choose another"
            )
        already = any(in_hand(each) for each in applications_of([found.pk]) if each.vacancy_id == row.pk)
        bars = fit_of(found, row, on).cannot
        if already or bars:
            raise NotApplied(
                what="They are put forward already" if already else f"They cannot: {'; '.join(bars)}",
                record=f"referral {found.pk}, vacancy {row.pk}", expected="somebody whom nothing bars, not put forward yet",
                mend="go on with that application" if already else "choose another vacancy, or correct what stands in the way",
            )  # fmt: skip
        made = Application(referral=found, vacancy=row, sent_on=on, by=by)
        made.save()
        entry.about(made, person_id=found.person_id)
        entry.details = {"vacancy": row.pk}
    return made


def step(*, by: str, application: Application, to: str, on: date, today: date, reason: str = "") -> Application:
    """An interview on a day, which may be to come; an offer, a refusal with its reason, or that it is withdrawn."""
    with recording(by=by, verb="employment.application_step") as entry:
        row = Application.objects.select_for_update(of=("self",)).select_related("referral").get(pk=application.pk)
        listed = codes.REASONS.get(to, {})
        if to not in codes.NEXT[step_of(row)] or (reason not in listed if listed else reason) or led_to_work(row):
            raise NotTheNextStep(
                what=f"{codes.STEPS.get(to, to)} does not follow", record=f"application {row.pk}, {step_of(row)}",
                expected="the next step, with its reason where one is asked", mend="look how it stands now",
            )  # fmt: skip
        if to == codes.INTERVIEW:
            if on < row.sent_on:
                raise NotTheNextStep(
                    what=f"No interview was on {day_in_words(on)}", record=f"application {row.pk}",
                    expected=f"a day from {day_in_words(row.sent_on)} on", mend="correct the day",
                )  # fmt: skip
            row.interview_on = on
        else:
            since(on, row.answered_on or row.sent_on, today=today, record=f"application {row.pk}")
            row.answer, row.answered_on, row.reason = to, on, reason
        row.save()
        entry.about(row, person_id=row.referral.person_id)
        entry.details = {"to": to, "reason": reason}
    return row


def write_letter(*, by: str, application: Application, on: date, telephone: str = "") -> EmployerLetter:
    """Writes the letter to the employer, of what the person agreed to today and no more, and keeps it as it is.

    `telephone`: of the post that writes it.
    """
    with recording(by=by, verb="employment.write_letter") as entry:
        row = Application.objects.select_for_update(of=("self",)).select_related("referral", "vacancy").get(pk=application.pk)
        paper, agreed = letter_of(row, on, telephone)
        letter = EmployerLetter(
            application=row, on=on, content=kept(paper), by=by, told_pilot=bool(agreed and agreed.pilot),
            told_convictions=bool(agreed and agreed.convictions),
        )  # fmt: skip
        letter.save()
        entry.about(letter, person_id=row.referral.person_id)
        entry.details = {"pilot": letter.told_pilot, "convictions": letter.told_convictions}
    return letter
