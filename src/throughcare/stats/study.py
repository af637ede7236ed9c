"""Runs a study: from a protocol and the rows of its people to what may be concluded. No file is read or written here.

In this order: who is in it, the score, the overlap, the gates; then the comparison and its checks; the outcomes last. A gate
that is shut leaves a description, marked "not an effect"; so does a clock that starts before the treatment.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from throughcare.stats import gates
from throughcare.stats.alternatives import alternatives
from throughcare.stats.arrays import Flags, Floats, Ints
from throughcare.stats.checks.attrition import Step, attrition
from throughcare.stats.checks.balance import Balance, balance
from throughcare.stats.checks.finding import Finding
from throughcare.stats.checks.missing import missing, missing_table
from throughcare.stats.checks.overlap import overlap
from throughcare.stats.checks.placebo import placebo
from throughcare.stats.checks.sensitivity import e_value, rosenbaum, sensitivity
from throughcare.stats.comparison import Comparison, compare, strata_of
from throughcare.stats.covariates import Covariates, covariates
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.logistic import Score, fit_score
from throughcare.stats.maryland import Design, Level, level
from throughcare.stats.mistakes import NoOverlap, ProtocolError
from throughcare.stats.outcomes import numbers, values
from throughcare.stats.people import People, dates, people_of
from throughcare.stats.power import least_detectable
from throughcare.stats.protocol import Outcome, Protocol, check_registered
from throughcare.stats.sample import Sample, column
from throughcare.stats.times import Times, times_of
from throughcare.stats.verdicts import Verdict, holm, verdict


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One outcome: the estimate and the verdict on it. `least_detectable`: the smallest fall that so many people could show."""

    outcome: Outcome
    estimate: Estimate
    verdict: Verdict
    least_detectable: float | None
    e_value: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Described:
    """What the two groups had, without any claim that one made the difference."""

    outcome: str
    treated: int
    treated_value: float
    compared: int
    compared_value: float
    note: str = "not an effect"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What the comparison of one study, or of one of its subgroups, found."""

    comparison: Comparison
    balance: Balance
    trusted: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything that a study found, with the protocol it followed."""

    protocol: Protocol
    sha256: str
    counts: tuple[int, int]
    described: tuple[Described, ...]
    refusals: tuple[gates.Refusal, ...]
    findings: tuple[Finding, ...]
    missing: pl.DataFrame
    score: dict[str, float]
    compared: Compared | None
    specifications: pl.DataFrame | None
    subgroups: tuple[tuple[str, Compared | None, str], ...]
    times: tuple[Times, ...]
    level: Level


def run_study(
    protocol: Protocol, frame: pl.DataFrame, *, sha256: str, as_at: date | None = None, registered: bool = False
) -> Result:
    """`as_at`: the day, for follow-up that must be over. Refuses a protocol that is neither registered nor exploratory."""
    check_registered(protocol.study, registered=registered)
    people = people_of(protocol, frame)
    found = people.sample
    match = protocol.match
    known = covariates(
        found.frame, names=match.covariates, categorical=match.categorical, missing=match.missing,
        never=sorted(protocol.forbidden),
    )  # fmt: skip
    y = {outcome.name: values(found.frame, outcome, found.treated) for outcome in protocol.outcome}
    table = missing_table(found.frame, found.treated, [*match.covariates, *match.categorical, *y])
    findings = [missing(table), *([people.immortal] if people.immortal else [])]
    refusals, score = _gates(protocol, people, known, as_at=as_at, findings=findings)
    base = Result(
        protocol=protocol, sha256=sha256, counts=found.counts, described=_described(y, found), refusals=tuple(refusals),
        findings=tuple(findings), missing=table, score={}, compared=None, specifications=None, subgroups=(), times=(),
        level=level("described", reading=protocol.study.maryland, alike=False, before_alike=None),
    )  # fmt: skip
    return base if score is None or refusals else _compared(base, people, known, score, y)


def _gates(
    protocol: Protocol, people: People, known: Covariates, *, as_at: date | None, findings: list[Finding]
) -> tuple[list[gates.Refusal], Score | None]:
    """The gates that are shut, and the score where one could be fitted."""
    found, asked = people.sample, protocol.gates
    shut = [gates.enough_treated(found.counts[0], least=asked.least_treated)]
    if asked.over is not None:
        unknown = np.column_stack([np.isnan(numbers(found.frame, o.name)) for o in protocol.outcome])
        whole: Flags = ~unknown.max(axis=1)
        dose = f"a dose of {asked.least_dose:g} or more" if asked.least_dose else ""
        complete = float(whole[found.treated].mean())
        shut.append(gates.over_pilots_rule(found.counts[0], complete=complete, more_than=asked.over, dose=dose))
    if asked.follow_up_months is not None:
        last = dates(column(found.frame, protocol.data.index)).max()
        if as_at is None or not isinstance(last, date):
            raise ProtocolError(
                what="It cannot be seen whether follow-up is over", record=protocol.data.index,
                expected="dates of the index event, and the day of the study", mend="give dates",
            )  # fmt: skip
        shut.append(gates.follow_up_over(last, as_at=as_at, months=asked.follow_up_months, waiting=asked.waiting_months))
    if people.immortal and people.immortal.passed is False:
        missing_clock = "a clock that starts at one moment for all: [time_zero]"
        shut.append(gates.Refusal(gate="time zero", why=people.immortal.says, missing=missing_clock))
    score: Score | None = None
    try:
        score = fit_score(known, found.treated)
        near = overlap(score.logit, found.treated)
        findings.append(near)
        shut.append(gates.enough_overlap(near))
    except NoOverlap as error:
        shut.append(gates.Refusal(gate="overlap", why=f"{error.what}.", missing=error.expected))
    return [each for each in shut if each is not None], score


def _described(y: dict[str, Floats], found: Sample) -> tuple[Described, ...]:
    told = []
    for name, value in y.items():
        ones, others = (value[group & ~np.isnan(value)] for group in (found.treated, ~found.treated))
        means = [float(part.mean()) if len(part) else float("nan") for part in (ones, others)]
        told.append(
            Described(outcome=name, treated=len(ones), treated_value=means[0], compared=len(others), compared_value=means[1])
        )
    return tuple(told)


def _compared(base: Result, people: People, known: Covariates, score: Score, y: dict[str, Floats]) -> Result:
    """The comparison, its checks, the answers, and the same asked in other ways."""
    protocol, found = base.protocol, people.sample
    strata = strata_of(found.frame, (*protocol.match.exact, *people.exact))
    comparison = compare(protocol.match, known, score, found.treated, strata)
    findings = list(base.findings)
    earlier = {name: numbers(found.frame, name) for name in protocol.checks.placebo}
    adjust = known.x[:, known.fitted] if protocol.match.adjust else None
    asked = placebo([comparison.difference(v, name=n, adjust=adjust, people=people.persons) for n, v in earlier.items()])
    compared, refusals = answers(protocol, comparison, known, found, y, people.persons, believed=asked.passed is not False)
    primary = compared.answers[0] if compared.answers else None
    findings += [compared.balance.finding, *([comparison.caliper] if comparison.caliper else []), asked]
    findings.append(attrition([*people.steps, Step(step="matched", treated=comparison.counts[1])]))
    if primary:
        findings.append(_sensitivity(comparison, primary, y[primary.outcome.name]))
    table = None
    if protocol.checks.specifications and primary:
        table = alternatives(protocol.match, known, score, found.treated, strata, y[primary.outcome.name], people.persons)
    return replace(
        base, score=score.coefficients, compared=compared, findings=tuple(findings), specifications=table,
        refusals=(*base.refusals, *refusals), subgroups=_subgroups(protocol, people, y),
        times=times_of(found.frame, comparison, [a.outcome for a in compared.answers]),
        level=level(_design(protocol), reading=protocol.study.maryland, alike=compared.balance.finding.passed is True,
                    before_alike=asked.passed),
    )  # fmt: skip


def answers(
    protocol: Protocol, comparison: Comparison, known: Covariates, found: Sample, y: dict[str, Floats], persons: Ints | None,
    *, believed: bool = True,
) -> tuple[Compared, list[gates.Refusal]]:  # fmt: skip
    """Estimates and verdicts on every outcome; a time of too few reoffenders is refused. Several are judged together (Holm)."""
    told = balance(known, comparison.treated, comparison.weights)
    trusted = told.finding.passed is True and believed
    adjust = known.x[:, known.fitted] if protocol.match.adjust else None
    kept, refusals, estimates = [], [], []
    for outcome in protocol.outcome:
        if outcome.kind == "time":
            came = int((numbers(found.frame, outcome.event)[found.treated] == 1).sum())
            if refusal := gates.enough_reoffenders(came, least=protocol.gates.least_reoffenders):
                refusals.append(replace(refusal, gate=f"reoffenders, for {outcome.name}"))
                continue
            if np.isnan(y[outcome.name]).all():
                refusals.append(gates.not_watched(outcome.name, outcome.horizon or 0))
                continue
        kept.append(outcome)
        estimates.append(comparison.difference(y[outcome.name], name=outcome.name, adjust=adjust, people=persons))
    adjusted = holm([estimate.p_value for estimate in estimates]) if len(estimates) > 1 else [None] * len(estimates)
    given = [_answer(o, e, p, trusted) for o, e, p in zip(kept, estimates, adjusted, strict=True)]
    return Compared(comparison=comparison, balance=told, trusted=trusted, answers=tuple(given)), refusals


def _answer(outcome: Outcome, estimate: Estimate, adjusted: float | None, trusted: bool) -> Answer:
    share = outcome.kind in ("binary", "time")
    said = verdict(
        estimate, kind="binary" if share else outcome.kind, words=outcome.words or f"had {outcome.name}" * share,
        trusted=trusted, adjusted_p=adjusted,
    )  # fmt: skip
    base = estimate.compared_value
    if not share or not 0 < base < 1:
        return Answer(outcome=outcome, estimate=estimate, verdict=said, least_detectable=None, e_value=None)
    ratio = max(estimate.compared / estimate.treated, 0.01)
    end = estimate.ci_high if estimate.estimate < 0 else estimate.ci_low
    nearest = base + end if said.direction != "not determined" else None
    return Answer(
        outcome=outcome, estimate=estimate, verdict=said, least_detectable=least_detectable(base, estimate.treated, ratio=ratio),
        e_value=e_value(estimate.treated_value, base, nearest_share=nearest),
    )  # fmt: skip


def _sensitivity(comparison: Comparison, answer: Answer, outcome: Floats) -> Finding:
    significant = answer.verdict.direction != "not determined"
    pairs = comparison.pair_differences(outcome)
    if pairs is not None:
        return sensitivity(rosenbaum(pairs), significant=significant)
    if answer.e_value is None or not significant:
        return sensitivity(None, significant=False)
    return Finding(
        check="sensitivity", passed=None, figures={"e_value": answer.e_value[0], "e_value_of_the_interval": answer.e_value[1]},
        says=f"Something unseen would have to make both the treatment and the outcome {answer.e_value[1]:.2f} times as likely to "
        "undo the finding (E-value of the interval's end).",
    )  # fmt: skip


def _design(protocol: Protocol) -> Design:
    return "matched" if protocol.match.method == "nearest" else "weighted"


def _subgroups(protocol: Protocol, people: People, y: dict[str, Floats]) -> tuple[tuple[str, Compared | None, str], ...]:
    """The same asked of some people by themselves, with a score of their own: (name, what was found, why nothing was)."""
    told: list[tuple[str, Compared | None, str]] = []
    for group in protocol.subgroup:
        rows: Flags = (column(people.sample.frame, group.column) == group.value).fill_null(value=False).to_numpy()
        part = Sample(frame=people.sample.frame.filter(pl.Series(rows)), id=people.sample.id, treated=people.sample.treated[rows])
        told.append((group.name, *_of_some(protocol, people, part, {name: v[rows] for name, v in y.items()}, rows)))
    return tuple(told)


def _of_some(
    protocol: Protocol, people: People, part: Sample, y: dict[str, Floats], rows: Flags
) -> tuple[Compared | None, str]:
    if shut := gates.enough_treated(part.counts[0], least=protocol.gates.least_treated):
        return None, shut.says
    match = protocol.match
    try:
        known = covariates(part.frame, names=match.covariates, categorical=match.categorical, missing=match.missing)
        score = fit_score(known, part.treated)
        strata = strata_of(part.frame, (*match.exact, *people.exact))
        comparison = compare(match, known, score, part.treated, strata)
    except NoOverlap as error:
        return None, f"{error.what}."
    persons = None if people.persons is None else people.persons[rows]
    return answers(protocol, comparison, known, part, y, persons)[0], ""
