"""Reading training: events, who has not had what, what of the ratings may be shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from throughcare.casework.access.models import Account, Holding, Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness import models as m
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot_awareness import Training

SALT = "throughcare.awareness.rating"
RUN_BY = ("pilot_manager", "iom_coordinator", "senior_officer")
"""The roles that plan training and keep who came."""
USEFUL = 4
"""So many of 5 stars, or more, is useful."""


def title_of(kind: str) -> str:
    """The name of a training, as the pilot file has it; its slug where the file has it no more."""
    names = {each.slug: each.name for each in current_pilot().awareness.trainings}
    return names.get(kind, kind)


def to_come(day: date) -> list[m.Training]:
    """Events from the day on that are not off, the next first."""
    return list(m.Training.objects.filter(on__gte=day, cancelled=False).order_by("on", F("at").asc(nulls_last=True), "pk"))


def held(day: date) -> QuerySet[m.Training]:
    """Events before the day, the latest first, and those that are off."""
    return m.Training.objects.filter(Q(on__lt=day) | Q(cancelled=True)).order_by("-on", "-pk")


def full(training: m.Training) -> bool:
    return training.places is not None and len(m.Attendee.objects.filter(training=training)[: training.places]) == training.places


def had_by(accounts: Collection[int]) -> dict[int, set[str]]:
    """By account, the trainings that it came to."""
    found: dict[int, set[str]] = defaultdict(set)
    came = m.Attendee.objects.filter(account__in=list(accounts), came=True)
    for account, kind in came.values_list("account", "training__kind"):
        found[account].add(kind)
    return found


@dataclass(frozen=True, kw_only=True)
class Lacks:
    """Somebody in a role, since when, and the trainings for it that they have not had; `late`: those that they should have."""

    account: Account
    role: str
    office: str
    since: date
    lacks: tuple[Training, ...]
    late: tuple[Training, ...]


def lacking(day: date, *, office: str = "", role: str = "") -> list[Lacks]:
    """Who has not had what, who began last first. Somebody of several posts of a role stands once, since the first."""
    trainings = current_pilot().awareness.trainings
    roles = {r for each in trainings for r in each.roles}
    held_now = Holding.objects.filter(on_the_day(day), post__role__in=roles, post__closed_on=None, account__is_active=True)
    held_now = held_now.filter(**({"post__office": office} if office else {}), **({"post__role": role} if role else {}))
    found = list(held_now.filter(cover=False).select_related("account", "post").order_by("start", "pk"))
    began = _began({h.account_id for h in found})
    first = {(h.account_id, h.post.role): h for h in reversed(found)}
    had = had_by({h.account_id for h in found})
    told = []
    for (account, their_role), holding in first.items():
        since = began.get((account, their_role), holding.start)
        lacks = tuple(t for t in trainings if their_role in t.roles and t.slug not in had[account])
        late = tuple(t for t in lacks if since + timedelta(days=t.within) < day)
        if lacks:
            told.append(Lacks(account=holding.account, role=their_role, office=holding.post.office, since=since, lacks=lacks,
                              late=late))  # fmt: skip
    return sorted(told, key=lambda each: (-each.since.toordinal(), each.role, each.account.shown))


def _began(accounts: Collection[int]) -> dict[tuple[int, str], date]:
    """By account and role, the first day on which it held a post of the role, also one that it holds no more."""
    all_held = Holding.objects.filter(account__in=list(accounts), cover=False).order_by("-start", "-pk")
    return {(h.account_id, h.post.role): h.start for h in all_held.select_related("post")}


def offices() -> list[str]:
    """The offices that have posts, in the order of their names."""
    named = Post.objects.filter(closed_on=None).exclude(office="")
    return list(named.order_by("office").values_list("office", flat=True).distinct())


def lacked_by(reader: Reader) -> list[Training]:
    """The trainings for the reader's roles that its account has not had."""
    had = had_by([reader.account.pk])[reader.account.pk]
    return [t for t in current_pilot().awareness.trainings if reader.roles & set(t.roles) and t.slug not in had]


def of_roles(roles: Iterable[str], day: date) -> dict[int, str]:
    """Who holds a post of these roles on the day, each with the first of its roles."""
    found = Holding.objects.filter(on_the_day(day), post__role__in=list(roles), post__closed_on=None, account__is_active=True)
    return dict(found.order_by("-cover", "-pk").values_list("account", "post__role"))


def expected(training: m.Training) -> list[m.Attendee]:
    """Everybody on the list of an event, by role and name."""
    found = list(m.Attendee.objects.filter(training=training).select_related("account"))
    order = list(ROLES)
    return sorted(found, key=lambda a: (order.index(a.role) if a.role in order else len(order), a.account.shown, a.pk))


def to_be_rated(reader: Reader) -> list[m.Training]:
    """What the reader's account came to in the last days of the pilot file, and has not rated."""
    since = reader.day - timedelta(days=current_pilot().awareness.rate_for)
    mine = m.Attendee.objects.filter(account=reader.account, came=True, training__on__gte=since).select_related("training")
    trainings = [each.training for each in mine.order_by("training__on", "pk")]
    keys = {rating_key(each, reader.account.pk): each for each in trainings}
    rated = set(m.Rating.objects.filter(key__in=list(keys)).values_list("key", flat=True)) if keys else set()
    return [each for key, each in keys.items() if key not in rated]


def rating_key(training: m.Training, account: int) -> str:
    """By what the giver of a rating finds it again: nobody makes it without the service's secret."""
    return salted_hmac(SALT, f"{training.pk} {account}", algorithm="sha256").hexdigest()


def rating_of(account: Account, training: m.Training) -> m.Rating | None:
    """The rating that this account gave; None where it gave none."""
    return m.Rating.objects.filter(key=rating_key(training, account.pk)).first()


def comments(training: m.Training) -> Sequence[str]:
    """What was said of an event, in the order of the words: nothing until so many rated it that nobody is known by it."""
    told = list(m.Rating.objects.filter(training=training).values_list("comment", flat=True))
    return sorted(filter(None, told)) if len(told) >= current_pilot().smallest_published else ()
