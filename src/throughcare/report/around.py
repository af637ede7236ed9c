"""What a report tells beside its figures, read from the store: caveats, themes with quotations, studies, value models."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughcare.core.clock import london_date
from throughcare.core.contracts import Measure
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import Period, Pilot
from throughcare.core.words import capital
from throughcare.evaluation import models as m
from throughcare.evaluation import queries
from throughcare.evaluation.readiness import readiness
from throughcare.measures.caveats import caveats
from throughcare.measures.windows import last_day
from throughcare.strands.surveys.voices.queries import Quoted, by_theme
from throughcare.strands.surveys.voices.words import PARTICIPANT

SERVED, WORKING = "Somebody whom the pilot serves", "Somebody who works with the pilot"


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A theme with what was said under it: (words, as whom they are quoted)."""

    title: str
    meaning: str
    quotations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class StudyChart:
    """What a run showed over time, as it was drawn then: the SVG and its numbers, a row a period."""

    svg: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Study:
    """A registered study. `shut`: of the gates that are shut the name, and where it may be told what it says and misses.

    `found`: what the last run said, "" each where it has not been run. Empty `because`: nothing keeps it from being run.
    `estimates`, as the run left them, and `charts`: of neither anything for the public.
    """

    title: str
    question: str
    registered_on: date
    because: str
    shut: tuple[tuple[str, str], ...]
    ready_on: date | None
    ran_on: date | None
    found: tuple[str, ...]
    estimates: tuple[Mapping[str, Any], ...] = ()
    charts: tuple[StudyChart, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Around:
    """`caveats`: by slug, in sentences; `worth`: of each value model title and sentences, what cannot be concluded first."""

    caveats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    studies: tuple[Study, ...] = ()
    worth: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_around(measures: Iterable[Measure], *, pilot: Pilot, period: Period, public: bool) -> Around:
    """As the audience may see it. A study stands as it did on the last day of the period; a quotation is chosen by the analyst,
    whatever day it was said on.

    For the public: no quotation that may tell who is meant, none by an organisation of which few spoke; of a study no count, and
    of its result no estimate, as neither went through the protection of small numbers.
    """
    told = {m.slug: tuple(c.words for c in caveats(m, pilot=pilot, period=period, moved=not public)) for m in measures}
    return Around(
        caveats={slug: words for slug, words in told.items() if words}, themes=_themes(pilot, public),
        studies=tuple(_study(each, last_day(period), public) for each in queries.studies()),
        worth=() if public else _worth(),
    )  # fmt: skip


def _themes(pilot: Pilot, public: bool) -> tuple[Theme, ...]:
    told = by_theme(shown_alone=True)
    spoke: Counter[str] = Counter()
    for each in {q.quotation.conversation_id: q for _, several in told for q in several}.values():
        spoke[each.organisation] += each.quotation.conversation.told
    enough = {name for name, many in spoke.items() if not public or many >= pilot.smallest_published}
    found = []
    for theme, several in told:
        kept = [q for q in several if q.quotation.for_report and not (public and q.telling)]
        if kept:
            quotations = tuple((q.quotation.text, _who(q, enough)) for q in kept)
            found.append(Theme(title=theme.title, meaning=theme.meaning, quotations=quotations))
    return tuple(found)


def _who(quoted: Quoted, enough: set[str]) -> str:
    if quoted.organisation == PARTICIPANT:
        return SERVED
    return quoted.organisation if quoted.organisation in enough else WORKING


def _study(study: m.Study, day: date, public: bool) -> Study:
    version = queries.current(study)
    state = readiness(version, day) if queries.protocol_of(version) is not None else None
    last, found = queries.last_run(study), queries.findings_of(study) or {}
    shut = [gate for gate in state.gates if gate.open is False] if state else []
    return Study(
        title=study.title, question=queries.any_protocol_of(version).study.question,
        registered_on=london_date(study.registered_at), because=state.because if state else "",
        shut=tuple((gate.name, "" if public else f"{gate.says}{_missing(gate.missing)}") for gate in shut),
        ready_on=None if public or not state else state.ready_on,
        ran_on=last.as_at if last else None, found=tuple(_found(found, public)),
        estimates=() if public else tuple(found.get("estimates", ())),
        charts=tuple(_charts(last, found)) if last and not public else (),
    )  # fmt: skip


def _charts(run: m.StudyRun, results: Mapping[str, Any]) -> Iterable[StudyChart]:
    """Of a design its periods, of times their curves with the numbers at risk; none of a run whose folder is gone."""
    shown = [("over-time", results.get("table", ())), *((each["chart"], each["at_risk"]) for each in results.get("times", ()))]
    for name, rows in shown:
        if svg := queries.chart_of(run, name):
            yield StudyChart(svg=svg, rows=tuple(rows))


def _missing(what: str) -> str:
    return f" Missing: {what}." if what else ""


def _found(results: Mapping[str, object], public: bool) -> Iterable[str]:
    """What a run said: of each outcome its sentences, to the public its direction alone; why there is none."""
    estimates: list[dict[str, object]] = results.get("estimates") or []  # type: ignore[assignment]
    for each in estimates:
        says = [f"{each['verdict']}."] if public else each["says"]
        name = str(each.get("words") or each["outcome"])
        head, told = f"{capital(name)}: ", " ".join(says)  # type: ignore[arg-type]
        yield told if told.startswith(head) else head + told
    if not public:
        refused: list[dict[str, str]] = results.get("refused") or []  # type: ignore[assignment]
        yield from (each["says"] for each in refused)


def _worth() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (each.title, (f"As worked out on {day_in_words(london_date(each.at))}.", *json.loads(each.results)["says"]))
        for each in queries.value_models()
    )
