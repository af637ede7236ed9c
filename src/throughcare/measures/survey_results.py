"""What was answered to a wave: who was asked and answered, each question's answers, its change since an earlier wave, and who
said so, where enough did.

The answers of a whole wave are shown as they are counted, of at least the pilot's smallest published number: how many of all
chose an answer does not tell who did. By kind of respondent, organisation and borough the numbers who answered are protected
as any count is (`disclosure`), and where the number of a group is withheld, so is what it answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.disclosure import suppress
from throughcare.measures.intervals import wilson
from throughcare.measures.results import Result
from throughcare.stats.shares import Compared, difference
from throughcare.strands.surveys.measures import WAYS, OfQuestion, of_wave
from throughcare.strands.surveys.waves import Question, Wave


@dataclass(frozen=True, kw_only=True)
class Change:
    """How the share that agrees differs from that of an earlier wave, in points, and whether chance may have made it."""

    before: Result
    wave: Wave
    by: Compared

    @property
    def words(self) -> str:
        if self.by.low is None or self.by.high is None or self.by.low <= 0 <= self.by.high:
            return "Not more than chance may make"
        return "More than before" if self.by.value > 0 else "Fewer than before"


@dataclass(frozen=True, kw_only=True)
class Division:
    """One group's answers to a question: `share` is None where it is withheld, or where no answer is agreeing."""

    label: str
    base: Result
    share: Result | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """One question: every answer with its share; the share that agrees with its interval; the change; by way, the groups.

    `few`: so few answered that nothing is shown, and all else is empty.
    """

    question: Question
    few: bool
    answers: tuple[Result, ...] = ()
    positive: Result | None = None
    interval: tuple[float, float] | None = None
    change: Change | None = None
    divided: Mapping[str, tuple[Division, ...]]


@dataclass(frozen=True, kw_only=True)
class Results:
    """Of a wave: responses; asked and answered by kind (none of a wave that is a file); the questions (none while it is open)."""

    wave: Wave
    responses: tuple[Result, ...]
    asked: tuple[Result, ...]
    answered: tuple[Result, ...]
    questions: tuple[Told, ...]

    @property
    def figures(self) -> tuple[Result, ...]:
        """Every figure that is shown, for a file."""
        found = [*self.responses, *self.asked, *self.answered]
        for told in self.questions:
            found += [*told.answers, *([told.positive] if told.positive else [])]
            for way, groups in told.divided.items():
                found += [replace(each.share or each.base, breakdown={way: each.label}) for each in groups]
        return tuple(found)


def turnout(wave: Wave, *, pilot: Pilot, used: bool) -> Results:
    """How many were asked and answered, and nothing of what was answered: of a wave that is open. `used`: it has links."""
    measures, period, run = of_wave(wave), _days(wave), Run()
    asked = calculate(measures.asked, pilot=pilot, period=period, run=run) if used else ()
    answered = calculate(measures.answered, pilot=pilot, period=period, run=run) if used else ()
    return Results(wave=wave, responses=(), asked=asked, answered=answered, questions=())


def survey_results(wave: Wave, *, pilot: Pilot, earlier: Iterable[Wave]) -> Results:
    """All that may be shown of a wave that is closed; `earlier`: those before it, the latest last, to compare with."""
    measures, period, run = of_wave(wave), _days(wave), Run()
    open_part = turnout(wave, pilot=pilot, used=True)
    responses = suppress(calculate(measures.responses, pilot=pilot, period=period, run=run), smallest=pilot.smallest_published)
    before = list(earlier)
    return replace(
        open_part, responses=responses,
        asked=open_part.asked if any(r.value for r in open_part.asked) else (),
        answered=open_part.answered if any(r.value is not None for r in open_part.answered) else (),
        questions=tuple(_told(each, pilot, period, run, before) for each in measures.questions),
    )  # fmt: skip


def _days(wave: Wave) -> Period:
    return Period(start=wave.opened_on, end=wave.closed_on)


def _told(each: OfQuestion, pilot: Pilot, period: Period, run: Run, before: list[Wave]) -> Told:
    (base,) = calculate(each.base, pilot=pilot, period=period, run=run)
    if int(base.value or 0) < pilot.smallest_published:
        return Told(question=each.question, few=True, divided={})
    positive = calculate(each.positive, pilot=pilot, period=period, run=run)[0] if each.positive else None
    return Told(
        question=each.question, few=False, answers=calculate(each.table, pilot=pilot, period=period, run=run), positive=positive,
        interval=wilson(int(positive.numerator or 0), positive.denominator or 0) if positive else None,
        change=_change(each, positive, pilot, before) if positive else None,
        divided={way: found for way in WAYS if (found := _division(each, way, pilot, period, run))},
    )  # fmt: skip


def _change(each: OfQuestion, now: Result, pilot: Pilot, before: list[Wave]) -> Change | None:
    """Against the last wave before that asked the same question of enough."""
    for wave in reversed(before):
        same = next((q for q in of_wave(wave).questions if q.question.slug == each.question.slug), None)
        if same is None or same.positive is None:
            continue
        (then,) = calculate(same.positive, pilot=pilot, period=_days(wave))
        if (then.denominator or 0) >= pilot.smallest_published:
            by = difference(int(now.numerator or 0), now.denominator or 0, int(then.numerator or 0), then.denominator or 0)
            return Change(before=then, wave=wave, by=by)
    return None


def _division(each: OfQuestion, way: str, pilot: Pilot, period: Period, run: Run) -> tuple[Division, ...]:
    """The groups of one way, those that said nothing of themselves together; none where there is one group alone."""
    share, count = each.divided[way]
    bases = suppress(calculate(count, pilot=pilot, period=period, run=run), smallest=pilot.smallest_published)
    if len(bases) <= 2 or any(r.group == "all" and r.suppressed for r in bases):
        return ()
    shares = {r.group: r for r in calculate(share, pilot=pilot, period=period, run=run)} if share else {}
    return tuple(
        Division(label=base.group or "Not told", base=base, share=None if base.suppressed else shares.get(base.group))
        for base in bases if base.group != "all"
    )  # fmt: skip
