"""What a court does with a synthetic person: the sentence, and the days in custody and under supervision it brings.

Half of a term is served in custody and the rest on licence; days on remand count. Terms of less than two years for an
offence committed from 1 February 2015 bring post-sentence supervision up to a year after release (Offender
Rehabilitation Act 2014); before that day an adult's term under twelve months brought no supervision after release.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from throughcare.synthetic.lives import SentenceKind
from throughcare.synthetic.lives_offences import OffenceKind

PSS_FROM = date(2015, 2, 1).toordinal()
DAYS_A_MONTH = 30.44

GRAVEST = 0.35
"""Of the Crown Court's terms, how many are for the gravest of their kind: more than twice as long.

One in ten of the cohort was still supervised more than three years after the last conviction; only long terms do that.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A sentence in days (ordinals). `release` is None unless custody. `licence_end` and `pss_end` equal the release
    where there is neither; `order_end` is the end of a community or suspended sentence order.
    """

    kind: SentenceKind
    months: int | None
    release: int | None
    licence_end: int | None
    pss_end: int | None
    order_end: int | None


def sentence(
    rng: Random, *, on: int, kind: OffenceKind, age: int, record: int, severity: float, committed: int, remand_days: int
) -> Term:
    """The sentence given on a day to a person with `record` earlier sanctions, `remand_days` already in custody."""
    seasoned = min(1.0, 0.25 + record / 14)
    youth = 0.25 if age < 16 else 0.55 if age < 18 else 1.0
    chance = min(0.95, kind.custody * severity * seasoned * youth * (1.8 if remand_days else 1.0))
    if age >= 12 and rng.random() < chance:
        return _custody(rng, on, kind, age, severity, committed, remand_days)
    draw = rng.random()
    if age >= 18 and kind.custody >= 0.18 and draw < 0.17:
        return _order(on, "suspended", rng.choice((12, 18, 24, 24)))
    if draw < 0.52 + kind.custody / 2:
        return _order(on, "community", rng.choice((9, 12, 12, 12, 18, 24, 36)))
    return Term(
        kind="fine" if draw < 0.80 else "other", months=None, release=None, licence_end=None, pss_end=None, order_end=None
    )


def _order(on: int, kind: SentenceKind, months: int) -> Term:
    end = on + round(months * DAYS_A_MONTH)
    return Term(kind=kind, months=months, release=None, licence_end=None, pss_end=None, order_end=end)


def _custody(rng: Random, on: int, kind: OffenceKind, age: int, severity: float, committed: int, remand_days: int) -> Term:
    low, high = kind.months
    months = max(1, round((low + (high - low) * rng.betavariate(1.3, 2.2)) * (0.7 + 0.3 * severity)))
    if kind.crown and age >= 18 and rng.random() < GRAVEST:
        months = min(180, round(months * 2.2))
    days = round(months * DAYS_A_MONTH)
    release = on + max(0, days // 2 - remand_days)
    end = max(release, on + days - remand_days)
    licence_end = end if months >= 12 or committed >= PSS_FROM or age < 21 else release
    pss_end = max(licence_end, release + 365) if committed >= PSS_FROM and months < 24 and age >= 18 else licence_end
    return Term(kind="custody", months=months, release=release, licence_end=licence_end, pss_end=pss_end, order_end=None)
