"""Whose caseload each supervised person is on: officers by office, so that nobody has many more than sixty.

Until the end of 2016 the CRC's young men were with officers for intensified contact, of whatever office: those whom their
appointments of that year name. In January 2017 each passed to an officer of the own borough, as London's CRC then did.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.casework.access.extracts import FEEDS
from throughcare.core.extract_text import extract
from throughcare.core.world import World
from throughcare.synthetic.lives import DEMONSTRATION_DAY, Life, SupervisionSpell
from throughcare.synthetic.lives_places import BOROUGHS, ELSEWHERE

SINCE = date(2016, 1, 1)
"""Caseloads that ended earlier are not told."""

BOROUGH_MODEL = date(2017, 1, 9)
"""The Monday on which the CRC's officers for intensified contact became officers of their borough."""

POOLED = 24
"""How many officers shared the young men of 2016: appointments name number 100 and on, by the number of the life."""

NPS_OFFICERS = {"Camden": 1, "Enfield": 1, "Waltham Forest": 1}
"""Where the NPS has one officer; two in the other boroughs of the pilot, where the CRC has three in each."""

MOVES = 0.12
"""Chosen: how many people come to another officer of the same office in the middle of their supervision."""

Span = tuple[int, str, str, str, date, date | None]


def officers(agency: str, borough: str) -> tuple[str, ...]:
    """The codes of the officers of an office, each of one office only: A for the CRC, N for the NPS."""
    if borough in BOROUGHS:
        place, letter = list(BOROUGHS).index(borough), "A" if agency == "CRC" else "N"
        size = 3 if agency == "CRC" else NPS_OFFICERS.get(borough, 2)
        return tuple(f"N07{letter}{100 + 3 * place + n}" for n in range(size))
    place, letter = list(ELSEWHERE).index(borough), "A" if agency == "CRC" else "N"
    return (f"N07{letter}{150 + place}",)


def _office_of(code: str) -> str:
    """The borough of one of the pooled officers' offices."""
    return list(BOROUGHS)[(int(code[-3:]) - 100) // 3]


def caseload_frame(lives: Sequence[Life], *, seed: int, pooled: frozenset[int]) -> pl.DataFrame:
    """life, agency, manager, office_borough, start, end: every span on a caseload since 2016. `pooled`: the young men of 2016."""
    rng = Random(f"{seed}:caseloads")
    rows = [span for life in lives for span in _spans(life, life.number in pooled, rng)]
    schema = {"life": pl.Int64, "agency": pl.String, "manager": pl.String, "office_borough": pl.String, "start": pl.Date,
              "end": pl.Date}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _spans(life: Life, pooled: bool, rng: Random) -> Iterator[Span]:
    """One officer after another without a gap: runs of one agency and office, cut where the officer changes."""
    for agency, office, start, end in _runs(life.supervision):
        if end is not None and end <= SINCE:
            continue
        codes = officers(agency, office)
        code = codes[life.number % len(codes)]
        cuts: list[tuple[date, str, str]] = [(start, code, office)]
        last = min(end or DEMONSTRATION_DAY, DEMONSTRATION_DAY)
        if agency == "CRC" and pooled and start < BOROUGH_MODEL:
            shared = f"N07A{100 + life.number % POOLED}"
            cuts = [(start, shared, _office_of(shared))]
            if last > BOROUGH_MODEL and shared != code:
                cuts.append((BOROUGH_MODEL, code, office))
        elif len(codes) > 1 and (last - start).days > 120 and rng.random() < MOVES:
            on = max(start, SINCE) + timedelta(days=rng.randint(20, max(21, (last - max(start, SINCE)).days - 5)))
            if start < on < last:
                cuts = [(start, codes[(life.number + 1) % len(codes)], office), (on, code, office)]
        for n, (since, manager, borough) in enumerate(cuts):
            yield life.number, agency, manager, borough, since, cuts[n + 1][0] if n + 1 < len(cuts) else end


def _runs(spells: Sequence[SupervisionSpell]) -> list[tuple[str, str, date, date | None]]:
    """Supervision that goes on without a gap by one agency from one office, whatever its kind, is one run."""
    runs: list[tuple[str, str, date, date | None]] = []
    for spell in spells:
        if runs and runs[-1][:2] == (spell.agency, spell.office_borough) and runs[-1][3] == spell.start:
            runs[-1] = (*runs[-1][:3], spell.end)
        else:
            runs.append((spell.agency, spell.office_borough, spell.start, spell.end))
    return runs


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """The extracts of the casework app `access`: caseloads, by agency."""
    spans = world.casting["caseloads"]
    made = {}
    for feed in FEEDS:
        theirs = spans.filter(pl.col("agency") == feed.agency)
        nth = pl.int_range(pl.len()).over("life").cast(pl.String)
        rows = theirs.with_columns(record_id=pl.lit(f"{feed.agency[0]}K") + pl.col("life").cast(pl.String) + "-" + nth)
        made[feed.slug] = extract(feed, rows, lives=world.lives)
    return made
