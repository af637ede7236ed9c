"""A cut: the figures of a report and all that stands around them, frozen as text, from which its files are made to the byte.

It holds results, not the store's rows: what is written into the store later changes nothing in it. What it does not hold is the
program: `software` says with which versions the files were made.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from throughcare.casework.frames import reading_once
from throughcare.core.contracts import Finding, Measure, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.all_measures import all_measures
from throughcare.measures.earlier import Earlier
from throughcare.measures.results import Result
from throughcare.measures.windows import last_day
from throughcare.registry import parts
from throughcare.report.around import Around, read_around
from throughcare.report.figures import Figures, for_the_public, gather
from throughcare.report.provenance import Provenance, definition, read_provenance
from throughcare.report.publication.open_data import metadata
from throughcare.report.write import MARK, files

PROGRAMS = ("throughcare", "typst", "altair", "vl-convert-python", "gptables", "polars")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """counted: the figures as they were counted; shown: as the audience may see them. definitions: a digest of each measure's."""

    pilot: Pilot
    period: Period
    public: bool
    counted: tuple[Result, ...]
    shown: tuple[Result, ...]
    findings: tuple[Finding, ...]
    around: Around
    provenance: Provenance
    definitions: dict[str, str]
    software: dict[str, str]

    def as_text(self) -> str:
        return AS_TEXT.dump_json(self).decode()

    @property
    def earlier(self) -> Earlier:
        """What later publications must know of this one."""
        published = frozenset((r.slug, r.place) for r in self.shown if not r.suppressed)
        return Earlier(results=self.counted, published=published)


AS_TEXT = TypeAdapter(Cut)


def read(text: str) -> Cut:
    return AS_TEXT.validate_json(text)


def take(*, pilot: Pilot, period: Period, public: bool, pilot_file: Path, earlier: Sequence[Earlier]) -> Cut:
    """Counts everything once, and keeps it as the audience may see it. Findings name no record to the public."""
    known = all_measures()
    scope = Scope(pilot=pilot, period=period, as_at=last_day(period))
    with reading_once():
        found = tuple(parts.findings(scope))
        around = read_around(known, pilot=pilot, period=period, public=public)
        figures = gather(known, pilot=pilot, period=period, public=False, findings=found, around=around)
        source = read_provenance(pilot, pilot_file)
    told = tuple(replace(f, records=(), days=()) for f in found) if public else found
    shown = for_the_public(figures, earlier=earlier) if public else figures
    return Cut(
        pilot=pilot, period=period, public=public, counted=figures.results, shown=shown.results, findings=told, around=around,
        provenance=source, definitions={m.slug: definition(m) for m in known}, software={p: version(p) for p in PROGRAMS},
    )  # fmt: skip


def figures_of(cut: Cut) -> Figures:
    """The figures as the audience may see them, with the measures that they are of."""
    return Figures(
        pilot=cut.pilot, period=cut.period, public=cut.public, results=cut.shown, measures={m.slug: m for m in all_measures()},
        findings=cut.findings, around=cut.around,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Frozen(Provenance):
    """Where the figures came from when they were frozen: also by which definition and program, whatever these are by now."""

    definitions: Mapping[str, str]
    throughcare: str

    def of(self, r: Result, measure: Measure | None) -> dict[str, object]:
        told = super().of(r, measure)
        return told | {"definition_sha256": self.definitions.get(r.slug, ""), "throughcare": self.throughcare}


def files_of(cut: Cut, *, prose: Mapping[str, str]) -> dict[str, bytes]:
    """Every form of the report, and what describes its open data, by name."""
    of = cut.provenance
    source = _Frozen(pilot=of.pilot, pilot_sha256=of.pilot_sha256, entry=of.entry, loads=of.loads, definitions=cut.definitions,
                     throughcare=cut.software["throughcare"])  # fmt: skip
    made = files(figures_of(cut), source, prose=prose)
    told = {name: content.encode() if isinstance(content, str) else content for name, content in made.items()}
    about = metadata(told[MARK].decode(), name=MARK, pilot=cut.pilot, period=cut.period, public=cut.public)
    return told | {f"{MARK}-metadata.json": about.encode()}


def hashes(made: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(made.items())}
