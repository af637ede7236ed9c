"""Posting news and taking it back, noting that an account has read it, keeping what the pilot file's figures were."""

import json
from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.awareness import errors
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.about_nobody import about_nobody
from throughcare.casework.awareness.guides.figures import told_of
from throughcare.casework.awareness.news.queries import Marks
from throughcare.casework.pilot import current_pilot


def post(*, reader: Reader, title: str, text: str, until: date) -> m.News:
    """News that everybody may read up to and with a day. Refused: without words, with a person's number, over already."""
    about_nobody(title, text)
    if not title.strip() or not text.strip():
        raise errors.NothingWritten(what="Nothing is written", record="news", expected="a title and words", mend="write both")
    if until < reader.day:
        raise errors.NoSuchDay(
            what="The news would be over before it is read", record=f"until {until}", expected=f"a day from {reader.day} on",
            mend="choose a later day",
        )  # fmt: skip
    with recording(by=reader.by, verb="awareness.post_news") as entry:
        made = m.News(title=title.strip(), text=text.strip(), on=reader.day, until=until, by=reader.by)
        made.save()
        entry.about(made)
    return made


def withdraw(*, by: str, news: m.News) -> None:
    """It is shown no more. What was posted stays on record."""
    with recording(by=by, verb="awareness.withdraw_news") as entry:
        news.withdrawn = True
        news.save()
        entry.about(news)


def read(*, reader: Reader, marks: Marks) -> None:
    """The account has read what is new up to these; what it had read already stays read."""
    with recording(by=reader.by, verb="awareness.read") as entry:
        found = m.Read.objects.select_for_update().filter(account=reader.account).first() or m.Read(account=reader.account)
        found.news, found.services = max(found.news, marks.news), max(found.services, marks.services)
        found.figures = max(found.figures, marks.figures)
        found.save()
        entry.about(found)


def keep_figures(by: str, day: date, people_changed: bool) -> m.FiguresVersion | None:
    """A version of the figures that people work by, where the pilot file says something new of one. Safe to repeat.

    Called after every import, and so on the first day on which something came in under the changed file.
    """
    told = json.dumps(told_of(current_pilot()), ensure_ascii=False)
    last = m.FiguresVersion.objects.order_by("on", "pk").last()
    if last is not None and last.told == told:
        return None
    with recording(by=by, verb="awareness.keep_figures") as entry:
        made = m.FiguresVersion(on=day, told=told, by=by)
        made.save()
        entry.about(made)
    return made
