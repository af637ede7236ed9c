"""What is counted of the courts. Source of the published figures: GtO interim evaluation, MOPAC 2017, section 3.

A case counts on the day it came to attention, a report on the day of delivery, an assessment on its day; only those of
the courts that the service runs in. Age is that on the clock day, else on the day the case came to attention. What came of a
case is as at the last day of the period: what came later belongs to a later figure.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import ALL, Axis, Group, Measure, Scope
from throughcare.strands.courts import queries
from throughcare.strands.courts.lists.measures import MEASURES as OF_LISTS
from throughcare.strands.courts.models import LATE_REASONS, NO_REPORT_REASONS

SERVICE = "court_reports"
YOUNG = "18-25"
BY_COURT = Axis(column="court", known="courts", total="total")
COURT_AND_AGE = (BY_COURT, Axis(column="age_band", only=(YOUNG,), total="all"))
ON_AN_ORDER = pl.col("sentence").is_in(["community", "suspended"])
WITHOUT_REPORT = (Axis(groups=(Group(label="of the {denominator} without a report"),)),)
BY_REPORT = (
    Axis(groups=(Group(label="with a report", where=pl.col("with_report")),
                 Group(label="without a report", where=~pl.col("with_report")))),
)  # fmt: skip
IMPOSED = (
    Axis(groups=(
        Group(label="eligible"),
        Group(label="enhanced activity requirement", where=ON_AN_ORDER & pl.col("enhanced")),
        Group(label="community or suspended order without it", where=ON_AN_ORDER & ~pl.col("enhanced")),
        Group(label="custody", where=pl.col("sentence") == "custody"),
        Group(label="fine", where=pl.col("sentence") == "fine"),
    )),
)  # fmt: skip


def _here(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Rows of the courts that the service runs in; of every court where the pilot file names none."""
    courts = scope.pilot.service(SERVICE).courts
    return frame.filter(pl.col("court").is_in(courts)) if courts else frame


def case_rows(scope: Scope) -> pl.DataFrame:
    """A row a case, on the day it came to attention, with what had come of it by the last day of the period."""
    return with_breakdowns(_here(queries.cases(as_at=scope.as_at), scope).rename({"attention_on": "on"}), on="age_on")


def report_rows(scope: Scope) -> pl.DataFrame:
    """A row a report delivered, on the day of delivery."""
    return with_breakdowns(_here(queries.delivered(), scope).rename({"delivered_on": "on"}), on="age_on")


def requested_rows(scope: Scope) -> pl.DataFrame:
    """A row a report asked for, on the day it was asked for; within the limit only if delivered by the end of the period."""
    in_time = pl.col("within_limit") & (pl.col("delivered_on") <= scope.as_at).fill_null(value=False)
    asked = _here(queries.reports(), scope).with_columns(within_limit=in_time)
    return with_breakdowns(asked.rename({"requested_on": "on"}))


def assessment_rows(scope: Scope) -> pl.DataFrame:
    """A row a DRR or ATR assessment, on its day."""
    return with_breakdowns(_here(queries.assessments(), scope))


def young_rows(scope: Scope) -> pl.DataFrame:
    """A row a person of 18 to 25 with a report delivered in the period, on the day of the first, and what its case had led to."""
    outcome = queries.cases(as_at=scope.as_at).select("case", "sentence", "enhanced")
    young = report_rows(scope).filter(
        pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"), pl.col("age_band") == YOUNG
    )
    return young.sort("on", "report").unique("person", keep="first", maintain_order=True).join(outcome, on="case", how="left")


def _counts() -> tuple[Measure, ...]:
    limit = current_pilot().targets.reports_within_days
    return (
        Measure(
            slug="psr.cases", title="Cases that came to the attention of the court officers", unit="cases", statistic="count",
            why="The officers can only report on the cases they know of", rows=case_rows, axes=COURT_AND_AGE, service=SERVICE,
            definition="Cases by the day they came to attention: told of or matched on a list, whichever is first",
        ),
        Measure(
            slug="psr.delivered", title="Reports delivered", unit="reports", statistic="count", rows=report_rows,
            why="What the service is for", axes=COURT_AND_AGE, service=SERVICE, definition="Reports by the day of delivery",
        ),
        Measure(
            slug="psr.on_the_day", title="Reports delivered on the day of the plea", unit="reports", statistic="count",
            why="The quickest sentence is that of the day itself", rows=report_rows, counted=pl.col("on_the_day"),
            axes=COURT_AND_AGE, service=SERVICE,
            definition="Delivered on the clock day: the first guilty plea or finding of guilt",
        ),
        Measure(
            slug="psr.within_5_days", title=f"Reports delivered within {limit} days of the plea", unit="reports",
            statistic="count", why="The desired outcome of the service", rows=report_rows, counted=pl.col("within_limit"),
            axes=COURT_AND_AGE, service=SERVICE, definition=f"Delivered {limit} or fewer calendar days after the clock day",
        ),
        Measure(
            slug="psr.reports_per_month", title="Reports delivered a month", unit="reports", statistic="monthly",
            why="Shows whether the service keeps its pace", rows=report_rows, axes=ALL, service=SERVICE,
            definition="Reports delivered divided by the calendar months begun in the window",
        ),
        Measure(
            slug="psr.late_reasons", title="Reports delivered late, by the reason recorded", unit="reports", statistic="count",
            why="Says what to mend", rows=report_rows, counted=pl.col("days").is_not_null() & ~pl.col("within_limit"),
            axes=(Axis(column="late_reason", only=LATE_REASONS, total="total"),), service=SERVICE,
            definition=f"Reports delivered more than {limit} days after the clock day; the total has those without a reason too",
        ),
        Measure(
            slug="psr.drr_atr_assessments", title="DRR and ATR assessments carried out", unit="assessments", statistic="count",
            why="The court officers do them beside the reports", rows=assessment_rows, axes=(BY_COURT,), service=SERVICE,
            definition="Assessments for drug rehabilitation or alcohol treatment requirements, by their day",
        ),
        Measure(
            slug="psr.enhanced_requirement", title="People of 18 to 25 with a report, by what they were sentenced to",
            unit="people", statistic="count", why="Young people with a report may get the enhanced activity requirement",
            rows=young_rows, axes=IMPOSED, service=SERVICE,
            definition="People with a report delivered in the period, by the most severe sentence of its case",
        ),
    )  # fmt: skip


def _shares() -> tuple[Measure, ...]:
    targets = current_pilot().targets
    limit = targets.reports_within_days
    return (
        Measure(
            slug="psr.received_rate", title="Share of the cases that received a report", unit="percent", statistic="share",
            why="Shows how far the service reaches", rows=case_rows, hit=pl.col("reported"), axes=ALL, service=SERVICE,
            definition="Cases with a report delivered by the end of the period, of the cases that came to attention in it",
        ),
        Measure(
            slug="psr.within_5_days_rate", title=f"Share of the reports delivered within {limit} days", unit="percent",
            statistic="share", why="The desired outcome of the service", rows=report_rows, hit=pl.col("within_limit"),
            target=targets.reports_within_days_percent, axes=ALL, service=SERVICE,
            definition=f"Delivered {limit} or fewer calendar days after the clock day, of the reports delivered",
        ),
        Measure(
            slug="psr.within_5_days_of_requested", title=f"Share of the reports asked for that came within {limit} days",
            unit="percent", statistic="share", why="A report never delivered is not a success", rows=requested_rows,
            hit=pl.col("within_limit"), target=targets.reports_within_days_percent, axes=ALL, service=SERVICE,
            definition=f"Delivered {limit} or fewer calendar days after the clock day, of the reports asked for in the period",
        ),
        Measure(
            slug="psr.pleaded_guilty", title="Cases with a guilty plea to the qualifying offence", unit="percent",
            statistic="share", why="Only a guilty plea or finding starts the clock", rows=case_rows,
            hit=pl.col("pleaded_guilty"), axes=ALL, service=SERVICE,
            definition="Cases in which a guilty plea stands at the end of the period, of those that came to attention in it",
        ),
    )  # fmt: skip


def _offences() -> tuple[Measure, ...]:
    slugs = {
        "theft": "psr.offence_theft", "violence": "psr.offence_violence",
        "burglary or robbery": "psr.offence_burglary_robbery",
    }  # fmt: skip
    return tuple(
        Measure(
            slug=slug, title=f"Cases in court for {label}", unit="percent", statistic="share", rows=case_rows,
            why="Shows who the cases are", hit=pl.col("offence_group") == label, axes=ALL, service=SERVICE,
            definition=f"Cases of OGRS3 group {', '.join(queries.PUBLISHED_GROUPS[label])}, of the cases that came to attention",
        )
        for label, slug in slugs.items()
    )  # fmt: skip


def _no_report() -> tuple[Measure, ...]:
    words = {
        "sentenced_without": "sentenced without one", "adjourned": "adjourned",
        "committed_to_crown": "committed to the Crown Court", "trial_elsewhere": "trial in another court",
        "other": "another reason",
    }  # fmt: skip
    return tuple(
        Measure(
            slug=f"psr.no_report_{reason}", title=f"Reason for no report: {words[reason]}", unit="percent", statistic="share",
            why="Shows where cases are lost to the service", rows=case_rows, counted=~pl.col("reported"),
            hit=pl.col("no_report_reason") == reason, axes=WITHOUT_REPORT, service=SERVICE,
            definition="Of the cases without a report delivered by the end of the period, those with this reason recorded",
        )
        for reason in NO_REPORT_REASONS
    )  # fmt: skip


def _sentences() -> tuple[Measure, ...]:
    hits = {
        "sentence.community_or_suspended": ("Community or suspended sentence order", ON_AN_ORDER),
        "sentence.custody": ("Custodial sentence", pl.col("sentence") == "custody"),
    }
    return tuple(
        Measure(
            slug=slug, title=title, unit="percent", statistic="share", rows=case_rows, counted=pl.col("sentence") != queries.NONE,
            why="Shows whether sentences differ where the court had a report", hit=hit, axes=BY_REPORT, service=SERVICE,
            definition="Of the cases sentenced by the end of the period, by their most severe sentence; with a report: "
                       "delivered by that day",
        )
        for slug, (title, hit) in hits.items()
    )  # fmt: skip


def _times() -> tuple[Measure, ...]:
    told = (
        ("psr.days_median", "median", "days", "Median days from plea to report"),
        ("psr.days_mean", "mean", "days", "Mean days from plea to report"),
        ("psr.working_days_median", "median", "working_days", "Median working days from plea to report"),
    )
    timed = tuple(
        Measure(
            slug=slug, title=title, unit="days", statistic=statistic, value=pl.col(value), rows=report_rows, digits=1,
            why="A share within a limit hides how late the others were", counted=pl.col(value).is_not_null(), axes=(BY_COURT,),
            service=SERVICE, definition="From the clock day to the day of delivery, of reports delivered while a clock ran",
        )
        for slug, statistic, value, title in told
    )  # fmt: skip
    age = Measure(
        slug="psr.age_mean", title="Mean age of the cases", unit="years", statistic="mean", value=pl.col("age"), rows=case_rows,
        why="Shows who the cases are", counted=pl.col("age").is_not_null(), axes=ALL, service=SERVICE,
        definition="Completed years on the clock day, else on the day the case came to attention; cases with a known age",
    )  # fmt: skip
    return *timed, age


MEASURES = (*_counts(), *_shares(), *_offences(), *_no_report(), *_sentences(), *_times(), *OF_LISTS)
