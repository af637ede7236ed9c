"""Made-up measures for every figure that the report shows: the figures of no pilot, but of the shapes of a real one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import ALL, TOTAL, Axis, Finding, Group, Measure, Scope
from throughcare.core.drawings import accessible
from throughcare.report.around import Around, Study, StudyChart, Theme
from throughcare.report.provenance import Provenance

BOROUGHS = ("Camden", "Enfield", "Hackney", "Haringey", "Islington", "Newham", "Tower Hamlets", "Waltham Forest")
SERVICES = {"Mentoring": 98, "Building Bridges": 40, "Right Track": 72, "TIGER": 48, "Mental health": 102}
BY_BOROUGH = Axis(column="borough", known="boroughs", total="total")
LIKERT = ("strongly disagree", "disagree", "neutral", "agree", "strongly agree")

PLAIN = """
cohort.eligible_july_2015 1187
cohort.size_initial 1363
prison.cases_in_custody 293
prison.cases_community 79
prison.cases_licence 433
survey.n 44
""".strip().splitlines()
TOTALS = """
budget.accepted 1
budget.purchases 3
health.referred 102
health.assessments 45
health.care_plans 24
employment.referred 70
employment.accepted 2
employment.in_work 0
""".strip().splitlines()
SHARES = """
cohort.managed_by_crc 913/1363
cohort.managed_by_nps 450/1363
cohort.male 1240/1363
cohort.age_18_25 491/1363
cohort.age_26_34 395/1363
cohort.in_custody 518/1363
cohort.community_order 518/1363
cohort.on_licence 327/1363
history.first_arrest_under_16 736/1187
history.first_conviction_under_16 570/1187
history.convicted_last_1y 710/1187
history.convicted_last_3y 1066/1187
psr.received_rate 225/947
psr.within_5_days_rate 86/225
psr.within_5_days_of_requested 86/234
psr.pleaded_guilty 777/947
psr.offence_theft 313/947
psr.offence_violence 152/947
psr.offence_burglary_robbery 104/947
psr.no_report_sentenced_without 296/722
psr.no_report_adjourned 79/722
psr.no_report_committed_to_crown 51/722
psr.no_report_trial_elsewhere 36/722
contact.fortnightly_rate 27/30
survey.partners_new 21/32
survey.can_sequence 6/10
""".strip().splitlines()
MEANS = """
cohort.age_mean 31
cohort.ogrs2y_mean 82
history.arrests_mean 53
history.convictions_mean 33
history.age_first_arrest_mean 15
psr.age_mean 35
contact.weekly_mean 1.18
""".strip().splitlines()
BY_GROUP = {
    "budget.referred": {"Enfield": 1, "Islington": 1, "Tower Hamlets": 2},
    "idp.requested": dict(zip(BOROUGHS, (7, 14, 16, 33, 5, 0, 9, 17), strict=True)),
    "idp.received": dict(zip(BOROUGHS, (6, 14, 16, 36, 6, 4, 10, 18), strict=True)),
    "taskings": dict(zip(BOROUGHS, (0, 0, 110, 182, 0, 2, 0, 26), strict=True)),
}
PROVIDERS = ("Caring for Ex-offenders", "Osmani Trust", "Reaching All People", "New Choices for Youth")
NAMED = {
    "mentoring.referred": dict(zip(PROVIDERS, (6, 38, 30, 24), strict=True)),
    "mentoring.accepted": dict(zip(PROVIDERS, (3, 30, 29, 24), strict=True)),
    "mentoring.seen": dict(zip(PROVIDERS, (0, 21, 25, 3), strict=True)),
    "mentoring.completed": dict(zip(PROVIDERS, (0, 0, 4, 0), strict=True)),
    "health.consultations": {"with offender managers": 272, "with other professionals": 33},
    "psr.drr_atr_assessments": {"Thames": 78, "Highbury Corner": 10},
    "psr.late_reasons": {"learned_too_late": 80, "assessment": 29, "other": 30},
    "referrals.declined": {"Is in custody": 32, "No place is free": 2},
}
WITHOUT_TOTAL = {
    "service.eligible": {"Court reports": 1140, "Mentoring": 349, "TIGER": 349},
    "service.referred": {"Mentoring": 98, "TIGER": 48},
    "service.accepted": {"Mentoring": 86, "TIGER": 33},
    "service.accessing": {"Mentoring": 49, "TIGER": 0},
    "service.completed": {"Mentoring": 4, "TIGER": 0},
    "service.not_completed": {"Mentoring": 9, "TIGER": 0},
    "health.interventions": {"motivational interviewing": 11, "psycho-education": 9, "supportive programmes": 6, "resilience": 2},
    "overlap.psr": {"prison co-ordination": 125, "young adult males": 13, "mental health": 10},
    "overlap.mentoring": {"Right Track": 64, "TIGER": 36},
    "overlap.health": {"young adult males": 3},
    "overlap.pair": {"Right Track & TIGER": 40},
    "overlap.triple": {"Right Track & TIGER & Building Bridges": 28},
}
COURT = {("Thames", "18-25"): 1, ("Thames", "26-34"): 3, ("Highbury Corner", "18-25"): 1, ("Highbury Corner", "26-34"): 2}


def _rows(frame: pl.DataFrame) -> Callable[[Scope], pl.DataFrame]:
    return lambda scope: frame


def _frame(counts: dict[str, int], column: str = "group") -> pl.DataFrame:
    """A row a unit of counting; its day and borough go round, so that divided figures have some of each."""
    values = [value for value, n in counts.items() for _ in range(n)]
    days = [date(2016, 7 + (i * 7) % 6, 1 + i % 28) for i in range(len(values))]
    told = {"on": days, column: values}
    if column != "borough":
        told["borough"] = [BOROUGHS[(i * i) % 8] for i in range(len(values))]
    return pl.DataFrame(told, schema={name: pl.Date if name == "on" else pl.String for name in told})


def _measure(slug: str, frame: pl.DataFrame, **fields: object) -> Measure:
    told = {
        "title": f"Title of {slug}",
        "why": "",
        "unit": "people",
        "statistic": "count",
        "definition": f"How {slug} is counted",
    }
    return Measure(slug=slug, rows=_rows(frame), **(told | fields))


def _share(slug: str, hits: int, base: int) -> Measure:
    frame = _frame({"yes": hits, "no": base - hits})
    group = (Axis(groups=(Group(label="of the {denominator} without a report"),)),) if "no_report" in slug else ALL
    target = 90 if slug == "psr.within_5_days_rate" else None
    return _measure(slug, frame, unit="percent", statistic="share", hit=pl.col("group") == "yes", axes=group, target=target)


def _groups(counts: dict[str, int], **fields: object) -> tuple[Axis, ...]:
    return (Axis(groups=tuple(Group(label=g, where=pl.col("group") == g) for g in counts), **fields),)


def _courts(slug: str, times: int) -> Measure:
    cells = [(court, band) for (court, band), n in COURT.items() for _ in range(n * times)]
    frame = pl.DataFrame(cells, schema=["court", "age_band"], orient="row").with_columns(on=pl.date(2016, 5, 1))
    axes = (Axis(column="court", known="courts", total="total"), Axis(column="age_band", only=("18-25",), total="all"))
    return _measure(slug, frame, axes=axes, service="court_reports")


def _days(slug: str, statistic: str, days: tuple[float, float]) -> Measure:
    """A figure of days by court, worked out of reports that all took the days of their court."""
    told = [(court, value) for court, value in zip(("Thames", "Highbury Corner"), days, strict=True) for _ in range(20)]
    rows = pl.DataFrame(told, schema=["court", "days"], orient="row")
    axes = (Axis(column="court", known="courts", total="total"),)
    fields = {"unit": "days", "statistic": statistic, "value": pl.col("days"), "digits": 1}
    return _measure(slug, rows, axes=axes, service="court_reports", **fields)


MENTORING = {"counted": pl.col("service") == "Mentoring", "axes": (Axis(groups=(Group(label="Mentoring"),)),)}
SHARE = {"unit": "percent", "statistic": "share"}


def _referrals() -> list[Measure]:
    rows = _frame(SERVICES, "service")
    before = {"statistic": "monthly", "digits": 1, "window": "mentoring_before_september"}
    return [
        _measure("referrals", rows, unit="referrals", axes=(Axis(column="service", only=tuple(SERVICES)),)),
        _measure("referrals.month", rows, window="mentoring_september", **MENTORING),
        _measure("referrals.month_mean", rows, **MENTORING, **before),
    ]


def _sentences() -> list[Measure]:
    counts = [("with a report", 142, 225), ("without a report", 114, 600)]
    cases = [(group, i < n) for group, n, of in counts for i in range(of)]
    rows = pl.DataFrame(cases, schema=["group", "hit"], orient="row")
    axes = _groups({group: n for group, n, _ in counts})
    return [_measure(f"sentence.{s}", rows, hit=pl.col("hit"), axes=axes, **SHARE) for s in ("community_or_suspended", "custody")]


def _within() -> list[Measure]:
    """Shares of one base."""
    table_4 = dict(zip(LIKERT, (3, 5, 3, 14, 7), strict=True))
    prisons = {"Pentonville": 64, "Thameside": 44, "Isis": 32}
    every = {"hit": pl.lit(value=True)} | SHARE
    return [
        _measure("prison.share", _frame(prisons | {"elsewhere": 153}), axes=_groups(prisons, within=True), **every),
        _measure("survey.table4.partners_new", _frame(table_4), axes=_groups(table_4, within=True), digits=1, **every),
    ]


def _special() -> list[Measure]:
    imposed = {"enhanced activity requirement": 9, "community or suspended order without it": 18, "custody": 9, "fine": 1}
    ends = (("age_min", "minimum", 18), ("age_max", "maximum", 69), ("ogrs2y_min", "minimum", 52), ("ogrs2y_max", "maximum", 98))
    courts = (("psr.cases", 40), ("psr.delivered", 12), ("psr.on_the_day", 1), ("psr.within_5_days", 5))
    eligible = (Axis(groups=(Group(label="eligible"), *_groups(imposed)[0].groups)),)
    return [
        *_referrals(),
        *_sentences(),
        *_within(),
        *(_courts(slug, times) for slug, times in courts),
        _days("psr.days_median", "median", (14.0, 2.0)),
        _days("psr.days_mean", "mean", (16.0, 4.0)),
        _days("psr.working_days_median", "median", (10.0, 2.0)),
        _measure("psr.reports_per_month", _frame({"x": 225}), statistic="monthly"),
        _measure("psr.enhanced_requirement", _frame(imposed), axes=eligible),
        *(
            _measure(f"cohort.{slug}", pl.DataFrame({"value": [v] * 40}), statistic=statistic, value=pl.col("value"))
            for slug, statistic, v in ends
        ),
    ]


def _of_a_day(m: Measure) -> Measure:
    """Figures of the cohort and of history hold on a reference day."""
    day = "first_pull" if m.slug.startswith("history.") or "july" in m.slug else "initial_cohort"
    return replace(m, reference_day=day) if m.slug.startswith(("cohort.", "history.")) else m


def measures() -> tuple[Measure, ...]:
    """One measure for each figure of the report."""
    plain = [_measure(slug, _frame({"x": int(n)})) for slug, n in (line.split() for line in PLAIN)]
    totals = [_measure(slug, _frame({"x": int(n)}), axes=TOTAL) for slug, n in (line.split() for line in TOTALS)]
    shares = [_share(slug, *map(int, counts.split("/"))) for slug, counts in (line.split() for line in SHARES)]
    means = [
        _measure(
            slug,
            pl.DataFrame({"value": [float(v)] * 40}),
            statistic="mean",
            value=pl.col("value"),
            digits=len(v.partition(".")[2]),
            target=1 if slug == "contact.weekly_mean" else None,
        )
        for slug, v in (line.split() for line in MEANS)
    ]
    boroughs = [_measure(slug, _frame(counts, "borough"), axes=(BY_BOROUGH,)) for slug, counts in BY_GROUP.items()]
    named = [_measure(s, _frame(c), axes=(Axis(groups=_groups(c)[0].groups, total="total"),)) for s, c in NAMED.items()]
    without = [_measure(slug, _frame(counts), axes=_groups(counts)) for slug, counts in WITHOUT_TOTAL.items()]
    made = (*plain, *totals, *shares, *means, *boroughs, *named, *without, *_special())
    return tuple(_of_a_day(m) for m in made)


FINDINGS = (
    Finding(
        slug="plan_without_request",
        title="A plan was returned without a recorded request",
        group="Newham",
        records=("IDP-31", "IDP-44"),
        mend="record the request, or say that there was none",
    ),
    Finding(
        slug="plan_without_request",
        title="A plan was returned without a recorded request",
        group="Hackney",
        records=tuple(f"IDP-{i}" for i in range(50, 57)),
        mend="record the request, or say that there was none",
    ),
)

DRAWN = accessible('<svg class="marks" width="9" height="9"><g id="marks"><path d="M0,0h9"/></g></svg>', slug="over-time",
                   title="Treated & compared", says="The treated fell.")  # fmt: skip
PERIODS = (
    {"period": "2016-04", "treated": 9.5, "compared": 10.0, "low": None},
    {"period": "2016-05", "treated": 8.0, "compared": 10.0, "low": -3.5},
)
AROUND = Around(
    caveats={"psr.cases": ("The post Court officer, Highbury Corner was vacant from 1 July 2016 to 30 November 2016",)},
    themes=(
        Theme(title="Being released", meaning="The gate and the first days.",
              quotations=(("Somebody was there. That was new.", "Somebody whom the pilot serves"),)),
    ),
    studies=(
        Study(title="Proven reoffending", question="Do fewer reoffend?", registered_on=date(2017, 1, 9), because="follow-up",
              shut=(("follow-up", "0 of 41 have been followed for 12 months. Missing: 300 days."),), ready_on=date(2018, 6, 1),
              ran_on=None, found=()),
        Study(title="Sentence sooner", question="", registered_on=date(2017, 1, 9), because="", shut=(), ready_on=None,
              ran_on=date(2017, 3, 1), found=("days to sentence: lower",), charts=(StudyChart(svg=DRAWN, rows=PERIODS),),
              estimates=(
                  {"outcome": "custody", "kind": "binary", "treated_value": 0.25, "compared_value": 0.375, "estimate": -0.125,
                   "ci_low": -0.2, "ci_high": -0.05, "verdict": "lower"},
                  {"outcome": "days", "words": "days to sentence", "kind": "count", "treated_value": 9.5, "compared_value": 12.25,
                   "estimate": -2.75, "ci_low": -4.0, "ci_high": 1.0, "verdict": "not determined"},
              )),
    ),
)  # fmt: skip


def provenance() -> Provenance:
    loads = {"people": "2017-01-03T06:00:00+00:00"}
    return Provenance(pilot=current_pilot(), pilot_sha256="a" * 64, entry=(41, "b" * 64), loads=loads)
