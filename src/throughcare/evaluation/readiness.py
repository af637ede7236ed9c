"""How far a study is from being run: each gate from live data, when it will open, what could be found now and later.

No outcome is looked at: who is treated, what they were before, and days. How often people reoffend is taken from their scores.
"""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from throughcare.casework.audit.models import Entry
from throughcare.casework.imports.queries import last_loads
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words, months_after
from throughcare.core.errors import UserError
from throughcare.core.pilot import Pilot
from throughcare.evaluation import models as m
from throughcare.evaluation import month_readiness, rows
from throughcare.evaluation.columns import Column
from throughcare.evaluation.gates import Gate, Power, Readiness
from throughcare.evaluation.month_rows import of_months
from throughcare.evaluation.queries import own_protocol_of
from throughcare.stats.any_study import AnyProtocol
from throughcare.stats.checks.overlap import overlap
from throughcare.stats.covariates import covariates
from throughcare.stats.gates import FOLLOW_UP_MONTHS, LEAST_REOFFENDERS, LEAST_TREATED, WAITING_MONTHS
from throughcare.stats.logistic import fit_score
from throughcare.stats.mistakes import NoOverlap
from throughcare.stats.power import least_detectable, treated_needed
from throughcare.stats.protocol import Protocol, Rows

LEAST_COMPLETE = 0.9
OF_A_SCORE = 1e9
"""People compared for each treated where these are held against a score: it has no error of its own to add."""
WHERE_WHEN = {"pilot": "Cases at the service's courts since it began", "earlier": "Earlier cases at the same courts",
              "elsewhere": "Cases at the comparison courts"}  # fmt: skip


def readiness(version: m.Version, day: date) -> Readiness:
    """Of a study of the service's rows, as things stand on the day: worked out anew when anything was written since."""
    return _kept(version.pk, day, Entry.objects.exclude(verb="view").order_by("-pk").values_list("hash", flat=True).first())


@lru_cache(maxsize=16)
def _kept(version: int, day: date, written: str | None) -> Readiness:
    protocol = own_protocol_of(m.Version.objects.select_related("study").get(pk=version))
    if of_months(protocol):
        return month_readiness.worked_out(protocol, day, pilot=current_pilot())
    return worked_out(protocol, day, pilot=current_pilot())


def worked_out(protocol: AnyProtocol, day: date, *, pilot: Pilot) -> Readiness:
    """The same of a protocol of people or cases, for tests and for a page that has not been registered."""
    live = rows.made(protocol, as_at=day, pilot=pilot).frame
    frame = live.filter(pl.col("why_out") == "")
    out = dict(live.filter(pl.col("why_out") != "").group_by("why_out").agg(pl.len()).sort("why_out").iter_rows())
    if "where_when" in live.columns:
        served = dict(live.group_by("where_when").agg(pl.len()).sort("where_when").iter_rows())
        served = {words: served.get(name, 0) for name, words in WHERE_WHEN.items()}
    else:
        served = {f"{standing}, {how}": n for standing, how, n in live.group_by("standing", "served").agg(pl.len()).sort(
            "standing", "served").iter_rows()}  # fmt: skip
    treated = frame.filter(pl.col("treated") == 1)
    counts = (treated.height, frame.height - treated.height)
    gates = _gates(protocol, frame, day)
    power, needed = _power(protocol, frame, counts)
    return Readiness(
        gates=gates, power=power, needed=needed, described=_described(protocol, frame), counts=counts, out=out, served=served,
        no_feed=_no_feed(protocol),
    )  # fmt: skip


def _gates(protocol: AnyProtocol, frame: pl.DataFrame, day: date) -> tuple[Gate, ...]:
    if not isinstance(protocol, Protocol):
        followed = _followed(frame, day, FOLLOW_UP_MONTHS, WAITING_MONTHS)
        return (_enough(protocol, frame, LEAST_TREATED, day), _scored(frame), followed)
    months, waiting = protocol.gates.follow_up_months, protocol.gates.waiting_months
    dated = [] if months is None else [_followed(frame, day, months, waiting)]
    return (*_counted(protocol, frame, day), *dated, *_by_covariates(protocol, frame), *_after_opening(protocol))


def _enough(protocol: AnyProtocol, frame: pl.DataFrame, least: int, day: date) -> Gate:
    n = int((frame["treated"] == 1).sum())
    short = least - n
    return Gate(name="treated", open=short <= 0, says=f"{n:,} are treated; {least} are needed.",
                missing=f"{short} more" if short > 0 else "", ready_on=_at_this_pace(protocol, frame, short, day))  # fmt: skip


def _scored(frame: pl.DataFrame) -> Gate:
    """Of the treated, how many have the score that they are held against."""
    told = frame.filter(pl.col("treated") == 1)["predicted"].is_not_null().mean()
    whole = told if isinstance(told, float) else 0.0
    says = f"The score is known of {100 * whole:.0f}% of the treated; {100 * LEAST_COMPLETE:.0f}% are needed."
    enough = whole >= LEAST_COMPLETE
    return Gate(name="completeness", open=enough, says=says, missing="" if enough else "dates of birth and convictions")


def _counted(protocol: Protocol, frame: pl.DataFrame, day: date) -> list[Gate]:
    """How many are treated, against the least and against the pilot's own rule with its least dose."""
    asked = protocol.gates
    found = [_enough(protocol, frame, asked.least_treated, day)]
    if asked.over is None:
        return found
    treated = frame.filter(pl.col("treated") == 1)
    dosed = treated.height
    with_dose = ""
    if asked.least_dose is not None:
        dosed = treated.filter(pl.col(protocol.data.dose).cast(pl.Float64) >= asked.least_dose).height
        with_dose = f" with a dose of {asked.least_dose:g} or more"
    short = asked.over + 1 - dosed
    says = f"{dosed:,} are treated{with_dose}; the rule is over {asked.over}."
    missing = f"{short} more{with_dose}" if short > 0 else ""
    when = _at_this_pace(protocol, frame, short, day)
    found.append(Gate(name="the pilot's rule", open=short <= 0, says=says, missing=missing, ready_on=when))
    names = [*protocol.match.covariates, *protocol.match.categorical]
    whole = frame.select(pl.all_horizontal(pl.col(name).is_not_null() for name in names).mean()).item() if frame.height else 0.0
    says = f"What is matched on is known of {100 * whole:.0f}% of the rows; {100 * LEAST_COMPLETE:.0f}% are needed."
    missing = "" if whole >= LEAST_COMPLETE else "the empty cells"
    return [*found, Gate(name="completeness", open=whole >= LEAST_COMPLETE, says=says, missing=missing)]


def _at_this_pace(protocol: AnyProtocol, frame: pl.DataFrame, short: int, day: date) -> date | None:
    """The day on which so many more will be treated if they go on coming as they have; None where the window closes first."""
    if short <= 0 or protocol.rows is None:
        return None
    treated = frame.filter(pl.col("treated") == 1)
    days = (day - protocol.rows.since).days
    if not treated.height or days <= 0:
        return None
    then = day + timedelta(days=-(-short * days // treated.height))
    return then if then < protocol.rows.until else None


def _followed(frame: pl.DataFrame, day: date, months: int, waiting: int) -> Gate:
    """Whether the follow-up of all is over."""
    whole = months + waiting
    ready = months_after(frame["clock_on"].max() or day, whole)  # type: ignore[arg-type]
    over = frame.filter(pl.col("clock_on").dt.offset_by(f"{whole}mo") <= day).height
    says = (f"{over:,} of {frame.height:,} have been followed for {months} months and {waiting} of waiting; the last will have "
            f"been on {day_in_words(ready)}.")  # fmt: skip
    is_over = day >= ready
    return Gate(name="follow-up", open=is_over, says=says, ready_on=None if is_over else ready,
                missing="" if is_over else f"{(ready - day).days:,} days")  # fmt: skip


def _by_covariates(protocol: Protocol, frame: pl.DataFrame) -> list[Gate]:
    """Overlap by the score, which sees no outcome."""
    if frame.height < 2 or frame["treated"].n_unique() < 2:
        return [Gate(name="overlap", open=False, says="There are not both treated and others yet.", missing="both groups")]
    match = protocol.match
    try:
        known = covariates(frame, names=match.covariates, categorical=match.categorical, missing=match.missing,
                           never=sorted(protocol.forbidden))  # fmt: skip
        treated = (frame["treated"] == 1).to_numpy()
        found = overlap(fit_score(known, treated).logit, treated)
    except NoOverlap as error:
        return [Gate(name="overlap", open=False, says=f"{error.what}.", missing=error.expected)]
    except UserError as error:
        return [Gate(name="overlap", open=False, says=f"{error.what}: {error.record}.", missing=error.mend)]
    missing = "" if found.passed else "people alike on both sides"
    return [Gate(name="overlap", open=bool(found.passed), says=found.says, missing=missing)]


def _after_opening(protocol: Protocol) -> list[Gate]:
    """What cannot be told without opening outcomes."""
    if not any(outcome.kind == "time" for outcome in protocol.outcome):
        return []
    least = max(protocol.gates.least_reoffenders, LEAST_REOFFENDERS)
    return [Gate(name="events, for times", open=None, says=f"A time is told where {least} treated people have had the event: "
                 "how many have is not looked at before the outcomes are opened.")]  # fmt: skip


def _power(protocol: AnyProtocol, frame: pl.DataFrame, counts: tuple[int, int]) -> tuple[tuple[Power, ...], int | None]:
    """From the mean predicted rate of all who may be compared, or one half where there is no prediction: the hardest case.
    Against their own scores: from that of the treated."""
    assert isinstance(protocol.rows, Rows)
    whose, ratio = 1, OF_A_SCORE
    if isinstance(protocol, Protocol):
        whose, ratio = 0, max(min(counts[1] / counts[0], protocol.match.ratio), 0.01) if counts[0] else 1.0
    told = frame.filter(pl.col("treated") == whose)["predicted"].mean() if "predicted" in frame.columns else None
    base = float(told) if isinstance(told, float) and 0 < told < 1 else 0.5
    wanted = [("now", counts[0])] + ([("at the number expected", protocol.rows.expected)] if protocol.rows.expected else [])
    power = tuple(_power_of(when, n, base, ratio) for when, n in wanted if n >= 2)
    least = protocol.rows.least
    return power, treated_needed(base, -least, ratio=ratio) if least is not None and least < base else None


def _power_of(when: str, treated: int, base: float, ratio: float) -> Power:
    least = least_detectable(base, treated, ratio=ratio)
    return Power(when=when, treated=treated, base=100 * base, least=None if least is None else 100 * least)


def _described(protocol: AnyProtocol, frame: pl.DataFrame) -> tuple[tuple[str, float, float], ...]:
    """Mean of each numeric covariate among treated and others, as they came."""
    if frame["treated"].n_unique() < 2:
        return ()
    names = list(protocol.match.covariates) if isinstance(protocol, Protocol) else ["age", "predicted"]
    means = frame.group_by("treated").agg(pl.col(name).cast(pl.Float64).mean() for name in names).sort("treated", descending=True)
    return tuple((name, *means[name].to_list()) for name in names)


def _no_feed(protocol: AnyProtocol) -> tuple[tuple[str, str], ...]:
    """The columns named by the protocol none of whose feeds has ever come: name and feeds."""
    came = last_loads()
    there: dict[str, Column] = {column.name: column for column in rows.columns_of(protocol)}
    named = [there[name] for name in rows.named(protocol) if name in there]
    return tuple((c.name, ", ".join(c.feeds)) for c in named if c.feeds and not any(feed in came for feed in c.feeds))
