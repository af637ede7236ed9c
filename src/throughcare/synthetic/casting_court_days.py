"""Puts days to the cases chosen: attention, plea, report, sentence, assessments. Every day is one on which courts sit."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.core.working_days import is_working_day
from throughcare.synthetic.casting_courts import GAP, SOON, Case
from throughcare.synthetic.casting_people import ONE_DAY, Pool, before, working_days

LATE_REASONS = {"learned_too_late": 56, "failed_to_attend": 18, "assessment": 16, "sent_to_crown": 7, "other": 3}
"""Why a report was late, by relative frequency: the evaluation names the first, the fourth, the second and the third."""

LONGEST_WAIT = 45


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """One case as it went. None is what did not happen; `plea` is empty where none was entered."""

    life: int
    court: str
    offence_code: str
    told_on: date | None
    listed_on: date | None
    no_report_reason: str
    plea: str
    plea_on: date | None
    not_guilty_on: date | None
    vacated_from: date | None
    requested_on: date | None
    delivered_on: date | None
    late_reason: str
    sentenced_on: date | None
    sentence: str
    months: int | None
    enhanced: bool

    @property
    def attention_on(self) -> date:
        return min(day for day in (self.told_on, self.listed_on) if day)


def court_days(pool: Pool, cases: list[Case]) -> dict[str, pl.DataFrame]:
    """`courts`, a row a case, and `courts_assessments`, a row an assessment."""
    rng = pool.random("court days")
    quick = _quick(pool, cases, rng)
    found = [_reported(case, quick[place], rng) if case.reported else _unreported(case, rng) for place, case in enumerate(cases)]
    _findings(pool, cases, found, rng)
    _never_delivered(pool, found, rng)
    assessed = _assessments(pool, cases, found, rng)
    return {
        "courts": pl.DataFrame([asdict(each) for each in found], infer_schema_length=None),
        "courts_assessments": pl.DataFrame(
            assessed,
            schema={"life": pl.Int64, "court": pl.String, "kind": pl.String, "carried_out_on": pl.Date},
            orient="row",
        ),
    }


def _quick(pool: Pool, cases: list[Case], rng: Random) -> Mapping[int, str]:
    """By place of the case: "day" (on the day of the plea), "within" five days, or "late"; first those with little room."""
    by_cell: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        if case.reported:
            by_cell[case.hearing.court, case.hearing.young].append(place)
    found: dict[int, str] = {}
    for told in pool.figures["courts"]["cells"]:
        places = by_cell[told["court"], told["young"]]
        room = {place: (cases[place].hearing.on - cases[place].hearing.earliest).days for place in places}
        places.sort(key=lambda place: (room[place] >= SOON, rng.random()))
        for rank, place in enumerate(places):
            found[place] = "day" if rank < told["on_the_day"] else "within" if rank < told["within_5_days"] else "late"
        pool.short("reports with time to be late", 0 if all(room[p] >= SOON for p in places if found[p] == "late") else 1, 0)
    return found


def _reported(case: Case, quick: str, rng: Random) -> Days:
    hearing = case.hearing
    delivered = hearing.on
    if quick == "late" and (hearing.on - hearing.earliest).days > SOON:
        delivered = before(hearing.on, rng.choice((0, 0, 0, 1, 2, 3)))
    clock = _clock(delivered, hearing.earliest, quick, rng)
    reason = rng.choices(list(LATE_REASONS), weights=list(LATE_REASONS.values()))[0] if quick == "late" else ""
    late = working_days(clock + 6 * ONE_DAY, delivered) if reason == "learned_too_late" else []
    told: date | None = clock if rng.random() < 0.2 else None
    listed: date | None = max(before(clock, rng.choice((0, 1))), hearing.earliest)
    if late:
        told, listed = late[min(len(late) - 1, rng.randrange(3))], None
    return Days(
        life=hearing.person.number, court=hearing.court, offence_code=hearing.code, told_on=told, listed_on=listed,
        no_report_reason="", plea="guilty", plea_on=clock, not_guilty_on=None, vacated_from=None, requested_on=clock,
        delivered_on=delivered, late_reason="failed_to_attend" if reason == "learned_too_late" and not late else reason,
        sentenced_on=hearing.on, sentence=hearing.sentence, months=hearing.months, enhanced=case.slot == "enhanced",
    )  # fmt: skip


def _clock(delivered: date, earliest: date, quick: str, rng: Random) -> date:
    """The day of the plea that makes the report as quick as it is to be."""
    if quick == "day":
        return delivered
    bounds = (1, 5) if quick == "within" else (6, max(9, min(LONGEST_WAIT, (delivered - earliest).days)))
    days = [n for n in range(bounds[0], bounds[1] + 1) if is_working_day(delivered - timedelta(days=n))]
    return delivered - timedelta(days=days[int(len(days) * rng.betavariate(1.2, 1.6))])


def _unreported(case: Case, rng: Random) -> Days:
    hearing, slot = case.hearing, case.slot
    sentenced = slot == "sentenced_without"
    attention = hearing.on
    if hearing.ending != "none" and not (sentenced and rng.random() < 0.6):
        low = 28 if slot == "committed_to_crown" else 1
        attention = max(before(hearing.on, rng.randint(low, low + 25)), min(hearing.earliest, hearing.on))
    guilty = hearing.ending != "none"
    plea = "guilty" if guilty else "not_guilty" if rng.random() < 0.8 else ""
    listed = rng.random() < 0.7
    return Days(
        life=hearing.person.number, court=hearing.court, offence_code=hearing.code, told_on=None if listed else attention,
        listed_on=attention if listed else None, no_report_reason="" if slot == "none" else slot, plea=plea,
        plea_on=attention if plea else None, not_guilty_on=None, vacated_from=None, requested_on=None, delivered_on=None,
        late_reason="", sentenced_on=hearing.on if sentenced else None, sentence=hearing.sentence if sentenced else "",
        months=hearing.months if sentenced else None, enhanced=False,
    )  # fmt: skip


def _findings(pool: Pool, cases: list[Case], found: list[Days], rng: Random) -> None:
    """Some were found guilty after a plea of not guilty; a few pleaded guilty, took it back, and pleaded guilty again."""
    chosen = pool.figures["courts"]["chosen"]
    reported = [p for p, case in enumerate(cases) if case.reported and _roomy(case, found[p])]
    without = [p for p, case in enumerate(cases) if case.slot == "sentenced_without" and _roomy(case, found[p])]
    rng.shuffle(reported)
    rng.shuffle(without)
    tried = reported[: chosen["found_guilty_with_report"]] + without[: chosen["found_guilty_without"]]
    for place in tried:
        day = found[place].plea_on or LATEST
        found[place] = replace(found[place], plea="found_guilty", not_guilty_on=before(day, rng.randint(20, 35)))
    for place in reported[chosen["found_guilty_with_report"] :][:3]:
        found[place] = replace(found[place], vacated_from=before(found[place].plea_on or LATEST, rng.randint(8, 12)))


LATEST = date(2016, 12, 30)


def _roomy(case: Case, days: Days) -> bool:
    """A month at least in the service's life before the day that counts."""
    return days.plea_on is not None and days.plea_on >= date(2016, 4, 1)


def _never_delivered(pool: Pool, found: list[Days], rng: Random) -> None:
    """Reports asked for on a case that was then adjourned or went another way: never delivered."""
    open_ = [p for p, day in enumerate(found) if day.plea == "guilty" and day.no_report_reason in ("adjourned", "other")]
    rng.shuffle(open_)
    for place in open_[: pool.figures["courts"]["chosen"]["never_delivered"]]:
        found[place] = replace(found[place], requested_on=found[place].plea_on)


def _assessments(
    pool: Pool, cases: list[Case], found: list[Days], rng: Random
) -> list[tuple[int, str, str, date]]:
    """Those that held up a report, then others of people with a drug or alcohol need, at a hearing of theirs."""
    wanted: Counter[str] = Counter(pool.figures["courts"]["assessments"])
    held_up = [p for p, day in enumerate(found) if day.late_reason == "assessment"]
    rest = [p for p in range(len(found)) if p not in set(held_up)]
    rng.shuffle(rest)
    rest.sort(key=lambda p: not {"drugs", "alcohol"} & set(cases[p].hearing.person.life.needs))
    rows: list[tuple[int, str, str, date]] = []
    done: set[int] = set()
    for place in (*held_up, *rest):
        day, needs = found[place], cases[place].hearing.person.life.needs
        on = _assessed_on(day)
        away = day.court == "Highbury Corner" and GAP[0] <= on < GAP[1]
        if wanted[day.court] == 0 or (place not in held_up and (away or day.life in done)):
            continue
        wanted[day.court] -= 1
        done.add(day.life)
        kind = "ATR" if "alcohol" in needs and ("drugs" not in needs or rng.random() < 0.3) else "DRR"
        rows.append((day.life, day.court, kind, on))
    pool.short("assessments", wanted.total(), 0)
    return sorted(rows, key=lambda row: (row[3], row[0]))


def _assessed_on(day: Days) -> date:
    """A working day between plea and delivery where the assessment held up the report, else the day of attention."""
    if day.late_reason != "assessment" or day.plea_on is None or day.delivered_on is None:
        return day.attention_on
    between = working_days(day.plea_on + ONE_DAY, day.delivered_on)
    return between[len(between) // 2]
