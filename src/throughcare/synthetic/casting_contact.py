"""Appointments with the offender manager of every young man of the CRC released in 2016, so that both contact figures come out.

The releases, and how long each is watched, are as the definitions have them: stays that touch are one, and contact is
expected until the return to custody, the end of supervision (fortnightly) or the end of the period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.core.rounding import percent
from throughcare.synthetic.casting_people import ONE_DAY, REVIEWS, CastingError, Person, Pool, working_days

WEEKLY = (date(2016, 10, 1), date(2017, 1, 1))
FORTNIGHTLY = (date(2016, 4, 25), date(2016, 9, 30))
"""Releases [start, end) that each figure is about."""

END = date(2017, 1, 1)
GAP = 14
STATUSES = ("licence", "pss")


@dataclass(kw_only=True, slots=True)
class Release:
    """One release with the days watched, [on, until), and the appointments attended in them."""

    person: Person
    on: date
    until: date
    attended: list[date] = field(default_factory=list)

    @property
    def per_week(self) -> float:
        return len(self.attended) / max(1.0, (self.until - self.on).days / 7)

    @property
    def days(self) -> list[date]:
        return working_days(self.on + ONE_DAY, self.until - ONE_DAY)


def cast_contact(pool: Pool) -> dict[str, pl.DataFrame]:
    """`programmes_appointments`: life, due_on, held_on, attended, outcome."""
    rng = pool.random("contact")
    weekly = _first(pool.people, *WEEKLY, supervised=False)
    fortnightly = _first(pool.people, *FORTNIGHTLY, supervised=True)
    _fill_weekly(pool, weekly)
    _fill_fortnightly(pool, fortnightly, rng)
    rows = [row for release in (*fortnightly, *weekly) for row in _rows(release, rng)]
    schema = {"life": pl.Int64, "due_on": pl.Date, "held_on": pl.Date, "attended": pl.Boolean, "outcome": pl.String}
    return {"programmes_appointments": pl.DataFrame(sorted(set(rows), key=lambda r: (r[1], r[0])), schema=schema, orient="row")}


def left_out(people: Sequence[Person], share: int) -> set[int]:
    """Who must not be in the world, by number, for the share kept to be a whole percent as published: at most a few.

    Of some sizes no number is 90% (of 74 people 66 are 89%, 67 are 91%). Only later joiners are left out: nobody of the
    initial cohort, on whom other figures rest. Empty where it fits already, or where later joiners do not help.
    """
    released = [each.person for each in _first(people, *FORTNIGHTLY, supervised=True)]
    later = [person.number for person in released if person.joined != REVIEWS[0]]
    sizes = range(len(later) + 1)
    fewest = next((n for n in sizes if _kept(len(released) - n, share) is not None), 0)
    return set(later[:fewest])


def _kept(size: int, share: int) -> int | None:
    """How many of a size are the share, to the nearest whole percent; None where no number is."""
    near = (size * share // 100, size * share // 100 + 1)
    return next((kept for kept in near if size and kept <= size and percent(kept, size) == share), None)


def _first(people: Sequence[Person], start: date, end: date, *, supervised: bool) -> list[Release]:
    """Each man's first release in the window on which contact is intended for him: member, 18 to 25, CRC, on licence."""
    found = []
    for person in people:
        if person.life.sex != "M":
            continue
        for on, back in _releases(person):
            if start <= on < end and _intended(person, on):
                until = min(back or END, END, (_supervised_until(person, on) or END) if supervised else END)
                found.append(Release(person=person, on=on, until=until))
                break
    return found


def _releases(person: Person) -> Iterator[tuple[date, date | None]]:
    """Days of release with the day of the return to custody; a spell that goes on gives none."""
    spells = sorted(person.life.custody, key=lambda s: s.start)
    end: date | None = None
    for spell in spells:
        if end is not None and spell.start > end:
            yield end, spell.start
        stop = spell.end or date.max
        end = stop if end is None else max(end, stop)
    if end is not None and end < date.max:
        yield end, None


def _intended(person: Person, on: date) -> bool:
    under = person.under(on)
    return (
        person.member(on) and 18 <= person.age(on) <= 25 and under is not None
        and under.agency == "CRC" and under.kind in STATUSES
    )  # fmt: skip


def _supervised_until(person: Person, on: date) -> date | None:
    """The end of the chain of licence and post-sentence supervision that runs on from a day; None where it goes on."""
    reached: date | None = on
    for spell in person.life.supervision:
        if spell.kind not in STATUSES or reached is None or spell.start > reached:
            continue
        if spell.end is None or spell.end > reached:
            reached = spell.end
    return reached


def _fill_weekly(pool: Pool, releases: list[Release]) -> None:
    """So many appointments, spread over the days, that the mean a week is as published; never two on a day."""
    if not releases:
        return
    wanted = pool.figures["contact"]["weekly_mean"]
    spare = {id(release): release.days for release in releases}
    for release in releases:
        _spread(release, spare[id(release)], round(wanted * max(1.0, (release.until - release.on).days / 7)))
    for _ in range(1000):
        mean = sum(release.per_week for release in releases) / len(releases)
        if abs(mean - wanted) < 0.002:
            return
        more = mean < wanted
        able = [r for r in releases if (len(r.attended) < len(spare[id(r)]) if more else len(r.attended) > 1)]
        if not able:
            break
        chosen = (min if more else max)(able, key=lambda r: (r.per_week, r.person.number))
        if abs(mean - wanted) < 0.5 / len(releases):
            chosen = max(able, key=lambda r: (r.until - r.on, r.person.number))
        before = list(chosen.attended)
        _spread(chosen, spare[id(chosen)], len(chosen.attended) + (1 if more else -1))
        if abs(sum(r.per_week for r in releases) / len(releases) - wanted) >= abs(mean - wanted):
            chosen.attended = before
            break
    mean = sum(release.per_week for release in releases) / len(releases)
    if pool.figures.exact and abs(mean - wanted) >= 0.004:
        raise CastingError(f"appointments a week: {wanted} wanted, {mean:.3f} reached")


def _spread(release: Release, days: list[date], wanted: int) -> None:
    wanted = min(wanted, len(days))
    release.attended = [days[(2 * n + 1) * len(days) // (2 * wanted)] for n in range(wanted)]


def _fill_fortnightly(pool: Pool, releases: list[Release], rng: Random) -> None:
    """Everybody is seen within every fortnight, but for one in ten, in whose time there is one longer gap."""
    for release in releases:
        day = release.on
        while (release.until - day).days > GAP:
            step = 8 if (day - release.on).days < 7 * 13 else GAP - 1
            day = _seen_by(day, rng.randint(min(5, step), step))
            if day >= release.until:
                break
            release.attended.append(day)
    long = [r for r in releases if (r.until - r.on).days > 60]
    rng.shuffle(long)
    share = pool.figures["contact"]["fortnightly"]
    kept = _kept(len(releases), share)
    if kept is None and pool.figures.exact:
        raise CastingError(f"no number of the {len(releases)} released makes {share}%")
    lapsed = len(releases) - (kept if kept is not None else round(len(releases) * share / 100))
    pool.short("people whose contact may have lapsed", lapsed, len(long))
    for release in long[:lapsed]:
        at = release.on + (release.until - release.on) * rng.uniform(0.2, 0.6)
        release.attended = [day for day in release.attended if not at <= day <= at + timedelta(days=27)]


def _seen_by(day: date, days: int) -> date:
    """The last working day within so many days of the one before; a day later than it at least."""
    return max(working_days(day + ONE_DAY, day + timedelta(days=days)), default=day + timedelta(days=days))


def _rows(release: Release, rng: Random) -> Iterator[tuple[int, date, date | None, bool, str]]:
    """The appointments attended, and now and then one missed in between."""
    for day in release.attended:
        yield release.person.number, day, day, True, "ATTC" if rng.random() < 0.95 else "AFTC"
        missed = day + timedelta(days=1)
        if rng.random() < 0.12 and missed < release.until and missed not in release.attended and missed.weekday() < 5:
            yield release.person.number, missed, None, False, rng.choice(("UAAB", "UAAB", "AAME", "AAEM", "RSSR"))
