"""What the demonstration's practitioners, managers and people have done on the mental-health pathway, by the actions of anybody.

Hours in every borough; whoever was assessed in the last weeks with what came of it: plans, scores, letters, sessions that they
came to and missed; consultations with their advice. Nobody's words or answers are a real person's.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import cycle

from django.db import transaction

from throughcare.casework.access.queries import allocated, manager_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.queries import members
from throughcare.casework.people.names import named
from throughcare.core.clock import london_date
from throughcare.core.pilot import Pilot
from throughcare.core.times import instant
from throughcare.core.working_days import next_working_day_on_or_after
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health.care import actions as care
from throughcare.strands.mental_health.care.queries import begun, plans_of
from throughcare.strands.mental_health.consultations import actions as consultations
from throughcare.strands.mental_health.scores import actions as scores
from throughcare.strands.mental_health.scores.queries import clinicians
from throughcare.strands.mental_health.slots import actions as slots
from throughcare.strands.mental_health.slots.queries import between, bookings_of, borough_of, free
from throughcare.strands.mental_health.steps import actions as steps
from throughcare.strands.mental_health.steps.paper import letter_of
from throughcare.synthetic.posts import acting_as, reader_of

PRACTITIONER, MANAGER = "health-practitioner", "offender-manager"
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
SINCE = 16 * A_WEEK
"""For so long before the day what was assessed is followed up; older assessments came from the trust, with no more than a day."""

OFFERED = 8, 4
"""Weeks in which hours are offered, and sessions of each day; the weeks begin three before the day."""

AIMS = ("Sleep six hours a night, and be up for the morning's appointments", "Go to the shop and the office without turning back",
        "Notice anger early, and leave before it is too late", "Come through the first weeks after release")  # fmt: skip
SAFETY = "Ring his sister, then the crisis line of the trust; the tablets stay with the sister"
FOUND = {
    "care_plan": "Low mood since the summer, little sleep; wants help", "advice": "Grief, no illness: his manager can support it",
    "step_up": "Hears voices that trouble him; needs the community team", "no_need": "Well, and settled at home",
}  # fmt: skip
WENT = ((codes.CAME, ""), (codes.CAME, ""), (codes.MISSED, "unknown"), (codes.CAME, ""), (codes.CANCELLED, "ill"),
        (codes.CAME, ""), (codes.MISSED, "work"))  # fmt: skip
CORE = ((3, 1, 1, 2, 2, 0, 3, 3, 3, 2), (2, 2, 2, 2, 1, 0, 2, 2, 2, 1), (1, 3, 3, 1, 1, 0, 1, 1, 1, 1))
"""Answers to CORE-10 at the beginning, in the middle and lately."""

PHQ_RISK = (2, 2, 3, 2, 1, 2, 1, 0, 1)
SAID = ((2, 4), (3, 4), (2, 3), (4, 4), (1, 3), (3, 5))
"""Confidence before and after, of who read the advice."""

ADVICE = "See him in the morning, one thing at a time. Ask how he slept. If he talks of ending his life, ring us the same day."
QUESTION = "He misses appointments and does not look at me. How do I begin with him?"


@transaction.atomic
def work_pathway(day: date, pilot: Pilot) -> int:
    """Everything above; gives the number of people followed up."""
    health = reader_of(PRACTITIONER, day)
    _offer(day, pilot.boroughs)
    found = begun(day - SINCE, day)
    known = {each for each in (a.person_id for a in found) if health.may_know(each)}
    theirs = list({a.person_id: a for a in found if a.person_id in known}.values())
    for n, assessment in enumerate(theirs):
        _follow(assessment, n, day)
    _risk_today(health, theirs, day)
    _sessions([assessment.person_id for assessment in theirs], day)
    _consultations(health, day)
    return len(theirs)


def _offer(day: date, boroughs: Sequence[str]) -> None:
    """Each practitioner in another borough on each weekday."""
    first, (weeks, number) = day - timedelta(days=day.weekday()) - 3 * A_WEEK, OFFERED
    posts = clinicians()
    for n, borough in enumerate(boroughs):
        post, on = posts[n % len(posts)], first + (n // len(posts)) * A_DAY
        slots.offer(reader=reader_of(PRACTITIONER, on), post=post, borough=borough, place="Probation office", on=on,
                    at=time(10), minutes=60, number=number, weeks=weeks)  # fmt: skip


def _follow(assessment: care.m.Assessment, n: int, day: date) -> None:
    """What came of an assessment, its plan and its scores; of the fifth nobody has said yet."""
    person, on = assessment.person_id, assessment.started_on
    then = reader_of(PRACTITIONER, on)
    care.check_team(reader=then, person=person, answer="no" if n % 4 else "yes", team="" if n % 4 else "Homerton community team")
    plan = next(iter(plans_of(person)), None)
    outcome = "care_plan" if plan else ("advice", "step_up", "no_need")[n % 3]
    if n % 5 != 4 or plan:
        care.conclude(
            reader=then, assessment=assessment, outcome=outcome, on=on, text=FOUND[outcome], trust_record=f"T-{4400 + n}"
        )
    if outcome == "step_up":
        _letter(person, n, day)
    if plan is not None and plan.started_on < day:
        _work(plan, n, day)


def _work(plan: care.m.CarePlan, n: int, day: date) -> None:
    """What the plan says, a review of some, answers at the beginning, in the middle and lately."""
    start = plan.started_on
    then, next_on = reader_of(PRACTITIONER, start), start + 4 * A_WEEK
    care.write(reader=then, plan=plan, aims=AIMS[n % len(AIMS)], safety=SAFETY if n % 2 else "", review_on=next_on)
    if next_on < day and n % 3:
        again = max(next_on + 4 * A_WEEK, day + (n % 4) * A_WEEK - 3 * A_DAY)
        care.review(reader=reader_of(PRACTITIONER, next_on), plan=plan, outcome="goes_on", on=next_on, next_on=again,
                    text="Sleeps better; wants to go on")  # fmt: skip
    days = sorted({start, start + (day - start) / 2, day - A_DAY})
    for given, on in zip(CORE, days, strict=False):
        scores.keep(reader=reader_of(PRACTITIONER, on), person=plan.person_id, scale="core_10", given=given, on=on,
                    clinician=then.acting[0], at=instant(on, time(11)))  # fmt: skip


def _letter(person: int, n: int, day: date) -> None:
    on = next_working_day_on_or_after(day - (4 + n % 7) * A_DAY)
    then, told = reader_of(PRACTITIONER, on), {"service": "community", "to": "Community mental health team, Homerton Row"}
    why = "He hears voices that trouble him, and has no team. Please see him; he will come with his manager."
    paper = letter_of(who=named([person], known=[person])[person], person=person, why=why, scores=True, signer=then.account.shown,
                      day=on, **told)  # fmt: skip
    made = steps.step_up(reader=then, person=person, why=why, letter=paper, **told)
    if n % 2:
        steps.answered(reader=reader_of(PRACTITIONER, day - A_DAY), step=made, answer="waiting_list")


def _risk_today(health: Reader, theirs: Sequence[care.m.Assessment], day: date) -> None:
    """Two people answered that they would be better off dead: one two weeks ago, and somebody saw to it; one this morning."""
    under = [each.person_id for each in theirs if plans_of(each.person_id)]
    for person, on in zip(under, (day, day - 2 * A_WEEK), strict=False):
        then, at = reader_of(PRACTITIONER, on), instant(on, time(9, 20))
        _, risk = scores.keep(reader=then, person=person, scale="phq_9", given=PHQ_RISK, on=on, clinician=health.acting[0], at=at)
        if risk is not None and on < day:
            scores.respond(reader=then, risk=risk, what="not_reached", text="Rang twice, left word with his sister", at=at)
            scores.respond(reader=then, risk=risk, what="safety_plan", at=instant(on, time(12)),
                           text="Spoke at noon: no plan to act on it, a safety plan is agreed")  # fmt: skip


def _sessions(people: Sequence[int], day: date) -> None:
    """Of the hours in each borough those of its people: past ones with how they went, some missed and booked again, some to come.

    Yesterday's are still to be told.
    """
    by_borough = defaultdict(list)
    for person in people:
        by_borough[borough_of(person, day)].append(person)
    turns = {borough: cycle(theirs) for borough, theirs in by_borough.items()}
    went = cycle(WENT)
    for n, slot in enumerate(between(day - SINCE, day + (5 - day.weekday()) * A_DAY)):
        if slot.borough not in turns or n % 4 == 3 or slot.bookings.exists():
            continue
        person, on = next(turns[slot.borough]), london_date(slot.starts_at)
        if any(london_date(each.slot.starts_at) == on for each in bookings_of(person)):
            continue
        early = reader_of(PRACTITIONER, on - A_WEEK)
        purpose = "direct" if plans_of(person) else "assessment"
        booked = slots.book(reader=early, person=person, slot=slot, purpose=purpose, at=slot.starts_at - A_WEEK)
        if on < day - A_DAY:
            how, reason = next(went)
            slots.tell(reader=reader_of(PRACTITIONER, on), booking=booked, how=how, reason=reason, at=slot.ends_at)
            if how == codes.MISSED and n % 2:
                at = instant(on, time(16))
                other = free(at, 14, first=slot.borough)[0]
                slots.book_again(reader=reader_of(PRACTITIONER, on), booking=booked, slot=other, at=at)


def _consultations(health: Reader, day: date) -> None:
    """The demonstration's manager: one advice read, one to read, one question that waits; other managers said how it helped."""
    inside = set(members(day)["person"])
    mine = reader_of(MANAGER, day)
    caseload = allocated(mine.acting, day).order_by("pk").values_list("person", flat=True)
    able = [each for each in caseload if each in inside and mine.may_know(each) and health.may_know(each)]
    for n, person in enumerate(able[:3]):
        _consult(reader_of(MANAGER, next_working_day_on_or_after(day - (8 - n) * A_DAY)), person, n, read=n == 0, answered=n < 2)
    others = [each.person_id for each in reversed(begun(date.min, day)) if each.person_id in inside]
    for n, person in enumerate(dict.fromkeys(others)):
        post = manager_of(person, day)
        holder = post.holdings.filter(cover=False).first() if post and post not in mine.acting else None
        if holder is not None and n < len(SAID) * 2 and health.may_know(person):
            on = next_working_day_on_or_after(day - (9 + n) * A_DAY)
            _consult(acting_as(holder.account, post, on), person, n, read=True, answered=True)


def _consult(reader: Reader, person: int, n: int, *, read: bool, answered: bool) -> None:
    before, after = SAID[n % len(SAID)]
    asked = consultations.ask(reader=reader, person=person, question=QUESTION, before=before)
    if not answered:
        return
    on = next_working_day_on_or_after(reader.day + A_DAY)
    held = consultations.consult(
        reader=reader_of(PRACTITIONER, on), person=person, with_whom="offender_manager", held_on=on, advice=ADVICE,
        trust_record=f"T-{4600 + n}", asked=asked,
    )  # fmt: skip
    if read:
        consultations.read(reader=acting_as(reader.account, asked.post, on), advice=held.advice, after=after)
