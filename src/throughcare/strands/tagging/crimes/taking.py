"""A force's file by the command line: the same action as by the page, told in sentences."""

from collections.abc import Iterator
from datetime import datetime

from throughcare.design.environment import count
from throughcare.strands.tagging.crimes.actions import take_and_run
from throughcare.strands.tagging.crimes.words import FAILED, OUTCOMES, STATUSES


def crimes(by: str, name: str, content: bytes, at: datetime, force: str) -> Iterator[str]:
    """Takes the file in, matches what is new in it, and says what came of it: refused rows each with what the force should do."""
    batch, run = take_and_run(by=by, name=name, content=content, at=at, force=force)
    yield f"{name}: {STATUSES[batch.status].lower()}, {count(batch.rows, 'crime')}"
    for row in batch.refusals.order_by("row", "pk"):
        yield f"  row {row.row}, {row.column or 'the row'} {row.value!r}: {row.rule}; {row.mend}"
    if run is None:
        yield "  nothing new to match"
    elif run.outcome == FAILED:
        yield f"  not matched: {run.fault}; mend it, and match the crimes again from their page"
    else:
        found = list(run.results.values_list("outcome", flat=True))
        told = ((found.count(slug), words) for slug, words in OUTCOMES.items())
        yield "  " + ", ".join(f"{number} {words}" for number, words in told)
