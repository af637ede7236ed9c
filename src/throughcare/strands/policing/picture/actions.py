"""What is done about links: said in an item of a plan, renewed before it expires, left out; and street crime that is loaded."""

from datetime import date

import polars as pl
from django.db.models import QuerySet

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import insert
from throughcare.core.errors import ThroughcareError
from throughcare.strands.policing.picture import models as m
from throughcare.strands.policing.picture.errors import LinkRefused
from throughcare.strands.policing.picture.links import links_of, pair
from throughcare.strands.policing.picture.network import may_name
from throughcare.strands.policing.picture.street_crime import Counted


def say(*, reader: Reader, person: int, other: int, item: str, reason: str) -> m.LinkDeed:
    """An item of a plan says that the two are linked. Refused: of somebody the reader may not name; where it is left out."""
    _may(reader, person, other)
    if not item.strip():
        raise _refused(person, "A link is said in an item of a plan", "the number of the item", "give the item's number")
    if _deeds(person, other, "said").filter(item=item.strip()).exists():
        raise _refused(person, "That item says it already", "another item", "renew the link, if it is known anew")
    if _deeds(person, other, "left_out").exists():
        raise _refused(
            person, "This link was left out by somebody", "a link that was not left out",
            "take the leaving out back first, if it was wrong",
        )  # fmt: skip
    return _keep(reader, person, other, "said", reader.day, reason=reason, item=item.strip())


def renew(*, reader: Reader, person: int, other: int, reason: str) -> m.LinkDeed:
    """The link holds anew from the reader's day. Refused: one that does not stand on that day; one renewed already that day."""
    _may(reader, person, other)
    link = links_of([person], reader.day).get(pair(person, other))
    if link is None:
        raise _refused(
            person, "There is no link to renew", "a link that has not expired", "say it in an item of a plan, if it is known anew"
        )
    if link.renewed_on == reader.day:
        raise _refused(person, "It was renewed today", "one renewal a day", "nothing more is to be done")
    return _keep(reader, person, other, "renewed", reader.day, reason=reason)


def leave_out(*, reader: Reader, person: int, other: int, why: str, reason: str) -> m.LinkDeed:
    """The two are shown as linked no more, whatever tells of it. Refused: twice; for what is not one of the reasons."""
    _may(reader, person, other)
    if why not in m.LEFT_OUT:
        raise _refused(person, "That is no reason to leave a link out", f"one of {', '.join(m.LEFT_OUT)}", "choose one of them")
    if _deeds(person, other, "left_out").exists():
        raise _refused(person, "It is left out already", "a link that is shown", "nothing more is to be done")
    return _keep(reader, person, other, "left_out", reader.day, reason=reason, why=why)


def take_back(*, reader: Reader, deed: m.LinkDeed) -> None:
    """What was done about a link does nothing any more, and stays on record. Refused: twice."""
    _may(reader, deed.one_id, deed.other_id)
    with recording(by=reader.by, verb="policing.link_take_back") as entry:
        fresh = m.LinkDeed.objects.select_for_update().get(pk=deed.pk)
        if fresh.taken_back:
            raise _refused(deed.one_id, "It was taken back", "something that stands", "nothing more is to be done")
        fresh.taken_back = True
        fresh.save()
        entry.about(fresh, person_id=fresh.one_id)


def load_street_crime(*, by: str, counted: Counted) -> int:
    """Keeps the counts of a file, in place of what was kept of the same month and types; how many rows they make."""
    with recording(by=by, verb="policing.street_crime") as entry:
        m.StreetCrime.objects.filter(month=counted.month, kind__in=counted.kinds).delete()
        rows = counted.rows.with_columns(month=pl.lit(counted.month))
        insert(m.StreetCrime, rows)
        entry.details = {"month": counted.month.isoformat(), "kinds": list(counted.kinds), "crimes": counted.crimes,
                         "areas": rows.height, "file": counted.name}  # fmt: skip
    return rows.height


def _keep(
    reader: Reader, person: int, other: int, deed: str, on: date, *, reason: str, item: str = "", why: str = ""
) -> m.LinkDeed:
    if not reason.strip():
        raise _refused(person, "A reason is to be given", "why, in words", "say why")
    one, two = pair(person, other)
    with recording(by=reader.by, verb=f"policing.link_{deed}") as entry:
        kept = m.LinkDeed(one_id=one, other_id=two, deed=deed, on=on, item=item, why=why, reason=reason.strip(), by=reader.by)
        kept.save()
        entry.about(kept, person_id=person)
    return kept


def _may(reader: Reader, person: int, other: int) -> None:
    """Refused unless the reader works on one of the two and may name both: of others not even that they are there is told."""
    edits = reader.sees("plan", person, "edit") or reader.sees("plan", other, "edit")
    if person == other or not edits or len(may_name(reader, {person, other})) < 2:
        raise _refused(
            person, "You cannot link the two", "two people of whom you may see intelligence plans",
            "ask somebody who may see both",
        )  # fmt: skip


def _deeds(person: int, other: int, deed: str) -> QuerySet[m.LinkDeed]:
    """What stands of that kind between the two, whichever of them was written first."""
    found = m.LinkDeed.objects.filter(deed=deed, taken_back=False)
    return found.filter(one=person, other=other) | found.filter(one=other, other=person)


def _refused(person: int, what: str, expected: str, mend: str) -> ThroughcareError:
    return LinkRefused(what=what, record=f"person {person}", expected=expected, mend=mend)
