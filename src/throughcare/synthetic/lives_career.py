"""A synthetic person's arrests, courts and custody, simulated from one event to the next on whole days (ordinals).

Nobody is arrested in custody or convicted of an act done there; spells of custody do not overlap. A person charged
once waits for one court day, at which later charges are dealt with too.
"""

from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from throughcare.synthetic.lives import Agency, CustodyKind, Disposal, SupervisionKind
from throughcare.synthetic.lives_offences import KINDS, PROFILES, OffenceKind
from throughcare.synthetic.lives_sentencing import Term, sentence
from throughcare.synthetic.lives_traits import Traits

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Charge:
    code: str
    kind: OffenceKind
    committed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sanction. The first charge is the principal; `term` is None for a caution."""

    on: int
    disposal: Disposal
    charges: tuple[Charge, ...]
    term: Term | None


@dataclass(slots=True)
class Stay:
    """Days in custody, [start, end)."""

    kind: CustodyKind
    start: int
    end: int


@dataclass(slots=True)
class Obligation:
    """Supervision a court ordered, before it is laid over other supervision and over custody."""

    agency: Agency
    kind: SupervisionKind
    start: int
    end: int


@dataclass(slots=True)
class Career:
    """Everything that happened up to the last day simulated."""

    arrests: list[tuple[int, str]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)


class Simulation:
    """One life under way: `free` is the first day on which the person may offend, `court` the pending court day."""

    def __init__(self, rng: Random, traits: Traits, until: int) -> None:
        self.rng = rng
        self.traits = traits
        self.until = until
        self.career = Career()
        self.free = traits.onset
        self.court: int | None = None
        self.charges: list[Charge] = []
        self.quiet_until = 0
        self.licence_end = 0
        self.agency: Agency = "CRC"
        weights = PROFILES[traits.profile]
        self.kinds = [KINDS[name] for name in weights]
        self.weights = list(accumulate(weights.values()))

    def run(self) -> Career:
        """Every event up to and on the last day."""
        day = self._next_arrest(self.free)
        recall = self._next_recall()
        while True:
            court = self.court if self.court is not None else self.until + 1
            first = min(day, court, recall)
            if first > self.until:
                return self.career
            before = self.free
            if first == court:
                self._hear(court)
            elif first == recall:
                self._recall(recall)
            else:
                self._arrest(day)
                day = self._next_arrest(max(day + 1, self.free))
            if self.free > before or recall <= first:
                recall = self._next_recall()
            if day < self.free:
                day = self._next_arrest(self.free)

    def _next_arrest(self, start: int) -> int:
        day = float(start)
        while day <= self.until:
            pace, horizon = self._pace(day)
            gap = self.rng.expovariate(pace / YEAR)
            if day + gap < horizon:
                return int(day + gap)
            day = horizon
        return self.until + 1

    def _pace(self, day: float) -> tuple[float, float]:
        """Arrests a year from a day on, and the day up to which that holds."""
        if self.traits.settled <= day < self.traits.resumes:
            return self.traits.pace * 0.04, min(day + YEAR, float(self.traits.resumes))
        if self.quiet_until > day:
            return self.traits.pace * 0.03, float(self.quiet_until)
        age = (day - self.traits.born) / YEAR
        ahead = self.traits.settled if day < self.traits.settled else self.until + 2
        return self.traits.pace * _peak(age), min(day + YEAR, float(ahead))

    def _next_recall(self) -> int:
        """Recalled for other reasons than an arrest: about once in five years on licence."""
        if self.licence_end <= self.free:
            return self.until + 1
        day = self.free + 7 + int(self.rng.expovariate(1 / (5 * YEAR)))
        return day if day + 28 < self.licence_end else self.until + 1

    def _arrest(self, day: int) -> None:
        kind = self.rng.choices(self.kinds, cum_weights=self.weights)[0]
        code = self.rng.choice(kind.codes)
        self.career.arrests.append((day, code))
        charge = Charge(code, kind, max(self.free, day - self._days_to_arrest()))
        if self.rng.random() > self.traits.charged * (0.7 if day < self.traits.born + 16 * YEAR else 1.0):
            return
        if self.court is not None:
            self.charges.append(charge)
            return
        if self._cautioned(day, kind):
            self.career.outcomes.append(Outcome(day, "caution", (charge,), None))
            return
        self.charges = [charge]
        self._extra_charges(day)
        self._send_to_court(day, kind)

    def _cautioned(self, day: int, kind: OffenceKind) -> bool:
        if kind.crown or (self.career.outcomes and self.career.outcomes[-1].on == day):
            return False
        age = (day - self.traits.born) / YEAR
        if len(self.career.outcomes) < 3:
            return self.rng.random() < (0.7 if age < 18 else 0.3)
        return self.rng.random() < 0.06

    def _extra_charges(self, day: int) -> None:
        while self.rng.random() < 0.27 and len(self.charges) < 6:
            kind = self.rng.choices(self.kinds, cum_weights=self.weights)[0]
            committed = max(self.free, day - self._days_to_arrest())
            self.charges.append(Charge(self.rng.choice(kind.codes), kind, committed))

    def _days_to_arrest(self) -> int:
        return 0 if self.rng.random() < 0.5 else int(self.rng.expovariate(1 / 14))

    def _send_to_court(self, day: int, kind: OffenceKind) -> None:
        wait = self.rng.randint(50, 150) if kind.crown else self.rng.randint(3, 50)
        self.court = _weekday(day + wait)
        age = (day - self.traits.born) / YEAR
        held = min(0.75, kind.custody * 0.75 * min(1.0, 0.3 + len(self.career.outcomes) / 20))
        if age >= 14 and self.rng.random() < held:
            self._hold("remand", day + 1, self.court)
        elif self.licence_end > day and self.rng.random() < 0.25:
            self._recall(day + 1)

    def _recall(self, day: int) -> None:
        """A fixed-term recall of 28 days, to the end of the licence at most."""
        end = min(day + 28, self.licence_end)
        if end > day:
            self._hold("sentenced", day, end)
            self.career.obligations.append(Obligation(self.agency, "custody", day, end))

    def _hold(self, kind: CustodyKind, start: int, end: int) -> None:
        self.career.stays.append(Stay(kind, start, end))
        self.free = end + 1

    def _hear(self, day: int) -> None:
        """The pending court day: now and then acquitted, else convicted and sentenced for all the charges."""
        charges, self.charges, self.court = self.charges, [], None
        last = self.career.stays[-1] if self.career.stays else None
        remanded = last is not None and last.kind == "remand" and last.end == day
        if self.rng.random() < 0.08:
            return
        charges.sort(key=lambda charge: (-charge.kind.custody, charge.committed, charge.code))
        principal = charges[0]
        term = sentence(
            self.rng,
            on=day,
            kind=principal.kind,
            age=int((day - self.traits.born) / YEAR),
            record=len(self.career.outcomes),
            severity=self.traits.severity,
            committed=min(charge.committed for charge in charges),
            remand_days=day - last.start if remanded and last is not None else 0,
        )
        self.career.outcomes.append(Outcome(day, "conviction", tuple(charges), term))
        self._serve(day, term, self._agency(principal.kind, term))
        self._maybe_quiet(max(day, self.free))

    def _serve(self, day: int, term: Term, agency: Agency) -> None:
        add = self.career.obligations.append
        if term.order_end is not None and term.kind in ("community", "suspended"):
            add(Obligation(agency, term.kind, day, term.order_end))
        if term.release is None or term.licence_end is None or term.pss_end is None:
            return
        if term.release > day:
            self._cut_recall(day)
            self._hold("sentenced", day, term.release)
            add(Obligation(agency, "custody", day, term.release))
        add(Obligation(agency, "licence", term.release, term.licence_end))
        add(Obligation(agency, "pss", term.licence_end, term.pss_end))
        self.licence_end = max(self.licence_end, term.licence_end)
        self.agency = agency

    def _cut_recall(self, day: int) -> None:
        """A sentence of custody takes the place of a recall still running: the days do not overlap."""
        for spell in (self.career.stays[-1:], self.career.obligations[-1:]):
            for recall in spell:
                if recall.end > day and recall.kind in ("sentenced", "custody"):
                    recall.end = day

    def _agency(self, kind: OffenceKind, term: Term) -> Agency:
        """The NPS has who is of high risk or convicted of grave violence, sexual offences or robbery."""
        grave = kind.name in ("robbery", "wounding", "sexual") and term.kind == "custody"
        if self.traits.high_risk or (grave and (term.months or 0) >= 12):
            return "NPS"
        return "CRC"

    def _maybe_quiet(self, start: int) -> None:
        if self.rng.random() < self.traits.quiet:
            self.quiet_until = start + int(self.rng.uniform(0.7, 3.5) * YEAR)


def _peak(age: float) -> float:
    """How the pace goes with age: rising to sixteen, full to twenty-four, then slowly falling."""
    if age < 16:
        return 0.45 + 0.09 * max(0.0, age - 10)
    return 1.0 if age < 24 else max(0.35, 1.0 - 0.025 * (age - 24))


def _weekday(day: int) -> int:
    """The day itself, or the Monday after a weekend: courts sit on weekdays (day 1 of the calendar is a Monday)."""
    weekday = (day - 1) % 7
    return day if weekday < 5 else day + 7 - weekday
