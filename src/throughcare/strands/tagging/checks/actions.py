"""Looking at days and keeping what was found; deciding of it, undoing that, and acting upon it.

`at` is the instant at which it is done. A check may be repeated: the same is found again and nothing changes; a later upload
replaces what nobody has reviewed, never what somebody has.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.day import Found, Looked, look
from throughcare.strands.tagging.checks.explained import explanations
from throughcare.strands.tagging.checks.queries import reviewed
from throughcare.strands.tagging.checks.verdict import raw_verdict
from throughcare.strands.tagging.checks.words import ACTED, DECISIONS, KINDS
from throughcare.strands.tagging.errors import FindingRefused
from throughcare.strands.tagging.stored import clock

EVIDENCE = ("kind", "tag", "starts_at", "ends_at", "fixes", "metres", "precision_m", "mechanism", "reason")


def check_day(*, by: str, orders: Sequence[m.Order], day: date, at: datetime) -> list[m.Check]:
    """Looks at a London day of these orders by what had come at `at`, and keeps what was found, and how the day stands.

    A day on which an order asks for nothing gives no check.
    """
    explains = explanations(orders, day)
    told = []
    for looked in look(orders, day, at):
        explained = {found: explains(looked.order, found, at) for found in looked.found}
        told.append(_keep(by, looked, explained, day, at))
    return told


def _keep(by: str, looked: Looked, explained: dict[Found, str], day: date, at: datetime) -> m.Check:
    """Writes nothing where a day that goes on, or one that is over, is as it was when it was looked at last."""
    last = m.Check.objects.filter(order=looked.order, day=day).first()
    if last is not None and not _news(last, looked, explained, at):
        return last
    with recording(by=by, verb="tagging.check") as entry:
        order = m.Order.objects.select_for_update().get(pk=looked.order.pk)
        changed = list(_settle(order, looked, explained, day, at))
        standing = list(m.Finding.objects.filter(order=order, day=day, gone_at=None))
        made = last or m.Check(order=order, day=day)
        said = [f"{clock(at)} on {day_in_words(london_date(at))}: {words}" for words in changed] if last else []
        made.at, made.until, made.by, made.fixes, made.received = at, min(looked.ends, at), by, looked.fixes, looked.received
        made.verdict = raw_verdict(standing, over=looked.ends <= at)
        made.changed = "\n".join([*made.changed.splitlines(), *said])
        made.save()
        entry.about(made, person_id=order.person_id)
        entry.details = {"day": str(day), "findings": len(standing), "changed": len(changed)}
    return made


def _news(last: m.Check, looked: Looked, explained: dict[Found, str], at: datetime) -> bool:
    """Whether this look tells something that the last one did not."""
    over = looked.ends <= at
    if over != (last.until >= looked.ends) or (over and (last.fixes, last.received) != (looked.fixes, looked.received)):
        return True
    known = list(m.Finding.objects.filter(order=looked.order, day=last.day, gone_at=None))
    meet = [
        next((row for row in known if _same(row, found) and not _differs(row, found, explained[found])), None)
        for found in looked.found
    ]
    return None in meet or len({row.pk for row in meet if row}) != len(known)


def _settle(order: m.Order, looked: Looked, explained: dict[Found, str], day: date, at: datetime) -> Iterator[str]:
    """Brings the findings of the day to what was found now; gives what changed, in sentences."""
    standing = m.Finding.objects.filter(order=order, day=day, gone_at=None)
    known = list(standing.select_related("condition").order_by("starts_at", "pk"))
    decided = reviewed(known)
    for found in looked.found:
        same = next((row for row in known if _same(row, found)), None)
        if same is None:
            _new(order, found, explained[found], day, at)
            yield f"Found: {_said(found)}"
            continue
        known.remove(same)
        if not _differs(same, found, explained[found]):
            continue
        if same.pk in decided:
            yield f"Reviewed already, and left as it was: {_said(same)}. By the positions now: {_said(found)}"
            continue
        said = _said(same)
        _write(same, found, explained[found])
        if said != _said(found):
            yield f"Was: {said}. Is: {_said(found)}"
    for row in known:
        if row.pk in decided:
            yield f"Reviewed already, and no longer found: {_said(row)}"
            continue
        row.gone_at = at
        row.save()
        yield f"No longer found: {_said(row)}"


def _same(row: m.Finding, found: Found) -> bool:
    """Whether it is the same finding, told better: of one family and condition, at times that meet."""
    number = row.condition.number if row.condition else None
    theirs = found.condition.number if found.condition else None
    if KINDS[row.kind].family != KINDS[found.kind].family or number != theirs:
        return False
    if row.starts_at == found.starts_at:
        return True
    ends = row.ends_at is None or row.ends_at >= found.starts_at
    return ends and (found.ends_at is None or found.ends_at >= row.starts_at)


def _differs(row: m.Finding, found: Found, explained: str) -> bool:
    return row.explained != explained or any(getattr(row, name) != getattr(found, name) for name in EVIDENCE)


def _new(order: m.Order, found: Found, explained: str, day: date, at: datetime) -> None:
    row = m.Finding(order=order, condition=found.condition, day=day, found_at=at)
    _write(row, found, explained)


def _write(row: m.Finding, found: Found, explained: str) -> None:
    for name in EVIDENCE:
        setattr(row, name, getattr(found, name))
    row.condition, row.explained = found.condition, explained
    row.save()


def _said(found: Found | m.Finding) -> str:
    """Such as: Left home during the curfew, 02:10 to 03:05."""
    end = f" to {clock(found.ends_at)}" if found.ends_at and found.ends_at != found.starts_at else ""
    return f"{KINDS[found.kind].words}, {clock(found.starts_at)}{end if found.ends_at else ', goes on'}"


def review(*, reader: Reader, finding: m.Finding, decision: str, reason: str, at: datetime) -> m.Review:
    """Decides of a finding. Refused: one that was decided of, or is no longer found; a warning or the court for what is no
    breach; without a reason.
    """
    with recording(by=reader.by, verb="tagging.review") as entry:
        fresh = m.Finding.objects.select_for_update(of=("self",)).select_related("order").get(pk=finding.pk)
        breach = KINDS[fresh.kind].breach
        for wrong, what, expected, mend in (
            (decision not in DECISIONS, "That is no decision", ", ".join(DECISIONS), "choose one of them"),
            (not reason.strip(), "It is not said why", "a reason", "write it"),
            (fresh.gone_at is not None, "It is no longer found", "a finding that stands", "look at the day again"),
            (fresh.pk in reviewed([fresh]), "It was decided of", "a finding without a decision", "undo the other one first"),
            (decision in ACTED and not breach, "That was no breach", "a fault, or a good reason", "choose one of them"),
        ):
            if wrong:
                raise FindingRefused(what=what, record=f"finding {fresh.pk}", expected=expected, mend=mend)
        made = m.Review(finding=fresh, decision=decision, reason=reason.strip(), at=at, on=reader.day, by=reader.by)
        made.save()
        entry.about(made, person_id=fresh.order.person_id)
        entry.details = {"finding": fresh.pk, "decision": decision}
    return made


def undo(*, reader: Reader, review: m.Review, at: datetime) -> None:
    """A decision is taken back, and stays on record. Refused: once somebody has acted on it; twice."""
    with recording(by=reader.by, verb="tagging.review_undo") as entry:
        fresh = m.Review.objects.select_for_update(of=("self",)).select_related("finding__order").get(pk=review.pk)
        if fresh.acted_at is not None or fresh.undone_at is not None:
            acted = fresh.acted_at is not None
            raise FindingRefused(
                what="Somebody has acted on it" if acted else "It was undone", record=f"finding {fresh.finding_id}",
                expected="a decision that stands and was not acted on",
                mend="tell the offender manager" if acted else "do nothing more",
            )  # fmt: skip
        fresh.undone_at, fresh.undone_by = at, reader.by
        fresh.save()
        entry.about(fresh, person_id=fresh.finding.order.person_id)


def act(*, reader: Reader, review: m.Review, at: datetime) -> None:
    """The warning was given, or the court told. Refused: of another decision, of one that was undone; twice."""
    with recording(by=reader.by, verb="tagging.review_act") as entry:
        fresh = m.Review.objects.select_for_update(of=("self",)).select_related("finding__order").get(pk=review.pk)
        if fresh.decision not in ACTED or fresh.undone_at is not None or fresh.acted_at is not None:
            raise FindingRefused(what="There is nothing to act on", record=f"finding {fresh.finding_id}",
                                 expected="a warning or back to court that stands", mend="look at the finding")  # fmt: skip
        fresh.acted_at, fresh.acted_by = at, reader.by
        fresh.save()
        entry.about(fresh, person_id=fresh.finding.order.person_id)
