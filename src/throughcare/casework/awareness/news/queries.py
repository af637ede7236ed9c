"""What is new: posted news, changes of the services and of the pilot file's figures, groups to come."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from throughcare.casework.access.models import Account
from throughcare.casework.awareness import models as m
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.directory.queries import between
from throughcare.casework.referrals.models import ServiceVersion
from throughcare.core.dates import day_in_words


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Up to which row of each kind something was read: rows are numbered as they are made."""

    news: int = 0
    services: int = 0
    figures: int = 0


@dataclass(frozen=True, kw_only=True)
class Item:
    """One new thing. `kind`: news, services or figures, with the number of its row; service: the slug that it is about, "" for
    none; until: the day up to which it is news, where somebody said so. `before`, `now`: what was said, where it changed."""

    kind: str
    number: int
    on: date
    title: str
    text: str = ""
    service: str = ""
    until: date | None = None
    changes: tuple[tuple[str, str, str], ...] = ()


def new_things(day: date) -> list[Item]:
    """Everything that is new on the day, the latest first: posted news until its day, changes for the days of the pilot file."""
    since = day - timedelta(days=current_pilot().awareness.news_for)
    posted = m.News.objects.filter(on__lte=day, until__gte=day, withdrawn=False)
    found = [Item(kind="news", number=n.pk, on=n.on, title=n.title, text=n.text, until=n.until) for n in posted]
    found += [item for item in (*_of_services(day), *_of_figures(day)) if item.on > since]
    return sorted(found, key=lambda item: (item.on, item.kind == "news", item.number), reverse=True)


def _of_services(day: date) -> list[Item]:
    """Services that came after the directory was there, and what changed of the others."""
    names = {each.slug: each.name for each in current_pilot().services}
    kept = list(ServiceVersion.objects.filter(on__lte=day).order_by("on", "pk"))
    found, last = [], {}
    for version in kept:
        told: dict[str, str] = json.loads(version.told)
        before = last.get(version.service)
        last[version.service] = told
        name = names.get(version.service, told.get("Name", version.service))
        if before is None and version.on > kept[0].on:
            found.append(Item(kind="services", number=version.pk, on=version.on, title=f"A new service: {name}",
                              text=told.get("What it involves", ""), service=version.service))  # fmt: skip
        elif before is not None and (changed := between(before, told)):
            found.append(Item(kind="services", number=version.pk, on=version.on, title=f"{name} has changed",
                              service=version.service, changes=changed))  # fmt: skip
    return found


def _of_figures(day: date) -> list[Item]:
    """What changed of the figures that people work by."""
    kept = list(m.FiguresVersion.objects.filter(on__lte=day).order_by("on", "pk"))
    return [
        Item(kind="figures", number=after.pk, on=after.on, title="A figure of the pilot has changed", changes=changed)
        for before, after in pairwise(kept)
        if (changed := tuple(("", was, now) for _, was, now in between(json.loads(before.told), json.loads(after.told))))
    ]


def read_by(account: Account) -> Marks:
    """Up to where the account has read."""
    found = m.Read.objects.filter(account=account).first()
    return Marks(news=found.news, services=found.services, figures=found.figures) if found else Marks()


def unread(items: list[Item], marks: Marks) -> list[Item]:
    return [item for item in items if item.number > getattr(marks, item.kind)]


def marks_of(items: list[Item]) -> Marks:
    """The marks of who has read all of these."""
    kinds = ("news", "services", "figures")
    return Marks(**{kind: max((item.number for item in items if item.kind == kind), default=0) for kind in kinds})


def groups_to_come(day: date) -> list[tuple[str, str, str]]:
    """The next first day of each service's groups, as the pilot file has it: slug, name, day in words. The next first."""
    starts = [(min(ahead), s) for s in current_pilot().services if (ahead := [on for on in s.next_starts if on >= day])]
    return [(s.slug, s.name, day_in_words(on)) for on, s in sorted(starts, key=lambda each: (each[0], each[1].name))]
