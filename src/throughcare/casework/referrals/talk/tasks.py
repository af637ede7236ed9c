"""What waits about questions on referrals: for the side that was asked, to answer; for the one that asks, the answer.

The words never say what was asked.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.referrals.models import Question
from throughcare.casework.referrals.talk.codes import PROVIDER, SENDER
from throughcare.casework.referrals.talk.queries import of_senders, waiting
from throughcare.core.clock import london_date
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task


def for_senders(reader: Reader, names: Mapping[str, str]) -> Iterator[Task]:
    """For whoever sent the referral, and whoever manages the person."""
    for side, question in of_senders(reader):
        yield _task(question, names, mine=side == SENDER)


def for_the_desk(referrals: QuerySet, names: Mapping[str, str]) -> Iterator[Task]:
    """On the referrals of a provider's desk, or of a pathway."""
    found: Iterable[Question] = [*waiting(SENDER, referrals), *waiting(PROVIDER, referrals)]
    for question in found:
        yield _task(question, names, mine=question.side == PROVIDER)


def _task(question: Question, names: Mapping[str, str], *, mine: bool) -> Task:
    service = question.referral.service
    name, on = names.get(service, service), london_date(question.asked_at)
    who = "the provider asks" if question.side == PROVIDER else "who sent it asks"
    words = "no answer to your side's question yet" if mine else f"{who} something"
    return Task(
        key=f"referrals.question:{question.pk}:{'asked' if mine else 'to-answer'}", person=question.referral.person_id,
        kind="Questions without an answer" if mine else "Questions to answer", row=f"service:{service}", harm=3, due_on=on,
        waiting=mine, elsewhere=False, words=f"Referral to {name}: {words}, since {weekday_in_words(on)}",
        act=("Open the question" if mine else "Answer", reverse("referral-question", kwargs={"question": question.pk})),
    )  # fmt: skip
