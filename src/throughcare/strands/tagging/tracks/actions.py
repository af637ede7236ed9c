"""Looking at positions, each time kept with its purpose, span and area; and deleting those that may be kept no longer."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON, london_day
from throughcare.positions.forgetting import Standing, forget, standing
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.tracks import queries
from throughcare.strands.tagging.tracks.errors import LookRefused
from throughcare.strands.tagging.tracks.queries import Question
from throughcare.strands.tagging.tracks.words import ALL, PURPOSES
from throughcare.strands.tagging.tracks.worn import Wearing, cut, kept_spans, of_order

ROW = "tag_positions"


def look(*, reader: Reader, order: m.Order, purpose: str, text: str, first: date, last: date) -> m.Look:
    """Says why the positions of an order are looked at, of the London days from `first` to `last`; from then on, that day, this
    account may look at them. Refused: no purpose; a span that is too long; one in which no tag was worn under the order.
    """
    longest = current_pilot().positions.longest_days
    start, end = london_day(first)[0], london_day(last)[1]
    for wrong, what, expected, mend in (
        (purpose not in PURPOSES, "That is no purpose", ", ".join(PURPOSES), "choose one of the list"),
        (not text.strip(), "It is not said what it is for", "why, in words", "say what you need to know"),
        (last < first, "The last day is before the first", "a day on or after it", "correct the days"),
        ((last - first).days >= longest, "That is too long a span", f"at most {longest} days", "look at fewer days"),
        (not cut(of_order(order.pk), start, end), "No tag was worn under this order then",
         "days of the order on which a tag was on", "look at the dates of the order and of the tag"),
    ):  # fmt: skip
        if wrong:
            raise LookRefused(what=what, record=f"order {order.pk}", expected=expected, mend=mend)
    with recording(by=reader.by, verb="tagging.look") as entry:
        kept = m.Look(
            order=order, account=reader.account, purpose=purpose, text=text.strip(), starts_at=start, ends_at=end,
            at=instant_on(reader.day), on=reader.day, by=reader.by,
        )  # fmt: skip
        kept.save()
        entry.about(kept, person_id=order.person_id)
        entry.details = {"purpose": purpose, "order": order.pk, "from": start, "to": end}
    return kept


def ask(*, reader: Reader, question: Question, worn: Sequence[Wearing]) -> pl.DataFrame:
    """Positions for somebody at the screen: of those people alone of whom the reader may see them, each with an entry of its own.

    Nothing is given out unless the entry is written.
    """
    theirs = reader.allowed(ROW, {each.person for each in worn})
    seen = cut([each for each in worn if each.person in theirs], question.start, question.end)
    found = queries.read(question, seen)
    counts = dict(found.group_by("tag").len().iter_rows())
    with recording(by=reader.by, verb="tagging.positions") as entry:
        entry.subject_type, entry.subject_id = "positions", question.about
        entry.details = {**_told(question), "orders": sorted({each.order for each in seen})}
        for order, person in sorted({(each.order, each.person) for each in seen}):
            fixes = sum(counts.get(str(f), 0) for f in {each.fitting for each in seen if each.order == order})
            details = {**_told(question), "about": question.about, "fixes": fixes}
            entry.also("tagging.positions", "tagging.order", str(order), person_id=person, details=details)
    return found


def ask_for_a_run(*, by: str, question: Question, worn: Sequence[Wearing], to: Path) -> str:
    """Positions for a program that tells nobody a position, such as a match: written to a file that its caller removes. One entry
    names every order; whoever is matched has one of their own by it. The SHA-256 of what was read.
    """
    digest = queries.write(question, worn, to)
    with recording(by=by, verb="tagging.positions") as entry:
        entry.subject_type, entry.subject_id = "positions", question.about
        entry.details = {**_told(question), "orders": sorted({each.order for each in worn}), "sha256": digest}
    return digest


def _told(question: Question) -> dict[str, object]:
    if question.purpose not in ALL:
        raise ValueError(f"positions need a purpose: {question.purpose}")
    area = question.area.told if question.area else "everywhere"
    return {"purpose": question.purpose, "from": question.start, "to": question.end, "area": area}


def over_time(as_at: date) -> Standing:
    """How many positions may be kept no longer on that day. It changes nothing: the check that can be run again."""
    kept_days = current_pilot().tagging.kept_days
    return standing(queries.store(), kept_spans(as_at, kept_days), before=_before(as_at, kept_days))


def delete_over_time(*, by: str, as_at: date, at: datetime) -> m.Deletion:
    """Deletes the positions that may be kept no longer on that day, with the counts of the store before and after; where there
    are none, that it was looked for is kept. A deletion that was cut off is ended first, under its own record.
    """
    begun = m.Deletion.objects.filter(ended_at=None).order_by("pk").first()
    if begun is not None:
        _delete(begun, by=by, at=at)
    return _delete(_begin(by, as_at, at), by=by, at=at)


def _delete(deletion: m.Deletion, *, by: str, at: datetime) -> m.Deletion:
    spans = kept_spans(deletion.as_at, deletion.kept_days)
    parts = forget(queries.store(), spans, before=_before(deletion.as_at, deletion.kept_days))
    after = standing(queries.store(), spans, before=_before(deletion.as_at, deletion.kept_days))
    with recording(by=by, verb="tagging.positions_deleted") as entry:
        deletion.after, deletion.left, deletion.ended_at = after.fixes, after.to_go, at
        deletion.parts += parts
        deletion.save()
        entry.about(deletion)
        entry.details = {"before": deletion.before, "to_go": deletion.to_go, "after": deletion.after, "left": deletion.left}
    return deletion


def _begin(by: str, as_at: date, at: datetime) -> m.Deletion:
    """Kept before anything is deleted, so that a deletion that is cut off is known."""
    found, kept_days = over_time(as_at), current_pilot().tagging.kept_days
    orders = {str(pk): order for pk, order in m.Fitting.objects.values_list("pk", "order_id")}
    with recording(by=by, verb="tagging.positions_to_delete") as entry:
        deletion = m.Deletion(
            as_at=as_at, kept_days=kept_days, before=found.fixes, to_go=found.to_go, began_at=at, by=by,
        )  # fmt: skip
        deletion.save()
        worn = found.over.filter(pl.col("wearer") != "").with_columns(order=pl.col("wearer").replace_strict(orders, default=None))
        for order, fixes in worn.group_by("order").agg(pl.col("fixes").sum()).sort("order").iter_rows():
            m.DeletedFixes(deletion=deletion, order_id=order, fixes=fixes).save()
        entry.about(deletion)
        entry.details = {"as_at": as_at, "kept_days": kept_days, "before": found.fixes, "to_go": found.to_go}
    return deletion


def _before(as_at: date, kept_days: int) -> datetime:
    """From when on what nobody wore is kept: the London midnight so many days before."""
    return datetime.combine(as_at - timedelta(days=kept_days), time.min, tzinfo=LONDON)
