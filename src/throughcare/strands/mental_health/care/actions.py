"""Direct work, from the question whether a team sees the person already to the end of the plan.

`reader` is who acts, on its day. Every verb refuses a day to come and a code that is not on its list.
"""

from datetime import date

from django.db import transaction

from throughcare.casework.access.reader import Reader
from throughcare.core.dates import has_come
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import (
    HealthRefused,
    begin_care_plan,
    keeping,
    one_of,
    start_assessment,
    start_intervention,
)
from throughcare.strands.mental_health.care import queries


def check_team(*, reader: Reader, person: int, answer: str, team: str = "") -> m.TeamCheck:
    """Whether the person is already under a mental-health team, and which. Refused: yes, without which."""
    one_of(answer, codes.TEAM, what="That is no answer")
    if answer == "yes" and not team.strip():
        raise HealthRefused(what="It is not said which team", record=f"person {person}", expected="the team",
                            mend="write which team it is, and how to reach it")  # fmt: skip
    with keeping(by=reader.by) as about:
        made = m.TeamCheck(
            person_id=person, answer=answer, team=team.strip() if answer == "yes" else "", on=reader.day, by=reader.by
        )
        made.save()
        about(made, person)
    return made


def assess(*, reader: Reader, person: int, started_on: date, although: str = "") -> m.Assessment:
    """An assessment starts. Refused: before it was asked whether a team sees the person; under one, without a reason."""
    has_come(started_on, today=reader.day, record=f"person {person}")
    checked = queries.team_of(person)
    if checked is None:
        raise HealthRefused(
            what="Nobody has asked whether the person is already under a team", record=f"person {person}",
            expected="that question first", mend="answer it, and then begin",
        )  # fmt: skip
    if checked.answer == "yes":
        one_of(although, codes.ALTHOUGH, what="The person is under a team already, and no reason is given")
    return start_assessment(by=reader.by, person_id=person, started_on=started_on)


def conclude(
    *, reader: Reader, assessment: m.Assessment, outcome: str, on: date, text: str = "", trust_record: str = ""
) -> m.Finding:  # fmt: skip
    """What the assessment came to; said again, the last word holds. Refused: before it started; without a word of it."""
    has_come(on, today=reader.day, record=f"assessment {assessment.pk}")
    one_of(outcome, codes.FINDINGS, what="That is no outcome of an assessment")
    if on < assessment.started_on or not (text.strip() or trust_record.strip()):
        raise HealthRefused(
            what="The outcome cannot be kept", record=f"assessment {assessment.pk}",
            expected=f"a day from {assessment.started_on}, and what was found or the trust's record number",
            mend="correct the day, or write it",
        )  # fmt: skip
    with keeping(by=reader.by) as about:
        made = m.Finding(
            assessment=assessment, outcome=outcome, on=on, text=text.strip(), trust_record=trust_record.strip(), by=reader.by
        )
        made.save()
        about(made, assessment.person_id)
    return made


@transaction.atomic
def plan(*, reader: Reader, person: int, started_on: date, aims: str, safety: str, review_on: date) -> m.CarePlan:
    """A care plan begins, with what it says. Refused: while another goes on; without aims; a review that is not to come."""
    has_come(started_on, today=reader.day, record=f"person {person}")
    if queries.running_plan(person) is not None:
        raise HealthRefused(
            what="A care plan goes on already", record=f"person {person}", expected="one at a time",
            mend="change the one that there is, or end it at a review",
        )  # fmt: skip
    made = begin_care_plan(by=reader.by, person_id=person, started_on=started_on)
    write(reader=reader, plan=made, aims=aims, safety=safety, review_on=review_on)
    return made


def write(*, reader: Reader, plan: m.CarePlan, aims: str, safety: str, review_on: date) -> m.PlanText:
    """What the plan says from now on; what it said before is kept. Refused: of a plan that has ended."""
    _goes_on(plan)
    if not aims.strip() or review_on <= reader.day:
        raise HealthRefused(
            what="The plan is not whole", record=f"care plan {plan.pk}", expected="aims, and a review after today",
            mend="write the aims, or choose a day to come",
        )  # fmt: skip
    with keeping(by=reader.by) as about:
        made = m.PlanText(
            plan=plan, aims=aims.strip(), safety=safety.strip(), review_on=review_on, on=reader.day, by=reader.by
        )
        made.save()
        about(made, plan.person_id)
    return made


def intervene(*, reader: Reader, plan: m.CarePlan, kind: str, started_on: date) -> m.Intervention:
    """Direct work of a kind of the list starts under the plan. Refused: before the plan; a kind that goes on already."""
    has_come(started_on, today=reader.day, record=f"care plan {plan.pk}")
    _goes_on(plan)
    if any(each.kind == kind and queries.end_of(each) is None for each in queries.interventions_of(plan.person_id)):
        raise HealthRefused(what="That goes on already", record=kind, expected="a kind that does not", mend="end the first one")
    if started_on < plan.started_on:
        raise HealthRefused(what="That is before the plan", record=str(started_on), expected=f"{plan.started_on} or later",
                            mend="correct the day")  # fmt: skip
    return start_intervention(by=reader.by, person_id=plan.person_id, kind=kind, started_on=started_on)


def end_intervention(*, reader: Reader, intervention: m.Intervention, how: str, on: date) -> m.InterventionEnd:
    """Direct work of a kind is over. Refused: over already; before it started."""
    has_come(on, today=reader.day, record=f"intervention {intervention.pk}")
    one_of(how, codes.ENDS, what="That is no way in which it ends")
    with keeping(by=reader.by) as about:
        now = m.Intervention.objects.select_for_update().get(pk=intervention.pk)
        if on < now.started_on or m.InterventionEnd.objects.filter(intervention=now).exists():
            raise HealthRefused(
                what="That cannot end", record=f"intervention {now.pk}", expected=f"work that goes on, from {now.started_on}",
                mend="correct the day, or leave it",
            )  # fmt: skip
        made = m.InterventionEnd(intervention=now, how=how, on=on, by=reader.by)
        made.save()
        about(made, now.person_id)
    return made


def review(*, reader: Reader, plan: m.CarePlan, outcome: str, on: date, text: str, next_on: date | None) -> m.Review:
    """The plan was looked at with the person; "ended" ends it. Refused: without the next day where it goes on; after its end."""
    has_come(on, today=reader.day, record=f"care plan {plan.pk}")
    one_of(outcome, codes.REVIEWS, what="That is no outcome of a review")
    _goes_on(plan)
    ends = outcome == "ended"
    if on < plan.started_on or (not ends and (next_on is None or next_on <= reader.day)):
        raise HealthRefused(
            what="The review cannot be kept", record=f"care plan {plan.pk}",
            expected=f"a day from {plan.started_on}, and the next review after today, unless the plan ends",
            mend="correct the days",
        )  # fmt: skip
    with keeping(by=reader.by) as about:
        made = m.Review(
            plan=plan, outcome=outcome, on=on, text=text.strip(), next_on=None if ends else next_on, by=reader.by
        )
        made.save()
        about(made, plan.person_id)
    return made


def _goes_on(plan: m.CarePlan) -> None:
    if queries.ended(plan):
        raise HealthRefused(what="The plan has ended", record=f"care plan {plan.pk}", expected="one that goes on",
                            mend="begin another one")  # fmt: skip
