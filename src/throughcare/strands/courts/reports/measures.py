"""What is counted of enquiries and of the quality of reports; beside "within five days", which stands with the courts' own.

Enquiries and checks count at the courts that the service runs in, as reports do.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import ALL, Axis, Measure, Scope
from throughcare.strands.courts.measures import BY_COURT, SERVICE, report_rows
from throughcare.strands.courts.reports.enquiries.queries import enquiries
from throughcare.strands.courts.reports.items import ITEMS
from throughcare.strands.courts.reports.quality.queries import answers


def _here(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    courts = scope.pilot.service(SERVICE).courts
    return frame.filter(pl.col("court").is_in(courts)) if courts else frame


def back_rows(scope: Scope) -> pl.DataFrame:
    """A row a report delivered, on that day, with asked and back: the enquiries of its case asked, and answered, by that day."""
    found = report_rows(scope)
    told = found.select("report", "case", "on").join(enquiries().select("case", "asked_on", "answered_on"), on="case")
    told = told.filter(pl.col("asked_on") <= pl.col("on"))
    by_report = told.group_by("report").agg(
        asked=pl.len(), back=(pl.col("answered_on") <= pl.col("on")).fill_null(value=False).sum()
    )
    return found.join(by_report, on="report", how="left", maintain_order="left").with_columns(
        pl.col("asked", "back").fill_null(0)
    )


def answered_rows(scope: Scope) -> pl.DataFrame:
    """A row an enquiry answered, on the day of the answer."""
    return with_breakdowns(_here(enquiries(), scope).drop_nulls("answered_on").rename({"answered_on": "on"}))


def item_rows(scope: Scope) -> pl.DataFrame:
    """A row an item of a check, on the day on which its report was delivered; checks made by the end of the period."""
    return with_breakdowns(_here(answers(), scope).filter(pl.col("checked_on") <= scope.as_at))


def _whom() -> tuple[str, ...]:
    return tuple(each.name for each in current_pilot().court_reports.enquiries)


MEASURES = (
    Measure(
        slug="psr.enquiries_back", title="Share of the reports delivered with all enquiries back", unit="percent",
        statistic="share", why="A report in time that rests on half the answers is no success", rows=back_rows,
        counted=pl.col("asked") > 0, hit=pl.col("back") == pl.col("asked"), axes=ALL, service=SERVICE,
        definition="Reports before which every enquiry asked by the day of delivery was answered by it, of the reports delivered "
                   "for which any was asked",
    ),
    Measure(
        slug="psr.enquiry_days_median", title="Median days from an enquiry to its answer", unit="days", statistic="median",
        value=pl.col("days"), why="Shows whom the reports wait for", rows=answered_rows, digits=1, service=SERVICE,
        axes=(Axis(column="whom", only=_whom(), total="total"),),
        definition="From the day it was asked to the day of the answer, by the day of the answer",
    ),
    Measure(
        slug="psr.quality_checked", title="Written reports checked for quality", unit="reports", statistic="count",
        why="Says what the share of items met rests on", rows=item_rows, counted=pl.col("item") == next(iter(ITEMS)),
        axes=(BY_COURT,), service=SERVICE,
        definition="Reports of the monthly sample read by somebody who did not write them, by the day of delivery",
    ),
    Measure(
        slug="psr.quality_met", title="Share of the quality items met", unit="percent", statistic="share",
        why="Quick reports are only worth it if they are good", rows=item_rows, hit=pl.col("verdict") == "met",
        axes=(Axis(column="item", only=tuple(ITEMS), total="total"),), service=SERVICE,
        definition="Items of the short list found met, and not partly or not at all, of those checked in the monthly sample",
    ),
)  # fmt: skip
