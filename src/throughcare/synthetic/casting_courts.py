"""Chooses which appearances of 2016 were the cases of the pilot's two courts, so that table 1 and its text come out.

First the cases with a report, by court, age and sentence; then those sentenced without one; then the rest, by why there
was no report. What is left free (offence, age) is settled by swaps among cases of the same cell.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from throughcare.synthetic.casting_hearings import PUBLISHED, Hearing, hearings
from throughcare.synthetic.casting_people import Pool, after

Cell = tuple[str, bool]
GAP = (date(2016, 8, 1), date(2016, 12, 12))
"""The months in which Highbury Corner had no court officer: "most of the latter half of 2016"."""

RUNS = (date(2016, 4, 25), date(2016, 11, 30))
"""The days of orders with the enhanced requirement: the services it leads to began on the first."""

SOON = 12
"""A report with fewer days behind it than this is among the quick ones."""

SWAPS = 60_000
CHANCE = 30
"""Cases are taken by age, the oldest first, after as many years at random: they are older than the cohort on the whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A case chosen. `slot` is what it was chosen for: report, enhanced, or the reason for no report ("none": no reason)."""

    hearing: Hearing
    slot: str

    @property
    def reported(self) -> bool:
        return self.slot in ("report", "enhanced")


def choose(pool: Pool, *, first: Collection[int]) -> list[Case]:
    """The cases, in order of person and day; `first` are people who should have a report where they have a case for one.

    Raises `CastingError` where a cell of the pilot cannot be filled.
    """
    choice = _Choice(pool, first)
    choice.reports()
    choice.sentenced_without()
    choice.committed()
    choice.others()
    choice.settle()
    return sorted(choice.chosen, key=lambda case: (case.hearing.person.number, case.hearing.on))


class _Choice:
    """A choice under way: what is free, what is chosen."""

    def __init__(self, pool: Pool, first: Collection[int]) -> None:
        self.pool = pool
        self.first = first
        self.told: Mapping[str, Any] = pool.figures["courts"]
        self.cells: dict[Cell, Mapping[str, int]] = {(c["court"], c["young"]): c for c in self.told["cells"]}
        self.rng: Random = pool.random("courts")
        self.chosen: list[Case] = []
        self.reported: set[int] = set()
        self.free: dict[tuple[str, bool, str], list[Hearing]] = defaultdict(list)
        for hearing in hearings(pool):
            self.free[hearing.court, hearing.young, hearing.ending].append(hearing)
        for waiting in self.free.values():
            waiting.sort(key=lambda hearing: self.rng.random() * CHANCE - hearing.age)

    def reports(self) -> None:
        """One report a person; the enhanced requirement goes to men; few at Highbury Corner in the gap."""
        young = self.told["young_sentences"]
        sizes = {cell: told["reports"] for cell, told in self.cells.items()}
        youths = {cell: size for cell, size in sizes.items() if cell[1]}
        adults = {cell: size for cell, size in sizes.items() if not cell[1]}
        enhanced = spread(young["enhanced"], youths)
        plan = {"order": spread(young["order"], less(youths, enhanced))}
        plan["custody"] = spread(young["custody"], less(youths, enhanced, plan["order"]))
        plan["other"] = less(youths, enhanced, *plan.values())
        older = {kind: size - sum(plan[kind].values()) for kind, size in self.told["with_report"].items()}
        older["order"] -= sum(enhanced.values())
        grown: dict[str, dict[Cell, int]] = {}
        for kind in ("order", "custody"):
            grown[kind] = spread(older[kind], less(adults, *grown.values()))
        grown["other"] = less(adults, *grown.values())
        for cell in self.cells:
            self._take(cell, "order", enhanced.get(cell, 0), "enhanced", _enhanceable)
            for kind in ("order", "custody"):
                self._take(cell, kind, (plan if cell[1] else grown)[kind][cell], "report")
            if cell[1]:
                self._take(cell, "other", plan["other"][cell], "report", lambda h: h.sentence == "fine")
            else:
                self._take(cell, "other", grown["other"][cell], "report")

    def sentenced_without(self) -> None:
        sizes = {cell: told["cases"] - told["reports"] for cell, told in self.cells.items()}
        taken: list[dict[Cell, int]] = []
        for kind, size in self.told["without_report"].items():
            taken.append(spread(size, less(sizes, *taken)))
            for cell, count in taken[-1].items():
                self._take(cell, kind, count, "sentenced_without")

    def committed(self) -> None:
        supply = {cell: min(size, len(self.free[*cell, "crown"])) for cell, size in self._left().items()}
        for cell, count in spread(self.told["no_report"]["committed_to_crown"], supply).items():
            self._take(cell, "crown", count, "committed_to_crown")

    def others(self) -> None:
        """Guilty pleas on record without a sentence come from convictions left over, the rest from arrests."""
        left = self._left()
        guilty = self._guilty_wanted()
        spare = {cell: sum(len(self.free[*cell, kind]) for kind in ("other", "order", "custody")) for cell in left}
        pleaded = spread(guilty, {cell: min(left[cell], spare[cell]) for cell in left})
        reasons = [
            reason for reason in ("trial_elsewhere", "adjourned", "other") for _ in range(self.told["no_report"][reason])
        ]  # fmt: skip
        dropped = [cell for cell, count in less(left, pleaded).items() for _ in range(count)]
        self.rng.shuffle(dropped)
        for cell in dropped:
            self._take(cell, "none", 1, reasons.pop(0) if reasons else "none")
        self.rng.shuffle(reasons)
        for cell, count in pleaded.items():
            for _ in range(count):
                kind = max(("other", "order", "custody"), key=lambda kind: len(self.free[*cell, kind]))
                self._take(cell, kind, 1, reasons.pop() if reasons else "none")

    def _guilty_wanted(self) -> int:
        """How many guilty pleas must come from cases that are neither sentenced nor committed here."""
        cases = sum(told["cases"] for told in self.cells.values())
        found = int(self.told["chosen"]["found_guilty_with_report"]) + int(self.told["chosen"]["found_guilty_without"])
        wanted = round(cases * int(self.told["pleaded_guilty"]) / 100)
        return max(0, min(wanted - len(self.chosen) + found, cases - len(self.chosen)))

    def _left(self) -> dict[Cell, int]:
        taken = Counter((case.hearing.court, case.hearing.young) for case in self.chosen)
        return {cell: max(0, told["cases"] - taken[cell]) for cell, told in self.cells.items()}

    def _take(
        self, cell: Cell, ending: str, count: int, slot: str, fits: Callable[[Hearing], bool] = lambda _: True
    ) -> None:
        waiting = self.free[*cell, ending]
        report = slot in ("report", "enhanced")
        if report:
            waiting.sort(key=self._unlikely)
        found = 0
        for hearing in list(waiting):
            if found == count:
                break
            if not fits(hearing) or (report and hearing.person.number in self.reported):
                continue
            waiting.remove(hearing)
            self.chosen.append(Case(hearing=hearing, slot=slot))
            found += 1
            if report:
                self.reported.add(hearing.person.number)
        self.pool.short(f"{slot} cases ending in {ending} at {cell}", count, found)

    def _unlikely(self, hearing: Hearing) -> tuple[bool, bool, bool]:
        """First who must have one; last days without a court officer, before them most with days for a quick report only."""
        away = hearing.court == "Highbury Corner" and GAP[0] <= hearing.on < GAP[1]
        waits = hearing.person.number not in self.first
        return waits, away, (hearing.on - hearing.earliest).days < SOON and self.rng.random() < 0.8

    def settle(self) -> None:
        """Swaps cases without a report for others of their cell and ending, until offences and mean age are as published."""
        swappable = [place for place, case in enumerate(self.chosen) if not case.reported]
        totals = self._totals()
        if not self.pool.figures.exact:
            return
        for _ in range(SWAPS):
            error = self._errors(totals)
            if max(error) < 1.0:
                return
            place = self.rng.choice(swappable)
            out = self.chosen[place]
            waiting = self.free[out.hearing.court, out.hearing.young, out.hearing.ending]
            if not waiting:
                continue
            at = self.rng.randrange(len(waiting))
            tried = totals.copy()
            tried.subtract(_facts(out.hearing))
            tried.update(_facts(waiting[at]))
            if _squares(self._errors(tried)) < _squares(error):
                self.chosen[place], waiting[at] = Case(hearing=waiting[at], slot=out.slot), out.hearing
                totals = tried
        self.pool.short("court cases of the published offences and age", 1, 0)

    def _totals(self) -> Counter[str]:
        totals: Counter[str] = Counter()
        for case in self.chosen:
            totals.update(_facts(case.hearing))
        return totals

    def _errors(self, totals: Counter[str]) -> list[float]:
        """How far each published figure is off, as a share of what would still round to it, with a margin."""
        size = len(self.chosen)
        age = abs(totals["age"] / size - self.told["age_mean"]) / 0.4
        return [age, *(abs(100 * totals[group] / size - self.told[group]) / 0.4 for group in PUBLISHED)]


def _squares(errors: Iterable[float]) -> float:
    return sum(error**2 for error in errors)


def _facts(hearing: Hearing) -> dict[str, int]:
    return {"age": hearing.age} | ({hearing.group: 1} if hearing.group else {})


def _enhanceable(hearing: Hearing) -> bool:
    """The enhanced requirement is for men, under an order that runs by itself, and in time for a referral."""
    person, soon = hearing.person, after(hearing.on, 7)
    room = RUNS[0] <= hearing.on <= RUNS[1] and person.age(after(hearing.on, 60)) <= 25
    return room and person.life.sex == "M" and person.status(soon) == "community" and person.resident(soon)


def spread(total: int, sizes: Mapping[Cell, int]) -> dict[Cell, int]:
    """A total shared out in proportion to the sizes, by largest remainders, never above a size."""
    whole = sum(sizes.values())
    total = min(total, whole)
    if not whole:
        return dict.fromkeys(sizes, 0)
    exact = {cell: total * size / whole for cell, size in sizes.items()}
    given = {cell: int(share) for cell, share in exact.items()}
    for cell in sorted(sizes, key=lambda cell: given[cell] - exact[cell])[: total - sum(given.values())]:
        given[cell] += 1
    return given


def less(sizes: Mapping[Cell, int], *taken: Mapping[Cell, int]) -> dict[Cell, int]:
    """What is left of each size."""
    return {cell: max(0, size - sum(part.get(cell, 0) for part in taken)) for cell, size in sizes.items()}


def people(cases: Iterable[Case]) -> list[int]:
    """The people with a report, by number."""
    return sorted({case.hearing.person.number for case in cases if case.reported})
