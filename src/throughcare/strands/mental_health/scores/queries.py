"""Reading answers with their scores, and risks that wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.queries import holders, vacant
from throughcare.casework.access.reader import Reader
from throughcare.rules.outcome_scores import SCALES, Scale, Scored, score
from throughcare.strands.mental_health import models as m

HEALTH, CLINICAL = "health_practitioner", "clinical"
LEFT_OUT = "-"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Answers with what they come to."""

    answers: m.Answers
    scale: Scale
    scored: Scored


def as_text(given: Sequence[int | None]) -> str:
    """Answers as they are kept: a digit each."""
    return "".join(LEFT_OUT if each is None else str(each) for each in given)


def as_answers(text: str) -> list[int | None]:
    return [None if each == LEFT_OUT else int(each) for each in text]


def scored(answers: m.Answers) -> Kept:
    """The answers with their score, worked out anew."""
    scale = SCALES[answers.scale]
    return Kept(answers=answers, scale=scale, scored=score(scale, as_answers(answers.given)))


def scores_of(person: int) -> list[Kept]:
    """All that the person answered, the oldest first; not what was typed wrong."""
    found = m.Answers.objects.filter(person=person, wrong=False).order_by("on", "pk")
    return [scored(each) for each in found]


def latest(person: int) -> list[Kept]:
    """Of each scale the newest."""
    return list({each.scale.slug: each for each in scores_of(person)}.values())


def open_risks() -> QuerySet[m.Risk]:
    """Risks without a response that closes them, the oldest first."""
    return m.Risk.objects.filter(closed_at=None).select_related("answers", "post").order_by("at", "pk")


def risks_for(reader: Reader) -> list[m.Risk]:
    """Those that wait for the reader: of its own posts and those it covers; of posts that nobody holds or covers; late ones, of
    every practitioner.
    """
    mine = reader.held(HEALTH)
    if not mine:
        return []
    empty = vacant(reader.day).order_by().values("pk")
    return list(open_risks().filter(Q(post__in=mine) | Q(post__in=empty) | ~Q(escalated_at=None)))


def clinicians() -> list[Post]:
    """The practitioners' posts."""
    return list(Post.objects.filter(role=HEALTH, closed_on=None).order_by("title", "pk"))


def responders(reader: Reader, person: int) -> list[Post]:
    """The practitioners' posts that can be asked to respond: not one whose holders are all kept from the person. A vacant one
    can: its work is every practitioner's.
    """
    posts = clinicians()
    held = holders(posts, reader.day)
    return [post for post in posts if post.pk not in held or any(_may_know(reader, h.account, person) for h in held[post.pk])]


def _may_know(reader: Reader, account: Account, person: int) -> bool:
    return replace(reader, account=account, _asked={}).may_know(person)


def risk_of(answers: m.Answers) -> m.Risk | None:
    return answers.raised if hasattr(answers, "raised") else None
