"""Reading drafts and publications: what the public may see, what changed since the last version, the texts of chapters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings

from throughcare.core.clock import LONDON
from throughcare.core.pilot import Period
from throughcare.measures.earlier import Earlier
from throughcare.measures.results import Result
from throughcare.report.publication import models as m
from throughcare.report.publication.cut import Cut, read
from throughcare.report.publication.errors import NoSuchPublication

NEEDED = 2
"""How many people approve."""
HOUR = time(9, 30)
"""London time at which what is published on a day comes out, as official statistics do."""
DRAFT, FORWARD, APPROVED, PUBLISHED, ENDED = "Draft", "Waiting for approval", "Approved", "Published", "Withdrawn"


def out_at(edition: m.Edition) -> datetime | None:
    """When the embargo ends; None where none is set."""
    return datetime.combine(edition.embargo_on, HOUR, tzinfo=LONDON) if edition.embargo_on else None


def approvals(edition: m.Edition) -> list[m.Approval]:
    """The approvals of what is put forward now; of what was before, none counts."""
    if not edition.sha256:
        return []
    return list(edition.approvals.filter(sha256=edition.sha256).select_related("account").order_by("pk"))


def approved(edition: m.Edition) -> bool:
    return len({each.account_id for each in approvals(edition)}) >= NEEDED


def is_out(edition: m.Edition, at: datetime) -> bool:
    """Whether the public has been able to see it: for the public, approved by two, its embargo over. Also if withdrawn since."""
    due = out_at(edition)
    return edition.audience == m.PUBLIC and due is not None and at >= due and approved(edition)


def state(edition: m.Edition, at: datetime) -> str:
    if edition.ended_at:
        return ENDED
    if not edition.sha256:
        return DRAFT
    if not approved(edition):
        return FORWARD
    return PUBLISHED if is_out(edition, at) else APPROVED


def editions() -> list[m.Edition]:
    """All, without their cuts, the latest period and version first."""
    return list(m.Edition.objects.defer("cut").order_by("-end", "-start", "audience", "-version"))


def listed(at: datetime) -> list[m.Edition]:
    """What the public sees: everything that came out, withdrawn ones too."""
    return [edition for edition in editions() if is_out(edition, at)]


def current(at: datetime) -> list[tuple[m.Edition, list[m.Edition]]]:
    """Of each period the last version that is out, and those before it."""
    periods: dict[tuple[date, date], list[m.Edition]] = {}
    for edition in listed(at):
        periods.setdefault((edition.start, edition.end), []).append(edition)
    return [(several[0], several[1:]) for several in periods.values()]


def announced(at: datetime) -> list[m.Edition]:
    """What is approved and under embargo: that it comes, and when, is told beforehand, and nothing of what is in it."""
    return [e for e in editions() if e.audience == m.PUBLIC and not e.ended_at and approved(e) and not is_out(e, at)]


def found(number: int) -> m.Edition:
    """The edition of that number. Refused where there is none."""
    edition = m.Edition.objects.filter(pk=number).first()
    if edition is None:
        raise NoSuchPublication(what="There is no such publication", record=f"publication {number}",
                                expected="a number that stands on the page of publications", mend="look it up there")  # fmt: skip
    return edition


def period_of(edition: m.Edition) -> Period:
    return Period(start=edition.start, end=edition.end)


def cut_of(edition: m.Edition) -> Cut:
    return read(edition.cut)


def folder_of(edition: m.Edition) -> Path:
    return Path(settings.HOME) / "publications" / str(edition.pk)


def hashes_of(edition: m.Edition) -> dict[str, str]:
    return dict(json.loads(edition.files or "{}"))


def earlier(*, but: int = 0) -> list[Earlier]:
    """What was approved for the public, out already or not, the newest first: what a reader may subtract from."""
    several = m.Edition.objects.filter(audience=m.PUBLIC).exclude(pk=but).exclude(sha256="").order_by("-pk")
    return [cut_of(edition).earlier for edition in several if approved(edition)]


def before(edition: m.Edition) -> m.Edition | None:
    """The version of the same period that was approved last before this one."""
    same = m.Edition.objects.filter(start=edition.start, end=edition.end, audience=edition.audience, version__lt=edition.version)
    return next((each for each in same.exclude(sha256="").order_by("-version") if approved(each)), None)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure that is not what it was. `was`, `now`: as shown; `by`: how much it moved, "" where that cannot be said."""

    title: str
    group: str
    was: str
    now: str
    by: str


def changes(before: Cut, now: Cut) -> list[Change]:
    """The figures that changed, came or fell away."""
    old, new = ({r.key: r for r in cut.shown} for cut in (before, now))
    found = []
    for key in dict.fromkeys((*new, *old)):
        was, is_now = old.get(key), new.get(key)
        if (change := _change(was, is_now)) is not None:
            found.append(change)
    return found


def _change(was: Result | None, now: Result | None) -> Change | None:
    told = now or was
    if told is None or (was and now and (was.value, was.numerator, was.denominator, was.suppressed)
                        == (now.value, now.numerator, now.denominator, now.suppressed)):  # fmt: skip
        return None
    by = now.shown - was.shown if was and now and was.shown is not None and now.shown is not None else None
    where = ", ".join([told.group.replace("|", ", "), *told.breakdown.values()])
    return Change(title=told.title, group=where, was=_said(was), now=_said(now), by="" if by is None else f"{by:+,}")


def _said(r: Result | None) -> str:
    if r is None:
        return "not in it"
    if r.suppressed:
        return "not published"
    return "not known" if r.shown is None else f"{r.shown:,}{'%' if r.unit == 'percent' else ''}"


def prose(edition: m.Edition) -> Mapping[str, str]:
    """By chapter the text that counts; one that was given back to the report's own words is not in it."""
    last = {chapter.slug: chapter for chapter in edition.chapters.order_by("pk")}
    return {slug: chapter.text for slug, chapter in last.items() if chapter.text.strip()}


def texts(edition: m.Edition, slug: str) -> list[m.Chapter]:
    """The versions of a chapter's text, the last first."""
    return list(edition.chapters.filter(slug=slug).order_by("-number"))
