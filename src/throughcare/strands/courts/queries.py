"""Reading the courts' tables: cases, reports with their clock, sentences, who is on a list, what is held on a person.

A case counts on the day it came to attention, with its plea, clock, report and sentence as they stood on the day asked about.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import polars as pl
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse

from throughcare.casework.cohort.on_days import not_eligible, not_members
from throughcare.casework.cohort.queries import members
from throughcare.casework.findings import findings_by_place
from throughcare.casework.frames import about, held, once, read
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Finding, Owner, Scope, TimelineEntry
from throughcare.rules import report_clock
from throughcare.rules.ogrs3.offences import group_of_code
from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS
from throughcare.strands.courts import models as m
from throughcare.strands.courts.words import event_in_words

PUBLISHED_GROUPS = {
    "theft": ("theft_non_motor", "theft_from_vehicle"),
    "violence": ("violence",),
    "burglary or robbery": ("burglary_domestic", "burglary_other", "robbery"),
}
"""The offence groups that are published, by OGRS3 group. Handling stolen goods and taking a vehicle are not theft here:
the law has them as offences of their own. All else, and a code that is not in the map, is "other"."""

NONE = "none"
COURT_FEEDS = Owner(feeds=("court-cases",))

def offence_group(code: pl.Expr) -> pl.Expr:
    """The published group of a Home Office offence code: theft, violence, burglary or robbery, else other."""
    published = {OFFENCE_GROUPS.index(name): label for label, names in PUBLISHED_GROUPS.items() for name in names}
    return group_of_code(code).replace_strict(published, default="other", return_dtype=pl.String)


@once
def cases(*, as_at: date | None) -> pl.DataFrame:
    """A row a case, by its id, with what had come of it by the end of the day `as_at` (None: all that is on record).

    case, record (its record_id; null where entered here), person, court, attention_on (the earlier of told and list
    match), offence_group, no_report_reason; clock_on (the clock of its first delivered report, else as the pleas stand;
    null where none) and age_on (clock_on, else attention_on); pleaded_guilty (a guilty plea stands); reported (a report
    was delivered) and reported_on (the first); sentence (the most severe; "none" where not sentenced), sentenced_on,
    enhanced (an enhanced activity requirement was imposed), with_report (a report was delivered by the day of that sentence).
    """
    pleas = held(pleas_by_case)
    found = read(
        m.CourtCase.objects.order_by("pk"), case="pk", record="source__record_id", person="person", court="court",
        told_on="told_on", listed_on="listed_on", offence_code="offence_code", no_report_reason="no_report_reason",
    )  # fmt: skip
    standing = [report_clock.clock_day(pleas[case], as_at=as_at) for case in found["case"]]
    guilty = [any(p.plea == "guilty" and p.stands(as_at) for p in pleas[case]) for case in found["case"]]
    found = found.with_columns(
        pl.Series("standing_on", standing, dtype=pl.Date), pl.Series("pleaded_guilty", guilty, dtype=pl.Boolean),
        attention_on=pl.min_horizontal("told_on", "listed_on"), offence_group=offence_group(pl.col("offence_code")),
    )  # fmt: skip
    first = delivered().filter(_by(pl.col("delivered_on"), as_at)).sort("delivered_on", "report")
    first = first.unique("case", keep="first").select("case", reported_on="delivered_on", delivery_clock_on="clock_on")
    found = found.join(first, on="case", how="left").join(sentences(as_at=as_at), on="case", how="left").sort("case")
    found = found.with_columns(
        clock_on=pl.coalesce("delivery_clock_on", "standing_on"), reported=pl.col("reported_on").is_not_null(),
        sentence=pl.col("sentence").fill_null(NONE), enhanced=pl.col("enhanced").fill_null(value=False),
        with_report=(pl.col("reported_on") <= pl.col("sentenced_on")).fill_null(value=False),
    )  # fmt: skip
    return found.with_columns(age_on=pl.coalesce("clock_on", "attention_on"))


def of_the_service(day: str) -> pl.Expr:
    """Whether a case is the service's: at one of its courts, or at any where it names none, and since it began by the column
    `day`. Others are loaded for studies to compare with.
    """
    service = current_pilot().service("court_reports")
    here = pl.col("court").is_in(list(service.courts)) if service.courts else pl.lit(value=True)
    return here & (pl.col(day) >= service.start)


def _by(day: pl.Expr, as_at: date | None) -> pl.Expr:
    """Whether the day had come by `as_at` (None: whether it is on record)."""
    return day.is_not_null() if as_at is None else (day <= as_at).fill_null(value=False)


@once
def reports() -> pl.DataFrame:
    """A row a report asked for, by its id.

    report, record, case, person, court, requested_on, delivered_on (null: not yet), kind, author, late_reason; and, where
    it was delivered while a clock ran, clock_on, days, working_days; on_the_day and within_limit are false elsewhere.
    """
    pleas, limit = held(pleas_by_case), current_pilot().targets.reports_within_days
    found = read(
        m.Report.objects.order_by("pk"), report="pk", record="source__record_id", case="case", person="case__person",
        court="case__court", requested_on="requested_on", delivered_on="delivered_on", kind="kind", author="author",
        late_reason="late_reason",
    )  # fmt: skip
    schema = {
        "clock_on": pl.Date, "days": pl.Int64, "working_days": pl.Int64, "on_the_day": pl.Boolean, "within_limit": pl.Boolean,
    }  # fmt: skip
    times = [_time(pleas[case], day, limit) for case, day in found.select("case", "delivered_on").iter_rows()]
    return found.hstack(pl.DataFrame(times, schema=schema, orient="row"))


def _time(pleas: list[report_clock.Plea], day: date | None, limit: int) -> tuple[object, ...]:
    """clock_on, days, working_days, on_the_day, within_limit of a report delivered on a day (None: not yet)."""
    time = report_clock.delivery(pleas, delivered_on=day, limit=limit) if day else None
    if time is None:
        return None, None, None, False, False
    return time.clock_on, time.days, time.working_days, time.on_the_day, time.within_limit


@once
def delivered() -> pl.DataFrame:
    """The reports delivered, as `reports`, with age_on: the clock day, else the day the case came to attention."""
    attention = read(m.CourtCase.objects.order_by("pk"), case="pk", told_on="told_on", listed_on="listed_on")
    attention = attention.select("case", attention_on=pl.min_horizontal("told_on", "listed_on"))
    found = reports().filter(pl.col("delivered_on").is_not_null()).join(attention, on="case", how="left")
    return found.with_columns(age_on=pl.coalesce("clock_on", "attention_on")).sort("report")


@once
def sentences(*, as_at: date | None) -> pl.DataFrame:
    """A row a case sentenced by `as_at` (None: at all): case, sentence (the most severe of its sentences by then),
    sentenced_on (its day; the first of equals), enhanced (whether any of them has an enhanced activity requirement).
    """
    imposed = m.CaseSentence.objects.order_by("pk")
    requirements = m.CaseRequirement.objects.filter(kind="enhanced_activity")
    if as_at is not None:
        imposed, requirements = imposed.filter(sentenced_on__lte=as_at), requirements.filter(sentence__sentenced_on__lte=as_at)
    found = read(imposed, case="case", sentence="kind", sentenced_on="sentenced_on")
    severity = {kind: place for place, kind in enumerate(m.SENTENCE_KINDS)}
    found = found.with_columns(severity=pl.col("sentence").replace_strict(severity, default=None, return_dtype=pl.Int64))
    found = found.sort("severity", "sentenced_on", maintain_order=True).unique("case", keep="first", maintain_order=True)
    enhanced = requirements.values_list("sentence__case", flat=True)
    return found.drop("severity").with_columns(enhanced=pl.col("case").is_in(sorted(set(enhanced)))).sort("case")


def assessments() -> pl.DataFrame:
    """person, court, kind (DRR or ATR), on."""
    found = m.Assessment.objects.order_by("pk")
    return read(found, person="person", court="court", kind="kind", on="carried_out_on")


def list_matches(court: str, day: date, *, as_at: date) -> pl.DataFrame:
    """The members of the cohort on `as_at` among those on a court's list for a day: entry, person, received_on."""
    found = read(
        m.ListEntry.objects.filter(court=court, hearing_on=day).order_by("pk"), entry="pk", person="person",
        received_on="received_on",
    )  # fmt: skip
    return found.join(members(as_at).select("person").unique(), on="person", how="semi", maintain_order="left")


def clocks_running(as_at: date, courts: Sequence[str] = ()) -> list[tuple[m.Report, report_clock.Running]]:
    """Reports asked for and not delivered by a day, whose clock runs then, of the cases that these courts have or of all.

    Those due first, first. A case that is said to need none is left out.
    """
    limit = current_pilot().targets.reports_within_days
    open_then = m.Report.objects.filter(requested_on__lte=as_at).exclude(delivered_on__lte=as_at).select_related("case")
    open_then = open_then.filter(case__no_report_reason="")
    reports = list((open_then.filter(case__in=cases_of(courts)) if courts else open_then).order_by("pk"))
    pleas = pleas_by_case([r.case_id for r in reports])
    found = [(r, report_clock.running(pleas[r.case_id], as_at=as_at, limit=limit)) for r in reports]
    return sorted(((r, clock) for r, clock in found if clock), key=lambda pair: pair[1].due_on)


def with_court_now(cases: QuerySet) -> QuerySet:
    """The cases with `court_now`: the court to which each was last transferred, else the one where it came to attention."""
    moved = m.CaseEvent.objects.filter(case=OuterRef("pk"), kind="transferred", taken_back_on=None).order_by("-on", "-pk")
    return cases.annotate(court_now=Coalesce(Subquery(moved.values("court")[:1]), F("court")))


def cases_of(courts: Sequence[str]) -> QuerySet:
    """The cases that are these courts' to answer for: where they are now; where they came from, if the service is not there."""
    served = current_pilot().service("court_reports").courts
    there = Q(court_now__in=courts)
    if served:
        there |= Q(court__in=courts) & ~Q(court_now__in=served)
    return with_court_now(m.CourtCase.objects.all()).filter(there)


def pleas_of(case_id: int) -> list[report_clock.Plea]:
    """The pleas and findings of one case, as the rule takes them."""
    return pleas_by_case([case_id])[case_id]


def pleas_by_case(cases: Sequence[int] | None = None) -> defaultdict[int, list[report_clock.Plea]]:
    """By case, its pleas as the rule takes them; of these cases, or of all."""
    found: defaultdict[int, list[report_clock.Plea]] = defaultdict(list)
    rows = m.Plea.objects.order_by("entered_on", "pk")
    if cases is not None:
        rows = rows.filter(case__in=cases)
    for case, entered_on, plea, vacated_on in rows.values_list("case_id", "entered_on", "plea", "vacated_on"):
        found[case].append(report_clock.Plea(entered_on=entered_on, plea=plea, vacated_on=vacated_on))
    return found


def findings(scope: Scope) -> Sequence[Finding]:
    """What does not fit together, by court, of the period: reports delivered while no clock ran or late without a reason;
    cases with a report and a reason for having none; cases of people for whom the service is not; courts not of the pilot.
    """
    within = pl.col("on").is_between(scope.period.start, scope.period.end, closed="left")
    done = delivered().rename({"delivered_on": "on", "report": "row"}).filter(within)
    late = pl.col("days").is_not_null() & ~pl.col("within_limit") & (pl.col("late_reason") == "")
    seen = cases(as_at=scope.as_at).rename({"attention_on": "on", "case": "row"}).filter(within)
    outside = not_eligible(not_members(seen.filter(of_the_service("on"))), pilot=scope.pilot)
    unknown = _at_courts().filter(within, ~pl.col("court").is_in([*scope.pilot.courts, *scope.pilot.comparison_courts]))
    return (
        *_by_court(done.filter(pl.col("clock_on").is_null()), "report", slug="courts.no_clock",
                   title="Reports delivered while no clock ran", mend="record the plea of guilt or the finding, with its day"),
        *_by_court(done.filter(late), "report", slug="courts.late_without_reason", title="Reports late without a reason",
                   mend="record why the report was late"),
        *_by_court(seen.filter(pl.col("reported") & (pl.col("no_report_reason") != "")), "case",
                   slug="courts.report_and_reason", title="Cases with a report and a reason for having none",
                   mend="empty the reason, or correct the report"),
        *_by_court(outside, "case", slug="courts.not_for_the_service",
                   title="Cases of people who were neither members nor eligible on the day they came to attention",
                   mend="correct the person or the day, or load the convictions, supervision and addresses that are missing"),
        *findings_by_place(
            _named(unknown.with_row_index("row"), "row"), "court", slug="courts.unknown_court", owner=COURT_FEEDS, anywhere=True,
            title="Cases, list entries and assessments at a court that the pilot does not have",
            mend="correct the court's name; until then the rows are in no figure"),
    )  # fmt: skip


def _at_courts() -> pl.DataFrame:
    """record, court, on: all that names a court itself. A list entry is of the day on which the list was received."""
    found = m.CourtCase.objects.order_by("pk")
    named = read(found, record="source__record_id", row="pk", court="court", told_on="told_on", listed_on="listed_on")
    columns = {"record": "source__record_id", "row": "pk", "court": "court"}
    tables = (
        ("case", named.with_columns(on=pl.min_horizontal("told_on", "listed_on"))),
        ("list entry", read(m.ListEntry.objects.order_by("pk"), **columns, on="received_on")),
        ("assessment", read(m.Assessment.objects.order_by("pk"), **columns, on="carried_out_on")),
    )
    return pl.concat(
        table.select("court", "on", record=pl.coalesce("record", pl.format("{} {}", pl.lit(of), "row"))) for of, table in tables
    )


def _by_court(rows: pl.DataFrame, of: str, *, slug: str, title: str, mend: str) -> list[Finding]:
    """One finding a court, which its officer mends."""
    owner = Owner(role="court_officer")
    return findings_by_place(_named(rows, of), "court", slug=slug, title=title, mend=mend, owner=owner)


def _named(rows: pl.DataFrame, of: str) -> pl.DataFrame:
    """court, on, name: the record_ids concerned; a row entered here is named by its number."""
    return rows.select("court", "on", name=pl.coalesce("record", pl.format("{} {}", pl.lit(of), pl.col("row"))))


def service_use(scope: Scope) -> pl.DataFrame:
    """person, service, on: a delivered report is use of the court reports, on the day of delivery."""
    return delivered().select("person", service=pl.lit("court_reports"), on="delivered_on")


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Cases with their pleas, hearings, reports and sentences, and assessments of a person, by day; each leads to its case."""
    told: list[TimelineEntry] = []
    cases = about(m.CourtCase, person_id)
    prefetch_related_objects(cases, "pleas", "reports", "sentences", "events")
    for case in cases:
        told += _of_case(case)
    told += [_entry(c.sits_on, "court case", f"Taken at {c.court} by {c.post.title}") for c in about(m.CaseTaken, person_id)]
    for done in about(m.Assessment, person_id):
        told.append(_entry(done.carried_out_on, "assessment", f"{done.kind} assessment at {done.court}"))
    return sorted(told, key=lambda entry: entry.on)


def _entry(on: date, kind: str, words: str, case: m.CourtCase | None = None) -> TimelineEntry:
    address = reverse("case", kwargs={"case": case.pk}) if case else ""
    return TimelineEntry(on=on, kind=kind, row="court_cases", words=words, address=address)


def _of_case(case: m.CourtCase) -> list[TimelineEntry]:
    seen_on = min(day for day in (case.told_on, case.listed_on) if day)
    service = current_pilot().service("court_reports")
    ours = (case.court in service.courts or not service.courts) and seen_on >= service.start
    told = [_entry(seen_on, "court case", f"Case at {case.court} {'came to attention' if ours else 'first heard'}", case)]
    for plea in case.pleas.all():
        if plea.vacated_on == plea.entered_on:
            continue  # entered by mistake: it never stood
        told.append(_entry(plea.entered_on, "plea", f"{_words(plea.plea)} at {case.court}", case))
        if plea.vacated_on:
            told.append(_entry(plea.vacated_on, "plea", f"Plea of {plea.entered_on} vacated", case))
    for event in case.events.all():
        if event.taken_back_on is None:
            told.append(_entry(event.on, "court case", event_in_words(event), case))
    for report in case.reports.all():
        told.append(_entry(report.requested_on, "report", f"{_words(report.kind)} report asked for", case))
        if report.delivered_on:
            told.append(_entry(report.delivered_on, "report", f"{_words(report.kind)} report delivered", case))
    for sentence in case.sentences.all():
        length = f", {sentence.months} months" if sentence.months else ""
        told.append(_entry(sentence.sentenced_on, "sentence", f"{_words(sentence.kind)}{length}", case))
    return told


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()
