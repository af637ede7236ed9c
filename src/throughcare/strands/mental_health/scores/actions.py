"""Keeping answers to an outcome scale; what follows from an answer that is a risk, until somebody has responded.

A risk is for the named practitioner's post, whoever holds or covers it. It is closed by a response that says what was done, and
by nothing else: it can be neither put off nor done elsewhere.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import holders
from throughcare.casework.access.reader import Reader
from throughcare.casework.notices.actions import tell
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import has_come
from throughcare.rules.outcome_scores import SCALES, score
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused, keeping, one_of
from throughcare.strands.mental_health.scores import queries


def keep(
    *, reader: Reader, person: int, scale: str, given: Sequence[int | None], on: date, clinician: Post, at: datetime
) -> tuple[m.Answers, m.Risk | None]:  # fmt: skip
    """Keeps the answers of a day; one that is a risk opens a task for the clinician's post, in the same transaction.

    Refused: a scale that the service does not use; answers that the form does not have, or none at all; a day to come; a
    clinician who is none, or who is kept from the person.
    """
    has_come(on, today=reader.day, record=f"person {person}")
    one_of(scale, current_pilot().health.scales, what="That scale is not used here")
    if all(each is None for each in given):
        raise HealthRefused(what="Nothing was answered", record=f"person {person}", expected="answers", mend="enter them")
    if clinician.role != queries.HEALTH or clinician.closed_on is not None:
        raise HealthRefused(what="That is no practitioner's post", record=clinician.slug, expected="a mental-health practitioner",
                            mend="choose one of the list")  # fmt: skip
    if clinician not in queries.responders(reader, person):
        raise HealthRefused(what="That practitioner cannot see this person", record=clinician.slug, expected="one who may",
                            mend="choose another of the list")  # fmt: skip
    found = score(SCALES[scale], given)
    with keeping(by=reader.by) as about:
        answers = m.Answers(person_id=person, scale=scale, given=queries.as_text(given), on=on, by=reader.by)
        answers.save()
        about(answers, person)
        if not found.risk:
            return answers, None
        with keeping(by=reader.by) as of_risk:
            risk = m.Risk(answers=answers, post=clinician, at=at)
            risk.save()
            of_risk(risk, person)
    return answers, risk


def respond(*, reader: Reader, risk: m.Risk, what: str, text: str, at: datetime) -> m.Response:
    """Keeps what was done. It closes the risk, unless the person was not reached. Refused: without words; where it is closed."""
    one_of(what, codes.RESPONSES, what="That is no response")
    if not text.strip():
        raise HealthRefused(what="It is not said what was done", record=f"task {risk.pk}", expected="what was done, in words",
                            mend="write it")  # fmt: skip
    with keeping(by=reader.by) as about:
        now = m.Risk.objects.select_for_update(of=("self",)).select_related("answers").get(pk=risk.pk)
        if now.closed_at is not None:
            raise HealthRefused(what="Somebody has responded already", record=f"task {now.pk}", expected="one that is open",
                                mend="read what was done")  # fmt: skip
        made = m.Response(risk=now, what=what, text=text.strip(), at=at, by=reader.by)
        made.save()
        about(made, now.answers.person_id)
        if what != codes.NOT_REACHED:
            now.closed_at = at
            now.save()
    return made


def typed_wrong(*, reader: Reader, answers: m.Answers) -> None:
    """The answers were typed wrong, and count no more. Refused while they are a risk without a response."""
    with keeping(by=reader.by) as about:
        now = m.Answers.objects.select_for_update().get(pk=answers.pk)
        if m.Risk.objects.filter(answers=now, closed_at=None).exists():
            raise HealthRefused(
                what="There is a risk in these answers, and nobody has responded", record=f"answers {now.pk}",
                expected="a response first", mend="respond to it: that the answer was typed wrong is one of the responses",
            )  # fmt: skip
        now.wrong = True
        now.save()
        about(now, now.person_id)


def escalate(by: str, at: datetime) -> None:
    """Tells the other practitioners of risks that wait for longer than the pilot file lets them; where nobody holds or covers any
    practitioner's post, whoever runs the pilot is told that, and of whom and what it is about nothing.

    Each once. Safe to repeat.
    """
    late = at - timedelta(hours=current_pilot().health.risk_hours)
    for risk in queries.open_risks().filter(escalated_at=None, at__lte=late):
        posts = [post for post in queries.clinicians() if post.pk != risk.post_id]
        held = holders([*posts, risk.post], london_date(at))
        person = risk.answers.person_id
        with keeping(by=by) as about:
            now = m.Risk.objects.select_for_update().get(pk=risk.pk)
            if now.closed_at is not None or now.escalated_at is not None:
                continue
            now.escalated_at = at
            now.save()
            about(now, person)
            tell(
                by=by, key=f"mental_health.told:{risk.pk}", at=at, posts=[*posts, risk.post], person=person, row=queries.CLINICAL,
                words=f"Something for today waits for longer than {current_pilot().health.risk_hours} hours",
                address=reverse("health-response", kwargs={"risk": risk.pk}),
            )  # fmt: skip
            if not held:
                managers = Post.objects.filter(role="pilot_manager", closed_on=None)
                tell(
                    by=by, key=f"mental_health.nobody:{risk.pk}", at=at, posts=list(managers), address=reverse("help"),
                    words="Nobody holds or covers a mental-health practitioner's post, and work for today waits there",
                )  # fmt: skip
