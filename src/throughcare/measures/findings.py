"""Data-quality findings as figures, so that they are counted, suppressed and published like every other."""

from collections.abc import Iterable
from datetime import date

from throughcare.core.contracts import Finding
from throughcare.core.pilot import Period
from throughcare.measures.results import Result


def counted(findings: Iterable[Finding], *, period: Period, as_at: date) -> tuple[Result, ...]:
    """One count a finding and group, of the records concerned, under the slug `finding.<slug>`."""
    return tuple(
        Result(
            slug=f"finding.{f.slug}", group=f.group, title=f.title, value=len(f.records), numerator=len(f.records),
            denominator=None, cases=len(f.records), unit="records", statistic="count", digits=0, period=period, as_at=as_at,
            period_note="", note="", place=frozenset({("group", f.group)}),
        )
        for f in findings
    )  # fmt: skip
