"""`throughcare link-quality`: how good a linkage is, against a truth or from a sample that people have judged."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    import polars as pl

    from throughcare.linkage.clerical import Estimate, Figure, Stratum
    from throughcare.linkage.quality import Disparity, Quality, Share


def link_quality(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="people as `link` wrote them; its pairs lie beside it")],
    truth: Annotated[Path | None, typer.Option("--truth", help="CSV of source, record_id, true_person")] = None,
    groups: Annotated[
        list[Path] | None, typer.Option("--groups", help="CSV of record_id and groups, such as sex; may be given again")
    ] = None,
    as_at: Annotated[str | None, typer.Option("--as-at", help="day of the age bands, YYYY-MM-DD; none without it")] = None,
    sample: Annotated[Path | None, typer.Option("--sample", help="CSV of pairs to judge, to write")] = None,
    margin: Annotated[float, typer.Option("--margin", help="how near the sample must bring precision")] = 0.005,
    recall_margin: Annotated[float, typer.Option("--recall-margin", help="how near it must bring recall")] = 0.02,
    seed: Annotated[int, typer.Option("--seed", min=0, help="the same seed draws the same sample")] = 2016,
    judged: Annotated[Path | None, typer.Option("--judged", help="the sample, with the column same filled in")] = None,
    form: Annotated[Literal["table", "json"], typer.Option("--format")] = "table",
) -> None:
    """Tell the precision and recall of a linkage, draw the sample to judge where there is no truth, or estimate from it."""
    from throughcare.cli.days import day, existing
    from throughcare.linkage import clerical, quality
    from throughcare.linkage.files import pairs_file
    from throughcare.linkage.quality_files import read, read_groups

    _refuse_nothing_to_do(truth, groups, as_at, sample, judged)
    people, pairs = read(existing(out), "people"), read(existing(pairs_file(out)), "pairs")
    lines: list[str] = []
    told: dict[str, Any] = {}
    if truth:
        of = read_groups([existing(p) for p in groups], as_at=day(as_at, "--as-at") if as_at else None) if groups else None
        found = quality.against_truth(people, read(existing(truth), "truth"), of, pairs=pairs)
        lower = quality.disparities(found)
        told |= {"quality": asdict(found), "disparities": [asdict(d) for d in lower]}
        lines += [*_quality(found), *(_groups(found, lower) if groups else ())]
    if judged:
        estimated = clerical.estimate(read(existing(judged), "judged"), pairs)
        told["estimate"] = asdict(estimated) | {"never_weighed": clerical.never_weighed(people, pairs)}
        lines += _estimate(estimated, told["estimate"]["never_weighed"])
    if sample:
        strata = clerical.sample_needed(pairs, margin, recall_margin=recall_margin)
        _write(clerical.draw(pairs, seed, {s.name: s.needed for s in strata}), sample)
        told["sample"] = [asdict(s) for s in strata]
        lines += [*_sample(strata, sample), _unseen(clerical.never_weighed(people, pairs))]
    typer.echo(json.dumps(told, indent=1, ensure_ascii=False) if form == "json" else "\n".join(lines))


def _refuse_nothing_to_do(
    truth: Path | None, groups: list[Path] | None, as_at: str | None, sample: Path | None, judged: Path | None
) -> None:
    from throughcare.core.errors import UserError

    if not (truth or sample or judged):
        raise UserError(
            what="there is nothing to tell the quality by", record="link-quality", expected="--truth, --sample or --judged",
            mend="name the truth; where there is none, write a sample with --sample, judge it, and give it back with --judged",
        )  # fmt: skip
    if groups and not truth:
        raise UserError(what="groups can be compared only against a truth", record="--groups", expected="--truth with it",
                        mend="name the truth, or leave --groups out")  # fmt: skip
    if as_at and not groups:
        raise UserError(what="there is no date of birth to take ages from", record="--as-at", expected="--groups with it",
                        mend="name a file with date_of_birth, or leave --as-at out")  # fmt: skip
    if sample and sample.exists():
        raise UserError(
            what="the sample is there already, and may hold answers", record=str(sample), expected="a new file",
            mend="name another file, or move this one away",
        )  # fmt: skip


def _write(frame: "pl.DataFrame", path: Path) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    frame.write_csv(part)
    part.replace(path)


def _quality(found: "Quality") -> Iterator[str]:
    yield f"{found.records:,} records in both; {found.not_linked:,} of the truth were not linked ({found.pairs_out_of_reach:,} " \
          f"true pairs with them); of {found.without_truth:,} linked the truth says nothing"
    yield ""
    yield _row("pairs: recall", found.recall, "true pairs joined")
    yield _row("pairs: precision", found.precision, "joined pairs true")
    if found.asked:
        yield f"  to be asked: {found.asked.pairs:,} possible pairs, {found.asked.same:,} one person. Once rightly answered:"
        yield _row("  recall", found.asked.recall, "")
        yield _row("  precision", found.asked.precision, "")
    yield _row("people found exactly", found.cluster_recall, "true people")
    yield _row("  with two records or more", found.several, "true people")
    yield _row("people as linked that are one", found.cluster_precision, "people as linked")
    yield f"{found.split:,} people split, {found.merged:,} people merged with somebody else"


def _groups(found: "Quality", lower: "list[Disparity]") -> Iterator[str]:
    yield ""
    yield f"{'by group':<34}{'people':>8}  {'recall':<30}{'precision':<30}"
    for g in found.groups:
        yield f"{f'{g.column}: {g.value}':<34}{g.people:>8,}  {_short(g.recall):<30}{_short(g.precision):<30}".rstrip()
    yield ""
    if not lower:
        yield "No group has a lower recall or precision than the others by more than chance (1 in 100 over all groups)."
    for d in lower:
        yield (f"LOWER than the others: {d.measure} of {d.column} {d.value}, {_percent(d.of_group.value)} against "
               f"{_percent(d.of_others.value)} (p = {d.p:.2g})")  # fmt: skip


def _estimate(estimated: "Estimate", unseen: int) -> Iterator[str]:
    yield (f"{estimated.answered:,} pairs answered, {estimated.not_sure:,} not sure, {estimated.unanswered:,} not answered yet")
    for title, figure in (("precision of joined pairs", estimated.precision), ("recall among the pairs kept", estimated.recall),
                          ("recall once possible pairs are answered", estimated.recall_answered)):  # fmt: skip
        yield f"{title:<42}{_figure(figure)}"
    if estimated.unjudged:
        yield f"not one answer yet in: {', '.join(estimated.unjudged)}"
    yield estimated.not_counted
    yield _unseen(unseen)


def _sample(strata: "tuple[Stratum, ...]", path: Path) -> Iterator[str]:
    yield f"{'stratum':<26}{'pairs':>12}{'to judge':>10}  expected to be one person"
    for s in strata:
        yield f"{s.name:<26}{s.pairs:>12,}{s.needed:>10,}  {_percent(s.expected)}"
    yield f"{sum(s.needed for s in strata):,} pairs to judge are in {path}: write yes, no or not sure in the column same"


def _unseen(number: int) -> str:
    return f"{number:,} pairs were joined only through other records and never weighed: they are in no sample."


def _figure(figure: "Figure") -> str:
    told = "not known" if figure.value is None else _between(figure)
    if figure.at_least != figure.at_most:
        told += f"; {_percent(figure.at_least)} to {_percent(figure.at_most)} as the not sure are taken"
    return told


def _row(title: str, of: "Share", counted: str) -> str:
    return f"{title:<34}{_short(of):<34}{of.hits:,} of {of.of:,} {counted}".rstrip()


def _short(of: "Share") -> str:
    return "none to find" if of.value is None else _between(of)


def _between(figure: "Share | Figure") -> str:
    return f"{_percent(figure.value)} ({_percent(figure.low)} to {_percent(figure.high)})"


def _percent(value: float | None) -> str:
    """Two decimals; what is not all is never written as all, nor what is not nothing as nothing."""
    from throughcare.core.rounding import half_up

    if value is None:
        return "not known"
    if 0 < value < 0.0001 or 0.9999 < value < 1:
        return "under 0.01%" if value < 0.5 else "over 99.99%"
    return f"{half_up(100 * value, 2)}%"
